"""Recognises the text of a credential report by the names of its columns, in whatever order, also in its base64 form."""

import base64
from dataclasses import dataclass

_LONGEST_HEADER = 4096
_KEYS = frozenset(("user", "arn"))
_COLUMNS = _KEYS | {
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    "additional_credentials_info",
    *(f"access_key_{slot}_{what}" for slot in (1, 2) for what in ("active", "last_rotated", "last_used_date")),
    *(f"access_key_{slot}_last_used_{what}" for slot in (1, 2) for what in ("region", "service")),
    *(f"cert_{slot}_{what}" for slot in (1, 2) for what in ("active", "last_rotated")),
}


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table in their order, and what separates its cells: a spreadsheet writes ``;`` or tab."""

    delimiter: str
    names: tuple[str, ...]

    @property
    def is_ambiguous(self) -> bool:
        """Tell whether two columns have one name."""
        return len(set(self.names)) < len(self.names)


def parse_header(line: str) -> Header | None:
    """Return the header of a credential report, or None when a line is none.

    It holds ``user``, ``arn`` and one more column that AWS writes, or it begins with these two.
    """
    for delimiter in ",;\t":
        names = tuple(name.strip().strip('"').lower() for name in line.split(delimiter))
        known = _COLUMNS.intersection(names)
        if known >= _KEYS and len(names) > 2 and (len(known) > 2 or names[:2] == ("user", "arn")):
            return Header(delimiter, names)
    return None


def begins_with_header(text: str) -> bool:
    """Tell whether the first line of a text is the header of a credential report."""
    return parse_header(text[:_LONGEST_HEADER].lstrip().split("\n", 1)[0]) is not None


def decode_report(text: str) -> str | None:
    """Return the credential report that a text is, or whose base64 form it is; None for any other text."""
    if begins_with_header(text):  # an SDK's dump holds it decoded
        return text
    try:
        decoded = base64.b64decode("".join(text.split()), validate=True).decode("utf-8-sig")
    except ValueError:
        return None
    return decoded if begins_with_header(decoded) else None

"""Tells what of a text a person can see: a name of invisible characters is blank, and a phone number has digits."""

import unicodedata

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Fillers: letters and symbols by their class, and nothing to be seen."""


def visible(text: str) -> str:
    """Return a text without control and format characters and outer blanks; empty when nothing of it can be seen."""
    kept = "".join(character for character in text if not unicodedata.category(character).startswith("C")).strip()
    return kept if any(map(_is_seen, kept)) else ""


def _is_seen(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _BLANK


def phone(text: str) -> str:
    """Return a phone number; empty when the text has no digit."""
    number = visible(text)
    return number if any(map(str.isdecimal, number)) else ""

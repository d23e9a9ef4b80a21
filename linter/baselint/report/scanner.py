"""Replaces known names, account ids, mail addresses, ARNs and web addresses in running text."""

import re
from collections.abc import Callable, Mapping

from baselint.report.aliases import Aliases, Named

_TOKEN = re.compile(
    r"(?P<address>https?://[^\s\"'<>`|]+)"
    r"|(?P<arn>arn:aws[a-z-]*:[^\s\"'<>`|,;)\]}]+)"
    r"|(?P<mail>[\w.+%…-]*@[^\W_][\w-]*(?:\.[\w-]+)+)"
    r"|(?P<word>[^\W_]+)"
    r"|(?P<sign>\S)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"[^\W_]+|\S")
_DIGITS = re.compile(r"[0-9]{12,}")
_HASH = re.compile(r"(?=.*[a-f])[0-9a-f]{32,}")
_BEHIND = ".,;:!?)"
_ID_LENGTH = 12
_UNSAID = "…"


class Scanner:
    """Goes through texts word by word; a name is found where it stands as a whole word, or as several.

    Letters and digits make a word, so that ``alice`` is found in ``alice/access-key-1`` and not in ``malice``.
    """

    def __init__(self, aliases: Aliases, names: Mapping[str, str]):
        self._aliases = aliases
        self._names: dict[str, list[str]] = {}
        self._replacements = dict(names)
        for name in sorted(names, key=len, reverse=True):
            first = _FIRST.match(name)
            if first:
                self._names.setdefault(first[0], []).append(name)
        self._kinds: Mapping[str, Callable[[str], str]] = {
            "address": self._address,
            "arn": self._arn,
            "mail": self._mail,
            "word": self._word,
            "sign": str,
        }

    def text(self, text: str) -> str:
        """Return a text with aliases in place of what it names."""
        parts: list[str] = []
        position = 0
        while found := _TOKEN.search(text, position):
            parts.append(text[position : found.start()])
            name = self._name_at(text, found.start())
            if len(name) >= len(found[0]):
                parts.append(self._replacements[name])
                position = found.start() + len(name)
            else:
                parts.append(self._kinds[found.lastgroup or "sign"](found[0]))
                position = found.end()
        return "".join((*parts, text[position:]))

    def account_ids(self, text: str) -> str:
        """Return a text with aliases in place of account ids only."""
        return _DIGITS.sub(self._account, text)

    def _name_at(self, text: str, position: int) -> str:
        """Return the longest known name that begins at a place and ends with a word, or nothing."""
        first = _FIRST.match(text, position)
        for name in self._names.get(first[0], ()) if first else ():
            end = position + len(name)
            if text.startswith(name, position) and not (name[-1].isalnum() and text[end : end + 1].isalnum()):
                return name
        return ""

    def _address(self, text: str) -> str:
        return self._bare(Named.ADDRESS, text)

    def _arn(self, text: str) -> str:
        return self._bare(Named.ARN, text)

    def _bare(self, kind: Named, text: str) -> str:
        bare = text.rstrip(_BEHIND)
        return self._aliases.of(kind, bare) + text[len(bare) :]

    def _mail(self, text: str) -> str:
        local, _, domain = text.partition("@")
        who = local and self._aliases.known(Named.USER, local)
        if not who:
            who = local if local in {"", _UNSAID} else self._aliases.of(Named.PERSON, local)
        return f"{who}@{self._aliases.of(Named.DOMAIN, domain.lower())}"

    def _word(self, text: str) -> str:
        return text if _HASH.fullmatch(text) else self.account_ids(text)

    def _account(self, found: re.Match[str]) -> str:
        """Replace an account id, and a known one among more digits as well."""
        digits = found[0]
        if len(digits) == _ID_LENGTH:
            return self._aliases.of(Named.ACCOUNT, digits)
        for start in range(len(digits) - _ID_LENGTH + 1):
            end = start + _ID_LENGTH
            known = self._aliases.known(Named.ACCOUNT, digits[start:end])
            if known:
                return f"{digits[:start]}{known}{self.account_ids(digits[end:])}"
        return digits

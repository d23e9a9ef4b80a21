"""The forms that texts have by the schema: what each is called, and a text in the form that it was meant to have."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from baselint.suggestion import as_yaml, nearest, only_meant

_ID = "^[a-z][a-z0-9]*([-.][a-z0-9]+)*$"
_NAME = "^[a-z][a-z0-9_]*$"
_FACT = "^[a-z][a-z0-9_]*[.][a-z][a-z0-9_]*$"
_REFERENCE = "^[$][a-z][a-z0-9_]*$"

PATTERN_WORDS = {
    _ID: "an id: lower-case words joined by '-' or '.', for example root-mfa",
    _NAME: "a name: lower-case letters, digits and '_', starting with a letter",
    _FACT: "a fact's name, for example root.mfa_enabled",
    _REFERENCE: "a number, or $ and a parameter's name",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": 'a date, for example "2026-11-23"',
    "^[0-9]{12}$": 'an account id: 12 digits in quotes, for example "111122223333"',
    "^[0-9a-f]{64}$": "a SHA-256: 64 lower-case hexadecimal digits",
    '^https://[^\\s<>"]+$': "an address that starts with https://",
    "^aws[a-z-]*$": "a partition, for example aws or aws-us-gov",
    "^[^\\n]*[^\\s]$": "one line, without a space or line break at its end",
}
"""What each pattern of a policy schema asks for, in words."""

_JOINTS = {
    _ID: ("[^a-z0-9.]+", "-"),
    _NAME: ("[^a-z0-9]+", "_"),
    _REFERENCE: ("[^a-z0-9$]+", "_"),
}
"""What does not stand between the words of a text of some form, and what stands there instead."""

_LONGEST_ID = 80


def well_formed(text: str, pattern: str) -> str | None:
    """Return the fact that was likely meant, or a text with the case and the signs between words that a form asks for."""
    if pattern == _FACT:
        from baselint.facts import FACTS

        return nearest(text, FACTS)
    if pattern not in _JOINTS or len(text) > _LONGEST_ID:
        return None
    signs, joint = _JOINTS[pattern]
    words = re.sub("(?<=[a-z0-9])(?=[A-Z])", joint, text).casefold()
    meant = re.sub(signs, joint, words).strip(joint)
    return meant if re.fullmatch(pattern, meant) else None


def in_form(text: str, pattern: str) -> str | None:
    """Return how to write a text in its form, where only one text can be meant."""
    if pattern == _FACT:
        from baselint.facts import FACTS

        return only_meant(text, FACTS)
    if pattern in _WRITTEN:
        meant = _WRITTEN[pattern](text)
        return as_yaml(meant) if meant is not None and re.fullmatch(pattern, meant) else None
    return well_formed(text, pattern)


def _day(text: str) -> str | None:
    """Return a day whose year stands first, as the schema writes it."""
    found = re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", text)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


_WRITTEN: Mapping[str, Callable[[str], str | None]] = {
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": _day,
    "^[0-9]{12}$": lambda text: re.sub(r"[- ]", "", text),
    "^[0-9a-f]{64}$": str.lower,
    "^[^\\n]*[^\\s]$": str.rstrip,
}
"""What is mechanical about a form: the digits of an account id, for example, without the dashes that the console shows."""

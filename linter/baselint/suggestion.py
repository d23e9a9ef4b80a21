"""What was meant: the nearest known name to one that is not known, and a value in the type that is asked for."""

import json
import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

_NEAR = 0.6
_CLEAR = 0.1
_WORDS = {
    **dict.fromkeys(("true", "yes", "y", "on"), True),
    **dict.fromkeys(("false", "no", "n", "off"), False),
}


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a person most likely meant, or None."""
    by_folded = _by_folded(known)
    found = get_close_matches(_fold(name), by_folded, n=1, cutoff=_NEAR)
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?``, or nothing when no known name is near."""
    suggestion = nearest(name, known)
    return f"; did you mean {suggestion!r}?" if suggestion else ""


def only_meant(name: str, known: Iterable[str]) -> str | None:
    """Return the nearest known name where no other is about as near, so that a person need not choose; else None."""
    by_folded = _by_folded(known)
    found = get_close_matches(_fold(name), by_folded, n=2, cutoff=_NEAR)
    ratios = [SequenceMatcher(None, candidate, _fold(name)).ratio() for candidate in found]
    if not found or (len(found) > 1 and ratios[0] - ratios[1] < _CLEAR):
        return None
    return by_folded[found[0]]


def converted(value: object, wanted: type) -> bool | int | str | None:
    """Return a value in another type, where it can only be meant so: a number in quotes, a word for true, a bare number."""
    if wanted is bool and isinstance(value, str):
        return _WORDS.get(value.casefold())
    if wanted is int and isinstance(value, str) and re.fullmatch(r"[0-9]{1,11}", value):
        return int(value)
    if wanted is str and type(value) is int:
        return str(value)
    return None


def as_yaml(value: bool | int | str) -> str:
    """Write a value as it stands in a policy file; a text in quotes."""
    return json.dumps(value, ensure_ascii=False)


def _by_folded(known: Iterable[str]) -> Mapping[str, str]:
    return {_fold(candidate): candidate for candidate in known}


def _fold(name: str) -> str:
    return name.casefold().replace("_", "-")

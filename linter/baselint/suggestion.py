"""What was meant: the nearest known name to one that is not known, and a value in the type that is asked for."""

import json
import re
from collections.abc import Iterable

_SHORTEST_BEGINNING = 3
_MOST_CERTAIN = 2
"""With more mistakes than these a name is only likely."""

_WORDS = {
    **dict.fromkeys(("true", "yes", "y", "on"), True),
    **dict.fromkeys(("false", "no", "n", "off"), False),
}


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a person most likely meant, or None; of names that are equally near, the first.

    Case and signs do not count, so ``orAbsent`` is ``or_absent``. Names with one mistake for each three letters are near: one
    in ``id``, two in ``title``, three in ``policies``; with more than one mistake, the first letter is right. Where no name is
    near, one that only goes on where the other ends is taken, as ``parameters`` for ``param``.
    """
    near, begun = _ranked(name, known)
    found = near or begun
    return min(found, key=lambda item: item[0])[1] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?``, or nothing when no known name is near."""
    suggestion = nearest(name, known)
    return f"; did you mean {suggestion!r}?" if suggestion else ""


def only_meant(name: str, known: Iterable[str]) -> str | None:
    """Return the nearest known name where a person need not choose: few mistakes, and every other name has twice as many."""
    near, begun = _ranked(name, known)
    if not near:
        return begun[0][1] if len(begun) == 1 else None
    (mistakes, meant), *others = sorted(near, key=lambda item: item[0])
    twice = max(1, 2 * mistakes)
    return meant if mistakes <= _MOST_CERTAIN and all(other >= twice for other, _ in others) else None


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


def _ranked(name: str, known: Iterable[str]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the names that are near, each with its mistakes, and those that only go on where the other ends."""
    given = _letters(name)
    near: list[tuple[int, str]] = []
    begun: list[tuple[int, str]] = []
    for candidate in known:
        letters = _letters(candidate)
        short, long = sorted((given, letters), key=len)
        limit = (len(long) + 1) // 3
        if given[:1] != letters[:1]:
            limit = min(limit, 1)
        if len(long) - len(short) <= limit and (mistakes := edits(given, letters, limit)) <= limit:
            near.append((mistakes, candidate))
        elif len(short) >= _SHORTEST_BEGINNING and long.startswith(short):
            begun.append((len(long) - len(short), candidate))
    return near, begun


def edits(one: str, other: str, limit: int) -> int:
    """Return by how many mistakes two texts differ: letters added, left out, replaced, or swapped with the next one.

    The optimal string alignment distance; what is more than ``limit`` is not counted to its end.
    """
    above: list[int] = []
    row = list(range(len(other) + 1))
    for line, letter in enumerate(one, start=1):
        highest, above, row = above, row, [line]
        for column, target in enumerate(other, start=1):
            fewest = min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != target))
            if highest and column > 1 and letter == other[column - 2] and one[line - 2] == target:
                fewest = min(fewest, highest[column - 2] + 1)
            row.append(fewest)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def _letters(name: str) -> str:
    """Return a name as it is compared: without case and without the signs between its words."""
    return "".join(filter(str.isalnum, name.casefold()))

"""Did-you-mean: the nearest known name to one that is not known."""

from collections.abc import Iterable

_SHORTEST_BEGINNING = 3


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that a person most likely meant, or None; of names that are equally near, the first.

    Case and signs do not count, so ``orAbsent`` is ``or_absent``. Names with one mistake for each three letters are near: one
    in ``id``, two in ``title``, three in ``policies``; with more than one mistake, the first letter is right. Where no name is
    near, one that only goes on where the other ends is taken, as ``parameters`` for ``param``.
    """
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
    found = near or begun
    return min(found, key=lambda item: item[0])[1] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?``, or nothing when no known name is near."""
    suggestion = nearest(name, known)
    return f"; did you mean {suggestion!r}?" if suggestion else ""


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

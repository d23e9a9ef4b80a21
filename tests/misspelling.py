"""Misspellings of a word, and how near two words are: by making every one, not by measuring."""

from collections.abc import Iterator, Set
from functools import lru_cache
from string import ascii_lowercase

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890")


def left_out(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def swapped(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))


def doubled(word: str) -> Iterator[str]:
    return (word[: i + 1] + word[i:] for i in range(len(word)))


def replaced(word: str, letters: str = ascii_lowercase) -> Iterator[str]:
    return (word[:i] + letter + word[i + 1 :] for i in range(len(word)) for letter in letters)


def inserted(word: str, letters: str = ascii_lowercase) -> Iterator[str]:
    return (word[:i] + letter + word[i:] for i in range(len(word) + 1) for letter in letters)


def beside(word: str) -> Iterator[str]:
    """Yield a word with one letter replaced by its neighbour on the keyboard."""
    for i, letter in enumerate(word):
        for row in _ROWS:
            if letter in row:
                yield word[:i] + row[row.index(letter) - 1] + word[i + 1 :]


def styled(word: str) -> Iterator[str]:
    """Yield a word in other cases, and with other signs or none between its parts."""
    parts = word.replace("-", "_").split("_")
    big = [part.capitalize() for part in parts]
    yield from (word.upper(), word.capitalize(), word.title(), word.swapcase())
    yield from (sign.join(parts) for sign in ("_", "-", " ", "", ".", "__"))
    yield from ("".join((parts[0], *big[1:])), "".join(big), "-".join(big), " ".join(big))


def numbered(word: str) -> Iterator[str]:
    """Yield the plural of a word, and its singular."""
    yield from (word + "s", word.removesuffix("s"), word.removesuffix("es"))
    if word.endswith(("s", "x", "ch", "sh")):
        yield word + "es"
    if word.endswith("y") and len(word) > 3:
        yield word.removesuffix("y") + "ies"
    if word.endswith("ies"):
        yield word.removesuffix("ies") + "y"


def every_slip(word: str) -> set[str]:
    """Return every single slip within the lower-case letters and the signs between words."""
    letters = ascii_lowercase + "_-"
    return {*left_out(word), *swapped(word), *replaced(word, letters), *inserted(word, letters)} - {word, ""}


def usual_slips(word: str) -> set[str]:
    """Return the slips that people make; all there are for words of two letters, where the next word is near."""
    found = {*left_out(word), *swapped(word), *doubled(word), *beside(word), *numbered(word), *styled(word)}
    short = every_slip(word) if len(word) < 3 else set()
    return (found | short) - {word, ""}


def plain(word: str) -> str:
    """Return a word without case and signs."""
    return "".join(letter for letter in word.casefold() if letter.isalnum())


@lru_cache(maxsize=4096)
def _around(word: str) -> Set[str]:
    digits = ascii_lowercase + "1234567890"
    return frozenset({*left_out(word), *swapped(word), *replaced(word, digits), *inserted(word, digits)})


def rank(slip: str, word: str) -> int:
    """Return 0 where only case and signs differ, 1 where one slip more tells them apart, else 2."""
    if plain(slip) == plain(word):
        return 0
    return 1 if plain(slip) in _around(plain(word)) else 2

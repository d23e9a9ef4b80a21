"""The option ``--fail-on``, read the same way by every command that takes a list of words for it."""

from collections.abc import Sequence

from baselint.errors import UsageError

NEVER = "never"
"""Stands alone, where nothing shall make exit code 1."""


def words(text: str, allowed: Sequence[str], what: str) -> frozenset[str]:
    """Return the words of ``--fail-on``; none where it says never. ``what`` names such a word, as in "status".

    Raises:
        UsageError: a word is none of those allowed.
    """
    from baselint.suggestion import did_you_mean

    names = frozenset(name.strip() for name in text.split(","))
    if names == {NEVER}:
        return frozenset()
    for name in sorted(names.difference(allowed)):
        told = f"{', '.join(allowed)}, or {NEVER} alone"
        raise UsageError(f"--fail-on: {name!r} is no {what}; allowed: {told}{did_you_mean(name, allowed)}")
    return names

"""What every rule is, and what it may look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.earlier import Earlier
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.source import PolicyFile
from baselint.yamldocument import Path

LONGEST_EXCEPTION = timedelta(days=366)
EXPIRING_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at beside the file it checks."""

    library: PolicyLibrary
    today: date | None = None
    """The day of the check (UTC). None: rules that look at the calendar say nothing."""
    longest_exception: timedelta = LONGEST_EXCEPTION
    """Longest term of an exception, from its approval."""
    earlier: Earlier | None = None
    """The policy as it was at the revision to compare with; None: nothing is compared."""
    only_earlier: bool = False
    """Whether that comparison is all that is asked for, without the one with the parents."""
    expiring_within: timedelta = EXPIRING_WITHIN
    """How long before its end an exception, an attestation or a review is told."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check on policy files; its module's docstring is its page."""

    ids: tuple[str, ...]
    """The names that its diagnostics carry."""
    kinds: tuple[PolicyKind, ...]
    check: "Callable[[PolicyFile[Any], Context], Iterator[Diagnostic]]"
    page: str


def mistake(file: PolicyFile[Any], path: Path, rule: str, message: str, *, key: bool = False) -> Diagnostic:
    """Return an error at a value of a policy file, or at its key."""
    place = file.document.at_key(path) if key else file.document.at(path)
    return Diagnostic(place, rule, message)


def warning(file: PolicyFile[Any], path: Path, rule: str, message: str) -> Diagnostic:
    """Return a warning at a value of a policy file; warnings never change the exit code."""
    return Diagnostic(file.document.at(path), rule, message, Level.WARNING)

"""What every rule is, and what it may look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.resolve import selection_mistakes
from baselint.policy.source import PolicyFile
from baselint.yamldocument import Path

if TYPE_CHECKING:
    from baselint.policy.earlier import Earlier

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
    earlier: "Earlier | None" = None
    """The policy as it was at the revision to compare with; None: nothing is compared."""
    only_earlier: bool = False
    """Whether that comparison is all that is asked for, without the one with the parents."""
    expiring_within: timedelta = EXPIRING_WITHIN
    """How long before its end an exception, an attestation or a review is told."""
    _resolved: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def selection_mistakes(self, baseline: Baseline) -> tuple[Diagnostic, ...]:
        """Return what resolving a baseline tells; it is resolved once, however many rules ask."""
        path = baseline.location.path
        if path not in self._resolved:
            self._resolved[path] = selection_mistakes(baseline, self.library)
        return self._resolved[path]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check on policy files; its module's docstring is its page."""

    id: str
    """The name that its diagnostics carry."""
    level: Level
    """The level that they have."""
    kinds: tuple[PolicyKind, ...]
    check: "Callable[[PolicyFile[Any], Context], Iterator[Diagnostic]]"
    page: str


def mistake(
    file: PolicyFile[Any], path: Path, rule: str, message: str, *, key: bool = False, correction: str | None = None
) -> Diagnostic:
    """Return an error at a value of a policy file, or at its key; a correction is the text to write there instead."""
    place = file.document.at_key(path) if key else file.document.at(path)
    return Diagnostic(place, rule, message, correction=correction)


def warning(file: PolicyFile[Any], path: Path, rule: str, message: str, *, correction: str | None = None) -> Diagnostic:
    """Return a warning at a value of a policy file; warnings never change the exit code."""
    return Diagnostic(file.document.at(path), rule, message, Level.WARNING, correction=correction)

"""The policy as it was at an earlier revision, and what of today's weakens it without a new entry in the log of decisions."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from baselint.baseline import Baseline
from baselint.errors import PolicyError
from baselint.policy.broken_requirements import BrokenRequirement, broken_by, broken_requirements
from baselint.policy.change_kind import ChangeKind
from baselint.policy.differences import Change, Difference, difference
from baselint.policy.inherit import ancestors
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.resolve import resolve


@dataclass(frozen=True, slots=True)
class Weakening:
    """A change that may let something through, and that no new entry of ``changes`` explains."""

    change: Change
    broken: tuple[BrokenRequirement, ...]
    logs: tuple[Baseline, ...]
    """The baselines of which any may hold the entry."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A baseline beside its earlier self."""

    difference: Difference
    unexplained: tuple[Weakening, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A policy library of an earlier revision; compares each baseline with its earlier self at most once."""

    name: str
    """The revision, as the user named it."""
    library: PolicyLibrary
    _found: dict[str, Comparison | None] = field(default_factory=dict, compare=False)

    def baseline(self, identifier: str) -> Baseline | None:
        """Return a baseline as it was; None where there was none.

        Raises:
            PolicyError: its file was broken.
        """
        known = self.library.entry(PolicyKind.BASELINE, identifier) is not None
        return self.library.baseline(identifier) if known else None

    def path(self, identifier: str) -> str:
        """Return where the file of a baseline lay, as the working directory would show it."""
        entry = self.library.entry(PolicyKind.BASELINE, identifier)
        return entry.path.removeprefix(f"{self.name}:") if entry is not None else identifier

    def comparison(self, baseline: Baseline, library: PolicyLibrary) -> Comparison | None:
        """Compare a baseline with its earlier self; None where there was none.

        Raises:
            PolicyError: one of the two is broken, so that they cannot be compared.
        """
        path = baseline.location.path
        if path not in self._found:
            self._found[path] = self._compare(baseline, library)
        return self._found[path]

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """The comparisons made so far, in the order of the files' paths."""
        return tuple(item for _, item in sorted(self._found.items()) if item is not None)

    def is_logged_anew(self, baseline: Baseline, subject: str) -> bool:
        """Tell whether the log of a baseline has one more entry on a subject than it had: an entry edited is no new one."""
        try:
            earlier = self.baseline(baseline.id)
        except PolicyError:  # what it held cannot be seen, so nothing counts as new
            return False
        old = earlier.changes if earlier is not None else ()
        number = Counter(item.control for item in baseline.changes)[subject]
        added = any(item.control == subject and item not in old for item in baseline.changes)
        return added and number > Counter(item.control for item in old)[subject]

    def _compare(self, baseline: Baseline, library: PolicyLibrary) -> Comparison | None:
        earlier = self.baseline(baseline.id)
        if earlier is None:
            return None
        found = difference(resolve(earlier, self.library), resolve(baseline, library))
        unexplained = tuple(self._unexplained(found, library))
        return Comparison(found, unexplained)

    def _unexplained(self, found: Difference, library: PolicyLibrary) -> Iterator[Weakening]:
        chain = ancestors(found.new.baseline, library)
        weakening = [(item, _logs(item, chain)) for item in found.changes if item.direction.may_weaken]
        open_ = [(item, logs) for item, logs in weakening if not self._is_explained(item, logs)]
        broken = broken_requirements(found, library) if open_ else ()
        for item, logs in open_:
            yield Weakening(item, broken_by(item, broken), logs)

    def _is_explained(self, change: Change, logs: tuple[Baseline, ...]) -> bool:
        return any(self.is_logged_anew(log, change.subject) for log in logs)


def _logs(change: Change, chain: tuple[Baseline, ...]) -> tuple[Baseline, ...]:
    """Return the baselines that may explain a change: the one that makes it; the whole chain where none of them does."""
    if change.kind is ChangeKind.CONTROL and change.new == "not selected":
        return chain
    makers = tuple(item for item in chain if item.location.path == change.new_place.path)
    return makers or chain

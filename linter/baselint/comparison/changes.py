"""The kinds of change between two reports, and what is said of each."""

from dataclasses import dataclass
from enum import StrEnum

from baselint.model import Severity
from baselint.report.document import ValueDocument


class Change(StrEnum):
    """What became of one control for one account; declared in the order in which a person looks at them."""

    NEW = "new"
    WORSE = "worse"
    NEWLY_UNKNOWN = "newly-unknown"
    NO_LONGER_JUDGED = "no-longer-judged"
    NEWLY_MANUAL = "newly-manual"
    NEWLY_EXCEPTED = "newly-excepted"
    STILL_OPEN = "still-open"
    FIXED = "fixed"
    SETTLED = "settled"
    NO_LONGER_APPLIES = "no-longer-applies"
    NEWLY_JUDGED = "newly-judged"
    UNCHANGED = "unchanged"


MEANINGS = {
    Change.NEW: "fails, and did not before",
    Change.WORSE: "failed before, and now for users, keys or certificates that it did not name then",
    Change.NEWLY_UNKNOWN: "cannot be told any more",
    Change.NO_LONGER_JUDGED: "was judged before, and is not in the new report: nobody looked",
    Change.NEWLY_MANUAL: "waits for an attestation, and did not before",
    Change.NEWLY_EXCEPTED: "an exception acts, and did not before",
    Change.STILL_OPEN: "failed, was unknown or waited before, and still does",
    Change.FIXED: "failed before, and passes",
    Change.SETTLED: "was unknown, waited or was excepted before, and passes",
    Change.NO_LONGER_APPLIES: "does not apply any more",
    Change.NEWLY_JUDGED: "was not judged before, and is fine",
    Change.UNCHANGED: "the verdict stayed",
}
"""What each kind means, in a few words."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact whose values are others than before; a value of None is "none", or not known."""

    fact: str
    old: tuple[ValueDocument, ...]
    new: tuple[ValueDocument, ...]


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One control of one baseline for one account, before and now; a side without a finding has None."""

    account: str
    baseline: str
    control: str
    title: str
    severity: Severity
    kind: Change
    old_status: str | None
    new_status: str | None
    old_observed: str | None
    new_observed: str | None
    facts: tuple[FactChange, ...] = ()
    subjects_added: tuple[str, ...] = ()
    """Members that did not meet the expectation, or could not be judged, only now."""
    subjects_gone: tuple[str, ...] = ()
    note: str | None = None
    """Why the verdict is another, where an exception makes it so."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A baseline that is not the same on both sides; None where it is on one side only."""

    baseline: str
    old_sha256: str | None
    new_sha256: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports."""

    path: str
    as_of: str
    version: str
    exceptions_ignored: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two reports, and what stayed open."""

    old: Side
    new: Side
    policy: tuple[PolicyChange, ...]
    added: tuple[str, ...]
    """Accounts that only the new report has."""
    removed: tuple[str, ...]
    """Accounts that only the old report has."""
    missing: tuple[str, ...]
    """Accounts that the new report expected, and that are not there."""
    findings: tuple[FindingChange, ...]
    """Worst first; those of which nothing differs, and which are not open, are left out."""

    def name(self, change: FindingChange) -> str:
        """Return the control of a change, with its baseline where there are several."""
        several = len({item.baseline for item in self.findings}) > 1
        return f"{change.baseline}/{change.control}" if several else change.control

    def counts(self) -> dict[Change, int]:
        """Return how many findings there are of each kind."""
        found = dict.fromkeys(Change, 0)
        for item in self.findings:
            found[item.kind] += 1
        return found

    @property
    def kinds(self) -> frozenset[Change]:
        """Return the kinds that occur; an account that is gone or missing is one that is no longer judged."""
        kinds = {item.kind for item in self.findings}
        if self.removed or self.missing:
            kinds.add(Change.NO_LONGER_JUDGED)
        return frozenset(kinds)

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return why verdicts may differ although the accounts do not."""
        told = [f"the baseline {item.baseline} {_policy_words(item)}" for item in self.policy]
        if self.new.as_of < self.old.as_of:
            told.append(
                f"the new report is of an earlier moment, {self.new.as_of}; the sides may be the wrong way round"
            )
        if self.old.version != self.new.version:
            told.append(f"the old report was made by baselint {self.old.version}, the new one by {self.new.version}")
        if self.old.exceptions_ignored != self.new.exceptions_ignored:
            told.append(f"exceptions were ignored in the {'old' if self.old.exceptions_ignored else 'new'} report only")
        return tuple(told)


def _policy_words(item: PolicyChange) -> str:
    if item.old_sha256 is None:
        return "is in the new report only"
    if item.new_sha256 is None:
        return "is in the old report only"
    return "asks something else in the new report, so that a verdict may differ although the account does not"

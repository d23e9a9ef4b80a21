"""The result of one control of one baseline for one account, and of a whole run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from baselint.attestation import Attestation
from baselint.baseline import ControlException
from baselint.errors import Location
from baselint.evidence import Evidence, ExportRecord, MissingReason, Problem, Unrecognised, Value
from baselint.model import Severity


class Status(StrEnum):
    """The closed set of verdicts; declared in the order in which summaries count them."""

    PASS = "pass"  # noqa: S105 - the word is a verdict
    FAIL = "fail"
    UNKNOWN = "unknown"
    MANUAL = "manual"
    NOT_APPLICABLE = "not-applicable"
    EXCEPTED = "excepted"


class Reason(StrEnum):
    """Why a finding has its status; the reasons of missing facts are added from their own list."""

    EXPECTATION_MET = "expectation-met"
    EXPECTATION_NOT_MET = "expectation-not-met"
    NOBODY_CONCERNED = "nobody-concerned"
    ATTESTED = "attested"
    ATTESTED_FAIL = "attested-fail"
    NO_ATTESTATION = "no-attestation"
    ATTESTATION_LAPSED = "attestation-lapsed"
    DOES_NOT_APPLY = "does-not-apply"
    RETIRED = "retired"


ALL_REASONS: tuple[str, ...] = (*Reason, *MissingReason)


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """A fact that took part in a verdict, with one place it came from."""

    fact: str
    value: Value
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Subject:
    """One member of a population that does not meet the expectation, or that could not be judged."""

    id: str
    observed: str
    export: str
    pointer: str


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """An exception as a finding shows it: what it says, whether it holds, and what lies under it."""

    exception: ControlException
    in_force: bool
    underlying: Status
    excluded_subjects: tuple[str, ...] = ()
    note: str = ""
    """What the notes of the finding say of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one control of one baseline for one account."""

    control: str
    baseline: str
    title: str
    severity: Severity
    status: Status
    reason: Reason | MissingReason
    requirement: str
    observed: str
    location: Location
    help: str
    """Page of the control in the runbook."""
    help_section: str = "steps"
    """Where on that page the finding leads."""
    notes: tuple[str, ...] = ()
    """What else a reader must know: how the verdict came about, and what exceptions did to it."""
    export_again: tuple[str, ...] = ()
    fix: str | None = None
    subjects: tuple[Subject, ...] = ()
    evidence: tuple[FactEvidence, ...] = ()
    exception: ExceptionView | None = None
    """The exception that does most, or the one that would if it were in force."""
    further_exceptions: tuple[ExceptionView, ...] = ()
    """The others that act on the finding as well."""
    attestation: Attestation | None = None
    attestation_through: date | None = None
    """Last day on which the attestation counts; None for one that holds until a newer one, or that cannot decide."""

    @property
    def message(self) -> str:
        """The verdict in words: requirement, observation and notes."""
        return "; ".join((f"{self.requirement}; observed: {self.observed}", *self.notes))


@dataclass(frozen=True, slots=True)
class BaselineHeader:
    """A baseline as the report names it."""

    id: str
    version: str
    owner: str
    approved: Mapping[str, str] | None
    path: str
    resolved_sha256: str


@dataclass(frozen=True, slots=True)
class AccountResult:
    """Everything the run says about one account."""

    id: str
    partition: str | None
    kind: str | None
    name: str | None
    exports: tuple[ExportRecord, ...]
    unrecognised: tuple[Unrecognised, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ExpectedAccounts:
    """How the accounts of a run compare with a list of those that were expected."""

    path: str
    sha256: str
    expected: int
    """How many active accounts the list names."""
    present: int
    """How many of those are in the run."""
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    """Accounts of the run that the list does not name."""
    inactive: tuple[tuple[str, str], ...] = ()
    """Accounts that the list names, with the state for which nothing is expected of them."""


@dataclass(frozen=True, slots=True)
class ReportHeader:
    """What holds for the whole run."""

    version: str
    as_of: datetime
    baselines: tuple[BaselineHeader, ...]
    problems: tuple[Problem, ...]
    minimum_severity: Severity | None = None
    """Findings below it do not change the exit code, and formats for people only count them."""
    exceptions_ignored: bool = False
    """Every verdict is what it would be if there were no exceptions."""
    expected: ExpectedAccounts | None = None
    """None where nobody said which accounts there should be."""

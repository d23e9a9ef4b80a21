"""The report as plain data, in the shape of ``schema/report.schema.json``; every format is written from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypedDict

from baselint.model import Severity

SCHEMA_VERSION = 1


class ToolDocument(TypedDict):
    """What made the report."""

    name: str
    version: str


class ApprovalDocument(TypedDict):
    """Who approved a baseline, and when."""

    by: str
    date: str


class BaselineDocument(TypedDict):
    """A baseline that was linted against."""

    id: str
    version: str
    owner: str
    approved: ApprovalDocument | None
    path: str
    resolved_sha256: str


class ProblemDocument(TypedDict):
    """Something that needs a person's eye."""

    path: str
    account: str | None
    reason: str
    message: str


SummaryDocument = TypedDict(
    "SummaryDocument",
    {
        "accounts": int,
        "pass": int,
        "fail": int,
        "unknown": int,
        "manual": int,
        "not-applicable": int,
        "excepted": int,
    },
)
"""How many accounts there are, and how many findings of each status."""


def nothing_counted() -> SummaryDocument:
    """Return the counts of a report on nothing."""
    return {"accounts": 0, "pass": 0, "fail": 0, "unknown": 0, "manual": 0, "not-applicable": 0, "excepted": 0}


class InactiveDocument(TypedDict):
    """An account of which nothing is expected, and why: ``SUSPENDED`` or the like."""

    id: str
    state: str


class AccountListDocument(TypedDict):
    """How the accounts compare with the list of those that were expected."""

    path: str
    sha256: str
    expected: int
    present: int
    unexpected: list[str]
    inactive: list[InactiveDocument]


class HeaderDocument(TypedDict):
    """Everything that a report says but the accounts."""

    schema_version: int
    tool: ToolDocument
    as_of: str
    exceptions_ignored: bool
    redacted: bool
    baselines: list[BaselineDocument]
    account_list: AccountListDocument | None
    missing_accounts: list[str]
    problems: list[ProblemDocument]
    summary: SummaryDocument


class LocationDocument(TypedDict):
    """A place in a file, counted from 1."""

    path: str
    line: int | None
    column: int | None


class SubjectDocument(TypedDict):
    """A member of a population that does not meet the expectation, or that could not be judged."""

    id: str
    observed: str
    export: str
    pointer: str


class SpanDocument(TypedDict):
    """A whole number between two ends."""

    low: int
    high: int


ValueDocument: TypeAlias = SpanDocument | bool | int | str | None


class EvidenceDocument(TypedDict):
    """A fact that took part in a verdict, and one place it came from."""

    fact: str
    value: ValueDocument
    export: str | None
    pointer: str | None
    raw: bool | int | str | None


class ExceptionDocument(TypedDict):
    """An exception that acts on a finding, or would."""

    id: str
    in_force: bool
    underlying: str
    note: str
    reason: str
    owner: str
    approved_by: str
    approved: str
    expires: str
    subjects: list[str]
    compensating_control: str | None
    ticket: str | None
    location: LocationDocument


class ProofDocument(TypedDict):
    """A piece of evidence that an attestation names."""

    title: str
    url: str | None
    sha256: str | None


class AttestationDocument(TypedDict):
    """What a person stated."""

    outcome: str
    by: str
    date: str
    valid_through: str | None
    statement: str
    answers: Mapping[str, str]
    evidence: list[ProofDocument]
    location: LocationDocument


class FindingDocument(TypedDict):
    """The result of one control of one baseline for one account."""

    control: str
    baseline: str
    title: str
    severity: str
    status: str
    reason: str
    requirement: str
    observed: str
    notes: list[str]
    message: str
    fix: str | None
    subjects: list[SubjectDocument]
    evidence: list[EvidenceDocument]
    export_again: str | None
    location: LocationDocument
    exception: ExceptionDocument | None
    further_exceptions: list[ExceptionDocument]
    attestation: AttestationDocument | None
    help: str
    help_section: str


class ExportDocument(TypedDict):
    """A recognised export of an account."""

    path: str
    kind: str
    account_from: str
    sha256: str
    captured_at: str | None
    records: int | None


class UnrecognisedDocument(TypedDict):
    """A file that was not read, and why."""

    path: str
    reason: str


class AccountDocument(TypedDict):
    """Everything that a report says about one account."""

    id: str
    partition: str | None
    kind: str | None
    name: str | None
    exports: list[ExportDocument]
    unrecognised: list[UnrecognisedDocument]
    findings: list[FindingDocument]


class RequirementDocument(TypedDict):
    """A requirement of a standard that names a control; no part of the JSON report."""

    framework: str
    title: str
    """Of the edition."""
    requirement: str
    decides: bool
    """Whether the standard states its bound itself; otherwise a control contributes evidence only."""
    within: bool
    """Whether the baseline's values are within what the requirement needs of the control."""
    in_part: bool
    """Whether the controls cover it only in part."""


Requirements: TypeAlias = Callable[[], Mapping[tuple[str, str], Sequence[RequirementDocument]]]
"""Reads the standards, and returns what they ask of each control, by the ids of baseline and control."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a format is given: the header, whose counts are final, and the accounts one by one."""

    header: HeaderDocument
    accounts: Iterable[AccountDocument]
    """May be gone through again and again; a format that keeps them all fails on a large organization."""
    minimum_severity: Severity | None = None
    """Formats for people leave out findings below it, and say how many; formats for machines are always whole."""
    requirements: Requirements = dict
    """What standards ask of the controls; reading them takes time, so only formats that show it ask."""
    digest: str = ""
    """SHA-256 of what the accounts say, for names that must differ where anything does."""

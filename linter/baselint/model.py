"""What policy files say, as frozen types: controls, baselines, frameworks, exceptions and attestations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from baselint.errors import Location

Scalar: TypeAlias = bool | int | str
ParameterValue: TypeAlias = bool | int | str | tuple[str, ...] | None
"""Value of a parameter; None means that it is not asked for."""


class Severity(StrEnum):
    """How bad it is when a requirement is not met; declared worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """Position in the order of severities; 0 is the worst."""
        return list(Severity).index(self)


class Operator(StrEnum):
    """How a condition compares a fact with its value."""

    EQUALS = "equals"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PRESENT = "present"
    MATCHES = "matches"


class PopulationName(StrEnum):
    """Populations of the credential report whose members a check can judge one by one."""

    USER = "user"
    ACCESS_KEY = "access-key"
    SIGNING_CERTIFICATE = "signing-certificate"


class ParameterType(StrEnum):
    """What a parameter can hold."""

    INTEGER = "integer"
    BOOLEAN = "boolean"
    TEXT = "text"
    CHOICE = "choice"
    LIST = "list"


class Outcome(StrEnum):
    """What a person attests."""

    PASS = "pass"  # noqa: S105 - the word is a verdict
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class ParameterReference:
    """A ``$name`` in a check: the value is the parameter's."""

    name: str


Operand: TypeAlias = Scalar | tuple[Scalar, ...] | ParameterReference


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact, one operator, one value."""

    fact: str
    operator: Operator
    operand: Operand
    or_absent: bool = False
    otherwise: str | None = None
    """In ``applies_when``: why the control does not apply when the condition does not hold."""


@dataclass(frozen=True, slots=True)
class AttestationRequirement:
    """How long an attestation holds, in days, and what it must answer."""

    within_days: int | ParameterReference
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """What decides a control: conditions on facts, an attestation, or the first else the second."""

    applies_when: tuple[Condition, ...] = ()
    each: PopulationName | None = None
    where: tuple[Condition, ...] = ()
    expect: tuple[Condition, ...] = ()
    attest: AttestationRequirement | None = None
    or_attest: AttestationRequirement | None = None

    @property
    def attestation(self) -> AttestationRequirement | None:
        """The attestation that can decide the check, alone or where exports do not report."""
        return self.attest or self.or_attest


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a control that an organisation sets."""

    name: str
    title: str
    type: ParameterType
    default: ParameterValue
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    unit: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a procedure and its expected result."""

    id: str
    do: str
    expect: str
    when: str | None = None
    why: str | None = None
    run: str | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """The runbook of a control."""

    before: tuple[Step, ...] = ()
    console: tuple[Step, ...] = ()
    cli: tuple[Step, ...] = ()
    terraform: str | None = None
    verify: tuple[Step, ...] = ()
    rollback: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """What it costs to bring an account into the desired state."""

    time: str | None = None
    people: int | None = None
    needs_root_sign_in: bool | None = None
    downtime: str | None = None
    reversible: bool | None = None
    cost: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A document to read on; the address is https."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """When and why a control stopped being judged."""

    date: date
    reason: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """One hardening requirement with its documentation and its check."""

    id: str
    group: str
    title: str
    severity: Severity
    location: Location
    check: Check | None
    """None only for a retired control."""
    severity_reason: str | None = None
    retired: Retirement | None = None
    summary: str | None = None
    rationale: str | None = None
    applicability: str | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    effort: Effort = Effort()
    procedure: Procedure = Procedure()
    breaks: str | None = None
    evidence_to_keep: tuple[str, ...] = ()
    limits: str | None = None
    references: tuple[Reference, ...] = ()
    verified: date | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, and when."""

    by: str
    date: date


@dataclass(frozen=True, slots=True)
class Selection:
    """One control of a baseline, with the values the baseline sets."""

    control: str
    location: Location
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    severity: Severity | None = None
    exclude: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ControlException:
    """A dated, approved decision not to meet a control for named accounts."""

    id: str
    control: str
    accounts: tuple[str, ...]
    reason: str
    owner: str
    approved: Approval
    expires: date
    location: Location
    subjects: tuple[str, ...] = ()
    compensating_control: str | None = None
    ticket: str | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the exception holds on a day (UTC); its last day counts."""
        return self.approved.date <= day <= self.expires


@dataclass(frozen=True, slots=True)
class AppliesTo:
    """Accounts a baseline is meant for; an empty tuple does not restrict."""

    accounts: tuple[str, ...] = ()
    partitions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a baseline's log of decisions."""

    date: date
    control: str
    reason: str
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Baseline:
    """A named selection of controls with parameter values, an owner and exceptions."""

    id: str
    title: str
    version: str
    owner: str
    location: Location
    selections: tuple[Selection, ...]
    description: str | None = None
    approved: Approval | None = None
    review_by: date | None = None
    extends: tuple[str, ...] = ()
    applies_to: AppliesTo = AppliesTo()
    satisfies: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    exceptions: tuple[ControlException, ...] = ()


@dataclass(frozen=True, slots=True)
class AttestedEvidence:
    """Where the evidence for an attestation is kept."""

    title: str
    url: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Attestation:
    """A dated statement by a person for what no export can show."""

    control: str
    accounts: tuple[str, ...]
    outcome: Outcome
    statement: str
    by: str
    date: date
    location: Location
    answers: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[AttestedEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """What a framework asks of one parameter of a control."""

    parameter: str
    operator: Operator
    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class MappedControl:
    """A control that a requirement is mapped to, with the bounds it needs."""

    id: str
    needs: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a standard allows a requirement to be met."""

    controls: tuple[MappedControl, ...] = ()
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of a framework edition."""

    id: str
    title: str
    location: Location
    controls: tuple[MappedControl, ...] = ()
    any_of: tuple[Alternative, ...] = ()
    coverage: str = "full"
    limits: str | None = None
    not_covered: str | None = None


@dataclass(frozen=True, slots=True)
class Framework:
    """One edition of a published standard, mapped to controls."""

    id: str
    title: str
    publisher: str
    edition: str
    url: str
    relation: str
    requirements: tuple[Requirement, ...]
    location: Location

"""What a control file says, as frozen types: the control, its parameters, its check and its procedure."""

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
    location: Location | None = field(default=None, compare=False)
    """Where the default stands; None where no file is known."""


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

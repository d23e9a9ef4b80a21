"""What a person states about an account where no export can show it, as frozen types."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from baselint.errors import Location


class Outcome(StrEnum):
    """What a person attests."""

    PASS = "pass"  # noqa: S105 - the word is a verdict
    FAIL = "fail"


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

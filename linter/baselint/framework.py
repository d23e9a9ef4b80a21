"""What a published standard asks, as frozen types: requirements mapped to controls with the bounds they need."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from baselint.errors import Location
from baselint.model import Operator, Scalar


class Relation(StrEnum):
    """What meeting the controls of a requirement is worth."""

    DECIDES = "decides"
    """The standard states the bounds itself: meeting them meets the requirement."""
    SUPPORTS = "supports"
    """The controls contribute evidence; only the standard's own assessor can say that it is met."""


@dataclass(frozen=True, slots=True)
class MappingSource:
    """Where ids and a mapping come from, and of which day."""

    title: str
    date: date
    url: str | None = None


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
    relation: Relation
    location: Location
    controls: tuple[MappedControl, ...] = ()
    any_of: tuple[Alternative, ...] = ()
    limits: str | None = None
    """What is left where the controls cover the requirement only in part."""
    not_covered: str | None = None
    unverified: str | None = None
    """What of the mapping was not checked against the standard, or is doubtful."""

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The ways in which it can be met: those it names, else its controls all together; none when not covered."""
        return self.any_of or ((Alternative(self.controls),) if self.controls else ())

    @property
    def mapped(self) -> tuple[MappedControl, ...]:
        """Every control that any of the ways names."""
        return tuple(item for alternative in self.alternatives for item in alternative.controls)


@dataclass(frozen=True, slots=True)
class Framework:
    """One edition of a published standard, mapped to controls."""

    id: str
    title: str
    publisher: str
    edition: str
    url: str
    relation: Relation
    requirements: tuple[Requirement, ...]
    location: Location
    description: str | None = None
    sources: tuple[MappingSource, ...] = ()

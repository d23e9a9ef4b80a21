"""What a published standard asks, as frozen types: requirements mapped to controls with the bounds they need."""

from dataclasses import dataclass

from baselint.errors import Location
from baselint.model import Operator, Scalar


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

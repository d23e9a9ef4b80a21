"""What a baseline file says, as frozen types: the controls it selects, its decisions and its exceptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from baselint.errors import Location
from baselint.model import ParameterValue, Severity
from baselint.terms import Term


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
    section: str | None = None
    """Heading under which the control stands in the checklist."""
    places: Mapping[str, Location] = field(default_factory=dict, compare=False)
    """Where each parameter is set, by name."""
    severity_place: Location | None = field(default=None, compare=False)
    """Where the severity is set; None where it is the control's own."""
    control_place: Location | None = field(default=None, compare=False)
    """Where the id of the control stands; None where no file is known."""


@dataclass(frozen=True, slots=True)
class Parent:
    """A baseline that another extends, by id or by the path of its file."""

    name: str
    location: Location


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

    @property
    def term(self) -> Term:
        """The days on which it holds."""
        return Term(self.approved.date, self.expires)

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
    """Id of a control, or of the baseline that the decision is about."""
    reason: str
    approved_by: str | None = None
    location: Location | None = field(default=None, compare=False)
    """Where it stands; two entries that say the same are one decision, wherever they stand."""


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
    extends: tuple[Parent, ...] = ()
    applies_to: AppliesTo = AppliesTo()
    satisfies: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    exceptions: tuple[ControlException, ...] = ()

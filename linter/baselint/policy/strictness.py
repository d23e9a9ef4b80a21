"""Orders checks by what they let through: a partial order made from operators and values, without special cases.

One check is at least as strict as another when every account that it lets through is let through by the other. That is
decided from the sets of values that the conditions allow, fact by fact; where it cannot be shown, it does not count as shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition, FactType
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Operand,
    ParameterReference,
    ParameterValue,
    PopulationName,
    Scalar,
)
from baselint.policy.allowed_values import AllowedValues, allowed_by


class Direction(StrEnum):
    """How something new stands to something old."""

    STRICTER = "stricter"
    WEAKER = "weaker"
    DIFFERENT = "different"
    """Neither holds the other: it may let something through that was refused."""
    EQUAL = "equal"

    @property
    def mirrored(self) -> "Direction":
        """The same, seen from the new to the old."""
        return {Direction.STRICTER: Direction.WEAKER, Direction.WEAKER: Direction.STRICTER}.get(self, self)

    @property
    def may_weaken(self) -> bool:
        """Tell whether something that was refused may be let through now."""
        return self in {Direction.WEAKER, Direction.DIFFERENT}


def direction(*, new_holds_old: bool, old_holds_new: bool) -> Direction:
    """Return the direction from what is known: is the new at least as strict as the old, and the old as the new?"""
    if new_holds_old:
        return Direction.EQUAL if old_holds_new else Direction.STRICTER
    return Direction.WEAKER if old_holds_new else Direction.DIFFERENT


def together(directions: Iterable[Direction]) -> Direction:
    """Return the direction of several changes taken as one."""
    found = frozenset(directions) - {Direction.EQUAL}
    if not found:
        return Direction.EQUAL
    return next(iter(found)) if len(found) == 1 else Direction.DIFFERENT


_Allowed = Mapping[str, AllowedValues]


@dataclass(frozen=True, slots=True)
class Cadence:
    """How long an attestation holds, and the answers it may give."""

    days: int
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_as_strict_as(self, other: "Cadence") -> bool:
        """Tell whether it holds no longer, and asks all that the other asks."""
        asked = all(name in self.answers and self.answers[name] <= allowed for name, allowed in other.answers.items())
        return self.days <= other.days and asked


@dataclass(frozen=True, slots=True)
class Demand:
    """What a check asks with its parameters filled in: the values it allows of each fact, and who may attest instead."""

    each: PopulationName | None
    guards: _Allowed
    """It applies only where these hold."""
    where: _Allowed
    expect: _Allowed
    """Empty where only a person can decide."""
    cadence: Cadence | None

    @property
    def asks_nothing(self) -> bool:
        """Tell whether nothing can ever fail it."""
        return not self.expect and self.cadence is None

    def is_as_strict_as(self, other: "Demand") -> bool:
        """Tell whether every account that this lets through is let through by the other."""
        if other.asks_nothing or self.asks_nothing:
            return other.asks_nothing
        if bool(self.expect) != bool(other.expect) or self.each is not other.each:
            return False
        return (
            _within(other.guards, self.guards)
            and _within(other.where, self.where)
            and _within(self.expect, other.expect)
            and self._is_attested_as_strictly_as(other)
        )

    def _is_attested_as_strictly_as(self, other: "Demand") -> bool:
        """Where facts decide, an attestation that may stand in for them loosens; where a person decides, it is all there is."""
        if self.cadence is None:
            return True
        return other.cadence is not None and self.cadence.is_as_strict_as(other.cadence)


NOTHING = Demand(None, {}, {}, {}, None)
"""What a control that is not there, or retired, asks."""


def demand(check: Check, parameters: Mapping[str, ParameterValue]) -> Demand:
    """Return what a check asks; a condition whose parameter is not set is not asked."""
    return Demand(
        check.each,
        _allowed(check.applies_when, parameters),
        _allowed(check.where, parameters),
        _allowed(check.expect, parameters),
        _cadence(check.attestation, parameters),
    )


def compare(old: Demand, new: Demand) -> Direction:
    """Return how a new demand stands to an old one."""
    return direction(new_holds_old=new.is_as_strict_as(old), old_holds_new=old.is_as_strict_as(new))


def compare_parameter(check: Check | None, name: str, old: ParameterValue, new: ParameterValue) -> Direction:
    """Return how a new value of one parameter stands to an old one, whatever the check's other parameters are."""
    if check is None:
        return Direction.EQUAL
    found: list[Direction] = []
    for condition in check.expect:
        if condition.operand == ParameterReference(name):
            before, after = (_one(condition, value) for value in (old, new))
            found.append(direction(new_holds_old=after <= before, old_holds_new=before <= after))
    if check.attestation is not None and check.attestation.within_days == ParameterReference(name):
        days = [value if isinstance(value, int) else 0 for value in (old, new)]
        found.append(direction(new_holds_old=days[1] <= days[0], old_holds_new=days[0] <= days[1]))
    return together(found)


def can_be_said(check: Check, parameters: Mapping[str, ParameterValue]) -> bool:
    """Tell whether a check can be put in words: its facts and parameters exist, as rules ask of its own file."""
    conditions = (*check.applies_when, *check.where, *check.expect)
    operands: list[Operand] = [condition.operand for condition in conditions]
    if check.attestation is not None:
        operands.append(check.attestation.within_days)
    declared = all(item.name in parameters for item in operands if isinstance(item, ParameterReference))
    lasting = check.attestation is None or isinstance(_value(check.attestation.within_days, parameters), int)
    return declared and lasting and all(condition.fact in FACTS for condition in conditions)


def _within(one: _Allowed, other: _Allowed) -> bool:
    """Tell whether all that the first conditions let through is let through by the second."""
    return all(name in one and one[name] <= allowed for name, allowed in other.items())


def _allowed(conditions: Iterable[Condition], parameters: Mapping[str, ParameterValue]) -> _Allowed:
    found: dict[str, AllowedValues] = {}
    for condition in conditions:
        value = _value(condition.operand, parameters)
        if value is not None:
            allowed = allowed_by(condition, value, _definition(condition.fact))
            found[condition.fact] = found[condition.fact] & allowed if condition.fact in found else allowed
    return found


def _one(condition: Condition, value: ParameterValue) -> AllowedValues:
    """Return what one condition allows; where its value is not set, everything."""
    definition = _definition(condition.fact)
    return AllowedValues(absent=True) if value is None else allowed_by(condition, value, definition)


def _value(operand: Operand, parameters: Mapping[str, ParameterValue]) -> ParameterValue | tuple[Scalar, ...]:
    return parameters.get(operand.name) if isinstance(operand, ParameterReference) else operand


def _definition(fact: str) -> FactDefinition:
    """Return a fact's definition; one that is not known, which a rule tells, is compared as a text."""
    return FACTS.get(fact) or FactDefinition(fact, FactType.TEXT, fact, ())


def _cadence(attestation: AttestationRequirement | None, parameters: Mapping[str, ParameterValue]) -> Cadence | None:
    if attestation is None:
        return None
    days = _value(attestation.within_days, parameters)
    answers = {name: frozenset(allowed) for name, allowed in attestation.answers.items()}
    return Cadence(days if isinstance(days, int) else 0, answers)

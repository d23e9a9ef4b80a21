"""One demand of a baseline: a condition that a selected control expects, at the value that the baseline sets."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from baselint import wording
from baselint.baseline import Selection
from baselint.errors import Location
from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition
from baselint.model import Check, Condition, Control, ParameterReference, ParameterValue, Scalar
from baselint.policy.allowed_values import AllowedValues, allowed_by, every_value
from baselint.policy.parameters import value_mistake


@dataclass(frozen=True, slots=True)
class BaselineDemand:
    """One condition that a selected control expects, with the value that the baseline sets."""

    control: Control
    check: Check
    condition: Condition
    """Its operand is the value, never a parameter."""
    allowed: AllowedValues
    """The values that AWS lets the fact have, and the condition allows."""
    place: Location
    """Where the value stands in a baseline; else where the control is selected."""

    @property
    def fact(self) -> FactDefinition:
        """The fact that the condition compares."""
        return FACTS[self.condition.fact]

    @property
    def words(self) -> str:
        """Say the condition, for example ``the root user's MFA must be on``."""
        return wording.requirement(Check(expect=(self.condition,)), {})

    def requires(self, value: Scalar) -> bool:
        """Tell whether the condition allows one value only."""
        return not self.allowed.absent and self.allowed.present == frozenset({value})


def demands_of(selection: Selection, control: Control, check: Check, facts: Set[str]) -> Iterator[BaselineDemand]:
    """Yield what a selected control demands of some facts."""
    for condition in check.expect:
        if condition.fact in facts and condition.fact in FACTS:
            value, place = condition.operand, selection.location
            if isinstance(value, ParameterReference):
                place = selection.places.get(value.name, place)
                set_value = _value(selection, control, value.name)
                if set_value is None:
                    continue
                value = set_value
            definition = FACTS[condition.fact]
            allowed = allowed_by(condition, value, definition) & every_value(definition)
            yield BaselineDemand(control, check, replace(condition, operand=value), allowed, place)


def _value(selection: Selection, control: Control, name: str) -> "Scalar | tuple[str, ...] | None":
    """Return the value of a parameter; None where it is not asked for, or where another rule tells that it is wrong."""
    parameter = control.parameters.get(name)
    if parameter is None:
        return None
    value: ParameterValue = selection.parameters.get(name, parameter.default)
    return None if value_mistake(parameter, value) else value

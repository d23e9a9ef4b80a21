"""Every value that a control or a baseline compares a fact with, where it stands, and the conditions that use it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from baselint.baseline import Baseline
from baselint.errors import Location
from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition
from baselint.model import Condition, Control, Operator, ParameterReference, ParameterValue, Scalar
from baselint.policy.allowed_values import AllowedValues, allowed_by, every_value
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.parameters import value_mistake
from baselint.policy.source import PolicyFile
from baselint.yamldocument import Path

_Value = Scalar | tuple[Scalar, ...]


class UsedValue(NamedTuple):
    """One value, and one condition that compares a fact with it."""

    condition: Condition
    value: _Value
    place: Location

    @property
    def fact(self) -> FactDefinition:
        """The fact that is compared."""
        return FACTS[self.condition.fact]

    @property
    def allowed(self) -> AllowedValues:
        """The values of the fact that meet the condition."""
        return allowed_by(self.condition, self.value, self.fact)

    @property
    def can_be_met(self) -> bool:
        """Tell whether AWS lets the fact have a value that meets the condition."""
        return not (self.allowed & every_value(self.fact)).is_empty


def conditions(file: PolicyFile[Any]) -> Iterator[tuple[str, Condition, Path]]:
    """Yield every condition of a control's check: the part it stands in, itself, and its path."""
    control: Control = file.model
    check = control.check
    if check is None:
        return
    data = file.document.data
    written = data["check"] if isinstance(data, dict) and isinstance(data["check"], dict) else {}
    for part, group in (("applies_when", check.applies_when), ("where", check.where), ("expect", check.expect)):
        for index, condition in enumerate(group):
            yield part, condition, ("check", part, index) if isinstance(written[part], list) else ("check", part)


def literals(file: PolicyFile[Any]) -> Iterator[UsedValue]:
    """Yield the values that stand in a control's check itself."""
    for _, condition, path in conditions(file):
        if not isinstance(condition.operand, ParameterReference) and _fits(condition, condition.operand):
            place = file.document.at((*path, str(condition.operator)))
            yield UsedValue(condition, condition.operand, place)


def defaults(file: PolicyFile[Any]) -> Iterator[UsedValue]:
    """Yield the defaults of a control's parameters; a default that is wrong in itself is told by its own rule."""
    control: Control = file.model
    for name, parameter in control.parameters.items():
        if not value_mistake(parameter, parameter.default):
            place = file.document.at(("parameters", name, "default"))
            yield from _uses(control, name, parameter.default, place)


def ends(file: PolicyFile[Any]) -> Iterator[UsedValue]:
    """Yield the least and the most that a control lets each of its parameters be."""
    control: Control = file.model
    for name, parameter in control.parameters.items():
        for key, value in (("minimum", parameter.minimum), ("maximum", parameter.maximum)):
            yield from _uses(control, name, value, file.document.at(("parameters", name, key)))


def settings(file: PolicyFile[Any], library: PolicyLibrary) -> Iterator[UsedValue]:
    """Yield the values that a baseline sets itself; reads only the controls whose parameters it sets."""
    baseline: Baseline = file.model
    for selection in baseline.selections:
        found = library.entry(PolicyKind.CONTROL, selection.control) is not None
        if found and selection.parameters and not selection.exclude:
            control = library.outline(selection.control)
            for name, value in selection.parameters.items():
                parameter = control.parameters.get(name)
                if parameter is not None and not value_mistake(parameter, value):
                    yield from _uses(control, name, value, selection.places[name])


def _uses(control: Control, name: str, value: ParameterValue, place: Location) -> Iterator[UsedValue]:
    if control.check is None or value is None:
        return
    for condition in control.check.expect:
        if condition.operand == ParameterReference(name) and _fits(condition, value):
            yield UsedValue(condition, value, place)


def _fits(condition: Condition, value: _Value) -> bool:
    """Tell whether a fact can be compared with a value; what cannot be is told by its own rule."""
    numbers = condition.operator in {Operator.AT_LEAST, Operator.AT_MOST}
    return condition.fact in FACTS and (type(value) is int or not numbers)

"""The values of a control as its page shows them: what is allowed, which way is stricter, and what standards want."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baselint import wording
from baselint.framework import Framework, Requirement
from baselint.model import Check, Control, Parameter, ParameterType, ParameterValue
from baselint.policy.strictness import Direction, compare_parameter
from baselint.runbook.control_view import ControlView

_WAYS = {
    ParameterType.INTEGER: ("higher is stricter", "lower is stricter"),
    ParameterType.BOOLEAN: ("true is stricter", "false is stricter"),
    ParameterType.LIST: ("more entries are stricter", "fewer entries are stricter"),
}
"""How a change is called that makes a value greater, and one that makes it smaller."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one requirement of a framework wants a value to be."""

    framework: Framework
    requirement: Requirement
    limit: str


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter with its range and direction in words, and with what each framework wants of it."""

    parameter: Parameter
    allowed: str
    stricter: str
    wanted: tuple[Wanted, ...]


def parameters(view: ControlView) -> tuple[ParameterView, ...]:
    """Return the parameters of a control, in their order."""
    control = view.control
    return tuple(
        ParameterView(item, _allowed(item), _stricter(control.check, item), tuple(_wanted(view, item, control)))
        for item in control.parameters.values()
    )


def _allowed(parameter: Parameter) -> str:
    """Say what a baseline may set, for example ``6 to 128 characters``."""
    if parameter.choices:
        return f"one of {', '.join(parameter.choices)}"
    low, high = parameter.minimum, parameter.maximum
    unit = f" {parameter.unit}" if parameter.unit else ""
    if low is not None and high is not None:
        return f"{low} to {high}{unit}"
    if low is not None or high is not None:
        return f"at least {low}{unit}" if low is not None else f"at most {high}{unit}"
    return {
        ParameterType.INTEGER: "any whole number",
        ParameterType.BOOLEAN: "true or false",
        ParameterType.LIST: "a list of texts",
    }.get(parameter.type, "any text")


def _stricter(check: Check | None, parameter: Parameter) -> str:
    """Say which way is stricter, as the comparison of baselines judges it."""
    smaller, greater = _pair(parameter)
    found = compare_parameter(check, parameter.name, smaller, greater)
    ways = _WAYS.get(parameter.type)
    if ways is None or found not in {Direction.STRICTER, Direction.WEAKER}:
        return "neither way is stricter"
    return ways[0] if found is Direction.STRICTER else ways[1]


def _pair(parameter: Parameter) -> tuple[ParameterValue, ParameterValue]:
    """Return a value and a greater one that the parameter can have."""
    if parameter.type is ParameterType.BOOLEAN:
        return False, True
    if parameter.type is ParameterType.LIST:
        return ("a",), ("a", "b")
    low = parameter.minimum if parameter.minimum is not None else (parameter.maximum or 1) - 1
    return low, parameter.maximum if parameter.maximum is not None else low + 1


def _wanted(view: ControlView, parameter: Parameter, control: Control) -> Iterator[Wanted]:
    for served in view.served:
        mapped = (item for item in served.requirement.mapped if item.id == control.id)
        bounds = (bound for item in mapped for bound in item.needs if bound.parameter == parameter.name)
        limits = [wording.limit(bound, parameter) for bound in bounds]
        if limits:
            yield Wanted(served.framework, served.requirement, _or(limits))


def _or(limits: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys(limits))

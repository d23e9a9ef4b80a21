"""Decides whether a value fits a parameter."""

from collections.abc import Mapping

from baselint.model import Parameter, ParameterType, ParameterValue
from baselint.suggestion import as_yaml, converted, only_meant

_TYPES: Mapping[ParameterType, tuple[type, str]] = {
    ParameterType.INTEGER: (int, "a whole number"),
    ParameterType.BOOLEAN: (bool, "true or false"),
    ParameterType.TEXT: (str, "a text"),
    ParameterType.CHOICE: (str, "a text"),
    ParameterType.LIST: (tuple, "a list of texts"),
}
"""The type of a value as the model holds it, and what people call it."""


def value_mistake(parameter: Parameter, value: ParameterValue) -> str | None:
    """Say what is wrong with a value for a parameter, or return None when it fits."""
    if value is None:
        return None
    type_, called = _TYPES[parameter.type]
    if type(value) is not type_:
        return f"{parameter.name!r} must be {called}, not {value!r}"
    if parameter.type is ParameterType.INTEGER and isinstance(value, int):
        return _range_mistake(parameter, value)
    if parameter.type is ParameterType.CHOICE and value not in parameter.choices:
        return f"{parameter.name!r} cannot be {value!r}; allowed: {', '.join(parameter.choices)}"
    return None


def value_correction(parameter: Parameter, value: ParameterValue) -> str | None:
    """Return what to write instead of a value that does not fit a parameter, where only one thing can be meant."""
    if parameter.type is ParameterType.CHOICE and isinstance(value, str):
        return only_meant(value, parameter.choices)
    type_, _ = _TYPES[parameter.type]
    meant = converted(value, type_)
    return None if meant is None or value_mistake(parameter, meant) else as_yaml(meant)


def _range_mistake(parameter: Parameter, value: int) -> str | None:
    low, high = parameter.minimum, parameter.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = [f"at least {low}"] if low is not None else []
        bounds += [f"at most {high}"] if high is not None else []
        return f"{parameter.name!r} is {value}; it must be {' and '.join(bounds)}"
    return None

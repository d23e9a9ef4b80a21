"""Decides whether a value fits a parameter."""

from baselint.model import Parameter, ParameterType, ParameterValue

_NAMES = {
    ParameterType.INTEGER: "a whole number",
    ParameterType.BOOLEAN: "true or false",
    ParameterType.TEXT: "a text",
    ParameterType.CHOICE: "a text",
    ParameterType.LIST: "a list of texts",
}


def value_mistake(parameter: Parameter, value: ParameterValue) -> str | None:
    """Say what is wrong with a value for a parameter, or return None when it fits."""
    if value is None:
        return None
    if not _has_type(parameter.type, value):
        return f"{parameter.name!r} must be {_NAMES[parameter.type]}, not {value!r}"
    if parameter.type is ParameterType.INTEGER and isinstance(value, int):
        return _range_mistake(parameter, value)
    if parameter.type is ParameterType.CHOICE and value not in parameter.choices:
        return f"{parameter.name!r} cannot be {value!r}; allowed: {', '.join(parameter.choices)}"
    return None


def _has_type(wanted: ParameterType, value: ParameterValue) -> bool:
    match wanted:
        case ParameterType.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case ParameterType.BOOLEAN:
            return isinstance(value, bool)
        case ParameterType.LIST:
            return isinstance(value, tuple)
        case ParameterType.TEXT | ParameterType.CHOICE:
            return isinstance(value, str)


def _range_mistake(parameter: Parameter, value: int) -> str | None:
    low, high = parameter.minimum, parameter.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = [f"at least {low}"] if low is not None else []
        bounds += [f"at most {high}"] if high is not None else []
        return f"{parameter.name!r} is {value}; it must be {' and '.join(bounds)}"
    return None

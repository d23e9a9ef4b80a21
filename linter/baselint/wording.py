"""Says conditions and facts in English, from the same data that decides them."""

from collections.abc import Mapping
from typing import TypeAlias

from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition, FactType
from baselint.framework import Bound
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Operand,
    Operator,
    Parameter,
    ParameterReference,
    ParameterValue,
    PopulationName,
    Scalar,
)

_OperandValue: TypeAlias = ParameterValue | tuple[Scalar, ...]

_POPULATIONS = {
    PopulationName.USER: "IAM user",
    PopulationName.ACCESS_KEY: "access key of an IAM user",
    PopulationName.SIGNING_CERTIFICATE: "signing certificate of an IAM user",
}

_LIMITS = {
    Operator.EQUALS: "exactly",
    Operator.ONE_OF: "one of",
    Operator.AT_LEAST: "at least",
    Operator.AT_MOST: "at most",
}
"""What a framework can ask of a parameter."""


def operand_value(operand: Operand, parameters: Mapping[str, ParameterValue]) -> _OperandValue:
    """Return the value that an operand stands for: its own, or the parameter's."""
    return parameters[operand.name] if isinstance(operand, ParameterReference) else operand


def requirement(check: Check | None, parameters: Mapping[str, ParameterValue]) -> str:
    """Say what a check asks for, for example ``the root user's MFA must be on``."""
    if check is None:
        return "nothing is asked any more"
    if check.attest is not None or asks_nothing(check, parameters):
        return _attested(check.attestation, parameters)
    values = ((item, operand_value(item.operand, parameters)) for item in check.expect)
    asked = (_sentence(item, value, "must be", "must match") for item, value in values if value is not None)
    sentence = "; and ".join(asked)
    if check.each is not None:
        population = _POPULATIONS[check.each]
        where = " and ".join(map(circumstance, check.where))
        sentence = f"for each {population}{f' where {where}' if where else ''}: {sentence}"
    if check.or_attest is not None:
        sentence += f"; where no export reports it, {_attested(check.or_attest, parameters)}"
    return sentence


def asks_nothing(check: Check, parameters: Mapping[str, ParameterValue]) -> bool:
    """Tell whether every parameter of the check is unset, so that only a person can decide it."""
    references = [item.operand.name for item in check.expect if isinstance(item.operand, ParameterReference)]
    return bool(references) and all(parameters[name] is None for name in references)


def circumstance(item: Condition) -> str:
    """Say when a condition holds that narrows a check, for example ``a root user is present``."""
    return _sentence(item, operand_value(item.operand, {}), "is", "matches")


def _sentence(item: Condition, value: _OperandValue, be: str, match_: str) -> str:
    definition = FACTS[item.fact]
    said = ", ".join(str(part) for part in value) if isinstance(value, tuple) else definition.word(value)
    predicates = {
        Operator.EQUALS: f"{be} {said}",
        Operator.ONE_OF: f"{be} one of {said}",
        Operator.AT_LEAST: f"{be} at least {said}",
        Operator.AT_MOST: f"{be} at most {said}",
        Operator.PRESENT: f"{be} {_presence(definition, present=value is True)}",
        Operator.MATCHES: f"{match_} {said}",
    }
    alternative = f", or {definition.word(None)}" if item.or_absent else ""
    return f"{definition.label} {predicates[item.operator]}{alternative}"


def _presence(definition: FactDefinition, *, present: bool) -> str:
    if not present:
        return f"unset ({definition.word(None)})"
    return definition.word(True) if definition.type is FactType.BOOLEAN else "set"


def bound(asked: Bound, parameter: Parameter) -> str:
    """Say what a framework asks of a parameter, for example ``Minimum length: at least 14 characters``."""
    return f"{parameter.title}: {limit(asked, parameter)}"


def limit(asked: Bound, parameter: Parameter) -> str:
    """Say a bound without its parameter's name, for example ``at least 14 characters``."""
    value = ", ".join(map(str, asked.value)) if isinstance(asked.value, tuple) else str(asked.value)
    return f"{_LIMITS[asked.operator]} {value}{f' {parameter.unit}' if parameter.unit else ''}"


def within_days(attestation: AttestationRequirement, parameters: Mapping[str, ParameterValue]) -> int:
    """Return for how many days an attestation holds."""
    value = operand_value(attestation.within_days, parameters)
    if not isinstance(value, int):
        raise TypeError("a rule lets only whole numbers stand for within_days")
    return value


def _attested(attestation: AttestationRequirement | None, parameters: Mapping[str, ParameterValue]) -> str:
    if attestation is None:
        return "nothing, until a baseline sets a value to judge by"
    days = within_days(attestation, parameters)
    return f"a person attests it {'every day' if days == 1 else f'at least every {days} days'}"

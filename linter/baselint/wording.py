"""Says conditions and facts in English, from the same data that decides them."""

from collections.abc import Mapping

from baselint.facts import FACTS, FactDefinition
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Operand,
    Operator,
    ParameterReference,
    ParameterValue,
    PopulationName,
)

_POPULATIONS = {
    PopulationName.USER: "IAM user",
    PopulationName.ACCESS_KEY: "access key of an IAM user",
    PopulationName.SIGNING_CERTIFICATE: "signing certificate of an IAM user",
}


def operand_value(operand: Operand, parameters: Mapping[str, ParameterValue]) -> ParameterValue | tuple[object, ...]:
    """Return the value that an operand stands for: its own, or the parameter's."""
    return parameters[operand.name] if isinstance(operand, ParameterReference) else operand


def requirement(check: Check | None, parameters: Mapping[str, ParameterValue]) -> str:
    """Say what a check asks for, for example ``the root user's MFA must be on``."""
    if check is None:
        return "nothing is asked any more"
    if check.attest is not None or asks_nothing(check, parameters):
        return f"a person attests it {_cadence(check.attestation, parameters)}"
    sentence = "; and ".join(condition(item, parameters) for item in check.expect)
    if check.each is not None:
        population = _POPULATIONS[check.each]
        where = " and ".join(_where(item) for item in check.where)
        sentence = f"for each {population}{f' where {where}' if where else ''}: {sentence}"
    if check.or_attest is not None:
        sentence += f"; where no export reports it, a person attests it {_cadence(check.or_attest, parameters)}"
    return sentence


def asks_nothing(check: Check, parameters: Mapping[str, ParameterValue]) -> bool:
    """Tell whether every parameter of the check is unset, so that only a person can decide it."""
    references = [item.operand.name for item in check.expect if isinstance(item.operand, ParameterReference)]
    return bool(references) and all(parameters[name] is None for name in references)


def condition(item: Condition, parameters: Mapping[str, ParameterValue]) -> str:
    """Say what one condition of ``expect`` asks for."""
    definition = FACTS[item.fact]
    value = operand_value(item.operand, parameters)
    sentence = f"{definition.label} must {_predicate(item.operator, value, definition)}"
    return f"{sentence}, or {definition.word(None)}" if item.or_absent else sentence


def _where(item: Condition) -> str:
    definition = FACTS[item.fact]
    predicate = _predicate(item.operator, operand_value(item.operand, {}), definition)
    return f"{definition.label} is {predicate.removeprefix('be ')}"


def _predicate(operator: Operator, value: object, definition: FactDefinition) -> str:
    match operator:
        case Operator.AT_LEAST | Operator.AT_MOST:
            bound = definition.word(value) if isinstance(value, int) else "(not set)"
            return f"be {operator.replace('_', ' ')} {bound}"
        case Operator.PRESENT:
            return (
                f"be {definition.word(True)}"
                if value and definition.words != ("yes", "no")
                else _presence(value, definition)
            )
        case Operator.ONE_OF:
            return f"be one of {_listed(value)}"
        case Operator.MATCHES:
            return f"match {_listed(value)}"
        case Operator.EQUALS:
            return f"be {definition.word(value) if isinstance(value, bool | int | str) else '(not set)'}"


def _presence(value: object, definition: FactDefinition) -> str:
    return "be set" if value else f"be unset ({definition.word(None)})"


def _listed(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else "(not set)"


def within_days(attestation: AttestationRequirement, parameters: Mapping[str, ParameterValue]) -> int:
    """Return for how many days an attestation holds."""
    value = operand_value(attestation.within_days, parameters)
    if not isinstance(value, int):
        raise TypeError("a rule lets only whole numbers stand for within_days")
    return value


def _cadence(attestation: AttestationRequirement | None, parameters: Mapping[str, ParameterValue]) -> str:
    if attestation is None:
        return "once"
    days = within_days(attestation, parameters)
    return "every day" if days == 1 else f"at least every {days} days"

"""A parameter of a control has a default that fits its own type and range, and is used by the check.

``within_days`` takes only whole-number parameters that are declared and set: an attestation that holds for no stated time
would hold for ever.
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic
from baselint.model import Control, ParameterReference, ParameterType
from baselint.policy.kinds import PolicyKind
from baselint.policy.parameters import value_mistake
from baselint.policy.rules.rule import Context, Rule, mistake, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, nearest


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    used = _used(control)
    for name, parameter in control.parameters.items():
        path = ("parameters", name)
        if parameter.type is ParameterType.CHOICE and not parameter.choices:
            yield mistake(file, path, "parameter-default", f"{name!r} is a choice, but lists no choices", key=True)
        elif flaw := value_mistake(parameter, parameter.default):
            yield mistake(file, (*path, "default"), "parameter-default", f"the default does not fit: {flaw}")
        low, high = parameter.minimum, parameter.maximum
        if low is not None and high is not None and low > high:
            yield mistake(file, (*path, "minimum"), "parameter-default", f"minimum {low} is above maximum {high}")
        if control.check is not None and name not in used:
            yield warning(file, path, "unused-parameter", f"the check does not use {name!r}; use it, or remove it")
    yield from _cadence(file, control)


def _used(control: Control) -> frozenset[str | None]:
    """Return the parameters that the check uses, those among them whose names it misspells."""
    if control.check is None:
        return frozenset()
    operands = [condition.operand for condition in control.check.expect]
    attestation = control.check.attestation
    if attestation is not None:
        operands.append(attestation.within_days)
    names = [operand.name for operand in operands if isinstance(operand, ParameterReference)]
    return frozenset(name if name in control.parameters else nearest(name, control.parameters) for name in names)


def _cadence(file: PolicyFile[Any], control: Control) -> Iterator[Diagnostic]:
    attestation = control.check.attestation if control.check else None
    if attestation is None or not isinstance(attestation.within_days, ParameterReference):
        return
    name = attestation.within_days.name
    form = "attest" if control.check and control.check.attest else "or_attest"
    path = ("check", form, "within_days")
    parameter = control.parameters.get(name)
    if parameter is None:
        guess = did_you_mean(name, control.parameters)
        yield mistake(file, path, "undeclared-parameter", f"${name} is not declared under 'parameters'{guess}")
    elif parameter.type is not ParameterType.INTEGER or parameter.default is None or (parameter.minimum or 0) < 1:
        message = (
            f"${name} must be an integer with a default and a minimum of 1 or more: an attestation holds a stated time"
        )
        yield mistake(file, path, "operator-value", message)


RULE = Rule(
    ids=("parameter-default", "unused-parameter", "undeclared-parameter", "operator-value"),
    kinds=(PolicyKind.CONTROL,),
    check=_check,
    page=__doc__,
)

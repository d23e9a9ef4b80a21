"""Computes the options of the one AWS call that replaces the whole IAM password policy."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from baselint.evidence import FactValue, Known
from baselint.model import Check, Condition, Operator, ParameterReference, ParameterValue

_NUMBERS = {
    "password_policy.minimum_length": "--minimum-password-length",
    "password_policy.maximum_age_days": "--max-password-age",
    "password_policy.reuse_prevention": "--password-reuse-prevention",
}
_FLAGS = {
    "password_policy.requires_symbols": "require-symbols",
    "password_policy.requires_numbers": "require-numbers",
    "password_policy.requires_uppercase": "require-uppercase-characters",
    "password_policy.requires_lowercase": "require-lowercase-characters",
    "password_policy.users_may_change": "allow-users-to-change-password",
    "password_policy.hard_expiry": "hard-expiry",
}


@dataclass(frozen=True, slots=True)
class CheckWithParameters:
    """A check of a baseline with its parameter values."""

    check: Check
    parameters: Mapping[str, ParameterValue]


def options(checks: Iterable[CheckWithParameters], current: Callable[[str], FactValue] | None = None) -> str:
    """Return the options of ``aws iam update-account-password-policy`` that meet every check.

    The call resets whatever is left out, so the options always carry the whole policy. ``current`` gives the
    account's own facts: a stricter value, and a value no check speaks of, is kept; a default of AWS is not a value of
    the account's.
    """
    wanted: dict[str, bool | int | None] = {}
    bounded: set[str] = set()
    for item in checks:
        for condition in item.check.expect:
            if condition.fact in _NUMBERS or condition.fact in _FLAGS:
                _want(wanted, bounded, condition, item.parameters)
    if current is not None:
        _keep(wanted, bounded, current)
    parts = [f"{option} {wanted[fact]}" for fact, option in _NUMBERS.items() if wanted.get(fact)]
    parts += [f"--{option}" for fact, option in _FLAGS.items() if wanted.get(fact) is True]
    parts += [f"--no-{option}" for fact, option in _FLAGS.items() if wanted.get(fact) is False]
    return " ".join(parts)


def _want(
    wanted: dict[str, bool | int | None],
    bounded: set[str],
    condition: Condition,
    parameters: Mapping[str, ParameterValue],
) -> None:
    operand = condition.operand
    value = parameters.get(operand.name) if isinstance(operand, ParameterReference) else operand
    if isinstance(value, str | tuple) or value is None:
        return
    fact = condition.fact
    match condition.operator:
        case Operator.AT_LEAST:
            wanted[fact] = max(value, wanted.get(fact) or value)
        case Operator.AT_MOST:
            wanted[fact] = min(value, wanted.get(fact) or value)
        case Operator.EQUALS:
            wanted[fact] = value
        case Operator.PRESENT if not value:
            wanted[fact] = None
        case _:
            return
    if condition.operator in {Operator.EQUALS, Operator.PRESENT}:
        bounded.add(fact)


def _keep(wanted: dict[str, bool | int | None], bounded: set[str], current: Callable[[str], FactValue]) -> None:
    configured = current("password_policy.configured")
    if not (isinstance(configured, Known) and configured.value is True):
        return
    for fact in (*_NUMBERS, *_FLAGS):
        value = current(fact)
        if fact in bounded or not isinstance(value, Known) or not isinstance(value.value, int):
            continue
        asked = wanted.get(fact)
        if not asked:
            wanted[fact] = value.value
        elif fact == "password_policy.maximum_age_days":
            wanted[fact] = min(asked, value.value)
        else:
            wanted[fact] = max(asked, value.value)

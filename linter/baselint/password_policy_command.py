"""Computes the options of the one AWS call that replaces the whole IAM password policy."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias

from baselint.check import Predicate, Truth, compile_check
from baselint.evidence import FactValue, Known
from baselint.model import Check, ParameterValue
from baselint.wording import operand_value

_Value: TypeAlias = bool | int | None
"""Value of a setting; None leaves the option out, so that the call resets the setting."""


@dataclass(frozen=True, slots=True)
class _Setting:
    option: str
    reset: _Value = False
    """What the fact says after a call without the option."""
    loosest_first: range = range(0)
    """The numbers that AWS takes; empty for a flag."""

    def takes(self, value: object) -> bool:
        return type(value) is int and value in self.loosest_first if self.loosest_first else isinstance(value, bool)

    def write(self, value: bool | int) -> str:
        if self.loosest_first:
            return f"--{self.option} {value}"
        return f"--{self.option}" if value else f"--no-{self.option}"


_SETTINGS: Mapping[str, _Setting] = {
    "password_policy.minimum_length": _Setting("minimum-password-length", 6, range(6, 129)),
    "password_policy.maximum_age_days": _Setting("max-password-age", None, range(1095, 0, -1)),
    "password_policy.reuse_prevention": _Setting("password-reuse-prevention", 0, range(1, 25)),
    "password_policy.requires_symbols": _Setting("require-symbols"),
    "password_policy.requires_numbers": _Setting("require-numbers"),
    "password_policy.requires_uppercase": _Setting("require-uppercase-characters"),
    "password_policy.requires_lowercase": _Setting("require-lowercase-characters"),
    "password_policy.users_may_change": _Setting("allow-users-to-change-password"),
    "password_policy.hard_expiry": _Setting("hard-expiry"),
}
_CLASSES_REQUIRED = "password_policy.classes_required"
_CLASSES = tuple(f"password_policy.requires_{name}" for name in ("symbols", "numbers", "uppercase", "lowercase"))


@dataclass(frozen=True, slots=True)
class CheckWithParameters:
    """A check of a baseline with its parameter values."""

    check: Check
    parameters: Mapping[str, ParameterValue]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all checks together ask of one fact."""

    predicates: list[Predicate] = field(default_factory=list)
    named: list[object] = field(default_factory=list)
    """The values that the conditions name."""

    def met_by(self, value: _Value) -> int:
        """Return how many conditions a value meets."""
        return sum(predicate(value) is Truth.TRUE for predicate in self.predicates)


def options(checks: Iterable[CheckWithParameters], current: Callable[[str], FactValue] | None = None) -> str:
    """Return the options of ``aws iam update-account-password-policy`` that meet every check.

    The call resets whatever is left out, so the options always carry the whole policy. ``current`` gives the
    account's own facts: a value that meets every check, and one that no check speaks of, is kept; a default of AWS is
    not a value of the account's. Where checks contradict each other, as many as possible are met.
    """
    asked = _asked(checks)
    chosen = {fact: _choose(setting, asked[fact], _own(fact, current)) for fact, setting in _SETTINGS.items()}
    if asked[_CLASSES_REQUIRED].predicates:
        chosen.update(_choose_classes(asked, chosen))
    return " ".join(_SETTINGS[fact].write(value) for fact, value in chosen.items() if value is not None)


def terraform_arguments(given: str) -> str:
    """Return the options of the call as the lines of Terraform's ``aws_iam_account_password_policy``, below one another."""
    pairs: list[tuple[str, str]] = []
    for option in given.removeprefix("--").split(" --") if given else ():
        name, _, number = option.partition(" ")
        pairs.append((name.removeprefix("no-"), number or ("false" if name.startswith("no-") else "true")))
    width = max((len(name) for name, _ in pairs), default=0)
    return "\n  ".join(f"{name.replace('-', '_'):<{width}} = {value}" for name, value in pairs)


def _asked(checks: Iterable[CheckWithParameters]) -> Mapping[str, _Asked]:
    asked = {fact: _Asked() for fact in (*_SETTINGS, _CLASSES_REQUIRED)}
    for item in checks:
        if not any(condition.fact in asked for condition in item.check.expect):
            continue
        for compiled in compile_check(item.check, item.parameters).expect:
            if compiled.condition.fact in asked:
                operand = operand_value(compiled.condition.operand, item.parameters)
                asked[compiled.condition.fact].predicates.append(compiled.predicate)
                asked[compiled.condition.fact].named.extend(operand if isinstance(operand, tuple) else (operand,))
    return asked


def _own(fact: str, current: Callable[[str], FactValue] | None) -> tuple[_Value, ...]:
    """Return the account's own value, where it has a policy of its own and the value can be seen."""
    configured = current("password_policy.configured") if current else None
    if current is None or not isinstance(configured, Known) or configured.value is not True:
        return ()
    known = current(fact)
    if not isinstance(known, Known):
        return ()
    return (known.value,) if isinstance(known.value, int) and _SETTINGS[fact].takes(known.value) else (None,)


def _choose(setting: _Setting, asked: _Asked, own: tuple[_Value, ...]) -> _Value:
    """Prefer the account's own value, then the loosest one that a check names, then none."""
    named = [value for value in asked.named if isinstance(value, int) and setting.takes(value)]
    if setting.loosest_first:
        named.sort(key=setting.loosest_first.index)
    candidates: list[_Value] = [*own, *named, None, *setting.loosest_first[:1]]
    return max(candidates, key=lambda value: asked.met_by(setting.reset if value is None else value))


def _choose_classes(asked: Mapping[str, _Asked], chosen: Mapping[str, _Value]) -> Mapping[str, bool]:
    """Choose which classes to require where a check asks for a number of them; change as little as possible."""

    def worth(flags: tuple[bool, ...]) -> tuple[int, int]:
        met = sum(asked[fact].met_by(flag) for fact, flag in zip(_CLASSES, flags, strict=True))
        kept = sum(bool(chosen[fact]) is flag for fact, flag in zip(_CLASSES, flags, strict=True))
        return met + asked[_CLASSES_REQUIRED].met_by(sum(flags)), kept

    best = max(product((True, False), repeat=len(_CLASSES)), key=worth)
    return dict(zip(_CLASSES, best, strict=True))

"""No rule: the conditions of a check, each with its place and its fact, for the rules that look at them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition
from baselint.model import Condition, Control, ParameterReference
from baselint.policy.source import PolicyFile
from baselint.policy.used_values import conditions
from baselint.yamldocument import Path


@dataclass(frozen=True, slots=True)
class PlacedCondition:
    """A condition of a check, and where it stands."""

    condition: Condition
    part: str
    """``applies_when``, ``where`` or ``expect``."""
    path: Path

    @property
    def definition(self) -> FactDefinition | None:
        """What its fact is; None for one that is not known."""
        return FACTS.get(self.condition.fact)

    @property
    def operand_path(self) -> Path:
        """Path of the value that the fact is compared with."""
        return (*self.path, str(self.condition.operator))


def placed_conditions(file: PolicyFile[Any]) -> Iterator[PlacedCondition]:
    """Yield every condition of a control's check."""
    return (PlacedCondition(condition, part, path) for part, condition, path in conditions(file))


def cadence(file: PolicyFile[Any]) -> tuple[ParameterReference, Path] | None:
    """Return the parameter that says how long an attestation holds, and its place; None where no parameter does."""
    control: Control = file.model
    attestation = control.check.attestation if control.check else None
    if attestation is None or not isinstance(attestation.within_days, ParameterReference):
        return None
    form = "attest" if control.check and control.check.attest else "or_attest"
    return attestation.within_days, ("check", form, "within_days")


def used_parameters(file: PolicyFile[Any]) -> Iterator[tuple[str, Path]]:
    """Yield the parameters that a check uses where parameters may stand, declared or not, with their places."""
    for item in placed_conditions(file):
        if item.part == "expect" and isinstance(item.condition.operand, ParameterReference):
            yield item.condition.operand.name, item.operand_path
    if found := cadence(file):
        yield found[0].name, found[1]

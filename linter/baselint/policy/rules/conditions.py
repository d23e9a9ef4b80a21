"""No rule: the conditions of a check, each with its place and its fact, for the rules that look at them.

The registry of facts is read in here, once a control is checked: a baseline is validated without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from baselint.model import Condition, Control, ParameterReference
from baselint.policy.source import PolicyFile
from baselint.yamldocument import Path

if TYPE_CHECKING:
    from baselint.facts.definition import FactDefinition


@dataclass(frozen=True, slots=True)
class PlacedCondition:
    """A condition of a check, and where it stands."""

    condition: Condition
    part: str
    """``applies_when``, ``where`` or ``expect``."""
    path: Path
    definition: "FactDefinition | None"
    """What its fact is; None for one that is not known."""

    @property
    def operand_path(self) -> Path:
        """Path of the value that the fact is compared with."""
        return (*self.path, str(self.condition.operator))


def conditions(file: PolicyFile[Any]) -> Iterator[PlacedCondition]:
    """Yield every condition of a control's check; a part may hold one, or a list of them."""
    from baselint.facts import FACTS

    control: Control = file.model
    check = control.check
    if check is None:
        return
    data: Any = file.document.data
    for part, items in (("applies_when", check.applies_when), ("where", check.where), ("expect", check.expect)):
        for index, condition in enumerate(items):
            listed = isinstance(data["check"][part], list)
            path: Path = ("check", part, index) if listed else ("check", part)
            yield PlacedCondition(condition, part, path, FACTS.get(condition.fact))


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
    for item in conditions(file):
        if item.part == "expect" and isinstance(item.condition.operand, ParameterReference):
            yield item.condition.operand.name, item.operand_path
    if found := cadence(file):
        yield found[0].name, found[1]

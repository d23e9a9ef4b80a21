"""Requirements that nobody can meet together as their page shows them: both sides, and which of them each baseline took."""

from collections.abc import Iterable
from dataclasses import dataclass

from baselint.framework import Framework, Requirement
from baselint.model import Control
from baselint.policy.contradictions import Contradiction, Demand
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook.control_view import needs


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: a control, what is asked of it, and by whom."""

    control: Control
    asked_by: tuple[tuple[Framework, Requirement, str], ...]


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Two controls that cannot both be met, and which of them each baseline took."""

    contradiction: Contradiction
    sides: tuple[Side, Side]
    decisions: tuple[tuple[ResolvedBaseline, str, str | None], ...]
    """Each baseline with the control it selected, and its reason."""


def contradiction_views(
    found: Iterable[Contradiction], baselines: tuple[ResolvedBaseline, ...]
) -> tuple[ContradictionView, ...]:
    """Return contradictions as their page shows them."""
    return tuple(_contradiction(item, baselines) for item in found)


def _contradiction(found: Contradiction, baselines: tuple[ResolvedBaseline, ...]) -> ContradictionView:
    sides = (_side(found.one), _side(found.other))
    ids = [side.control.id for side in sides]
    decisions = []
    for baseline in baselines:
        chosen = [item for item in baseline.controls if item.control.id in ids]
        names = " and ".join(item.control.id for item in chosen) or "neither"
        reasons = [item.reason for item in chosen if item.reason]
        decisions.append((baseline, names, " ".join(reasons) or None))
    return ContradictionView(found, sides, tuple(decisions))


def _side(demands: tuple[Demand, ...]) -> Side:
    def asked(demand: Demand) -> str:
        mapped = (item for item in demand.requirement.mapped if item.id == demand.control.id)
        return "; ".join(text for item in mapped for text in needs(item, demand.control))

    return Side(demands[0].control, tuple((item.framework, item.requirement, asked(item)) for item in demands))

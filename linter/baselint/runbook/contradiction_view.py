"""Requirements that nobody can meet together as their page shows them: what each side asks, and which side each baseline took."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from baselint import wording
from baselint.facts import FACTS
from baselint.framework import Framework, Requirement
from baselint.model import Control
from baselint.policy.contradictions import Contradiction, Demand
from baselint.policy.resolve import ResolvedBaseline


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: a control, what it must be at which bound, and who asks for it."""

    control: Control
    asked: Mapping[str, tuple[tuple[Framework, Requirement], ...]]
    """Requirements by the sentence that each of them needs to be true."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The side that a baseline took: the control, what it asks at the baseline's values, and why."""

    baseline: ResolvedBaseline
    control: str
    requirement: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ContradictionView:
    """Two controls that cannot both be met, and which of them each baseline took."""

    contradiction: Contradiction
    anchor: str
    sides: tuple[Side, Side]
    choices: tuple[Choice, ...]
    undecided: tuple[ResolvedBaseline, ...]
    """Baselines that ask for neither."""

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the ids of every two standards that stand against each other here."""
        for one in self.contradiction.one:
            for other in self.contradiction.other:
                first, second = sorted((one.framework.id, other.framework.id))
                yield first, second


def contradiction_views(
    found: Iterable[Contradiction], baselines: tuple[ResolvedBaseline, ...]
) -> tuple[ContradictionView, ...]:
    """Return contradictions as their page shows them."""
    return tuple(_contradiction(item, baselines) for item in found)


def standards_apart(views: Iterable[ContradictionView]) -> Mapping[tuple[str, str], list[ContradictionView]]:
    """Return every two standards that no account can meet together, with the contradictions between them."""
    found: dict[tuple[str, str], list[ContradictionView]] = {}
    for view in views:
        for pair in dict.fromkeys(view.pairs):
            found.setdefault(pair, []).append(view)
    return dict(sorted(found.items()))


def _contradiction(found: Contradiction, baselines: tuple[ResolvedBaseline, ...]) -> ContradictionView:
    sides = (_side(found.one), _side(found.other))
    ids = [side.control.id for side in sides]
    choices = tuple(
        Choice(baseline, item.control.id, wording.requirement(item.control.check, item.parameters), item.reason)
        for baseline in baselines
        for item in baseline.controls
        if item.control.id in ids
    )
    taken = {choice.baseline.baseline.id for choice in choices}
    undecided = tuple(item for item in baselines if item.baseline.id not in taken)
    return ContradictionView(found, f"{found.fact}--{'--'.join(ids)}", sides, choices, undecided)


def _side(demands: tuple[Demand, ...]) -> Side:
    asked: dict[str, list[tuple[Framework, Requirement]]] = {}
    for item in demands:
        asked.setdefault(_sentence(item), []).append((item.framework, item.requirement))
    return Side(demands[0].control, {words: tuple(found) for words, found in asked.items()})


def _sentence(demand: Demand) -> str:
    """Say what a requirement needs of the fact, at the loosest value that it allows."""
    if demand.condition is None:
        return f"{FACTS[demand.fact].label} may be anything"
    return wording.requirement(replace(demand.check, expect=(demand.condition,)), {})

"""A framework as its page shows it: requirements with their bounds, and how baselines stand to them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from baselint import placeholders, wording
from baselint.framework import Alternative, Framework, Relation, Requirement
from baselint.model import Control
from baselint.policy.contradictions import Contradiction, Demand
from baselint.policy.coverage import (
    AlternativeCoverage,
    ControlCoverage,
    CoverageStatus,
    FrameworkCoverage,
    ResolvedChoices,
    Selected,
    coverage,
)
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook.control_view import needs

_Controls = Mapping[str, Control]


@dataclass(frozen=True, slots=True)
class Needed:
    """One control of a requirement, with what is needed of its values."""

    control: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to meet a requirement: controls, or what no control decides."""

    controls: tuple[Needed, ...]
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class RequirementView:
    """A requirement with the ways to meet it."""

    requirement: Requirement
    ways: tuple[Way, ...]
    overrides: bool
    """Whether its relation differs from the framework's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a baseline stands to one requirement: the control and its value here, for each control."""

    requirement: Requirement
    status: CoverageStatus
    controls: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BaselineStanding:
    """How a baseline stands to a whole framework."""

    baseline: ResolvedBaseline
    coverage: FrameworkCoverage
    claimed: bool
    requirements: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """A framework with its requirements, and with the baselines in their order."""

    framework: Framework
    decides: bool
    """Whether any requirement can be satisfied; else its controls contribute evidence only."""
    requirements: tuple[RequirementView, ...]
    standings: tuple[BaselineStanding, ...]

    @property
    def detailed(self) -> tuple[BaselineStanding, ...]:
        """Return the baselines shown requirement by requirement: the first, and those that claim the framework."""
        return tuple(item for position, item in enumerate(self.standings) if position == 0 or item.claimed)


def view(framework: Framework, baselines: Iterable[ResolvedBaseline], controls: _Controls) -> FrameworkView:
    """Return a framework as its page shows it."""
    return FrameworkView(
        framework,
        any(item.relation is Relation.DECIDES for item in framework.requirements),
        tuple(
            RequirementView(item, _ways(item, controls), item.relation is not framework.relation)
            for item in framework.requirements
        ),
        tuple(_standing(framework, item, controls) for item in baselines),
    )


def _ways(requirement: Requirement, controls: _Controls) -> tuple[Way, ...]:
    def way(alternative: Alternative) -> Way:
        needed = (Needed(item.id, needs(item, controls[item.id])) for item in alternative.controls)
        return Way(tuple(needed), alternative.otherwise)

    return tuple(map(way, requirement.alternatives))


def _standing(framework: Framework, baseline: ResolvedBaseline, controls: _Controls) -> BaselineStanding:
    covered = coverage(framework, ResolvedChoices(baseline))
    rows = (
        Standing(item.requirement, item.status, tuple(_values(item.alternatives, controls)))
        for item in covered.requirements
    )
    return BaselineStanding(baseline, covered, framework.id in baseline.baseline.satisfies, tuple(rows))


def _values(alternatives: Iterable[AlternativeCoverage], controls: _Controls) -> Iterator[tuple[str, str]]:
    """Yield each control with what the baseline has of it; of several ways the one that is met, else all."""
    everything = tuple(alternatives)
    met = [item for item in everything if item.met]
    for alternative in met[:1] or everything:
        yield from ((item.id, _value(item, controls[item.id])) for item in alternative.controls)


def _value(item: ControlCoverage, control: Control) -> str:
    if item.selected is not Selected.YES:
        return str(item.selected)
    values = []
    for bound in item.bounds:
        parameter = control.parameters[bound.bound.parameter]
        unit = f" {parameter.unit}" if parameter.unit and bound.value is not None else ""
        value = f"{parameter.title}: {placeholders.word(bound.value)}{unit}"
        values.append(value if bound.met else f"{value}, needed {wording.limit(bound.bound, parameter)}")
    return "; ".join(values) or str(item.selected)


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

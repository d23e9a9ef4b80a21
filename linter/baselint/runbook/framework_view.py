"""A framework as its page shows it: each requirement with its bounds, how baselines stand to it, evidence and exceptions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from baselint.baseline import Baseline, ControlException
from baselint.framework import Framework, Relation, Requirement
from baselint.policy.coverage import CoverageStatus, FrameworkCoverage, ResolvedChoices, coverage
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook.anchors import requirement_anchors
from baselint.runbook.asked_view import Asked, asked
from baselint.runbook.control_view import ControlView

_Views = Mapping[str, ControlView]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to meet a requirement: controls, or what no control decides."""

    controls: tuple[Asked, ...]
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class RequirementView:
    """A requirement with the ways to meet it, and how the baselines shown stand to it."""

    requirement: Requirement
    anchor: str
    ways: tuple[Way, ...]
    overrides: bool
    """Whether its relation differs from the framework's."""
    results: tuple[tuple[str, CoverageStatus], ...]
    """Each baseline that the page shows in detail, with its result."""
    exceptions: tuple[tuple[Baseline, ControlException], ...]
    """Decisions of any baseline not to meet one of its controls."""

    @property
    def is_mapped(self) -> bool:
        """Tell whether any control has to do with it."""
        return any(way.controls for way in self.ways)

    @property
    def by_status(self) -> Mapping[CoverageStatus, list[str]]:
        """Return the baselines shown by their result."""
        found: dict[CoverageStatus, list[str]] = {}
        for baseline, status in self.results:
            found.setdefault(status, []).append(baseline)
        return found


@dataclass(frozen=True, slots=True)
class BaselineStanding:
    """How a baseline stands to a whole framework."""

    baseline: ResolvedBaseline
    coverage: FrameworkCoverage
    claimed: bool


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """A framework with its requirements, and with the baselines in their order."""

    framework: Framework
    decides: bool
    """Whether any requirement can be satisfied; else its controls contribute evidence only."""
    requirements: tuple[RequirementView, ...]
    standings: tuple[BaselineStanding, ...]
    anchors: Mapping[str, str]
    """Where each requirement stands on the page, by its id."""

    @property
    def detailed(self) -> tuple[BaselineStanding, ...]:
        """Return the baselines shown requirement by requirement: the first, and those that claim the framework."""
        return _detailed(self.standings)


def view(framework: Framework, baselines: Iterable[ResolvedBaseline], controls: _Views) -> FrameworkView:
    """Return a framework as its page shows it."""
    standings = tuple(
        BaselineStanding(item, coverage(framework, ResolvedChoices(item)), framework.id in item.baseline.satisfies)
        for item in baselines
    )
    anchors = requirement_anchors(framework.requirements)
    return FrameworkView(
        framework,
        any(item.relation is Relation.DECIDES for item in framework.requirements),
        tuple(
            RequirementView(
                item,
                anchors[item.id],
                tuple(_ways(item, position, _detailed(standings), controls)),
                item.relation is not framework.relation,
                tuple(_results(position, _detailed(standings))),
                tuple(_exceptions(item, standings)),
            )
            for position, item in enumerate(framework.requirements)
        ),
        standings,
        anchors,
    )


def _detailed(standings: tuple[BaselineStanding, ...]) -> tuple[BaselineStanding, ...]:
    return tuple(item for position, item in enumerate(standings) if position == 0 or item.claimed)


def _results(position: int, standings: Iterable[BaselineStanding]) -> Iterator[tuple[str, CoverageStatus]]:
    yield from ((item.baseline.baseline.id, item.coverage.requirements[position].status) for item in standings)


def _ways(
    requirement: Requirement, position: int, standings: Iterable[BaselineStanding], controls: _Views
) -> Iterator[Way]:
    """Yield the ways to meet a requirement; each standing has the same ways and controls at the same places."""
    covered = [(item.baseline, item.coverage.requirements[position].alternatives) for item in standings]
    for number, alternative in enumerate(requirement.alternatives):
        yield Way(
            tuple(
                asked(
                    controls[mapped.id],
                    mapped,
                    ((baseline, ways[number].controls[place]) for baseline, ways in covered),
                )
                for place, mapped in enumerate(alternative.controls)
            ),
            alternative.otherwise,
        )


def _exceptions(
    requirement: Requirement, standings: Iterable[BaselineStanding]
) -> Iterator[tuple[Baseline, ControlException]]:
    concerned = {item.id for item in requirement.mapped}
    for standing in standings:
        baseline = standing.baseline.baseline
        yield from ((baseline, item) for item in baseline.exceptions if item.control in concerned)

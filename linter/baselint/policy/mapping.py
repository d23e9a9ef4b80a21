"""Which requirements of which standards a baseline's controls speak to, control by control."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baselint.framework import Framework, Relation, Requirement
from baselint.policy.coverage import ControlCoverage, ResolvedChoices, coverage
from baselint.policy.resolve import ResolvedBaseline


@dataclass(frozen=True, slots=True)
class MappedRequirement:
    """One requirement that names a control, and whether the baseline's values are within what it needs of that control."""

    framework: Framework
    requirement: Requirement
    within: bool

    @property
    def decides(self) -> bool:
        """Tell whether the standard states its bound itself."""
        return self.requirement.relation is Relation.DECIDES


def by_control(
    baselines: Iterable[ResolvedBaseline], frameworks: Iterable[Framework]
) -> Mapping[tuple[str, str], tuple[MappedRequirement, ...]]:
    """Return the requirements that name each control of each baseline, by the ids of baseline and control."""
    found: dict[tuple[str, str], list[MappedRequirement]] = {}
    editions = tuple(frameworks)
    for baseline in baselines:
        for framework in editions:
            for item in coverage(framework, ResolvedChoices(baseline)).requirements:
                ways = [control for way in item.alternatives for control in way.controls]
                for identifier in dict.fromkeys(control.id for control in ways):
                    mapped = MappedRequirement(framework, item.requirement, _is_within(identifier, ways))
                    found.setdefault((baseline.baseline.id, identifier), []).append(mapped)
    return {key: tuple(items) for key, items in found.items()}


def _is_within(identifier: str, ways: Iterable[ControlCoverage]) -> bool:
    return any(control.met for control in ways if control.id == identifier)

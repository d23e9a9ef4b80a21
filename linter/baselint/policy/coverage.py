"""Compares what the requirements of a framework need with what a baseline selects and sets."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from baselint.framework import Alternative, Bound, Framework, MappedControl, Relation, Requirement
from baselint.model import Operator, ParameterValue
from baselint.policy.resolve import ResolvedBaseline


class Selected(StrEnum):
    """What a baseline does with a control."""

    YES = "selected"
    NO = "not selected"
    EXCLUDED = "left out on purpose"
    RETIRED = "retired"


class Choices(Protocol):
    """What a baseline chose, as far as a comparison asks for it."""

    def selected(self, control: str) -> Selected:
        """Return what the baseline does with a control."""
        ...

    def value(self, control: str, parameter: str) -> ParameterValue:
        """Return the value of a parameter of a control that the baseline selects."""
        ...


class CoverageStatus(StrEnum):
    """How a requirement stands in a baseline; only a standard that states its bounds can be satisfied."""

    SATISFIED = "satisfied"
    IN_PART = "satisfied in part"
    NOT_SATISFIED = "not satisfied"
    EVIDENCE = "contributes evidence"
    SOME_EVIDENCE = "contributes some evidence"
    NO_EVIDENCE = "contributes no evidence"
    NOT_COVERED = "not covered"


_ALL_MET = {Relation.DECIDES: CoverageStatus.SATISFIED, Relation.SUPPORTS: CoverageStatus.EVIDENCE}


@dataclass(frozen=True, slots=True)
class BoundCoverage:
    """One bound beside the value that the baseline sets; no value where the control is not selected."""

    bound: Bound
    value: ParameterValue
    met: bool


@dataclass(frozen=True, slots=True)
class ControlCoverage:
    """One control of a requirement, as the baseline has it."""

    id: str
    selected: Selected
    bounds: tuple[BoundCoverage, ...]

    @property
    def met(self) -> bool:
        """Tell whether the control is selected with values within every bound."""
        return self.selected is Selected.YES and all(bound.met for bound in self.bounds)


@dataclass(frozen=True, slots=True)
class AlternativeCoverage:
    """One way to meet a requirement, as the baseline has it."""

    controls: tuple[ControlCoverage, ...]
    otherwise: str | None

    @property
    def met(self) -> bool:
        """Tell whether every control is met; a way that no control decides is never known to be taken."""
        return self.otherwise is None and all(control.met for control in self.controls)


@dataclass(frozen=True, slots=True)
class RequirementCoverage:
    """One requirement of a framework, as the baseline has it."""

    requirement: Requirement
    status: CoverageStatus
    alternatives: tuple[AlternativeCoverage, ...]


@dataclass(frozen=True)
class FrameworkCoverage:
    """A framework edition beside a baseline, requirement by requirement."""

    framework: Framework
    requirements: tuple[RequirementCoverage, ...]

    @cached_property
    def counts(self) -> Mapping[CoverageStatus, int]:
        """Return how many requirements have each status."""
        counted = Counter(item.status for item in self.requirements)
        return {status: counted[status] for status in CoverageStatus}


def coverage(framework: Framework, choices: Choices) -> FrameworkCoverage:
    """Compare every requirement of a framework with what a baseline chose."""
    return FrameworkCoverage(framework, tuple(_requirement(item, choices) for item in framework.requirements))


@dataclass(frozen=True, slots=True)
class ResolvedChoices:
    """The choices of a resolved baseline."""

    baseline: ResolvedBaseline

    def selected(self, control: str) -> Selected:
        """Return what the baseline does with a control."""
        for item in self.baseline.controls:
            if item.control.id == control:
                return Selected.RETIRED if item.control.retired else Selected.YES
        left_out = any(item.control == control for item in self.baseline.excluded)
        return Selected.EXCLUDED if left_out else Selected.NO

    def value(self, control: str, parameter: str) -> ParameterValue:
        """Return the value of a parameter of a control that the baseline selects."""
        return next(item.parameters for item in self.baseline.controls if item.control.id == control).get(parameter)


def _requirement(requirement: Requirement, choices: Choices) -> RequirementCoverage:
    alternatives = tuple(_alternative(item, choices) for item in requirement.alternatives)
    return RequirementCoverage(requirement, _status(requirement, alternatives), alternatives)


def _status(requirement: Requirement, alternatives: tuple[AlternativeCoverage, ...]) -> CoverageStatus:
    if not alternatives:
        return CoverageStatus.NOT_COVERED
    if any(item.met for item in alternatives):
        part = requirement.limits is not None and requirement.relation is Relation.DECIDES
        return CoverageStatus.IN_PART if part else _ALL_MET[requirement.relation]
    if requirement.relation is Relation.DECIDES:
        return CoverageStatus.NOT_SATISFIED
    some = any(control.met for item in alternatives for control in item.controls)
    return CoverageStatus.SOME_EVIDENCE if some else CoverageStatus.NO_EVIDENCE


def _alternative(alternative: Alternative, choices: Choices) -> AlternativeCoverage:
    return AlternativeCoverage(tuple(_control(item, choices) for item in alternative.controls), alternative.otherwise)


def _control(mapped: MappedControl, choices: Choices) -> ControlCoverage:
    selected = choices.selected(mapped.id)
    if selected is not Selected.YES:
        return ControlCoverage(
            mapped.id, selected, tuple(BoundCoverage(item, None, met=False) for item in mapped.needs)
        )
    values = ((item, choices.value(mapped.id, item.parameter)) for item in mapped.needs)
    return ControlCoverage(
        mapped.id, selected, tuple(BoundCoverage(item, value, is_within(value, item)) for item, value in values)
    )


def is_within(value: ParameterValue, bound: Bound) -> bool:
    """Tell whether a parameter's value is within a bound; a value that is not set is within none."""
    if value is None:
        return False
    if bound.operator in {Operator.AT_LEAST, Operator.AT_MOST}:
        if type(value) is not int or type(bound.value) is not int:
            return False
        return value >= bound.value if bound.operator is Operator.AT_LEAST else value <= bound.value
    allowed = bound.value if isinstance(bound.value, tuple) else (bound.value,)
    return any(type(value) is type(item) and value == item for item in allowed)

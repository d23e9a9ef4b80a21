"""Tells which requirements of published standards a change of a baseline breaks, or leaves with less evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from baselint import wording
from baselint.errors import PolicyError
from baselint.framework import Framework, Relation, Requirement
from baselint.policy.change_kind import ChangeKind
from baselint.policy.coverage import CoverageStatus, RequirementCoverage, ResolvedChoices, coverage
from baselint.policy.differences import Change, Difference
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary

_DECIDING = {ChangeKind.PARAMETER, ChangeKind.CHECK, ChangeKind.CONTROL}
_MET = {CoverageStatus.SATISFIED, CoverageStatus.IN_PART}


@dataclass(frozen=True, slots=True)
class BrokenRequirement:
    """A requirement that the old baseline met, or gave evidence for, and the new one does not or gives less."""

    framework: Framework
    requirement: Requirement
    controls: frozenset[str]
    """The controls by which it is not met any more."""
    needs: str
    """What it needs of these controls, in words."""
    claimed: bool
    """Whether the new baseline claims the standard."""

    @property
    def name(self) -> str:
        """Name the requirement by its standard and id."""
        return f"{self.framework.id} {self.requirement.id}"

    @property
    def effect(self) -> str:
        """Say what happens to it: only a standard that states its bounds can be broken."""
        return "breaks" if self.requirement.relation is Relation.DECIDES else "gives less evidence for"


def broken_requirements(found: Difference, library: PolicyLibrary) -> tuple[BrokenRequirement, ...]:
    """Return what a difference breaks of the standards that a library knows, those first that the baseline claims."""
    controls = {change.subject for change in found.changes if change.direction.may_weaken}
    names = {entry.id for name in controls for entry in library.mentioning(name, PolicyKind.FRAMEWORK)}
    broken = [item for name in sorted(names) for item in _of(_framework(name, library), found, library)]
    return tuple(sorted(broken, key=lambda item: (not item.claimed, item.requirement.relation)))


def broken_by(change: Change, broken: Iterable[BrokenRequirement]) -> tuple[BrokenRequirement, ...]:
    """Return what one change breaks: what a control asks decides it, neither its severity nor whom it is asked of."""
    if change.kind not in _DECIDING or not change.direction.may_weaken:
        return ()
    return tuple(item for item in broken if change.subject in item.controls)


def _framework(name: str, library: PolicyLibrary) -> Iterable[Framework]:
    """A standard whose file is broken can say nothing; ``validate`` tells that file's own mistakes."""
    try:
        return (library.framework(name),)
    except PolicyError:
        return ()


def _of(frameworks: Iterable[Framework], found: Difference, library: PolicyLibrary) -> Iterator[BrokenRequirement]:
    for framework in frameworks:
        before, after = (coverage(framework, ResolvedChoices(side)).requirements for side in (found.old, found.new))
        for old, new in zip(before, after, strict=True):
            controls = _unmet(new) - _unmet(old)
            decides = new.requirement.relation is Relation.DECIDES
            if (old.status in _MET and new.status not in _MET) if decides else controls:
                claimed = framework.id in found.new.baseline.satisfies
                needs = "; ".join(_needs(new, controls, library))
                yield BrokenRequirement(framework, new.requirement, controls, needs, claimed)


def _unmet(item: RequirementCoverage) -> frozenset[str]:
    return frozenset(control.id for way in item.alternatives for control in way.controls if not control.met)


def _needs(item: RequirementCoverage, controls: frozenset[str], library: PolicyLibrary) -> Iterator[str]:
    for mapped in item.requirement.mapped:
        if mapped.id in controls:
            known = library.entry(PolicyKind.CONTROL, mapped.id) is not None
            parameters = library.outline(mapped.id).parameters if known else {}
            needs = (need for need in mapped.needs if need.parameter in parameters)
            yield ", ".join(wording.bound(need, parameters[need.parameter]) for need in needs) or mapped.id

"""A baseline that claims to satisfy a framework does: every requirement that controls decide is met, within its bounds.

Requirements that no control covers, and those to which controls only contribute evidence, are not part of a claim. A framework
of such requirements alone cannot be claimed: an assessor decides it, not a file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from baselint.baseline import Baseline, Selection
from baselint.errors import Diagnostic, PolicyError
from baselint.framework import Framework, Relation, Requirement
from baselint.model import ParameterValue
from baselint.placeholders import word
from baselint.policy.coverage import ControlCoverage, CoverageStatus, RequirementCoverage, Selected, coverage
from baselint.policy.inherit import merged_selections
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.wording import limit


@dataclass(frozen=True, slots=True)
class _Merged:
    """The choices of a baseline and its parents; a control is read only where its default is asked for."""

    selections: Mapping[str, Selection]
    library: PolicyLibrary

    def selected(self, control: str) -> Selected:
        selection = self.selections.get(control)
        if selection is None:
            return Selected.NO
        if selection.exclude:
            return Selected.EXCLUDED
        return Selected.RETIRED if self.library.is_retired(control) else Selected.YES

    def value(self, control: str, parameter: str) -> ParameterValue:
        own = self.selections[control].parameters
        if parameter in own:
            return own[parameter]
        known = self.library.outline(control).parameters.get(parameter)
        return known.default if known is not None else None


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    baseline: Baseline = file.model
    claims = [item for item in enumerate(baseline.satisfies) if library.entry(PolicyKind.FRAMEWORK, item[1])]
    if not claims:
        return
    try:
        choices = _Merged(merged_selections(baseline, library), library)
    except PolicyError:  # told by the rule on the baseline's controls
        return
    if any(library.entry(PolicyKind.CONTROL, control) is None for control in choices.selections):  # told there as well
        return
    for index, claim in claims:
        framework = library.framework(claim)
        for message in _mistakes(framework, choices):
            yield mistake(file, ("satisfies", index), "unsatisfied-claim", message)


def _mistakes(framework: Framework, choices: _Merged) -> Iterator[str]:
    if all(item.relation is Relation.SUPPORTS for item in framework.requirements):
        yield f"controls only contribute evidence to {framework.id}: its assessor decides, so no baseline can claim it; remove the claim"
        return
    for item in coverage(framework, choices).requirements:
        if item.status is CoverageStatus.NOT_SATISFIED and _is_sound(item.requirement, choices.library):
            name = f"{framework.id} {item.requirement.id} ({item.requirement.title})"
            yield f"does not satisfy {name}: {_reason(item, choices)}; meet it, or remove the claim"


def _is_sound(requirement: Requirement, library: PolicyLibrary) -> bool:
    """Tell whether a requirement names controls and parameters that exist; where not, its own file is told."""
    return all(
        library.entry(PolicyKind.CONTROL, mapped.id) is not None
        and all(bound.parameter in library.outline(mapped.id).parameters for bound in mapped.needs)
        for mapped in requirement.mapped
    )


def _reason(item: RequirementCoverage, choices: _Merged) -> str:
    ways = (
        " and ".join(_lack(control, choices) for control in way.controls if not control.met)
        for way in item.alternatives
        if way.otherwise is None
    )
    return ", or ".join(ways)


def _lack(control: ControlCoverage, choices: _Merged) -> str:
    if control.selected is not Selected.YES:
        return f"{control.id} is {control.selected}"
    parameters = choices.library.outline(control.id).parameters
    return " and ".join(
        f"{control.id} needs {item.bound.parameter} {limit(item.bound, parameters[item.bound.parameter])}, and has {word(item.value)}"
        for item in control.bounds
        if not item.met
    )


RULE = Rule(ids=("unsatisfied-claim",), kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

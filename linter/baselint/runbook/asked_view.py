"""What a requirement asks of a control, what baselines have of it, and the evidence to ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

from baselint import placeholders, wording
from baselint.framework import MappedControl
from baselint.model import Control
from baselint.policy.coverage import BoundCoverage, ControlCoverage, Selected
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook import control_view, evidence_view
from baselint.runbook.control_view import ControlView


@dataclass(frozen=True, slots=True)
class Here:
    """What some baselines have of a control: the requirement at their values, or why there is none."""

    words: str
    misses: tuple[str, ...]
    """Each value that is not within the standard's bound, with the bound."""
    baselines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One control of a requirement: its bounds, what baselines have of it, and where the evidence stands."""

    view: ControlView
    bounds: tuple[str, ...]
    here: tuple[Here, ...]
    exports: tuple[str, ...]
    """What the exports are called that show it."""

    @property
    def control(self) -> Control:
        """The control itself."""
        return self.view.control

    @property
    def own_choice(self) -> bool:
        """Tell whether the control has values, and the standard leaves them to the baseline."""
        return bool(self.control.parameters) and not self.bounds

    @property
    def records(self) -> tuple[str, ...]:
        """Return in short what to ask for where no export shows it; an item says after a dash what it is good for."""
        return () if self.exports else tuple(item.partition(" - ")[0] for item in self.control.evidence_to_keep)


def asked(
    view: ControlView, mapped: MappedControl, coverages: Iterable[tuple[ResolvedBaseline, ControlCoverage]]
) -> Asked:
    """Return a control of a requirement; baselines that have the same of it stand together, in their order."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for baseline, item in coverages:
        words = _words(baseline, item)
        found.setdefault((words, tuple(_misses(item, view.control))), []).append(baseline.baseline.id)
    here = tuple(Here(words, misses, tuple(names)) for (words, misses), names in found.items())
    exports = tuple(item.definition.title for item in evidence_view.exports(view.facts))
    return Asked(view, control_view.needs(mapped, view.control), here, exports)


def _words(baseline: ResolvedBaseline, item: ControlCoverage) -> str:
    """Say what the control asks at the values of a baseline; else what the baseline does with it."""
    for selected in baseline.controls if item.selected is Selected.YES else ():
        if selected.control.id == item.id:
            return wording.requirement(selected.control.check, selected.parameters)
    reasons = [f": {entry.reason}" for entry in baseline.excluded if entry.control == item.id and entry.reason]
    return str(item.selected) + "".join(reasons)


def _misses(item: ControlCoverage, control: Control) -> Iterable[str]:
    for part in item.bounds if item.selected is Selected.YES else ():
        if not part.met:
            yield _miss(part, control)


def _miss(part: BoundCoverage, control: Control) -> str:
    parameter = control.parameters[part.bound.parameter]
    unit = f" {parameter.unit}" if parameter.unit and part.value is not None else ""
    value = f"{placeholders.word(part.value)}{unit}"
    return f"{parameter.title} is {value}, needed {wording.limit(part.bound, parameter)}"

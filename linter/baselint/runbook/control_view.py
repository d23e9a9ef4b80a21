"""A control as its page shows it: values, commands and the framework requirements that it serves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from baselint import placeholders, wording
from baselint.control_words import words
from baselint.facts import FACTS
from baselint.framework import Framework, MappedControl, Relation, Requirement
from baselint.model import Control, ParameterValue, Severity, Step
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl


@dataclass(frozen=True, slots=True)
class Served:
    """A requirement of a framework that a control serves, with what it needs of the control's values."""

    framework: Framework
    requirement: Requirement
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A baseline that selects the control, with its values and the words of its placeholders."""

    baseline: ResolvedBaseline
    values: Mapping[str, ParameterValue]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ControlView:
    """A control with the values of the first baseline that selects it, else the defaults."""

    control: Control
    values: Mapping[str, ParameterValue]
    severity: Severity
    requirement: str
    chosen: tuple[Chosen, ...]
    """The baselines that select it, in their order."""
    words: Mapping[str, str]
    """What the placeholders of its texts stand for."""
    served: tuple[Served, ...]

    @property
    def facts(self) -> list[str]:
        """Return the facts that its check names."""
        check = self.control.check
        conditions = (*check.applies_when, *check.where, *check.expect) if check else ()
        return list(dict.fromkeys(condition.fact for condition in conditions if condition.fact in FACTS))

    @property
    def guards(self) -> list[str]:
        """Return in words when the control applies; every one must hold."""
        check = self.control.check
        return [wording.circumstance(item) for item in check.applies_when] if check else []

    @property
    def owners(self) -> Mapping[str, list[str]]:
        """Return who owns the baselines that select it, each with the ids of these."""
        found: dict[str, list[str]] = {}
        for item in self.chosen:
            found.setdefault(item.baseline.baseline.owner, []).append(item.baseline.baseline.id)
        return found

    @property
    def decided(self) -> list[Served]:
        """Return the requirements that meeting the control meets, as far as they go."""
        return [item for item in self.served if item.requirement.relation is Relation.DECIDES]

    @property
    def supported(self) -> list[tuple[Framework, list[Served]]]:
        """Return the requirements to which the control contributes evidence, by framework."""
        found: dict[str, tuple[Framework, list[Served]]] = {}
        for item in self.served:
            if item.requirement.relation is Relation.SUPPORTS:
                found.setdefault(item.framework.id, (item.framework, []))[1].append(item)
        return list(found.values())

    @property
    def troubles(self) -> list[tuple[str, Step]]:
        """Return the steps that say what to do when they fail, each with its anchor on the page."""
        return [(f"{part}-{step.id}", step) for part, step in self._steps() if step.trouble]

    @property
    def policy_options(self) -> Mapping[str, list[ResolvedBaseline]]:
        """Return the whole password policies that its commands carry, with the baselines that ask for each."""
        found: dict[str, list[ResolvedBaseline]] = {}
        if any(placeholders.PASSWORD_POLICY_OPTIONS in placeholders.names(step.run or "") for _, step in self._steps()):
            for item in self.chosen:
                found.setdefault(item.words[placeholders.PASSWORD_POLICY_OPTIONS], []).append(item.baseline)
        return found if len(found) > 1 else {}

    def _steps(self) -> Iterator[tuple[str, Step]]:
        """Yield every step with the part of the procedure that it belongs to."""
        procedure = self.control.procedure
        for part, steps in (
            ("before", procedure.before),
            ("console", procedure.console),
            ("cli", procedure.cli),
            ("verify", procedure.verify),
            ("rollback", procedure.rollback),
        ):
            yield from ((part, step) for step in steps)


def view(control: Control, baselines: tuple[ResolvedBaseline, ...], frameworks: Iterable[Framework]) -> ControlView:
    """Return a control as its page shows it; the first baseline gives the values."""
    pairs = [(item, found) for item in baselines if (found := _selected(item, control.id)) is not None]
    chosen = tuple(Chosen(item, found.parameters, words(control, found.parameters, item)) for item, found in pairs)
    values = chosen[0].values if chosen else {name: item.default for name, item in control.parameters.items()}
    followed = chosen[0].baseline if chosen else next(iter(baselines), None)
    return ControlView(
        control,
        values,
        pairs[0][1].severity if pairs else control.severity,
        wording.requirement(control.check if control.retired is None else None, values),
        chosen,
        words(control, values, followed),
        tuple(_served(control, frameworks)),
    )


def needs(mapped: MappedControl, control: Control) -> tuple[str, ...]:
    """Say what a requirement needs of a control's values."""
    return tuple(wording.bound(item, control.parameters[item.parameter]) for item in mapped.needs)


def _served(control: Control, frameworks: Iterable[Framework]) -> Iterator[Served]:
    for framework in frameworks:
        for requirement in framework.requirements:
            found = [item for item in requirement.mapped if item.id == control.id]
            if found:
                yield Served(framework, requirement, tuple(text for item in found for text in needs(item, control)))


def _selected(baseline: ResolvedBaseline, identifier: str) -> ResolvedControl | None:
    return next((item for item in baseline.controls if item.control.id == identifier), None)

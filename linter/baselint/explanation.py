"""Explains one id as plain text: a control with its runbook, a fact, a rule, a status, a baseline or a framework."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from baselint import help_sections, placeholders, wording
from baselint.baseline_explanation import baseline_lines
from baselint.control_words import words
from baselint.errors import UsageError
from baselint.exports import commands
from baselint.facts import FACTS
from baselint.finding import Status
from baselint.framework import Framework, MappedControl, Requirement
from baselint.model import Control, Step
from baselint.policy.coverage import ResolvedChoices, coverage
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.resolve import ResolvedBaseline
from baselint.policy.rules.table import rule_pages
from baselint.suggestion import did_you_mean
from baselint.terminal import clean, wrap
from baselint.terminal_text import paragraphs
from baselint.verdict_words import STATUSES


def explain_word(identifier: str) -> str | None:
    """Return the explanation of a fact, a status or a rule, for which no policy file is read; None for another id."""
    if identifier in FACTS:
        return _join(_fact(identifier))
    if identifier in list(Status):
        return _join([wrap(STATUSES[Status(identifier)], f"{identifier}: ", "  ")])
    pages = rule_pages()
    if identifier in pages:
        rule = pages[identifier]
        head = (f"rule {identifier}", f"level: {rule.level}", f"files: {', '.join(rule.kinds)}", "")
        return _join([*head, *paragraphs(rule.page, "")])
    return None


def explain_policy(identifier: str, library: PolicyLibrary, baseline: Callable[[], ResolvedBaseline | None]) -> str:
    """Return the explanation of a control, a baseline or a framework.

    Texts of a control show the values of the baseline, which is only asked for then, else the control's defaults.

    Raises:
        UsageError: nothing has this id.
    """
    found: Mapping[PolicyKind, Callable[[], Iterator[str]]] = {
        PolicyKind.CONTROL: lambda: _control(library.control(identifier), baseline()),
        PolicyKind.BASELINE: lambda: baseline_lines(library.baseline(identifier), library),
        PolicyKind.FRAMEWORK: lambda: _framework(library.framework(identifier), library, baseline()),
    }
    for kind, describe in found.items():
        if library.entry(kind, identifier) is not None:
            return _join(describe())
    if identifier.endswith(".yaml"):
        return _join(baseline_lines(library.baseline(identifier), library))
    known = [*FACTS, *map(str, Status), *rule_pages(), *(name for kind in found for name in library.ids(kind))]
    raise UsageError(f"there is nothing called {identifier!r}{did_you_mean(identifier, known)}")


def _join(lines: Iterable[str]) -> str:
    return clean("\n".join(lines).rstrip()) + "\n"


def _fact(name: str) -> Iterator[str]:
    fact = FACTS[name]
    yield f"fact {name}"
    yield wrap(fact.label, "  is       ", " " * 11)
    yield f"  type     {fact.type}{f', in {fact.unit}' if fact.unit else ''}"
    yield f"  of       the {fact.scope}"
    if fact.choices:
        yield f"  one of   {', '.join(fact.choices)}"
    if fact.range:
        yield f"  in AWS   {fact.range[0]} to {fact.range[1]}"
    if fact.absent:
        yield f"  none is  {fact.absent}"
    yield "  export"
    for command in commands(fact.exports, fact.variant):
        yield f"    {command}"


def _framework(framework: Framework, library: PolicyLibrary, baseline: ResolvedBaseline | None) -> Iterator[str]:
    yield f"framework {framework.id}: {framework.title}, edition {framework.edition}"
    yield f"publisher: {framework.publisher}; {framework.url}"
    yield ""
    if framework.description:
        yield from paragraphs(framework.description)
    if baseline is not None:
        yield f"as the baseline {baseline.baseline.id} has it"
        covered = coverage(framework, ResolvedChoices(baseline))
        yield from (f"  {number} {status}" for status, number in covered.counts.items() if number)
        yield ""
    statuses = {item.requirement.id: item.status for item in covered.requirements} if baseline is not None else {}
    for requirement in framework.requirements:
        status = f" [{statuses[requirement.id]}]" if statuses else ""
        yield wrap(f"{requirement.id}  {requirement.title}{status}", "  ", "      ")
        yield wrap(_asked(requirement, library), "      ", "      ")


def _asked(requirement: Requirement, library: PolicyLibrary) -> str:
    """Say which controls a requirement asks for, with its bounds."""

    def asked(mapped: MappedControl) -> str:
        parameters = library.control(mapped.id).parameters
        bounds = "; ".join(wording.bound(item, parameters[item.parameter]) for item in mapped.needs)
        return f"{mapped.id} ({bounds})" if bounds else mapped.id

    ways = [", ".join(map(asked, way.controls)) or way.otherwise or "" for way in requirement.alternatives]
    return "; or ".join(ways) or f"not covered: {requirement.not_covered}"


def _control(control: Control, baseline: ResolvedBaseline | None) -> Iterator[str]:
    chosen = next((item for item in baseline.controls if item.control.id == control.id), None) if baseline else None
    values = chosen.parameters if chosen else {name: item.default for name, item in control.parameters.items()}
    filling = words(control, values, baseline)

    def fill(text: str) -> str:
        return placeholders.fill(text, filling)

    yield f"{control.id}: {control.title}"
    yield f"severity: {chosen.severity if chosen else control.severity}"
    if control.retired is not None:
        yield wrap(f"retired on {control.retired.date}: {control.retired.reason}", "", "  ")
    else:
        yield wrap(wording.requirement(control.check, values), "required: ", "  ")
    yield f"page: controls/{control.group}/{control.id}/#{help_sections.section(control, Status.FAIL)}"
    yield ""
    for title, text in (
        ("", control.summary),
        ("WHY IT MATTERS", control.rationale),
        ("DOES IT APPLY?", control.applicability),
    ):
        if text:
            yield from ([title] if title else [])
            yield from paragraphs(fill(text))
    yield from _procedure(control, fill)
    for title, text in (("WHAT IT CAN BREAK", control.breaks), ("WHAT THE CHECK CANNOT SEE", control.limits)):
        if text:
            yield title
            yield from paragraphs(fill(text))
    if control.references:
        yield "READ ON"
        yield from (f"  {reference.title}: {reference.url}" for reference in control.references)


def _procedure(control: Control, fill: Callable[[str], str]) -> Iterator[str]:
    procedure = control.procedure
    for title, steps in (
        ("BEFORE YOU START", procedure.before),
        ("STEPS IN THE CONSOLE", procedure.console),
        ("STEPS WITH THE CLI", procedure.cli),
        ("VERIFY", procedure.verify),
        ("TAKE IT BACK", procedure.rollback),
    ):
        if steps:
            yield title
            for number, step in enumerate(steps, start=1):
                yield from _step(number, step, fill)
            yield ""


def _step(number: int, step: Step, fill: Callable[[str], str]) -> Iterator[str]:
    condition = f"[{step.when}] " if step.when else ""
    yield wrap(condition + fill(step.do), f"{number:>3}. ", "     ")
    if step.run:
        yield from (f"       $ {line}" for line in fill(step.run).strip().split("\n"))
    yield wrap(fill(step.expect), "     expect: ", "       ")
    if step.trouble:
        yield wrap(fill(step.trouble), "     if not: ", "       ")

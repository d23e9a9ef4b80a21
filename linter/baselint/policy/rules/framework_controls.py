"""A framework maps its requirements, each id once, to controls and parameters that exist, with bounds of the right type."""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic
from baselint.framework import Bound, Framework, MappedControl
from baselint.model import Operator, Parameter, ParameterType
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean
from baselint.yamldocument import Path


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    framework: Framework = file.model
    seen: set[str] = set()
    for index, requirement in enumerate(framework.requirements):
        path: Path = ("requirements", index)
        if requirement.id in seen:
            yield mistake(
                file, (*path, "id"), "duplicate-requirement", f"the requirement {requirement.id!r} stands twice"
            )
        seen.add(requirement.id)
        for position, mapped in enumerate(requirement.controls):
            yield from _mapped(file, mapped, (*path, "controls", position), library)
        for choice, alternative in enumerate(requirement.any_of):
            for position, mapped in enumerate(alternative.controls):
                yield from _mapped(file, mapped, (*path, "any_of", choice, "controls", position), library)


def _mapped(file: PolicyFile[Any], mapped: MappedControl, path: Path, library: PolicyLibrary) -> Iterator[Diagnostic]:
    if library.entry(PolicyKind.CONTROL, mapped.id) is None:
        guess = did_you_mean(mapped.id, library.ids(PolicyKind.CONTROL))
        yield mistake(file, (*path, "id"), "unknown-control", f"there is no control {mapped.id!r}{guess}")
        return
    parameters = library.control(mapped.id).parameters
    for bound in mapped.needs:
        place = (*path, "needs", bound.parameter)
        parameter = parameters.get(bound.parameter)
        if parameter is None:
            guess = did_you_mean(bound.parameter, parameters)
            message = f"{mapped.id} has no parameter {bound.parameter!r}{guess}"
            yield mistake(file, place, "unknown-parameter", message, key=True)
        elif not _fits(bound, parameter):
            message = f"{bound.operator} {bound.value!r} does not fit {bound.parameter!r}, which is a {parameter.type}"
            yield mistake(file, place, "parameter-value", message)


def _fits(bound: Bound, parameter: Parameter) -> bool:
    if bound.operator in {Operator.AT_LEAST, Operator.AT_MOST}:
        return parameter.type is ParameterType.INTEGER
    values = bound.value if isinstance(bound.value, tuple) else (bound.value,)
    wanted = {ParameterType.INTEGER: int, ParameterType.BOOLEAN: bool}.get(parameter.type, str)
    return all(type(value) is wanted for value in values)


RULE = Rule(
    ids=("duplicate-requirement", "unknown-control", "unknown-parameter", "parameter-value"),
    kinds=(PolicyKind.FRAMEWORK,),
    check=_check,
    page=__doc__,
)

"""An attestation names a control that attestations can decide, and answers exactly what that control asks."""

from collections.abc import Iterator
from typing import Any

from baselint.attestation import Attestation
from baselint.errors import Diagnostic
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.rules.rule import Context, Rule, mistake, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, nearest
from baselint.yamldocument import Path


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    attestations: tuple[Attestation, ...] = file.model
    for index, attestation in enumerate(attestations):
        path: Path = ("attestations", index)
        if library.entry(PolicyKind.CONTROL, attestation.control) is None:
            guess = did_you_mean(attestation.control, library.ids(PolicyKind.CONTROL))
            message = f"there is no control {attestation.control!r}; see 'baselint list controls'{guess}"
            yield mistake(file, (*path, "control"), "unknown-control", message)
        else:
            yield from _answers(file, attestation, path, library)


def _answers(
    file: PolicyFile[Any], attestation: Attestation, path: Path, library: PolicyLibrary
) -> Iterator[Diagnostic]:
    control = library.control(attestation.control)
    requirement = control.check.attestation if control.check else None
    if requirement is None:
        message = f"{control.id} is not decided by attestations, so this one has no effect"
        yield warning(file, (*path, "control"), "attestation-without-effect", message)
        return
    unknown = [question for question in attestation.answers if question not in requirement.answers]
    misspelt = {nearest(question, requirement.answers) for question in unknown}
    for question, allowed in requirement.answers.items():
        given = attestation.answers.get(question)
        if given is None and question in misspelt:
            continue
        if given is None:
            message = f"{control.id} asks for answers: {{{question}: {' | '.join(allowed)}}}"
            yield mistake(file, path, "attestation-answers", message)
        elif given not in allowed:
            message = f"{question!r} cannot be {given!r}; allowed: {', '.join(allowed)}{did_you_mean(given, allowed)}"
            yield mistake(file, (*path, "answers", question), "attestation-answers", message)
    for question in unknown:
        message = f"{control.id} does not ask {question!r}{did_you_mean(question, requirement.answers)}"
        yield mistake(file, (*path, "answers", question), "attestation-answers", message, key=True)


RULE = Rule(
    ids=("attestation-answers", "attestation-without-effect", "unknown-control"),
    kinds=(PolicyKind.ATTESTATIONS,),
    check=_check,
    page=__doc__,
)

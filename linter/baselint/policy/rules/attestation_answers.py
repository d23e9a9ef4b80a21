"""An attestation answers exactly the questions that its control asks, with answers that the control allows.

Some controls ask something beside the outcome, for example what caused a review. Without the answer an auditor cannot tell whether the
statement is the one that was needed. `baselint explain` shows a control; its `check` lists the questions and the allowed answers.

Bad:

```yaml
attestations:
  - control: credential-report-reviewed
    accounts: ["111122223333"]
    outcome: pass
    statement: Every user and key of the report was matched with a person or a program.
    by: A. Example
    date: "2026-11-02"
    answers: {trigger: quarterly}
```

Good:

```yaml
attestations:
  - control: credential-report-reviewed
    accounts: ["111122223333"]
    outcome: pass
    statement: Every user and key of the report was matched with a person or a program.
    by: A. Example
    date: "2026-11-02"
    answers: {trigger: periodic}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.attestation import Attestation
from baselint.errors import Diagnostic, Level
from baselint.model import AttestationRequirement
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, nearest, only_meant
from baselint.yamldocument import Path


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    attestations: tuple[Attestation, ...] = file.model
    for index, attestation in enumerate(attestations):
        if context.library.entry(PolicyKind.CONTROL, attestation.control) is not None:
            check = context.library.outline(attestation.control).check
            if check is not None and check.attestation is not None:
                yield from _answers(file, attestation, ("attestations", index), check.attestation)


def _answers(
    file: PolicyFile[Any], attestation: Attestation, path: Path, requirement: AttestationRequirement
) -> Iterator[Diagnostic]:
    control = attestation.control
    unknown = [question for question in attestation.answers if question not in requirement.answers]
    misspelt = {nearest(question, requirement.answers) for question in unknown}
    for question, allowed in requirement.answers.items():
        given = attestation.answers.get(question)
        if given is None and question in misspelt:
            continue
        if given is None:
            message = f"{control} asks for answers: {{{question}: {' | '.join(allowed)}}}"
            yield mistake(file, path, "attestation-answers", message)
        elif given not in allowed:
            message = f"{question!r} cannot be {given!r}; allowed: {', '.join(allowed)}{did_you_mean(given, allowed)}"
            correction = only_meant(given, allowed)
            yield mistake(file, (*path, "answers", question), "attestation-answers", message, correction=correction)
    for question in unknown:
        guess = did_you_mean(question, requirement.answers) or "; remove the answer"
        message = f"{control} does not ask {question!r}{guess}"
        meant = only_meant(question, [name for name in requirement.answers if name not in attestation.answers])
        place = (*path, "answers", question)
        yield mistake(file, place, "attestation-answers", message, key=True, correction=meant)


RULE = Rule(id="attestation-answers", level=Level.ERROR, kinds=(PolicyKind.ATTESTATIONS,), check=_check, page=__doc__)

"""A policy file is named after its id, so that a person and the tool find it by its name."""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    if file.model.id != file.stem:
        message = (
            f"the id is {file.model.id!r}, but the file is named {file.stem!r}; name the file {file.model.id}.yaml"
        )
        yield mistake(file, ("id",), "file-name", message)


RULE = Rule(
    ids=("file-name",),
    kinds=(PolicyKind.CONTROL, PolicyKind.BASELINE, PolicyKind.FRAMEWORK),
    check=_check,
    page=__doc__,
)

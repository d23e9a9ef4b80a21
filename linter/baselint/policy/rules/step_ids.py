"""The steps of one list of a procedure have ids that differ, so that links and ticks stay with their step."""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile

_LISTS = ("before", "console", "cli", "verify", "rollback")


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    for name in _LISTS:
        seen: set[str] = set()
        for index, step in enumerate(getattr(control.procedure, name)):
            if step.id in seen:
                message = f"the step id {step.id!r} stands twice under {name!r}; name one of them anew"
                yield mistake(file, ("procedure", name, index, "id"), "duplicate-step", message)
            seen.add(step.id)


RULE = Rule(ids=("duplicate-step",), kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

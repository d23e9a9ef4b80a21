"""No rule: what resolving a baseline tells, for the rules that tell one kind of it each."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, PolicyError
from baselint.policy.rules.rule import Context
from baselint.policy.source import PolicyFile


def resolving(file: PolicyFile[Any], context: Context, rule: str) -> Iterator[Diagnostic]:
    """Yield the mistakes under one rule that keep a baseline from being resolved.

    Raises:
        PolicyError: other files that the baseline names are broken; what is wrong in them is told, whichever rule asks.
    """
    baseline: Baseline = file.model
    elsewhere = []
    for item in context.selection_mistakes(baseline):
        if item.location.path != baseline.location.path:
            elsewhere.append(item)
        elif item.rule == rule:
            yield _sharpen(file, item)
    if elsewhere:
        raise PolicyError(tuple(elsewhere))


def _sharpen(file: PolicyFile[Any], item: Diagnostic) -> Diagnostic:
    """Point at the id that is wrong, not only at the selection that holds it."""
    baseline: Baseline = file.model
    for index, selection in enumerate(baseline.selections):
        if selection.location == item.location:
            return replace(item, location=file.document.at(("controls", index, "id")))
    return item

"""No rule: what resolving a baseline tells, for the rules that tell one kind of it each."""

from collections.abc import Iterator
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
            yield item
    if elsewhere:
        raise PolicyError(tuple(elsewhere))

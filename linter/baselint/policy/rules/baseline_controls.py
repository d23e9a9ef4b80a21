"""A baseline selects controls and parameters that exist, each once, with values in range; its parents agree, its claims name frameworks.

A baseline that still requires a retired control gets a warning: the control decides nothing any more.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic
from baselint.policy.kinds import PolicyKind
from baselint.policy.resolve import selection_mistakes
from baselint.policy.rules.rule import Context, Rule, mistake, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    baseline: Baseline = file.model
    first: dict[str, int] = {}
    for index, selection in enumerate(baseline.selections):
        earlier = first.setdefault(selection.control, index)
        if earlier != index:
            line = file.document.at(("controls", earlier)).line
            message = f"{selection.control} is already selected in line {line}; keep one of them"
            yield mistake(file, ("controls", index, "id"), "duplicate-control", message)
    for index, claim in enumerate(baseline.satisfies):
        if library.entry(PolicyKind.FRAMEWORK, claim) is None:
            guess = did_you_mean(claim, library.ids(PolicyKind.FRAMEWORK))
            message = f"there is no framework {claim!r}; see 'baselint list frameworks'{guess}"
            yield mistake(file, ("satisfies", index), "unknown-framework", message)
    own = baseline.location.path
    for item in selection_mistakes(baseline, library):
        yield _sharpen(file, item) if item.location.path == own else item
    for index, selection in enumerate(baseline.selections):
        if not selection.exclude and library.is_retired(selection.control):
            retired = library.control(selection.control).retired
            since = f" since {retired.date}" if retired else ""
            instead = f"; see {retired.replaced_by}" if retired and retired.replaced_by else ""
            message = f"{selection.control} is retired{since} and decides nothing{instead}"
            yield warning(file, ("controls", index, "id"), "retired-control", message)


def _sharpen(file: PolicyFile[Any], item: Diagnostic) -> Diagnostic:
    """Point at the id that is wrong, not only at the selection that holds it."""
    baseline: Baseline = file.model
    for index, selection in enumerate(baseline.selections):
        if selection.location == item.location:
            return replace(item, location=file.document.at(("controls", index, "id")))
    return item


RULE = Rule(
    ids=(
        "duplicate-control",
        "unknown-control",
        "unknown-parameter",
        "parameter-value",
        "unknown-baseline",
        "unknown-framework",
        "extends-circle",
        "parents-disagree",
        "retired-control",
    ),
    kinds=(PolicyKind.BASELINE,),
    check=_check,
    page=__doc__,
)

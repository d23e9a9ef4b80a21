"""Pairs what a baseline selects itself with what its parents say of the same control; no rule of its own, shared by several."""

from collections.abc import Iterator

from baselint.baseline import Baseline, Selection
from baselint.errors import PolicyError
from baselint.policy.inherit import inherited_selections
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context


def inherited(baseline: Baseline, context: Context) -> Iterator[tuple[Selection, Baseline, Selection]]:
    """Yield each selection of a baseline that no ``reason`` explains with each parent's, where that requires the control."""
    unexplained = [own for own in baseline.selections if own.reason is None and not own.exclude]
    changing = [own for own in unexplained if own.parameters or own.severity is not None]
    if context.only_earlier or not changing or not baseline.extends:
        return
    library = context.library
    try:
        parents = inherited_selections(baseline, library)
    except PolicyError:  # told by the rules on parents
        return
    for own in changing:
        if library.entry(PolicyKind.CONTROL, own.control) is not None:
            for parent, selections in parents:
                theirs = selections.get(own.control)
                if theirs is not None and not theirs.exclude:
                    yield own, parent, theirs

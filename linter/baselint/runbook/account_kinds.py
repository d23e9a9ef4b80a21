"""What applies to each kind of account: the baseline to follow, and those of its controls that can concern it."""

from collections.abc import Mapping
from dataclasses import dataclass

from baselint.facts import FACTS
from baselint.model import Control, ParameterReference, Severity
from baselint.policy.allowed_values import allowed_by
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl

ROLE = FACTS["organization.role"]
"""The fact that tells the kind of an account; a control's conditions on it decide which kinds it can concern."""


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of account with what applies to it."""

    kind: str
    followed: ResolvedBaseline
    others: tuple[ResolvedBaseline, ...]
    """Further baselines that are made for it, or for every kind."""
    controls: Mapping[Severity, tuple[ResolvedControl, ...]]
    """The controls of the baseline to follow that can apply, worst first."""
    spared: tuple[ResolvedControl, ...]
    """Controls of that baseline that never apply to the kind."""


def kind_views(baselines: tuple[ResolvedBaseline, ...]) -> tuple[KindView, ...]:
    """Return every kind of account for which there is a baseline."""
    return tuple(
        _view(kind, meant)
        for kind in ROLE.choices
        if (meant := tuple(item for item in baselines if kind in (item.baseline.applies_to.kinds or ROLE.choices)))
    )


def concerns(control: Control, kind: str) -> bool:
    """Tell whether a control can apply to a kind of account."""
    guards = control.check.applies_when if control.check else ()
    return all(
        allowed_by(item, item.operand, ROLE).holds(kind)
        for item in guards
        if item.fact == ROLE.name and not isinstance(item.operand, ParameterReference)
    )


def _view(kind: str, meant: tuple[ResolvedBaseline, ...]) -> KindView:
    """Let a baseline that names the kind go before one for all; of each sort the first."""
    followed = next((item for item in meant if item.baseline.applies_to.kinds), meant[0])
    selected = [item for item in followed.controls if not item.control.retired]
    concerned = [item for item in selected if concerns(item.control, kind)]
    by_severity = {severity: tuple(item for item in concerned if item.severity is severity) for severity in Severity}
    return KindView(
        kind,
        followed,
        tuple(item for item in meant if item is not followed),
        {severity: items for severity, items in by_severity.items() if items},
        tuple(item for item in selected if item not in concerned),
    )

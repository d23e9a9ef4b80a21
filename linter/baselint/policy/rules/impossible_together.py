"""Two controls that a baseline selects can both be met.

Where one asks that passwords expire within 90 days and the other that they never expire, every account fails one of them: the
owners repair one, and the other turns red. The values are those that the baseline and its parents set. A control that a person
may attest instead excludes nobody, and neither do two controls that never concern the same account or the same user.

Leave one of the two out, with the reason, or change its value.

Bad:

```yaml
controls:
  - id: password-maximum-age
    parameters: {maximum: 90}
  - id: password-no-forced-expiry
```

Good:

```yaml
controls:
  - id: password-maximum-age
    parameters: {maximum: 90}
```
"""

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.model import Condition, Operator
from baselint.policy.compatible import compatible, concern_the_same
from baselint.policy.demands import Demands, selected_at
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile

if TYPE_CHECKING:
    from baselint.policy.demand import BaselineDemand


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    demands = Demands(baseline, context.library)
    shared = {fact for fact, number in demands.named.items() if number > 1}
    meant = tuple(_meant(baseline))
    for one, other in combinations(demands.of(shared), 2):
        if _exclude_each_other(one, other) and _both_apply(one, other, meant):
            place = selected_at(baseline, context.library, (one.control.id, other.control.id))
            details = tuple(f"{item.control.id}: {item.words}: {item.place}" for item in (one, other))
            yield Diagnostic(place, "impossible-together", _message(one, other), details=details)


def _exclude_each_other(one: "BaselineDemand", other: "BaselineDemand") -> bool:
    """Tell whether the two values have nothing in common; one that is impossible by itself is told by its own rule."""
    possible = not (one.allowed.is_empty or other.allowed.is_empty)
    return one.fact is other.fact and possible and (one.allowed & other.allowed).is_empty


def _both_apply(one: "BaselineDemand", other: "BaselineDemand", meant: tuple[Condition, ...]) -> bool:
    """Tell whether both can concern one account that the baseline is meant for, also where one of them is met."""
    checks = one.check, other.check
    return (
        concern_the_same(*checks)
        and all(compatible(meant, check.applies_when) for check in checks)
        and all(compatible(met.expect, (*judged.applies_when, *judged.where)) for met, judged in permutations(checks))
    )


def _meant(baseline: Baseline) -> Iterator[Condition]:
    """Yield what the accounts that a baseline is meant for have in common, as conditions on facts."""
    applies_to = baseline.applies_to
    if applies_to.kinds:
        yield Condition("organization.role", Operator.ONE_OF, applies_to.kinds)
    if applies_to.partitions:
        yield Condition("account.partition", Operator.ONE_OF, applies_to.partitions)


def _message(one: "BaselineDemand", other: "BaselineDemand") -> str:
    each = one.check.each
    guarded = one.check.applies_when or other.check.applies_when
    who = f"no {each.replace('-', ' ')}" if each else f"no account{' that both apply to' if guarded else ''}"
    cure = "leave one of them out, or change its value"
    if one.control.id == other.control.id:
        return f"{who} can meet {one.control.id}, which contradicts itself; leave it out, or change its values"
    return f"{who} can meet both {one.control.id} and {other.control.id}; {cure}"


RULE = Rule(id="impossible-together", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

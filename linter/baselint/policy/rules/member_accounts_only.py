"""What only a member account of an organization can have is asked of member accounts only.

Root's password can be deleted from outside, and only in a member account whose organization manages root access centrally. In
a standalone account and in the management account it stays. Service control policies do not bind the management account at all,
and there are none without an organization. A baseline that asks these things of every account turns such accounts red for ever,
and tempts their owners to lock themselves out while they try.

Say whom the baseline is meant for, or guard the control with the account's role. A baseline that names its accounts, or that is
not meant for the partition `aws`, is left alone.

Bad, in a control that the baseline selects:

```yaml
check:
  expect: {fact: root.has_password, equals: false}
```

Good:

```yaml
check:
  applies_when: {fact: organization.role, equals: member, otherwise: only a member account can do without the password}
  expect: {fact: root.has_password, equals: false}
```
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.model import Condition, Operator, Scalar
from baselint.policy.compatible import compatible
from baselint.policy.demands import Demands, selected_at
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile

if TYPE_CHECKING:
    from baselint.policy.demand import BaselineDemand

_ONLY_MEMBERS: dict[str, Scalar] = {
    "root.has_password": False,
    "root.has_credentials": False,
    "root.has_usable_credentials": False,
    "root.denied_by_scp": True,
}
"""Values that only a member account of the partition ``aws`` can have.

Root credentials: IAM User Guide, "Centrally manage root access for member accounts". Policies: AWS Organizations User Guide,
"Service control policies", on the management account. Both read 2026-11-25.
"""
_OTHERS = ("standalone", "management")


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    meant = baseline.applies_to
    elsewhere = meant.partitions and "aws" not in meant.partitions
    if meant.accounts or elsewhere or (meant.kinds and not set(_OTHERS) & set(meant.kinds)):
        return
    for demand in Demands(baseline, context.library).of(_ONLY_MEMBERS.keys(), attested=True):
        if demand.requires(_ONLY_MEMBERS[demand.fact.name]) and (others := _concerned(demand, meant.kinds or _OTHERS)):
            place = selected_at(baseline, context.library, [demand.control.id])
            message = (
                f"{demand.words}: a {' or '.join(others)} account of the partition aws can never meet "
                f"{demand.control.id}; say 'applies_to: {{kinds: [member]}}', or guard the control with organization.role"
            )
            yield Diagnostic(place, "member-accounts-only", message, Level.WARNING)


def _concerned(demand: "BaselineDemand", kinds: tuple[str, ...]) -> list[str]:
    """Return the kinds of accounts that the control judges in vain."""
    guards = demand.check.applies_when
    roles = ((role, Condition("organization.role", Operator.EQUALS, role)) for role in _OTHERS if role in kinds)
    return [role for role, condition in roles if compatible((condition,), guards)]


RULE = Rule(id="member-accounts-only", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

"""A baseline that asks for passwords to expire does not keep users from changing their own.

When the password of an IAM user has expired, the console asks for a new one at sign-in. A user who may not call
`iam:ChangePassword` cannot give it, and waits for an administrator, every time. So expiry ends in a stream of requests to reset
passwords, among which a stranger's request does not stand out, and in passwords that two people know.

Let users change their own password, or let passwords live until there is a sign of compromise.

Bad, in a control that the baseline selects beside `password-maximum-age`:

```yaml
check:
  expect: {fact: password_policy.users_may_change, equals: false}
```

Good:

```yaml
check:
  expect: {fact: password_policy.users_may_change, equals: true}
```
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.demands import Demands, selected_at
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile

_AGE = "password_policy.maximum_age_days"
_CHANGE = "password_policy.users_may_change"
"""``AllowUsersToChangePassword``: without it users need ``iam:ChangePassword`` from elsewhere (IAM User Guide, read 2026-11-25)."""


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    demands = Demands(baseline, context.library)
    if not {_AGE, _CHANGE} <= demands.named.keys():
        return
    expiring = [item for item in demands.of({_AGE}) if not item.allowed.absent and not item.allowed.is_empty]
    forbidding = [item for item in demands.of({_CHANGE}) if item.requires(value=False)]
    for age, change in product(expiring, forbidding):
        place = selected_at(baseline, context.library, (age.control.id, change.control.id))
        message = (
            f"{age.control.id} lets passwords expire, and {change.control.id} keeps users from setting a new one: each expired "
            "password waits for an administrator; let users change their own, or let passwords live"
        )
        details = tuple(f"{item.control.id}: {item.words}: {item.place}" for item in (age, change))
        yield Diagnostic(place, "expiry-without-change", message, Level.WARNING, details)


RULE = Rule(id="expiry-without-change", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

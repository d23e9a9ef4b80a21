"""A baseline that asks for a new root password at times leaves root unused for less than that.

Whoever changes root's password signs in as root first. Where the password must be changed every 90 days, and root must not have
been used for 90 days, an account can meet both on a single day at most: each rotation makes the control on use fail until the next
one is due.

Ask for fewer days without use than the password may live, or give up the rotation: a long password that nobody knows, with a
second factor, is safer than one that people fetch from the safe four times a year.

Bad:

```yaml
controls:
  - id: root-unused
    parameters: {days: 90}
  - id: root-password-rotation
    parameters: {maximum_age: 90}
```

Good:

```yaml
controls:
  - id: root-unused
    parameters: {days: 30}
  - id: root-password-rotation
    parameters: {maximum_age: 365}
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

_AGE = "root.password_age_days"
_UNUSED = "root.password_unused_days"
"""Updating root's password takes a sign-in as root (AWS Account Management Reference Guide, read 2026-11-25)."""


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    demands = Demands(baseline, context.library)
    if not {_AGE, _UNUSED} <= demands.named.keys():
        return
    for age, unused in product(demands.of({_AGE}, attested=True), demands.of({_UNUSED}, attested=True)):
        if unused.allowed.ends.low >= age.allowed.ends.high:
            place = selected_at(baseline, context.library, (age.control.id, unused.control.id))
            message = (
                f"{age.control.id} asks for a sign-in as root every {age.allowed.ends.high} days, to change its password, and "
                f"{unused.control.id} for {unused.allowed.ends.low} days without one; ask for fewer days without use than the "
                "password may live, or leave one of them out"
            )
            details = tuple(f"{item.control.id}: {item.words}: {item.place}" for item in (age, unused))
            yield Diagnostic(place, "rotation-uses-root", message, Level.WARNING, details)


RULE = Rule(id="rotation-uses-root", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

"""A baseline does not ask that IAM users are locked out when their password expires.

With hard expiry (in the console *Password expiration requires administrator reset*) a user whose password has expired cannot
set a new one in the console: an administrator has to. Where every administrator is an IAM user as well, the last of them comes
back from a long leave, and only root is left; in a member account without root credentials, nobody. A user for emergencies
fails in the same way, since its password is old on the day it is needed.

Ask for hard expiry to be off. Where a rule of yours asks for it, keep two administrators who sign in through a role, and say so
in the reason.

Bad, in a control that the baseline selects:

```yaml
check:
  expect: {fact: password_policy.hard_expiry, equals: true}
```

Good:

```yaml
check:
  expect: {fact: password_policy.hard_expiry, equals: false}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.demands import Demands, selected_at
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile

_HARD_EXPIRY = "password_policy.hard_expiry"
"""``HardExpiry`` of ``UpdateAccountPasswordPolicy``; what it does is told by the IAM API reference (read 2026-11-25)."""


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    for demand in Demands(baseline, context.library).of({_HARD_EXPIRY}, attested=True):
        if demand.requires(value=True):
            place = selected_at(baseline, context.library, [demand.control.id])
            message = (
                f"{demand.control.id} locks out every IAM user whose password expired, until an administrator sets a new one; where "
                "all administrators are IAM users only root is left: ask for it to be off, or leave the control out"
            )
            yield Diagnostic(place, "hard-expiry-lockout", message, Level.WARNING)


RULE = Rule(id="hard-expiry-lockout", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

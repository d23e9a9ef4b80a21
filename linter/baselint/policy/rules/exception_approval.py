"""An exception is approved on a day that has come.

It is not in force before the day of its approval: until then the control is judged as if the exception were not there. Mostly the
year is mistyped. If it is meant to start later, leave it as it is; the warning ends on that day.

Bad:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2036-09-01"}
    expires: "2037-08-31"
```

Good:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    for index, exception in enumerate(baseline.exceptions):
        approved = exception.approved.date
        if context.today is not None and context.today < approved:
            message = f"the exception is approved on {approved}, which is still to come: it is not in force before; check the date"
            yield warning(file, ("exceptions", index, "approved", "date"), "exception-approval", message)


RULE = Rule(id="exception-approval", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

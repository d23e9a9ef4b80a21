"""An exception ends on or after the day of its approval.

`expires` is the last day on which it holds, that day included. One that ends before it was approved never holds, so one of the
two dates is mistyped. Compare both with the ticket or the minutes.

Bad:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2026-03-31"
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
    expires: "2027-03-31"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    for index, exception in enumerate(baseline.exceptions):
        if exception.expires < exception.approved.date:
            message = (
                f"the exception ends on {exception.expires}, before its approval on {exception.approved.date}; "
                "mend the date that is wrong"
            )
            yield mistake(file, ("exceptions", index, "expires"), "exception-dates", message)


RULE = Rule(id="exception-dates", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

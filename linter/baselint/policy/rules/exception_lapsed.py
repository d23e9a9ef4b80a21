"""An exception has not ended yet.

The day after `expires` the control is judged again as if the exception were not there, so an exception that has ended only misleads
its readers. Meet the control and remove the exception; the history of the file keeps it. Or decide again in the same entry: a new
approval, a new last day, and a reason why the last term was not enough.

This is a warning, since it comes with the calendar and not with a change of the file.

Bad:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2024-09-01"}
    expires: "2025-01-31"
```

Good:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob was lost in the post and is ordered again
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
        if context.today is not None and exception.approved.date <= exception.expires < context.today:
            message = f"the exception ended on {exception.expires} and no longer holds; remove it, or approve it again"
            yield warning(file, ("exceptions", index, "expires"), "exception-lapsed", message)


RULE = Rule(id="exception-lapsed", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

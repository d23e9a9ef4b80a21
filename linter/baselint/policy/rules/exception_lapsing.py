"""An exception that holds today has more than a few days left: 30, unless `--expiring-within` says otherwise.

The day after `expires` its control fails again in every account that it names. Before that, meet the control and remove the
exception, or decide again in the same entry: a new approval, a new last day, and a reason why the last term was not enough.

This is a warning, since it comes with the calendar and not with a change of the file.

Bad, on 25 November 2026:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2026-12-10"
```

Good:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob was lost in the post and is ordered again
    owner: ops@example.com
    approved: {by: CISO, date: "2026-11-24"}
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
from baselint.terms import Standing, in_days


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    if context.today is None:
        return
    for index, exception in enumerate(baseline.exceptions):
        if exception.term.standing(context.today, context.expiring_within) is Standing.ENDING:
            when = in_days((exception.expires - context.today).days)
            message = f"the exception ends on {exception.expires}, {when}; meet {exception.control} by then, or approve it again"
            yield warning(file, ("exceptions", index, "expires"), "exception-lapsing", message)


RULE = Rule(id="exception-lapsing", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

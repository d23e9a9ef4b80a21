"""An exception lasts no longer than the longest term that is allowed: 366 days from its approval, unless configured.

A decision that nobody looks at again is no exception but a new rule. Shorten it. When it ends, decide again: a new approval, a
new last day, and a reason why the last term was not enough. If the control is not meant for you at all, exclude it in the baseline
with a reason instead.

Bad:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2036-08-31"
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
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    for index, exception in enumerate(baseline.exceptions):
        if exception.expires - exception.approved.date > context.longest_exception:
            message = (
                f"the exception lasts more than {context.longest_exception.days} days from its approval on "
                f"{exception.approved.date}; let it end earlier, and approve it again when it ends"
            )
            yield mistake(file, ("exceptions", index, "expires"), "exception-term", message)


RULE = Rule(id="exception-term", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

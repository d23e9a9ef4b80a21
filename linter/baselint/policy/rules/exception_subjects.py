"""An exception names subjects only for a control that judges members of a population, such as users or access keys.

`subjects` leaves out some members, and the others are still judged. A control that judges the account as a whole has no members to
leave out: remove `subjects`, and the exception holds for the account. Or the control is not the one that was meant.

Bad:

```yaml
exceptions:
  - id: key-of-the-billing-export
    control: root-mfa
    accounts: ["111122223333"]
    subjects: [billing-export/access-key-1]
    reason: the billing export is replaced in spring
    owner: finance@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
```

Good:

```yaml
exceptions:
  - id: key-of-the-billing-export
    control: user-access-key-rotation
    accounts: ["111122223333"]
    subjects: [billing-export/access-key-1]
    reason: the billing export is replaced in spring
    owner: finance@example.com
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
        if not exception.subjects or context.library.entry(PolicyKind.CONTROL, exception.control) is None:
            continue
        check = context.library.outline(exception.control).check
        if check is None or check.each is None:
            message = f"{exception.control} judges the account as a whole, so the exception cannot name 'subjects'; remove them"
            yield mistake(file, ("exceptions", index, "subjects"), "exception-subjects", message, key=True)


RULE = Rule(id="exception-subjects", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

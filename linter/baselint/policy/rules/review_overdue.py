"""A baseline is reviewed by the day that its `review_by` names.

Values age: a standard has a new edition, a product is gone, an exception outlived its project. A baseline whose review is overdue
still judges accounts, but nobody stands behind its values any more, and an auditor will ask. The warning comes when the day has
passed, and beforehand when it is near.

Review the baseline, and write the next day.

Bad:

```yaml
review_by: "2025-04-01"
```

Good:

```yaml
review_by: "2027-04-01"
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
    if context.today is None or baseline.review_by is None:
        return
    left = baseline.review_by - context.today
    if left <= context.expiring_within:
        days = f"{abs(left.days)} day{'' if abs(left.days) == 1 else 's'}"
        if left.days < 0:
            message = (
                f"the review was due on {baseline.review_by}, {days} ago; review the baseline, and set the next day"
            )
        else:
            message = f"the review is due on {baseline.review_by}, in {days}; plan it"
        yield warning(file, ("review_by",), "review-overdue", message)


RULE = Rule(id="review-overdue", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

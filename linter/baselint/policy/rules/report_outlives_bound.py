"""The credential report is not allowed to be older than an age that is judged by it.

Ages of keys and passwords are measured when the report was made. A baseline that accepts a report of 90 days, and keys of at
most 30, passes a key that was one day old then and is 91 days old now. AWS makes a new report on request as soon as the last one
is four hours old, so a fresh one costs a minute.

Let the report be no older than the smallest of the ages.

Bad:

```yaml
controls:
  - id: credential-report-recent
    parameters: {days: 90}
  - id: user-access-key-rotation
    parameters: {days: 30}
```

Good:

```yaml
controls:
  - id: credential-report-recent
    parameters: {days: 7}
  - id: user-access-key-rotation
    parameters: {days: 30}
```
"""

from collections.abc import Iterator
from itertools import product
from math import inf
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.evidence import ExportKind
from baselint.facts import FACTS
from baselint.policy.demands import Demands, selected_at
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile

_REPORT = "credential_report.age_days"
_MEASURED = frozenset(
    name
    for name, fact in FACTS.items()
    if fact.unit == "days" and ExportKind.CREDENTIAL_REPORT in fact.exports and name != _REPORT
)
"""Ages that stand in the report, as they were when it was made."""


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    demands = Demands(baseline, context.library)
    if _REPORT not in demands.named or _MEASURED.isdisjoint(demands.named):
        return
    for report, measured in product(demands.of({_REPORT}), demands.of(_MEASURED)):
        oldest, bound = report.allowed.ends.high, measured.allowed.ends.high
        if bound < oldest < inf:
            place = selected_at(baseline, context.library, (report.control.id, measured.control.id))
            message = (
                f"{report.control.id} lets the report be {oldest} days old, but {measured.control.id} allows {bound} days: by "
                f"then what was young in the report is too old; let it be at most {bound} days old"
            )
            details = tuple(f"{item.control.id}: {item.words}: {item.place}" for item in (report, measured))
            yield Diagnostic(place, "report-outlives-bound", message, Level.WARNING, details)


RULE = Rule(id="report-outlives-bound", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

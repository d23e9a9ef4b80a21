"""A severity is not set lower than in a parent or at an earlier revision, unless the baseline says why.

`--severity` leaves findings below a severity out of the exit code, so a lower one can hide a failure. Against a parent the selection
needs a `reason`; against an earlier revision (`--against`, and the hook `baselint-no-weakening`) a new entry in `changes`.

Bad:

```yaml
extends: [aws-root-hardening]
controls:
  - id: root-mfa
    severity: low
```

Good:

```yaml
extends: [aws-root-hardening]
controls:
  - id: root-mfa
    severity: high
    reason: No account has a root password any more; what is left is a second line of defence.
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic
from baselint.policy.differences import ChangeKind
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.against import weakened
from baselint.policy.rules.against_parents import inherited
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    yield from weakened(baseline, ChangeKind.SEVERITY, "lowered-severity", context)
    for own, parent, theirs in inherited(baseline, context):
        if own.severity is None:
            continue
        before = theirs.severity or context.library.outline(own.control).severity
        if own.severity.rank > before.rank:
            message = (
                f"{own.control}: the severity is {own.severity}, and {before} in the parent {parent.id}; "
                "give the 'reason' beside it"
            )
            details = (f"{parent.id}: {theirs.severity_place or theirs.location}",)
            place = own.severity_place or own.location
            yield Diagnostic(place, "lowered-severity", message, details=details, correction="reason: WHY")


RULE = Rule(ids=("lowered-severity",), kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

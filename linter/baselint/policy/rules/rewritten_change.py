"""An entry of `changes` stays as it was: the log is added to, never rewritten.

Told with `--against REVISION`, as a warning. Whoever reads the log later must be able to trust that it says what was decided then.

Bad, where the entry of the earlier revision was taken out:

```yaml
changes: []
```

Good:

```yaml
changes:
  - {date: "2026-11-02", control: password-reuse-prevention, reason: The directory keeps the history., approved_by: CISO}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level, PolicyError
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    try:
        earlier = context.earlier.baseline(baseline.id) if context.earlier is not None else None
    except PolicyError:  # told by not-compared
        return
    for item in earlier.changes if earlier is not None else ():
        if item not in baseline.changes:
            message = f"the entry of {item.date} on {item.control} is no longer in 'changes'; put it back as it was"
            details = (f"it stood at {item.location}: {' '.join(item.reason.split())}",)
            place = file.document.at_key(("changes",))
            yield Diagnostic(place, "rewritten-change", message, Level.WARNING, details)


RULE = Rule(ids=("rewritten-change",), kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

"""A baseline selects a control once.

Of two selections with different values nobody can say which one holds, and whoever changes a value finds the first one
only. Keep one entry, with the values that are meant.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 14}
  - id: password-minimum-length
    parameters: {minimum: 20}
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 20}
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
    first: dict[str, int] = {}
    for index, selection in enumerate(baseline.selections):
        earlier = first.setdefault(selection.control, index)
        if earlier != index:
            line = file.document.at(("controls", earlier)).line
            message = f"{selection.control} is already selected in line {line}; keep one of them"
            yield mistake(file, ("controls", index, "id"), "duplicate-control", message)


RULE = Rule(id="duplicate-control", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

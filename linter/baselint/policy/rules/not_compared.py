"""A baseline can be compared with its earlier self, or a new entry in `changes` says that it was looked at.

With `--against REVISION` a baseline that was broken at that revision, or that names what no longer exists, cannot be
compared: nobody can tell whether it became weaker. An entry in `changes` that names the baseline under `control` says that a
person compared the two.

Bad, where the file at the earlier revision does not fit the schema:

```yaml
changes: []
```

Good:

```yaml
changes:
  - {date: "2026-11-20", control: acme, reason: The file was broken; compared by hand., approved_by: CISO}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level, PolicyError
from baselint.policy.kinds import PolicyKind
from baselint.policy.resolve import resolve
from baselint.policy.rules.against import entry_to_add
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    if context.earlier is None:
        return
    try:
        resolve(baseline, context.library)
    except PolicyError:  # today's own mistakes are told by other rules, and stop the change
        return
    try:
        context.earlier.comparison(baseline, context.library)
    except PolicyError as error:
        if any(item.control == baseline.id for item in baseline.changes):
            return
        message = (
            f"{baseline.id} cannot be compared with {context.earlier.name}, where it was broken; "
            "compare by hand, and say so in 'changes'"
        )
        details = tuple(f"{item.location}: {item.level}[{item.rule}]: {item.message}" for item in error.diagnostics[:3])
        entry = entry_to_add(baseline.id, context)
        yield Diagnostic(baseline.location, "not-compared", message, details=details, correction=entry)


RULE = Rule(id="not-compared", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

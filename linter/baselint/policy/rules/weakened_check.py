"""What a control asks is not weakened against an earlier revision, unless a new entry in `changes` says why.

The control itself changed: its check, how it is decided, or the default of a parameter that was not there before. Every
baseline that selects it asks less now, or something else.

Told with `--against REVISION` and by the hook `baselint-no-weakening`. A new entry in `changes` of the baseline that makes the
change says who decided it and why; an entry that was there before is no permit, and neither is one that was only edited.

Bad, after a commit in which the check of `acme-control` asks for 8 characters and not for 14 any more:

```yaml
controls:
  - id: acme-control
```

Good:

```yaml
controls:
  - id: acme-control
changes:
  - {date: "2026-11-20", control: acme-control, reason: A second factor is always asked for., approved_by: CISO}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.change_kind import ChangeKind
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.against import weakened
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    yield from weakened(file.model, ChangeKind.CHECK, "weakened-check", context)


RULE = Rule(id="weakened-check", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

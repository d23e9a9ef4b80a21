"""What a control asks is not weakened against an earlier revision, unless a new entry in `changes` says why.

The control itself changed: its check, how it is decided, or the default of a parameter that was not there before. Every
baseline that selects it asks less now, or something else.

Told with `--against REVISION` and by the hook `baselint-no-weakening`. A new entry in `changes` of the baseline that makes the
change says who decided it and why; an entry that was there before is no permit, and neither is one that was only edited.

Bad, after a commit in which the check of a control of your own asks only for a recorded date:

```yaml
changes: []
```

Good:

```yaml
changes:
  - {date: "2026-11-25", control: root-mfa, reason: The check asked for more than AWS can report., approved_by: CISO}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic
from baselint.policy.differences import ChangeKind
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.against import weakened
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    yield from weakened(file.model, ChangeKind.CHECK, "weakened-check", context)


RULE = Rule(ids=("weakened-check",), kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

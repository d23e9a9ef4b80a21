"""A control is not excluded, removed or retired against an earlier revision, unless a new entry in `changes` says why.

To leave out what a parent requires, a baseline says `exclude: true` and the `reason`; the schema asks for it. With
`--against REVISION`, and in the hook `baselint-no-weakening`, a control that was required and is not any more needs a new
entry in `changes` as well, whether it was excluded, taken out of `controls` or retired.

Bad:

```yaml
extends: [aws-root-hardening]
controls:
  - id: root-password-rotation
    exclude: true
```

Good:

```yaml
extends: [aws-root-hardening]
controls:
  - id: root-password-rotation
    exclude: true
    reason: Root has no password in member accounts.
changes:
  - {date: "2026-11-25", control: root-password-rotation, reason: Root access is managed centrally., approved_by: CISO}
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
    yield from weakened(file.model, ChangeKind.CONTROL, "excluded-control", context)


RULE = Rule(ids=("excluded-control",), kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

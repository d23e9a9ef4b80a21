"""A baseline goes on to apply to the accounts it applied to, unless a new entry in `changes` says why.

An account that `applies_to` no longer means is judged by nobody. The entry names the baseline itself under `control`.

Told with `--against REVISION` and by the hook `baselint-no-weakening`. A new entry in `changes` of the baseline that makes the
change says who decided it and why; an entry that was there before is no permit, and neither is one that was only edited.

Bad, where the list of accounts was longer:

```yaml
applies_to: {accounts: ["111122223333"]}
```

Good:

```yaml
applies_to: {accounts: ["111122223333"]}
changes:
  - {date: "2026-11-25", control: acme-production, reason: 444455556666 was closed., approved_by: CISO}
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
    yield from weakened(file.model, ChangeKind.APPLIES_TO, "narrowed-scope", context)


RULE = Rule(ids=("narrowed-scope",), kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

"""An exception is not added, prolonged or widened against an earlier revision, unless a new entry in `changes` says why.

An exception lets accounts through that fail. That it has an approval of its own does not make it part of the log: whoever
reads `changes` sees every decision that made the baseline weaker.

Told with `--against REVISION` and by the hook `baselint-no-weakening`. A new entry in `changes` of the baseline that makes the
change says who decided it and why; an entry that was there before is no permit, and neither is one that was only edited.

Bad, where `expires` was earlier:

```yaml
exceptions:
  - id: legacy-billing-key
    control: root-no-access-keys
    accounts: ["111122223333"]
    reason: The billing export signs with it.
    owner: billing
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-03-31"
```

Good:

```yaml
changes:
  - {date: "2026-11-25", control: root-no-access-keys, reason: The new export is late., approved_by: CISO}
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
    yield from weakened(file.model, ChangeKind.EXCEPTION, "widened-exception", context)


RULE = Rule(ids=("widened-exception",), kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

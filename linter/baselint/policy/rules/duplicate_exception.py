"""Each exception of a baseline has an id of its own.

Reports, tickets and people name an exception by its id. Where two share one, nobody can tell which of them was approved.
Rename one of the two, or remove the one that was copied by mistake.

Bad:

```yaml
exceptions:
  - id: old-key
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
  - id: old-key
    control: password-minimum-length
    accounts: ["111122223333"]
    reason: an old program cuts passwords at twelve characters
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
```

Good:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
  - id: short-passwords
    control: password-minimum-length
    accounts: ["111122223333"]
    reason: an old program cuts passwords at twelve characters
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
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
    for index, exception in enumerate(baseline.exceptions):
        earlier = first.setdefault(exception.id, index)
        if earlier != index:
            line = file.document.at(("exceptions", earlier)).line
            message = f"the exception {exception.id!r} stands twice, first in line {line}; rename or remove one"
            yield mistake(file, ("exceptions", index, "id"), "duplicate-exception", message)


RULE = Rule(id="duplicate-exception", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

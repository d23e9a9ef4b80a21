"""Two exceptions of a baseline are not for the same control, account, subjects and days at once.

Where two hold for one thing, nobody can tell which reason, owner and last day counts; and when one of them ends, the other keeps it
hidden. An exception without `subjects` is for all of them. Keep one. To renew an exception, change `approved`, `expires` and `reason`
in the entry that is there: the history of the file keeps the old decision.

Bad:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
  - id: key-fob-ordered-again
    control: root-mfa
    accounts: ["111122223333", "444455556666"]
    reason: the key fob was lost in the post and is ordered again
    owner: ops@example.com
    approved: {by: CISO, date: "2026-11-02"}
    expires: "2027-10-31"
```

Good:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333", "444455556666"]
    reason: the key fob was lost in the post and is ordered again
    owner: ops@example.com
    approved: {by: CISO, date: "2026-11-02"}
    expires: "2027-10-31"
```
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from baselint.baseline import Baseline, ControlException
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    for (_, first), (index, second) in combinations(enumerate(baseline.exceptions), 2):
        if first.id != second.id and (shared := _shared(first, second)):
            message = f"{first.id} and {second.id} are both for {first.control} in {shared}; keep one of them"
            found = warning(file, ("exceptions", index, "id"), "exception-overlap", message)
            yield replace(found, details=tuple(f"{item.id}: {item.location}" for item in (first, second)))


def _shared(first: ControlException, second: ControlException) -> str | None:
    """Say what two exceptions are both for: accounts, subjects and days; None where they share nothing."""
    accounts = [account for account in first.accounts if account in second.accounts]
    start, end = max(first.approved.date, second.approved.date), min(first.expires, second.expires)
    if first.control != second.control or not accounts or start > end:
        return None
    told = f"{', '.join(accounts)} from {start} through {end}"
    if not first.subjects or not second.subjects:
        subjects = first.subjects or second.subjects
    else:
        subjects = tuple(subject for subject in first.subjects if subject in second.subjects)
        if not subjects:
            return None
    return told + (f", for {', '.join(subjects)}" if subjects else "")


RULE = Rule(id="exception-overlap", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

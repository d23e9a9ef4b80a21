"""The newest attestation of a control and account counts for more than a few days still: 30, unless `--expiring-within` says otherwise.

After its last day the control is `manual` again in each account that it names. Look again before that, and add a new attestation.
Which last day counts, the rule `attestation-lapsed` says: that of the baseline which lets it count longest.

This is a warning, since it comes with the calendar and not with a change of the file.

Bad, on 25 November 2026, where it counts for 365 days:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: A. Example
    date: "2025-12-10"
```

Good:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: A. Example
    date: "2026-11-24"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.holding import of_file
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile
from baselint.terms import Standing, in_days


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    if context.today is None:
        return
    for index, held in enumerate(of_file(file, context.library, context.today)):
        if not held.accounts or not held.cadences:
            continue
        longest = held.cadences[-1]
        term = held.term(longest)
        if term.standing(context.today, context.expiring_within) is Standing.ENDING:
            message = (
                f"the newest attestation of {held.attestation.control} for {', '.join(held.accounts)} counts through {term.last} "
                f"({longest}), which is {in_days(term.days_left(context.today) or 0)}; look again by then, and add a new one"
            )
            yield warning(file, ("attestations", index, "date"), "attestation-lapsing", message)


RULE = Rule(id="attestation-lapsing", level=Level.WARNING, kinds=(PolicyKind.ATTESTATIONS,), check=_check, page=__doc__)

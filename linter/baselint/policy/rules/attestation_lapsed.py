"""The newest attestation of a control and account still counts.

A control says for how many days a `pass` counts, and a baseline may set another number. After that the control is `manual` again: nobody
has looked for too long. Look again, and add a new attestation; the old one may stay, since the newest decides. One that a newer
attestation replaced is not told.

It is told once the attestation counts for no baseline of your tree that requires the control; where none does, by the shipped baselines,
and then by the control's own number of days. This is a warning, since it comes with the calendar and not with a change of the file.

Bad:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: A. Example
    date: "2020-11-02"
```

Good:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: A. Example
    date: "2020-11-02"
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: The same two people did it again.
    by: A. Example
    date: "2026-11-02"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.holding import of_file
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile
from baselint.terms import Standing


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    if context.today is None:
        return
    for index, held in enumerate(of_file(file, context.library, context.today)):
        if not held.accounts or not held.cadences:
            continue
        longest = held.cadences[-1]
        term = held.term(longest)
        if term.standing(context.today, context.expiring_within) is Standing.LAPSED:
            message = (
                f"the newest attestation of {held.attestation.control} for {', '.join(held.accounts)} lapsed after {term.last} "
                f"({longest}); look again, and add a new one"
            )
            yield warning(file, ("attestations", index, "date"), "attestation-lapsed", message)


RULE = Rule(id="attestation-lapsed", level=Level.WARNING, kinds=(PolicyKind.ATTESTATIONS,), check=_check, page=__doc__)

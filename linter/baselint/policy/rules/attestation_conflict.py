"""Two attestations of one control, account and day do not contradict each other.

The newest attestation decides. Of two that are dated the same day, one `pass` and one `fail`, the `fail` counts, in whichever files they
stand. Where the `pass` is wrong, remove it. Where the fault was mended on that day, look again on the next, and date the `pass` so.

Bad:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: fail
    statement: Nobody answers at the telephone number.
    by: A. Example
    date: "2026-11-02"
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: B. Example
    date: "2026-11-02"
```

Good:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: fail
    statement: Nobody answers at the telephone number.
    by: A. Example
    date: "2026-11-02"
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: The number was corrected; two people opened the mailbox of root and answered a call.
    by: B. Example
    date: "2026-11-03"
```
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from baselint.attestation import Attestation
from baselint.errors import Diagnostic, Level
from baselint.policy.holding import of_other_files
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    attestations: tuple[Attestation, ...] = file.model
    seen: defaultdict[tuple[str, date], list[Attestation]] = defaultdict(list)
    for other in of_other_files(file, context.library):
        seen[other.control, other.date].append(other)
    for index, attestation in enumerate(attestations):
        alike = seen[attestation.control, attestation.date]
        for other in alike:
            shared = [account for account in attestation.accounts if account in other.accounts]
            if shared and other.outcome is not attestation.outcome:
                message = (
                    f"{attestation.control} is attested as {attestation.outcome} and as {other.outcome} for {', '.join(shared)} "
                    f"on {attestation.date}; the fail counts; keep one"
                )
                found = warning(file, ("attestations", index, "outcome"), "attestation-conflict", message)
                yield replace(found, details=tuple(f"{item.outcome}: {item.location}" for item in (other, attestation)))
        alike.append(attestation)


RULE = Rule(
    id="attestation-conflict", level=Level.WARNING, kinds=(PolicyKind.ATTESTATIONS,), check=_check, page=__doc__
)

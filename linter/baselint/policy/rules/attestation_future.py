"""An attestation is dated on a day that has come.

One that is dated in the future is ignored until then, and the one before it decides. Mostly the year is mistyped: nobody can state
today what will be seen tomorrow.

Bad:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: A. Example
    date: "2036-11-02"
```

Good:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: A. Example
    date: "2026-11-02"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.attestation import Attestation
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    attestations: tuple[Attestation, ...] = file.model
    for index, attestation in enumerate(attestations):
        if context.today is not None and context.today < attestation.date:
            message = f"the attestation is dated {attestation.date}, which is still to come: it is ignored until then; check the date"
            yield warning(file, ("attestations", index, "date"), "attestation-future", message)


RULE = Rule(id="attestation-future", level=Level.WARNING, kinds=(PolicyKind.ATTESTATIONS,), check=_check, page=__doc__)

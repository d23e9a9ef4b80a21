"""An attestation is for a control that a person can decide.

Most controls are decided by exports alone. A statement on one of them changes no verdict: export what the control needs instead. A
retired control decides nothing any more either. `baselint explain` says of each control what it requires, and whether a person may
attest it.

Bad:

```yaml
attestations:
  - control: root-mfa
    accounts: ["111122223333"]
    outcome: pass
    statement: I saw the device.
    by: A. Example
    date: "2026-11-02"
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
        if context.library.entry(PolicyKind.CONTROL, attestation.control) is not None:
            check = context.library.outline(attestation.control).check
            if check is None or check.attestation is None:
                message = f"{attestation.control} is not decided by attestations, so this one has no effect; remove it"
                yield warning(file, ("attestations", index, "control"), "attestation-without-effect", message)


RULE = Rule(
    id="attestation-without-effect", level=Level.WARNING, kinds=(PolicyKind.ATTESTATIONS,), check=_check, page=__doc__
)

"""Evidence that is named by a link has the SHA-256 of the file as well.

What a link shows may change, or be gone, when somebody looks. With the hash everybody can tell whether the file is the one that was looked
at. `sha256sum FILE` prints it (`shasum -a 256 FILE` on macOS, `Get-FileHash FILE` in PowerShell); write it in small letters. Save a page or
a ticket as a file first, and keep that file.

Bad:

```yaml
attestations:
  - control: root-recovery-channels
    accounts: ["111122223333"]
    outcome: pass
    statement: Two people opened the mailbox of root and answered a call to its telephone number.
    by: A. Example
    date: "2026-11-02"
    evidence:
      - title: Minutes of the test
        url: https://wiki.example.com/minutes-4711.pdf
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
    evidence:
      - title: Minutes of the test
        url: https://wiki.example.com/minutes-4711.pdf
        sha256: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.attestation import Attestation
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    attestations: tuple[Attestation, ...] = file.model
    for index, attestation in enumerate(attestations):
        for position, evidence in enumerate(attestation.evidence):
            if evidence.url is not None and evidence.sha256 is None:
                message = "what this link shows may change; add the 'sha256' of the file, which 'sha256sum FILE' prints"
                path = ("attestations", index, "evidence", position, "url")
                yield warning(file, path, "attestation-evidence", message)


RULE = Rule(
    id="attestation-evidence", level=Level.WARNING, kinds=(PolicyKind.ATTESTATIONS,), check=_check, page=__doc__
)

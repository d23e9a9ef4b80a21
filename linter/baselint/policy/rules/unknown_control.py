"""A policy file names only controls that exist.

A control is found by its id in `policies/controls/`, of your own tree or of the library that ships with baselint. What is
not found is not judged, so a requirement would be missing without a word, and an exception or an attestation would change
no verdict. Correct the id; `baselint list controls` shows them all.

Bad:

```yaml
controls:
  - id: root-mfaa
```

Good:

```yaml
controls:
  - id: root-mfa
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.mapping import mapped_controls
from baselint.policy.rules.resolving import resolving
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, only_meant
from baselint.yamldocument import Path


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    for name, path in _named(file):
        if context.library.entry(PolicyKind.CONTROL, name) is None:
            known = context.library.ids(PolicyKind.CONTROL)
            message = f"there is no control {name!r}; see 'baselint list controls'{did_you_mean(name, known)}"
            yield mistake(file, path, "unknown-control", message, correction=only_meant(name, known))
    if file.kind is PolicyKind.BASELINE:
        yield from resolving(file, context, "unknown-control")


def _named(file: PolicyFile[Any]) -> Iterator[tuple[str, Path]]:
    """Yield the controls that a file names, those left out that resolving looks for."""
    if file.kind is PolicyKind.FRAMEWORK:
        yield from ((mapped.id, (*path, "id")) for mapped, path in mapped_controls(file))
    elif file.kind is PolicyKind.ATTESTATIONS:
        yield from ((item.control, ("attestations", index, "control")) for index, item in enumerate(file.model))
    else:
        yield from (
            (item.control, ("exceptions", index, "control")) for index, item in enumerate(file.model.exceptions)
        )


RULE = Rule(
    id="unknown-control",
    level=Level.ERROR,
    kinds=(PolicyKind.BASELINE, PolicyKind.FRAMEWORK, PolicyKind.ATTESTATIONS),
    check=_check,
    page=__doc__,
)

"""A policy file names only controls that exist.

A control is found by its id in `policies/controls/`, of your own tree or of the library that ships with baselint. What is
not found is not judged, so the requirement would be missing without a word. Correct the id; `baselint list controls`
shows them all.

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


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    if file.kind is PolicyKind.BASELINE:
        yield from resolving(file, context, "unknown-control")
        return
    for mapped, path in mapped_controls(file):
        if context.library.entry(PolicyKind.CONTROL, mapped.id) is None:
            known = context.library.ids(PolicyKind.CONTROL)
            message = f"there is no control {mapped.id!r}{did_you_mean(mapped.id, known)}"
            correction = only_meant(mapped.id, known)
            yield mistake(file, (*path, "id"), "unknown-control", message, correction=correction)


RULE = Rule(
    id="unknown-control",
    level=Level.ERROR,
    kinds=(PolicyKind.BASELINE, PolicyKind.FRAMEWORK),
    check=_check,
    page=__doc__,
)

"""A baseline extends only baselines that exist.

`extends` names a parent by its id, or by the path of its file, seen from the file that names it. Without the parent all
that it requires would be missing, so nothing is resolved until it is found. Correct the name; `baselint list baselines`
shows them all.

Bad:

```yaml
extends: [aws-root-hardning]
```

Good:

```yaml
extends: [aws-root-hardening]
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.resolving import resolving
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    return resolving(file, context, "unknown-baseline")


RULE = Rule(id="unknown-baseline", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

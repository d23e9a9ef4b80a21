"""A baseline is not its own parent, directly or by way of others.

The child's word is final. In a circle every baseline is the child of all others, so no value is final. The message names
each step with its place; take out the one that was not meant. More than 16 baselines one above the other are refused too.

Bad:

```yaml
# policies/baselines/acme.yaml
id: acme
extends: [acme]
```

Good:

```yaml
# policies/baselines/acme.yaml
id: acme
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
    return resolving(file, context, "extends-circle")


RULE = Rule(id="extends-circle", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

"""Where the parents of a baseline say different things of a control, the baseline itself decides.

An order of parents that settles it in silence would let a weaker value win, and nobody would have chosen it. The message
names both places. Select the control in this baseline with the value that holds: the child's word is final.

Bad:

```yaml
extends: [aws-root-hardening, aws-fsbp]
```

Good:

```yaml
extends: [aws-root-hardening, aws-fsbp]
controls:
  - id: password-minimum-length
    parameters: {minimum: 14}
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
    return resolving(file, context, "parents-disagree")


RULE = Rule(id="parents-disagree", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

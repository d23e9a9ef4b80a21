"""A value is set, or a bound stated, only for a parameter that the control declares.

A value under a misspelt name would change nothing: the account is then judged by the control's default, which may be
weaker than what was meant. `baselint explain` tells of a control which values it takes. A control without parameters
cannot be tuned; leave the key out.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameters: {min_length: 20}
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 20}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.mapping import mapped_bounds
from baselint.policy.rules.resolving import resolving
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, only_meant


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    if file.kind is PolicyKind.BASELINE:
        yield from resolving(file, context, "unknown-parameter")
        return
    for control, bound, path in mapped_bounds(file, context.library):
        if bound.parameter not in control.parameters:
            guess = did_you_mean(bound.parameter, control.parameters)
            message = f"{control.id} has no parameter {bound.parameter!r}{guess}"
            correction = only_meant(bound.parameter, control.parameters)
            yield mistake(file, path, "unknown-parameter", message, key=True, correction=correction)


RULE = Rule(
    id="unknown-parameter",
    level=Level.ERROR,
    kinds=(PolicyKind.BASELINE, PolicyKind.FRAMEWORK),
    check=_check,
    page=__doc__,
)

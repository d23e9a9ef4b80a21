"""A parameter that a check uses is declared under `parameters` of the same control.

`$minimum` stands for the value that a baseline sets, or for the default. Without a declaration there is neither, and the
check asks for nothing. Correct the name, or declare the parameter with its type and default.

Bad:

```yaml
parameters:
  minimum: {title: Minimum length, type: integer, default: 14, minimum: 6, maximum: 128}
check:
  expect:
    - {fact: password_policy.minimum_length, at_least: $minimum}
    - {fact: password_policy.reuse_prevention, at_least: $remembered}
```

Good:

```yaml
parameters:
  minimum: {title: Minimum length, type: integer, default: 14, minimum: 6, maximum: 128}
  remembered: {title: Passwords remembered, type: integer, default: 24, minimum: 1, maximum: 24}
check:
  expect:
    - {fact: password_policy.minimum_length, at_least: $minimum}
    - {fact: password_policy.reuse_prevention, at_least: $remembered}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.conditions import used_parameters
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, only_meant


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    for name, path in used_parameters(file):
        if name not in control.parameters:
            message = f"${name} is not declared under 'parameters'{did_you_mean(name, control.parameters)}"
            meant = only_meant(name, control.parameters)
            correction = f"${meant}" if meant else None
            yield mistake(file, path, "undeclared-parameter", message, correction=correction)


RULE = Rule(id="undeclared-parameter", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

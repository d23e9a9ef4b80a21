"""A parameter's default fits the parameter's own type, range and choices.

The default holds wherever a baseline sets nothing. One that the parameter itself forbids would judge accounts by a value
that nobody may write into a baseline. `null` is allowed: then the condition is not asked until a baseline sets a value.
A range goes from `minimum` up to `maximum`, and a `choice` lists its `choices`.

Bad:

```yaml
parameters:
  minimum: {title: Minimum length, type: integer, default: 5, minimum: 6, maximum: 128}
check:
  expect: {fact: password_policy.minimum_length, at_least: $minimum}
```

Good:

```yaml
parameters:
  minimum: {title: Minimum length, type: integer, default: 14, minimum: 6, maximum: 128}
check:
  expect: {fact: password_policy.minimum_length, at_least: $minimum}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.model import Control, ParameterType
from baselint.policy.kinds import PolicyKind
from baselint.policy.parameters import value_correction, value_mistake
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    for name, parameter in control.parameters.items():
        path = ("parameters", name)
        if parameter.type is ParameterType.CHOICE and not parameter.choices:
            yield mistake(file, path, "parameter-default", f"{name!r} is a choice, but lists no choices", key=True)
        elif flaw := value_mistake(parameter, parameter.default):
            message = f"the default does not fit: {flaw}"
            correction = value_correction(parameter, parameter.default)
            yield mistake(file, (*path, "default"), "parameter-default", message, correction=correction)
        low, high = parameter.minimum, parameter.maximum
        if low is not None and high is not None and low > high:
            yield mistake(file, (*path, "minimum"), "parameter-default", f"minimum {low} is above maximum {high}")


RULE = Rule(id="parameter-default", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

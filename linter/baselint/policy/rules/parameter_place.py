"""A parameter stands only in `expect` and in `within_days`.

There a stricter value always makes a stricter control. In `applies_when` or `where` a baseline could use a parameter to
choose whom the control judges at all, and nobody who reads its values would see that. Write the value itself there.

Bad:

```yaml
parameters:
  days: {title: Days without use, type: integer, default: 90, minimum: 1}
check:
  each: access-key
  where: {fact: access_key.age_days, at_least: $days}
  expect: {fact: access_key.unused_days, at_most: $days}
```

Good:

```yaml
parameters:
  days: {title: Days without use, type: integer, default: 90, minimum: 1}
check:
  each: access-key
  where: {fact: access_key.age_days, at_least: 90}
  expect: {fact: access_key.unused_days, at_most: $days}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.model import ParameterReference
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.conditions import placed_conditions
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    for item in placed_conditions(file):
        if item.part != "expect" and isinstance(item.condition.operand, ParameterReference):
            message = f"a parameter cannot stand in '{item.part}', only in 'expect' and 'within_days'; write a value"
            yield mistake(file, item.operand_path, "parameter-place", message)


RULE = Rule(id="parameter-place", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

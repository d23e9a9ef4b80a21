"""The check of a control uses every parameter that the control declares.

Whoever sets a parameter in a baseline expects that it changes verdicts. One that the check never reads changes only the
runbook, and a stricter value is stricter on paper alone. Use it in `expect` or `within_days`, or remove it.

Bad:

```yaml
parameters:
  minimum: {title: Minimum length, type: integer, default: 14, minimum: 6, maximum: 128}
check:
  expect: {fact: password_policy.minimum_length, at_least: 14}
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
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.conditions import used_parameters
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import nearest


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    used = _used(file)
    for name in control.parameters:
        if control.check is not None and name not in used:
            message = f"the check does not use {name!r}; use it, or remove it"
            yield warning(file, ("parameters", name), "unused-parameter", message)


def _used(file: PolicyFile[Any]) -> frozenset[str | None]:
    """Return the parameters that the check uses, those among them whose names it misspells."""
    declared = file.model.parameters
    names = (name for name, _ in used_parameters(file))
    return frozenset(name if name in declared else nearest(name, declared) for name in names)


RULE = Rule(id="unused-parameter", level=Level.WARNING, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

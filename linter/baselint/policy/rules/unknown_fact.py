"""A condition names a fact that baselint knows.

A condition on a fact that nobody derives could never be decided, so the control would judge no account. Take a name from
`baselint list facts`; `baselint explain` tells of each what it is and which export shows it.

Bad:

```yaml
check:
  expect: {fact: root.mfa_enabeld, equals: true}
```

Good:

```yaml
check:
  expect: {fact: root.mfa_enabled, equals: true}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.facts import FACTS
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.conditions import placed_conditions
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, only_meant


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    for item in placed_conditions(file):
        if item.definition is None:
            name = item.condition.fact
            message = f"there is no fact {name!r}; see 'baselint list facts'{did_you_mean(name, FACTS)}"
            yield mistake(file, (*item.path, "fact"), "unknown-fact", message, correction=only_meant(name, FACTS))


RULE = Rule(id="unknown-fact", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

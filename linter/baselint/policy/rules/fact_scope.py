"""A condition asks for a fact of what the check judges: the account, or each member of its population.

Without `each` a check judges the account. With `each: user` it judges every user, and `where` and `expect` ask for facts
of that user. `applies_when` always asks the account. A fact of something else has no value there. Take a fact of the
right scope, which `baselint list facts` shows, or set `each`.

Bad:

```yaml
check:
  expect: {fact: user.mfa_active, equals: true}
```

Good:

```yaml
check:
  each: user
  expect: {fact: user.mfa_active, equals: true}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.facts.definition import Scope
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.conditions import placed_conditions
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    each = control.check.each if control.check else None
    for item in placed_conditions(file):
        definition = item.definition
        scope = Scope(each) if each is not None and item.part != "applies_when" else Scope.ACCOUNT
        if definition is not None and definition.scope is not scope:
            message = f"{definition.name} is a fact of the {definition.scope}; facts of the {scope} are asked for here"
            yield mistake(file, (*item.path, "fact"), "fact-scope", message)


RULE = Rule(id="fact-scope", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

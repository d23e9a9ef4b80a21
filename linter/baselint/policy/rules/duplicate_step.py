"""The steps of one list of a procedure have ids that differ.

Links to a step, and the ticks of somebody who works through the page, hold on to its id. With two alike the second step
cannot be reached, and a tick on one counts for both. Name one of them anew.

Bad:

```yaml
procedure:
  verify:
    - {id: check, do: Export a new credential report., expect: It is from today.}
    - {id: check, do: Run the linter., expect: The control passes.}
```

Good:

```yaml
procedure:
  verify:
    - {id: export, do: Export a new credential report., expect: It is from today.}
    - {id: lint, do: Run the linter., expect: The control passes.}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile

_LISTS = ("before", "console", "cli", "verify", "rollback")


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    for name in _LISTS:
        seen: set[str] = set()
        for index, step in enumerate(getattr(control.procedure, name)):
            if step.id in seen:
                message = f"the step id {step.id!r} stands twice under {name!r}; name one of them anew"
                yield mistake(file, ("procedure", name, index, "id"), "duplicate-step", message)
            seen.add(step.id)


RULE = Rule(id="duplicate-step", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

"""The texts of a control were checked against AWS within the last year.

Consoles get new names and new places, defaults change, services end. `verified` is the day on which somebody last compared the
control's steps and facts with AWS. After 365 days its steps may no longer be where they say. A day in the future was not seen by
anybody. A control without `verified`, and a retired one that is old, get no warning.

Follow the procedure once, correct it, and write that day.

Bad:

```yaml
verified: "2024-01-15"
```

Good:

```yaml
verified: "2026-11-23"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile

_LONGEST = 365


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    if context.today is None or control.verified is None:
        return
    age = (context.today - control.verified).days
    if age < 0:
        message = (
            f"the control was verified on {control.verified}, which has not come yet; write the day on which it was"
        )
        yield warning(file, ("verified",), "stale-verified", message)
    elif age > _LONGEST and control.retired is None:
        message = f"the control was last compared with AWS {age} days ago; follow its procedure, correct it, and write the day"
        yield warning(file, ("verified",), "stale-verified", message)


RULE = Rule(id="stale-verified", level=Level.WARNING, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

"""A baseline does not require a control that is retired.

AWS took away what such a control asked for, or another control asks for it now. It decides nothing any more, so the
requirement looks met in a list and is judged nowhere. Take the control that replaced it, or remove the entry; in a
baseline that inherits it, exclude it with a reason.

Bad:

```yaml
controls:
  - id: root-security-questions
```

Good:

```yaml
controls:
  - id: root-recovery-channels
    parameters: {cadence: 365}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    baseline: Baseline = file.model
    for index, selection in enumerate(baseline.selections):
        if not selection.exclude and library.is_retired(selection.control):
            retired = library.control(selection.control).retired
            since = f" since {retired.date}" if retired else ""
            instead = f"; see {retired.replaced_by}" if retired and retired.replaced_by else ""
            message = f"{selection.control} is retired{since} and decides nothing{instead}"
            yield warning(file, ("controls", index, "id"), "retired-control-required", message)


RULE = Rule(
    id="retired-control-required", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__
)

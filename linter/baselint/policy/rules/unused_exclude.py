"""A baseline excludes only what one of its parents selects.

`exclude: true` takes a control away that a parent brings in. Where no parent does, it takes nothing away: the id is most likely
that of another control, or the parent dropped it, and what was meant to be left out may still be asked for.

Remove the entry, or name the control that the parent selects.

Bad:

```yaml
extends: [aws-cis-7.0]
controls:
  - {id: password-maximum-age, exclude: true, reason: we follow NIST SP 800-63B-4}
```

Good:

```yaml
extends: [aws-root-hardening]
controls:
  - {id: password-maximum-age, exclude: true, reason: we follow NIST SP 800-63B-4}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.inherit import inherited_selections
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    baseline: Baseline = file.model
    if not any(selection.exclude for selection in baseline.selections):
        return
    parents = inherited_selections(baseline, library)
    selected = {item.control for _, merged in parents for item in merged.values() if not item.exclude}
    whose = "none of its parents selects" if baseline.extends else "nothing brings in: the baseline has no parents"
    for index, selection in enumerate(baseline.selections):
        known = library.entry(PolicyKind.CONTROL, selection.control) is not None
        if selection.exclude and known and selection.control not in selected:
            message = (
                f"{baseline.id} excludes {selection.control}, which {whose}; remove the entry, or name another control"
            )
            yield warning(file, ("controls", index, "exclude"), "unused-exclude", message)


RULE = Rule(id="unused-exclude", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

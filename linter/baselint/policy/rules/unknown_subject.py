"""An entry of `changes` names a control or a baseline that exists.

The log says what was decided about which control; under a name that nobody knows nobody finds the entry again. The name may
also be that of a baseline, this one or another, where the decision is about it as a whole: whom it applies to, or that it is
removed. This is a warning only: the log may name what was removed long ago, and is never rewritten.

Bad:

```yaml
changes:
  - {date: "2026-09-01", control: password-minimum-lenght, reason: The directory takes no more.}
```

Good:

```yaml
changes:
  - {date: "2026-09-01", control: password-minimum-length, reason: The directory takes no more.}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    library = context.library
    kinds = (PolicyKind.CONTROL, PolicyKind.BASELINE)
    for index, change in enumerate(baseline.changes):
        if change.control != baseline.id and not any(_is_known(change.control, kind, context) for kind in kinds):
            known = [baseline.id, *(name for kind in kinds for name in library.ids(kind))]
            guess = did_you_mean(change.control, known)
            message = f"there is no control or baseline {change.control!r}; right only if it was removed since{guess}"
            yield warning(file, ("changes", index, "control"), "unknown-subject", message)


def _is_known(name: str, kind: PolicyKind, context: Context) -> bool:
    """Tell whether something of a kind has an id, now or at the revision to compare with."""
    libraries = (context.library, *([context.earlier.library] if context.earlier is not None else []))
    return any(library.entry(kind, name) is not None for library in libraries)


RULE = Rule(id="unknown-subject", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

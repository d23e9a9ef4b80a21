"""An exception is for a control that its baseline requires, and for accounts that the baseline is meant for.

Otherwise it changes no verdict, and whoever reads it believes that a risk was accepted which nobody judges. Exceptions are not
inherited either: write each into the baseline that you lint with. The control may be missing from the baseline, excluded in it or
in a parent, or retired; or an account is not among the `accounts` of `applies_to`. Remove the exception or the account from it, or
mend the id.

Bad:

```yaml
controls:
  - id: root-no-access-keys
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
```

Good:

```yaml
controls:
  - id: root-no-access-keys
  - id: root-mfa
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline, Selection
from baselint.errors import Diagnostic, Level
from baselint.policy.inherit import merged_selections
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import nearest


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    merged = merged_selections(baseline, context.library) if baseline.exceptions else {}
    known = context.library.ids(PolicyKind.CONTROL)
    misspelt = {nearest(name, known) for name in merged.keys() - known}
    for index, exception in enumerate(baseline.exceptions):
        if exception.control not in known or exception.control in misspelt:
            continue
        if why := _idle(baseline, exception.control, merged.get(exception.control), context):
            message = f"{why}, so this exception has no effect; remove it, or mend the id"
            yield warning(file, ("exceptions", index, "control"), "exception-without-effect", message)
            continue
        meant = baseline.applies_to.accounts
        for position, account in enumerate(exception.accounts):
            if meant and account not in meant:
                message = (
                    f"{account} is not among the accounts of 'applies_to', so this exception has no effect there; "
                    "remove the account, or mend it"
                )
                yield warning(file, ("exceptions", index, "accounts", position), "exception-without-effect", message)


def _idle(baseline: Baseline, control: str, selection: Selection | None, context: Context) -> str | None:
    """Say why a control is not judged; None where it is."""
    if selection is None:
        return f"{baseline.id} does not require {control}"
    if selection.exclude:
        return f"{baseline.id} excludes {control} ({selection.location})"
    return f"{control} is retired" if context.library.is_retired(control) else None


RULE = Rule(
    id="exception-without-effect", level=Level.WARNING, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__
)

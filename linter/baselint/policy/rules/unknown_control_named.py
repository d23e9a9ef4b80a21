"""Exceptions, attestations and the log of changes name things that exist.

An exception or an attestation for a control that is not there changes no verdict, so a slip of the pen in its id is an error.
`baselint list controls` has every id.

In `changes` it is only a warning: the log may name a control or a baseline that was removed long ago. There the id may also be that of a
baseline, this one or another, where the decision is about it as a whole: whom it applies to, or that it is removed.

Bad:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfaa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
changes:
  - {date: "2026-09-01", control: password-length, reason: a program of ours cuts passwords}
```

Good:

```yaml
exceptions:
  - id: key-fob-ordered
    control: root-mfa
    accounts: ["111122223333"]
    reason: the key fob is on its way
    owner: ops@example.com
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-08-31"
changes:
  - {date: "2026-09-01", control: password-minimum-length, reason: a program of ours cuts passwords}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.attestation import Attestation
from baselint.baseline import Baseline, ControlException
from baselint.errors import Diagnostic
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.rules.rule import Context, Rule, mistake, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    if file.kind is PolicyKind.ATTESTATIONS:
        yield from _named(file, "attestations", file.model, context.library)
    else:
        yield from _named(file, "exceptions", file.model.exceptions, context.library)
        yield from _logged(file, context.library)


def _named(
    file: PolicyFile[Any], key: str, items: tuple[Attestation | ControlException, ...], library: PolicyLibrary
) -> Iterator[Diagnostic]:
    for index, item in enumerate(items):
        if library.entry(PolicyKind.CONTROL, item.control) is None:
            guess = did_you_mean(item.control, library.ids(PolicyKind.CONTROL))
            message = f"there is no control {item.control!r}; see 'baselint list controls'{guess}"
            yield mistake(file, (key, index, "control"), "unknown-control", message)


def _logged(file: PolicyFile[Any], library: PolicyLibrary) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    kinds = (PolicyKind.CONTROL, PolicyKind.BASELINE)
    for index, change in enumerate(baseline.changes):
        if change.control != baseline.id and not any(library.entry(kind, change.control) for kind in kinds):
            guess = did_you_mean(change.control, [baseline.id, *(name for kind in kinds for name in library.ids(kind))])
            message = f"there is no control or baseline {change.control!r}; right only if it was removed since{guess}"
            yield warning(file, ("changes", index, "control"), "unknown-control", message)


RULE = Rule(ids=("unknown-control",), kinds=(PolicyKind.BASELINE, PolicyKind.ATTESTATIONS), check=_check, page=__doc__)

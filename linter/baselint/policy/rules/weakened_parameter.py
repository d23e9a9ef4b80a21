"""A parameter is not set weaker than in a parent or at an earlier revision, unless the baseline says why.

Against a parent the selection of the control needs a `reason`. Against an earlier revision (`--against`, and the hook
`baselint-no-weakening`) a new entry in `changes` is needed: a reason that stood there before is no permit. What is weaker follows
from the operator of the check: for `at_least` a lower number, for `at_most` a higher one, a longer list, or no value at all. A value
that is neither weaker nor stricter may let through what was refused, and counts as weaker.

Bad:

```yaml
extends: [aws-root-hardening]
controls:
  - id: password-minimum-length
    parameters: {minimum: 8}
```

Good:

```yaml
extends: [aws-root-hardening]
controls:
  - id: password-minimum-length
    parameters: {minimum: 8}
    reason: The sign-in page of the factory terminals takes no more, until they are replaced in March.
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.placeholders import word
from baselint.policy.change_kind import ChangeKind
from baselint.policy.kinds import PolicyKind
from baselint.policy.parameters import value_mistake
from baselint.policy.rules.against import weakened
from baselint.policy.rules.against_parents import inherited
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    yield from weakened(baseline, ChangeKind.PARAMETER, "weakened-parameter", context)
    for own, parent, theirs in inherited(baseline, context):
        from baselint.policy.strictness import compare_parameter  # reads the registry of facts

        control = context.library.outline(own.control)
        for name, value in own.parameters.items():
            parameter = control.parameters.get(name)
            if parameter is None or value_mistake(parameter, value):  # told as unknown-parameter, parameter-value
                continue
            before = theirs.parameters.get(name, parameter.default)
            if compare_parameter(control.check, name, before, value).may_weaken:
                message = (
                    f"{own.control}: {name} is {word(value)}, and the parent {parent.id} has {word(before)}, "
                    "so this is weaker; give the 'reason' beside it"
                )
                place = own.places.get(name, own.location)
                details = (f"{parent.id}: {theirs.places.get(name, theirs.location)}",)
                yield Diagnostic(place, "weakened-parameter", message, details=details, correction="reason: WHY")


RULE = Rule(id="weakened-parameter", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

"""A value asks for something: not every account meets it.

`at_least: 6` on the minimum length of passwords passes for every account there is, since AWS takes no less than 6. The control
then looks as if it protected something, in the runbook and in every report. The same holds for a glob `*` on a text that is
always there.

Ask for more, or leave the control out of the baseline.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 6}
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 14}
```
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.model import Operator
from baselint.policy.allowed_values import every_value
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile
from baselint.policy.used_values import UsedValue, defaults, literals, settings


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    used: Iterable[UsedValue] = settings(file, context.library) if file.kind is PolicyKind.BASELINE else _own(file)
    for place, uses in groupby(used, key=attrgetter("place")):
        first, *others = uses
        if all(_asks_nothing(item) for item in (first, *others)):
            message = f"every account meets this{_range(first)}; ask for more, or leave it out"
            yield Diagnostic(place, "vacuous-value", message, Level.WARNING)


def _own(file: PolicyFile[Any]) -> Iterator[UsedValue]:
    yield from literals(file)
    yield from defaults(file)


def _asks_nothing(used: UsedValue) -> bool:
    if used.condition.operator is not Operator.MATCHES:
        return used.allowed.covers(every_value(used.fact))
    globs = used.value if isinstance(used.value, tuple) else ()
    anything = any(set(glob.strip()) == {"*"} for glob in globs if isinstance(glob, str))
    return anything and (used.fact.absent is None or used.condition.or_absent)


def _range(used: UsedValue) -> str:
    if used.fact.range is None:
        return f", whatever {used.fact.label} is"
    low, high = used.fact.range
    unit = f" {used.fact.unit}" if used.fact.unit else ""
    return f": AWS allows {low} to {high}{unit} for {used.fact.label}"


RULE = Rule(
    id="vacuous-value",
    level=Level.WARNING,
    kinds=(PolicyKind.CONTROL, PolicyKind.BASELINE),
    check=_check,
    page=__doc__,
)

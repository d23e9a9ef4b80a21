"""A control and a baseline ask of a setting only what AWS lets it be.

AWS takes 6 to 128 for the minimum length of IAM users' passwords. A baseline that asks for 200 can be met by no account: every
account fails, whatever its owners do. Mostly a digit slipped in. `baselint explain FACT` shows the range of a fact.

Write a value within the range. Where a parameter may be set beyond it, narrow its `minimum` or `maximum`.

Bad:

```yaml
check:
  expect: {fact: password_policy.minimum_length, at_least: 200}
```

Good:

```yaml
check:
  expect: {fact: password_policy.minimum_length, at_least: 20}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.model import Operator
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.source import PolicyFile
from baselint.policy.used_values import UsedValue, defaults, ends, literals, settings


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    if file.kind is PolicyKind.BASELINE:
        yield from _told(settings(file, context.library))
    else:
        yield from _told(literals(file))
        yield from _told(defaults(file))
        yield from _told(ends(file), ", which a baseline could set")


def _told(values: Iterator[UsedValue], who: str = "") -> Iterator[Diagnostic]:
    for used in values:
        if flaw := _flaw(used, who):
            yield Diagnostic(used.place, "outside-aws-range", flaw)


def _flaw(used: UsedValue, who: str) -> str | None:
    values = used.value if isinstance(used.value, tuple) else (used.value,)
    if used.fact.range is None or used.can_be_met or not all(type(value) is int for value in values):
        return None
    low, high = used.fact.range
    asked = f"{used.condition.operator}: {', '.join(map(str, values))}"
    instead = {Operator.AT_LEAST: f"{high} or less", Operator.AT_MOST: f"{low} or more"}
    cure = instead.get(used.condition.operator, f"a number from {low} to {high}")
    unit = f" {used.fact.unit}" if used.fact.unit else ""
    return f"no account can meet '{asked}'{who}: AWS allows {low} to {high}{unit} for {used.fact.label}; write {cure}"


RULE = Rule(
    id="outside-aws-range",
    level=Level.ERROR,
    kinds=(PolicyKind.CONTROL, PolicyKind.BASELINE),
    check=_check,
    page=__doc__,
)

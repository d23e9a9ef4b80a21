"""A condition compares a fact with an operator and a value that fit the fact's type.

A number is compared by `at_least` and `at_most`, a text by `matches`, one of several words by `one_of`. A value of another
type would never be equal, so every account would fail, whatever it exports. `baselint explain` tells a fact's type.
`present` and `or_absent` are for facts that can have no value at all. What `within_days` names is a whole number of 1
or more with a default: an attestation that holds for no stated time would hold for ever.

Bad:

```yaml
check:
  expect: {fact: root.mfa_enabled, at_least: 1}
```

Good:

```yaml
check:
  expect: {fact: root.mfa_enabled, equals: true}
```
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.facts.definition import FactDefinition, FactType
from baselint.model import Condition, Control, Operator, Parameter, ParameterReference, ParameterType
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.conditions import PlacedCondition, cadence, placed_conditions
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.suggestion import as_yaml, converted, did_you_mean, only_meant

_PYTHON = {FactType.BOOLEAN: bool, FactType.INTEGER: int, FactType.TEXT: str, FactType.CHOICE: str}
_NUMBERS = (Operator.AT_LEAST, Operator.AT_MOST)
_LISTS = (Operator.ONE_OF, Operator.MATCHES)


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    for item in placed_conditions(file):
        if item.definition is not None:
            yield from _condition(file, item, item.definition)
    if found := cadence(file):
        reference, path = found
        parameter = control.parameters.get(reference.name)
        if parameter is not None and not _is_time(parameter):
            message = f"${reference.name} must be an integer with a default and a minimum of 1 or more: an attestation holds a stated time"
            yield mistake(file, path, "operator-value", message)


def _is_time(parameter: Parameter) -> bool:
    number = parameter.type is ParameterType.INTEGER and parameter.default is not None
    return number and (parameter.minimum or 0) >= 1


def _condition(file: PolicyFile[Any], item: PlacedCondition, definition: FactDefinition) -> Iterator[Diagnostic]:
    control: Control = file.model
    operand = item.condition.operand
    if not isinstance(operand, ParameterReference):
        flaw = _flaw(item.condition, definition)
    else:
        parameter = control.parameters.get(operand.name) if item.part == "expect" else None
        flaw = _parameter_flaw(parameter, item.condition, definition) if parameter else None
    if flaw:
        correction = _correction(item.condition, definition)
        yield mistake(file, item.operand_path, "operator-value", flaw, correction=correction)
    if item.condition.or_absent and definition.absent is None:
        message = f"{definition.name} always has a value, so 'or_absent' has no meaning; remove it"
        yield mistake(file, (*item.path, "or_absent"), "operator-value", message)


def _flaw(condition: Condition, definition: FactDefinition) -> str | None:
    """Say why an operator with a literal value does not fit a fact."""
    operator, operand = condition.operator, condition.operand
    if operator is Operator.PRESENT:
        return (
            None if definition.absent is not None else f"{definition.name} always has a value; ask for it with 'equals'"
        )
    if operator is Operator.MATCHES and definition.type is not FactType.TEXT:
        return f"'matches' compares texts, but {definition.name} is a {definition.type}"
    if operator in _NUMBERS and definition.type is not FactType.INTEGER:
        return f"'{operator}' compares numbers, but {definition.name} is a {definition.type}"
    for value in operand if isinstance(operand, tuple) else (operand,):
        if type(value) is not _PYTHON[definition.type]:
            return f"{definition.name} is a {definition.type}; {value!r} is not"
        if definition.choices and value not in definition.choices:
            return f"{definition.name} is one of {', '.join(definition.choices)}{did_you_mean(str(value), definition.choices)}"
    return None


def _correction(condition: Condition, definition: FactDefinition) -> str | None:
    """Return the value that was meant, in the fact's type and words, where only one can have been."""
    if condition.operator is not Operator.EQUALS:
        return None
    if isinstance(condition.operand, str) and definition.choices:
        return only_meant(condition.operand, definition.choices)
    meant = converted(condition.operand, _PYTHON[definition.type])
    return None if meant is None else as_yaml(meant)


def _parameter_flaw(parameter: Parameter, condition: Condition, definition: FactDefinition) -> str | None:
    """Say why a parameter's type does not fit an operator and a fact."""
    if condition.operator in _LISTS:
        fits = parameter.type is ParameterType.LIST and definition.type in {FactType.TEXT, FactType.CHOICE}
    elif condition.operator in _NUMBERS:
        fits = parameter.type is ParameterType.INTEGER and definition.type is FactType.INTEGER
    else:
        fits = parameter.type is ParameterType(definition.type)
    if fits:
        return None
    return f"'{condition.operator}' on {definition.name} ({definition.type}) cannot take ${parameter.name} ({parameter.type})"


RULE = Rule(id="operator-value", level=Level.ERROR, kinds=(PolicyKind.CONTROL,), check=_check, page=__doc__)

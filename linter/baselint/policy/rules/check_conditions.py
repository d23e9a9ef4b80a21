"""A condition of a check names a known fact, with an operator and a value that fit the fact's type and scope.

Facts of an account stand in checks without ``each``; facts of a member stand in checks over its population. A parameter
may stand only in ``expect`` and ``within_days``, so that a stricter value always means a stricter control.
"""

from collections.abc import Iterator
from typing import Any

from baselint.errors import Diagnostic
from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition, FactType, Scope
from baselint.model import Condition, Control, Operator, Parameter, ParameterReference, ParameterType
from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile
from baselint.policy.used_values import conditions
from baselint.suggestion import did_you_mean
from baselint.yamldocument import Path

_PYTHON = {FactType.BOOLEAN: bool, FactType.INTEGER: int, FactType.TEXT: str, FactType.CHOICE: str}
_NUMBERS = (Operator.AT_LEAST, Operator.AT_MOST)
_LISTS = (Operator.ONE_OF, Operator.MATCHES)
_PARAMETER_TYPES = {
    FactType.BOOLEAN: ParameterType.BOOLEAN,
    FactType.INTEGER: ParameterType.INTEGER,
    FactType.TEXT: ParameterType.TEXT,
    FactType.CHOICE: ParameterType.CHOICE,
}


def _check(file: PolicyFile[Any], _context: Context) -> Iterator[Diagnostic]:
    control: Control = file.model
    for part, condition, path in conditions(file):
        yield from _condition(file, control, part, condition, path)


def _condition(
    file: PolicyFile[Any], control: Control, part: str, condition: Condition, path: Path
) -> Iterator[Diagnostic]:
    definition = FACTS.get(condition.fact)
    if definition is None:
        message = f"there is no fact {condition.fact!r}; see 'baselint list facts'{did_you_mean(condition.fact, FACTS)}"
        yield mistake(file, (*path, "fact"), "unknown-fact", message)
        return
    each = control.check.each if control.check else None
    scope = Scope(each) if each is not None and part != "applies_when" else Scope.ACCOUNT
    if definition.scope is not scope:
        message = f"{condition.fact} is a fact of the {definition.scope}; facts of the {scope} are asked for here"
        yield mistake(file, (*path, "fact"), "fact-scope", message)
    value_path = (*path, str(condition.operator))
    if isinstance(condition.operand, ParameterReference):
        yield from _reference(file, control, part, condition, definition, value_path)
    elif flaw := _flaw(condition, definition):
        yield mistake(file, value_path, "operator-value", flaw)
    if condition.or_absent and definition.absent is None:
        message = f"{condition.fact} always has a value, so 'or_absent' has no meaning; remove it"
        yield mistake(file, (*path, "or_absent"), "operator-value", message)


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


def _reference(
    file: PolicyFile[Any], control: Control, part: str, condition: Condition, definition: FactDefinition, path: Path
) -> Iterator[Diagnostic]:
    name = condition.operand.name if isinstance(condition.operand, ParameterReference) else ""
    if part != "expect":
        message = f"a parameter cannot stand in '{part}', only in 'expect' and 'within_days'; write a value"
        yield mistake(file, path, "parameter-place", message)
        return
    parameter = control.parameters.get(name)
    if parameter is None:
        message = f"${name} is not declared under 'parameters'{did_you_mean(name, control.parameters)}"
        yield mistake(file, path, "undeclared-parameter", message)
    elif flaw := _parameter_flaw(parameter, condition, definition):
        yield mistake(file, path, "operator-value", flaw)


def _parameter_flaw(parameter: Parameter, condition: Condition, definition: FactDefinition) -> str | None:
    if condition.operator in _LISTS:
        fits = parameter.type is ParameterType.LIST and definition.type in {FactType.TEXT, FactType.CHOICE}
    elif condition.operator in _NUMBERS:
        fits = parameter.type is ParameterType.INTEGER and definition.type is FactType.INTEGER
    else:
        fits = parameter.type is _PARAMETER_TYPES[definition.type]
    if fits:
        return None
    return f"'{condition.operator}' on {definition.name} ({definition.type}) cannot take ${parameter.name} ({parameter.type})"


RULE = Rule(
    ids=("unknown-fact", "fact-scope", "operator-value", "parameter-place", "undeclared-parameter"),
    kinds=(PolicyKind.CONTROL,),
    check=_check,
    page=__doc__,
)

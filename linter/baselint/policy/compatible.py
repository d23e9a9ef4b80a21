"""Tells whether conditions can hold together, and whether two checks can concern the same account or member."""

from itertools import product

from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition
from baselint.model import Check, Condition, ParameterReference
from baselint.policy.allowed_values import AllowedValues, allowed_by, every_value


def concern_the_same(one: Check, other: Check) -> bool:
    """Tell whether two checks can concern the same account and, where they judge members, the same member."""
    guards = compatible(one.applies_when, other.applies_when)
    return guards and one.each is other.each and compatible(one.where, other.where)


def compatible(one: tuple[Condition, ...], other: tuple[Condition, ...]) -> bool:
    """Tell whether conditions of one group can hold together with those of another."""
    return not any(
        (_fixed(first, definition) & _fixed(second, definition)).is_empty
        for first, second in product(one, other)
        if first.fact == second.fact and (definition := FACTS.get(first.fact)) is not None
    )


def _fixed(condition: Condition, definition: FactDefinition) -> AllowedValues:
    """Return what a condition allows; all values, where a parameter stands."""
    if isinstance(condition.operand, ParameterReference):
        return every_value(definition)
    return allowed_by(condition, condition.operand, definition)

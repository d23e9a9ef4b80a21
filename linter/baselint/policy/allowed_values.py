"""The set of values of a fact that a condition allows, what two such sets have in common, and which holds the other."""

import math
from dataclasses import dataclass
from typing import TypeAlias

from baselint.check import folded, matcher
from baselint.facts.definition import FactDefinition, FactType
from baselint.model import Condition, Operator, ParameterValue, Scalar


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two ends, both included; without ends it stands for every value of any type."""

    low: float = -math.inf
    high: float = math.inf

    @property
    def is_everything(self) -> bool:
        """Tell whether there is no end on either side."""
        return (self.low, self.high) == (-math.inf, math.inf)

    def holds(self, value: Scalar) -> bool:
        """Tell whether a value lies between the ends."""
        if isinstance(value, bool | str):
            return self.is_everything
        return self.low <= value <= self.high


_Present: TypeAlias = Interval | frozenset[Scalar]


@dataclass(frozen=True, slots=True)
class AllowedValues:
    """Values that are allowed, and whether having none is."""

    present: _Present = Interval()
    absent: bool = False
    globs: frozenset[frozenset[str]] = frozenset()
    """Sets of globs; a text must match one of each."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is allowed at all; two globs may share a text, so they never tell it."""
        if isinstance(self.present, Interval):
            return not self.absent and self.present.low > self.present.high
        return not self.absent and not self.present

    @property
    def ends(self) -> Interval:
        """Return the least and the most number that is allowed; no end where something else than a number is."""
        if isinstance(self.present, Interval):
            return self.present
        numbers = [value for value in self.present if type(value) is int]
        return Interval(min(numbers), max(numbers)) if numbers and len(numbers) == len(self.present) else Interval()

    def covers(self, other: "AllowedValues") -> bool:
        """Tell whether everything that another set allows is allowed here too."""
        return _covers(self.present, other.present) and (self.absent or not other.absent)

    def __and__(self, other: "AllowedValues") -> "AllowedValues":
        """Return what both allow."""
        return AllowedValues(_both(self.present, other.present), self.absent and other.absent, self.globs | other.globs)

    def __le__(self, other: "AllowedValues") -> bool:
        """Tell whether the other allows all that this one does; False where that cannot be told, as for two globs."""
        if self.absent and not other.absent:
            return False
        if isinstance(self.present, frozenset):
            return all(other.holds(value) for value in self.present if self.holds(value))
        if self.present.low > self.present.high:
            return True
        return (
            isinstance(other.present, Interval)
            and other.present.low <= self.present.low
            and self.present.high <= other.present.high
            and all(any(own <= asked for own in self.globs) for asked in other.globs)
        )

    def holds(self, value: Scalar) -> bool:
        """Tell whether a value is allowed."""
        if isinstance(self.present, Interval):
            allowed = self.present.holds(value)
        else:
            allowed = any(type(value) is type(item) and value == item for item in self.present)
        return allowed and all(matcher(globs)(value) for globs in self.globs)


def allowed_by(
    condition: Condition, operand: "ParameterValue | tuple[Scalar, ...]", fact: FactDefinition
) -> AllowedValues:
    """Return the values of a fact that meet a condition."""
    absent = fact.absent is not None and (
        condition.or_absent or (condition.operator is Operator.PRESENT and operand is False)
    )
    globs = _globs(operand) if condition.operator is Operator.MATCHES else frozenset()
    return AllowedValues(_present(condition.operator, operand, fact), absent, globs)


def _globs(operand: "ParameterValue | tuple[Scalar, ...]") -> frozenset[frozenset[str]]:
    return frozenset({frozenset(folded(str(glob)) for glob in operand)}) if isinstance(operand, tuple) else frozenset()


def every_value(fact: FactDefinition) -> AllowedValues:
    """Return all values that a fact can have."""
    return AllowedValues(_universe(fact), fact.absent is not None)


def _present(operator: Operator, operand: "ParameterValue | tuple[Scalar, ...]", fact: FactDefinition) -> _Present:
    if operator in {Operator.AT_LEAST, Operator.AT_MOST} and isinstance(operand, int):
        return Interval(low=operand) if operator is Operator.AT_LEAST else Interval(high=operand)
    if operator in {Operator.EQUALS, Operator.ONE_OF}:
        return frozenset(operand if isinstance(operand, tuple) else () if operand is None else (operand,))
    return frozenset() if operator is Operator.PRESENT and operand is False else _universe(fact)


def _universe(fact: FactDefinition) -> _Present:
    if fact.type is FactType.BOOLEAN:
        return frozenset({True, False})
    if fact.type is FactType.CHOICE:
        return frozenset(fact.choices)
    return Interval(*fact.range) if fact.range else Interval()


def _covers(one: _Present, other: _Present) -> bool:
    if isinstance(other, Interval):
        if isinstance(one, Interval):
            return one.low <= other.low and other.high <= one.high
        if math.inf in (-other.low, other.high):
            return False
        other = frozenset(range(int(other.low), int(other.high) + 1))
    return _both(other, one) == other


def _both(one: _Present, other: _Present) -> _Present:
    if isinstance(one, Interval) and isinstance(other, Interval):
        return Interval(max(one.low, other.low), min(one.high, other.high))
    if isinstance(one, Interval):
        return _both(other, one)
    if isinstance(other, Interval):
        return frozenset(value for value in one if other.holds(value))
    return frozenset(value for value in one if any(type(value) is type(item) and value == item for item in other))

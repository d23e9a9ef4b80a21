"""Finds requirements of different frameworks that no account can meet together: what they allow of one fact has nothing in common."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, product

from baselint.facts import FACTS
from baselint.framework import Bound, Framework, MappedControl, Relation, Requirement
from baselint.model import (
    Check,
    Condition,
    Control,
    Operator,
    ParameterReference,
    ParameterValue,
    PopulationName,
    Scalar,
)
from baselint.policy.allowed_values import AllowedValues, allowed_by, every_value
from baselint.policy.compatible import concern_the_same

_OperandValue = ParameterValue | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """What one control of a requirement allows of one fact, at its loosest."""

    framework: Framework
    requirement: Requirement
    control: Control
    check: Check
    fact: str
    allowed: AllowedValues
    condition: Condition | None
    """What is expected, at the loosest value; None where no value is set, so that everything is allowed."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One fact on which two controls cannot both be met, with the requirements that stand on either side."""

    fact: str
    each: PopulationName | None
    """The population concerned: nobody can meet both for any member; None for the account itself."""
    one: tuple[Demand, ...]
    other: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to meet a requirement that decides."""

    framework: Framework
    requirement: Requirement
    demands: tuple[Demand, ...]


@dataclass(slots=True)
class _Sides:
    one: dict[tuple[str, str], Demand] = field(default_factory=dict)
    other: dict[tuple[str, str], Demand] = field(default_factory=dict)


_Controls = Callable[[str], Control | None]
"""Returns a control by id; None where there is none."""


def contradictions(frameworks: Iterable[Framework], control: _Controls) -> tuple[Contradiction, ...]:
    """Return every contradiction between requirements whose standards state their bounds.

    A requirement that can be met in several ways contradicts another only where each of its ways does. What a control has
    wrong, such as a fact that does not exist, demands nothing: its own rules tell it.
    """
    ways = [_ways(framework, item, control) for framework in frameworks for item in framework.requirements]
    found: dict[tuple[str, str, str], _Sides] = {}
    for one, other in combinations([item for item in ways if item], 2):
        clashing = [tuple(_clashes(*ways)) for ways in product(one, other)]
        for pair in chain.from_iterable(clashing) if all(clashing) else ():
            first, second = sorted(pair, key=lambda demand: demand.control.id)
            sides = found.setdefault((first.fact, first.control.id, second.control.id), _Sides())
            sides.one[first.framework.id, first.requirement.id] = first
            sides.other[second.framework.id, second.requirement.id] = second
    return tuple(_contradiction(found[key]) for key in sorted(found))


def _contradiction(sides: _Sides) -> Contradiction:
    one, other = tuple(sides.one.values()), tuple(sides.other.values())
    return Contradiction(one[0].fact, one[0].check.each, one, other)


def _ways(framework: Framework, requirement: Requirement, control: _Controls) -> tuple[_Way, ...]:
    """Return the ways to meet a requirement; one that no control decides demands nothing."""
    if requirement.relation is not Relation.DECIDES:
        return ()
    return tuple(
        _Way(
            framework,
            requirement,
            tuple(
                demand
                for mapped in alternative.controls
                for demand in _demands(framework, requirement, mapped, control(mapped.id))
            ),
        )
        for alternative in requirement.alternatives
    )


def _demands(
    framework: Framework, requirement: Requirement, mapped: MappedControl, control: Control | None
) -> Iterator[Demand]:
    """Yield what a control demands; one that a person may attest instead demands nothing of a fact."""
    check = control.check if control is not None else None
    if control is None or check is None or control.retired is not None or check.attestation is not None:
        return
    bounds = {bound.parameter: bound for bound in mapped.needs}
    for condition in check.expect:
        definition = FACTS.get(condition.fact)
        if definition is None:
            continue
        operand, known = _loosest(condition, control, bounds)
        allowed = allowed_by(condition, operand, definition) if known else every_value(definition)
        asked = replace(condition, operand=operand) if known and operand is not None else None
        yield Demand(framework, requirement, control, check, condition.fact, allowed, asked)


def _loosest(condition: Condition, control: Control, bounds: Mapping[str, Bound]) -> tuple[_OperandValue, bool]:
    """Return the loosest value that a requirement allows for a condition, and whether there is one."""
    if not isinstance(condition.operand, ParameterReference):
        return condition.operand, True
    parameter = control.parameters.get(condition.operand.name)
    if parameter is None:
        return None, False
    bound = bounds.get(parameter.name)
    loosest = {Operator.AT_LEAST: parameter.minimum, Operator.AT_MOST: parameter.maximum}.get(condition.operator)
    if bound is not None and bound.operator in {condition.operator, Operator.EQUALS}:
        return bound.value, True
    return loosest, loosest is not None


def _clashes(one: _Way, other: _Way) -> Iterator[tuple[Demand, Demand]]:
    for first, second in product(one.demands, other.demands):
        same = first.fact == second.fact and (first.allowed & second.allowed).is_empty
        if same and concern_the_same(first.check, second.check):
            yield first, second

"""Facts of an account that does not exist, made so that a check passes or fails, for the samples on control pages."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baselint.evidence import FactValue, Known, Member, Missing, MissingReason, Population, Value
from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition, FactType
from baselint.model import Check, Condition, ParameterValue, PopulationName, Scalar
from baselint.policy.allowed_values import AllowedValues, Interval, allowed_by, every_value
from baselint.wording import operand_value

SUBJECTS: Mapping[PopulationName, str] = {
    PopulationName.USER: "alice",
    PopulationName.ACCESS_KEY: "alice/access-key-1",
    PopulationName.SIGNING_CERTIFICATE: "alice/signing-certificate-1",
}
"""The one member of each population of a sample."""

_ROW = "line 3"
_TEXTS = ("other", "somebody@elsewhere.example")


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """The facts that a check names, with made-up values; every other one is missing."""

    values: Mapping[str, Value]
    each: PopulationName | None
    export: str
    """Name of the file in which the members of the population stand."""

    def fact(self, name: str) -> FactValue:
        """Return a fact of the account."""
        if name in self.values:
            return Known(self.values[name])
        return Missing(MissingReason.NOT_EXPORTED, "the sample does not tell it")

    def population(self, name: str) -> Population | Missing:  # noqa: ARG002 - a check asks for one population only
        """Return a population of one member."""
        return _SamplePopulation(self)


@dataclass(frozen=True, slots=True)
class _SamplePopulation:
    facts: SampleFacts
    evidence: tuple[()] = ()
    gaps: tuple[()] = ()
    notes: tuple[()] = ()

    def members(self, facts: tuple[str, ...]) -> Iterator[Member]:
        yield _SampleMember(self.facts, facts)


@dataclass(frozen=True, slots=True)
class _SampleMember:
    facts: SampleFacts
    asked: tuple[str, ...]

    @property
    def subject(self) -> str:
        return SUBJECTS[self.facts.each or PopulationName.USER]

    @property
    def export(self) -> str:
        return self.facts.export

    @property
    def pointer(self) -> str:
        return _ROW

    def fact(self, index: int) -> FactValue:
        return self.facts.fact(self.asked[index])


def sample_facts(check: Check, parameters: Mapping[str, ParameterValue], *, met: bool, export: str) -> SampleFacts:
    """Return facts for which the check applies, and whose first expectation is met or not; whoever asks looks at the verdict."""
    conditions = [*check.applies_when, *check.where, *check.expect]
    allowed = {name: every_value(FACTS[name]) for name in dict.fromkeys(item.fact for item in conditions)}
    refused: Condition | None = None
    for condition in conditions:
        value = operand_value(condition.operand, parameters)
        if value is None:
            continue
        if not met and refused is None and condition in check.expect:
            refused = condition
        else:
            allowed[condition.fact] &= allowed_by(condition, value, FACTS[condition.fact])
    values = {name: _first(FACTS[name], within) for name, within in allowed.items()}
    if refused is not None:
        values[refused.fact] = _refused(refused, operand_value(refused.operand, parameters), allowed[refused.fact])
    return SampleFacts(values, check.each, export)


def _refused(condition: Condition, value: ParameterValue | tuple[Scalar, ...], within: AllowedValues) -> Value:
    """Return a value that a condition refuses and that the others allow; any value where there is none."""
    definition = FACTS[condition.fact]
    asked = allowed_by(condition, value, definition)
    found = (item for item in _candidates(definition, asked, within) if item is None or not asked.holds(item))
    return next(found, None)


def _candidates(definition: FactDefinition, asked: AllowedValues, within: AllowedValues) -> Iterator[Scalar | None]:
    """Yield values near the edge of what is asked, then whatever the fact can be."""
    ends = asked.ends
    near = [int(end) + step for end, step in ((ends.low, -1), (ends.high, 1)) if math.isfinite(end)]
    yield from (item for item in (*near, *_every(definition)) if within.holds(item))
    yield None


def _first(definition: FactDefinition, within: AllowedValues) -> Value:
    """Return a value of a fact that is allowed, at the bound that is asked where there is one; none where only that is."""
    ends, widest = within.ends, every_value(definition).ends
    numbers = [int(end) for end in (ends.low, ends.high) if math.isfinite(end)]
    numbers.sort(key=lambda end: end in (widest.low, widest.high))
    texts = ("".join(sorted(globs)[:1]).replace("*", "x") for globs in within.globs)
    fixed = () if isinstance(within.present, Interval) else sorted(within.present, key=str)
    candidates = (*numbers, *texts, *_every(definition), *fixed)
    return next((item for item in candidates if within.holds(item)), None)


def _every(definition: FactDefinition) -> tuple[Scalar, ...]:
    choices: Mapping[FactType, tuple[Scalar, ...]] = {
        FactType.BOOLEAN: (True, False),
        FactType.INTEGER: (1, 0),
        FactType.TEXT: _TEXTS,
        FactType.CHOICE: definition.choices,
    }
    return choices[definition.type]

"""Operators and three-valued evaluation: a check compiles once into predicates over facts, and is total on any data."""

import fnmatch
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias, TypeGuard

from baselint.evidence import Evidence, Facts, FactValue, Member, Missing, MissingReason, Span, Value, most_curable
from baselint.model import Check, Condition, Operator, ParameterValue, PopulationName
from baselint.wording import operand_value


class Truth(Enum):
    """A condition holds, does not hold, or cannot be told."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


Predicate: TypeAlias = Callable[[Value], Truth]


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """What became of one condition; ``missing`` says why it could not be told."""

    condition: Condition
    truth: Truth
    value: FactValue
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class MemberResult:
    """One member of a population that fails or cannot be judged."""

    subject: str
    export: str
    pointer: str
    truth: Truth
    results: tuple[ConditionResult, ...]


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether a check applies: a guard that does not hold, or guards that could not be seen."""

    refused_by: ConditionResult | None = None
    unseen: tuple[ConditionResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the facts say of a check."""

    truth: Truth
    results: tuple[ConditionResult, ...] = ()
    members: tuple[MemberResult, ...] = ()
    """Members that fail or cannot be judged."""
    excluded: tuple[str, ...] = ()
    """Members that fail or cannot be judged, and that an exception leaves out."""
    absent: tuple[str, ...] = ()
    """Members that an exception leaves out, and that are not there."""
    concerned: int | None = None
    """How many members were judged, without the excluded ones; None when the check judges the account."""
    missing: Missing | None = None
    """Why the verdict cannot be told: the reason that a person can cure best."""
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    """Where the population that was judged stands, and where it was counted."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    condition: Condition
    predicate: Predicate

    def judge(self, value: FactValue) -> ConditionResult:
        if isinstance(value, Missing):
            return ConditionResult(self.condition, Truth.UNKNOWN, value, value)
        truth = self.predicate(value.value)
        if truth is not Truth.UNKNOWN:
            return ConditionResult(self.condition, truth, value)
        if isinstance(value.value, Span) and value.value.cause is not None:
            return ConditionResult(self.condition, truth, value, value.value.cause)
        detail = (
            f"the age is {value.value} days, since the export does not say when it was made; give the JSON of the AWS CLI, "
            "a manifest or --captured-at"
        )
        missing = Missing(MissingReason.CAPTURE_TIME_UNKNOWN, detail, value.evidence)
        return ConditionResult(self.condition, truth, value, missing)


@dataclass(frozen=True, slots=True)
class CompiledCheck:
    """A check with its parameters filled in, ready for any number of accounts."""

    each: PopulationName | None
    guards: tuple[_Compiled, ...]
    where: tuple[_Compiled, ...]
    expect: tuple[_Compiled, ...]

    def applicability(self, facts: Facts) -> Applicability:
        """Tell whether the check applies to an account; a guard that cannot be seen does not stop it."""
        results = [guard.judge(facts.fact(guard.condition.fact)) for guard in self.guards]
        for result in results:
            if result.truth is Truth.FALSE:
                return Applicability(refused_by=result)
        return Applicability(unseen=tuple(result for result in results if result.truth is Truth.UNKNOWN))

    def judge(self, facts: Facts, excluded_subjects: frozenset[str] = frozenset()) -> Verdict:
        """Judge an account: its own facts, or every member of a population but the excluded ones."""
        if self.each is not None:
            return self._judge_members(facts, self.each, excluded_subjects)
        results = tuple(item.judge(facts.fact(item.condition.fact)) for item in self.expect)
        truth = _all(results)
        return Verdict(truth, results, missing=_missing(results) if truth is Truth.UNKNOWN else None)

    def _judge_members(self, facts: Facts, each: PopulationName, excluded_subjects: frozenset[str]) -> Verdict:
        population = facts.population(each)
        if isinstance(population, Missing):
            return Verdict(Truth.UNKNOWN, missing=population, concerned=0)
        names = tuple(item.condition.fact for item in (*self.where, *self.expect))
        concerned = 0
        flawed: list[MemberResult] = []
        excluded: list[str] = []
        absent = set(excluded_subjects)
        for member in population.members(names):
            absent.discard(member.subject)
            if not self._concerns(member):
                continue
            result = self._judge_member(member)
            if result.truth is not Truth.TRUE and member.subject in excluded_subjects:
                excluded.append(member.subject)
                continue
            concerned += 1
            if result.truth is not Truth.TRUE:
                flawed.append(result)
        verdict = _verdict(tuple(flawed), tuple(excluded), concerned, population.gaps)
        lacking = tuple(gap.detail for gap in population.gaps) if verdict.truth is Truth.FALSE else ()
        notes = (*population.notes, *lacking)
        return replace(verdict, absent=tuple(sorted(absent)), notes=notes, evidence=population.evidence)

    def _concerns(self, member: Member) -> bool:
        """A member whose ``where`` cannot be told counts as concerned."""
        return all(item.judge(member.fact(index)).truth is not Truth.FALSE for index, item in enumerate(self.where))

    def _judge_member(self, member: Member) -> MemberResult:
        offset = len(self.where)
        results = tuple(item.judge(member.fact(offset + index)) for index, item in enumerate(self.expect))
        return MemberResult(member.subject, member.export, member.pointer, _all(results), results)


def _verdict(
    flawed: tuple[MemberResult, ...], excluded: tuple[str, ...], concerned: int, gaps: tuple[Missing, ...]
) -> Verdict:
    missing = _missing((result for member in flawed for result in member.results), gaps)
    truth = Truth.TRUE if missing is None else Truth.UNKNOWN
    if any(member.truth is Truth.FALSE for member in flawed):
        truth, missing = Truth.FALSE, None
    return Verdict(truth, members=flawed, excluded=excluded, concerned=concerned, missing=missing)


def _all(results: tuple[ConditionResult, ...]) -> Truth:
    truths = {result.truth for result in results}
    if Truth.FALSE in truths:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE


def _missing(results: Iterable[ConditionResult], gaps: tuple[Missing, ...] = ()) -> Missing | None:
    found = [*(result.missing for result in results if result.missing is not None), *gaps]
    return most_curable(found) if found else None


def compile_check(check: Check, parameters: Mapping[str, ParameterValue]) -> CompiledCheck:
    """Fill in the parameters and build the predicates; a condition whose parameter is unset is not asked."""

    def compiled(conditions: tuple[Condition, ...]) -> tuple[_Compiled, ...]:
        pairs = ((item, operand_value(item.operand, parameters)) for item in conditions)
        return tuple(_Compiled(item, _predicate(item, value)) for item, value in pairs if value is not None)

    return CompiledCheck(check.each, compiled(check.applies_when), compiled(check.where), compiled(check.expect))


def _predicate(condition: Condition, operand: object) -> Predicate:
    compare = _OPERATORS[condition.operator](operand)
    absent = _truth(condition.or_absent or (condition.operator is Operator.PRESENT and operand is False))

    def judge(value: Value) -> Truth:
        if value is None:
            return absent
        if isinstance(value, Span):
            return _over_span(compare, value, operand)
        return compare(value)

    return judge


def _over_span(compare: "_Compare", span: Span, operand: object) -> Truth:
    """Compare at both ends, and between them where the answer can turn: at each number asked for, and beside it."""
    asked = operand if isinstance(operand, tuple) else (operand,)
    turns = (item + step for item in asked if _is_number(item) for step in (-1, 0, 1))
    answers = {compare(item) for item in (span.low, span.high, *turns) if span.low <= item <= span.high}
    return answers.pop() if len(answers) == 1 else Truth.UNKNOWN


_Compare: TypeAlias = Callable[[bool | int | str], Truth]


def _truth(value: bool) -> Truth:
    return Truth.TRUE if value else Truth.FALSE


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _equals(operand: object) -> _Compare:
    return lambda value: _truth(type(value) is type(operand) and value == operand)


def _one_of(operand: object) -> _Compare:
    allowed = operand if isinstance(operand, tuple) else ()
    return lambda value: _truth(any(type(value) is type(item) and value == item for item in allowed))


def _at_least(operand: object) -> _Compare:
    return lambda value: _truth(_is_number(value) and _is_number(operand) and value >= operand)


def _at_most(operand: object) -> _Compare:
    return lambda value: _truth(_is_number(value) and _is_number(operand) and value <= operand)


def _present(operand: object) -> _Compare:
    return lambda _value: _truth(operand is True)


def folded(text: str) -> str:
    """Return a text or a glob as ``matches`` compares it: trimmed, and without case."""
    return text.strip().casefold()


def matcher(globs: Iterable[str]) -> Callable[[object], bool]:
    """Return what tells whether a value is a text that matches one of some globs."""
    patterns = [re.compile(fnmatch.translate(folded(glob))) for glob in globs]
    return lambda value: isinstance(value, str) and any(pattern.match(folded(value)) for pattern in patterns)


def _matches(operand: object) -> _Compare:
    matches = matcher(map(str, operand) if isinstance(operand, tuple) else ())
    return lambda value: _truth(matches(value))


_OPERATORS: Mapping[Operator, Callable[[object], _Compare]] = {
    Operator.EQUALS: _equals,
    Operator.ONE_OF: _one_of,
    Operator.AT_LEAST: _at_least,
    Operator.AT_MOST: _at_most,
    Operator.PRESENT: _present,
    Operator.MATCHES: _matches,
}

"""Operators, three-valued conditions and populations."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.check import Truth, Verdict, compile_check
from baselint.evidence import FactValue, Known, Missing, MissingReason, Span
from baselint.model import Check, Condition, Operator, ParameterReference, PopulationName
from fakefacts import FakeFacts, FakePopulation, missing

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
TABLE: list[tuple[Operator, Any, Any, Truth]] = [
    (operator, operand, value, expected)
    for operator, operand, pairs in [
        (Operator.EQUALS, True, [(True, T), (False, F), (1, F), ("true", F)]),
        (Operator.EQUALS, False, [(False, T), (True, F), (0, F), ("", F)]),
        (Operator.EQUALS, 3, [(2, F), (3, T), (4, F), (True, F), ("3", F)]),
        (Operator.EQUALS, 3, [(Span(1, 2), F), (Span(3, 3), T), (Span(2, 4), U), (Span(3, 9), U), (Span(4, 9), F)]),
        (Operator.EQUALS, "a", [("a", T), ("A", F), ("b", F), (" a", F)]),
        (Operator.ONE_OF, (1, 5), [(1, T), (2, F), (5, T), (True, F), ("1", F)]),
        (
            Operator.ONE_OF,
            (1, 5),
            [(Span(2, 4), F), (Span(2, 6), U), (Span(0, 9), U), (Span(1, 5), U), (Span(5, 5), T)],
        ),
        (Operator.ONE_OF, (1, 2), [(Span(1, 2), T), (Span(0, 2), U), (Span(3, 9), F)]),
        (Operator.ONE_OF, ("a", "b"), [("a", T), ("b", T), ("c", F), (1, F)]),
        (Operator.ONE_OF, (), [("a", F), (1, F), (Span(1, 2), F)]),
        (Operator.AT_LEAST, 14, [(13, F), (14, T), (15, T), (True, F), ("20", F)]),
        (Operator.AT_LEAST, 14, [(Span(1, 13), F), (Span(13, 14), U), (Span(14, 20), T)]),
        (Operator.AT_LEAST, 0, [(0, T), (False, F), (-1, F)]),
        (Operator.AT_LEAST, True, [(0, F), (1, F), (2, F)]),
        (Operator.AT_MOST, 90, [(89, T), (90, T), (91, F), (False, F), ("1", F)]),
        (Operator.AT_MOST, 90, [(Span(1, 90), T), (Span(90, 91), U), (Span(91, 99), F)]),
        (Operator.AT_MOST, "90", [(1, F), ("1", F)]),
        (Operator.PRESENT, True, [(True, T), (False, T), (0, T), ("", T), (Span(0, 9), T)]),
        (Operator.PRESENT, False, [(True, F), (False, F), (0, F), ("", F), (Span(0, 9), F)]),
        (Operator.MATCHES, ("*@example.com", "x"), [(" Cloud@Example.COM\n", T), ("a@example.org", F), ("X", T)]),
        (Operator.MATCHES, ("*@example.com", "x"), [(3, F), (True, F), ("a@example.com.org", F), ("", F)]),
        (Operator.MATCHES, (" Team * ",), [("TEAM A\nB", T), ("a team", F), (Span(1, 2), F)]),
        (Operator.MATCHES, (), [("a", F)]),
        (Operator.MATCHES, "abc", [("abc", F), ("a", F)]),
    ]
    for value, expected in pairs
]
OPERANDS = list({(operator, repr(operand)): (operator, operand) for operator, operand, _, _ in TABLE}.values())


def judged(operator: Operator, operand: Any, value: FactValue, *, or_absent: bool = False) -> Verdict:
    check = Check(expect=(Condition("f.x", operator, operand, or_absent=or_absent),))
    return compile_check(check, {}).judge(FakeFacts({"f.x": value}))


@pytest.mark.parametrize("or_absent", [False, True])
@pytest.mark.parametrize(("operator", "operand", "value", "expected"), TABLE)
def test_a_value_meets_an_operator(
    operator: Operator, operand: Any, value: Any, expected: Truth, or_absent: bool
) -> None:
    assert judged(operator, operand, Known(value), or_absent=or_absent).truth is expected


@pytest.mark.parametrize(("operator", "operand"), OPERANDS)
def test_none_fails_every_operator_but_absence(operator: Operator, operand: Any) -> None:
    absence = operator is Operator.PRESENT and operand is False
    assert judged(operator, operand, Known(None)).truth is (T if absence else F)
    assert judged(operator, operand, Known(None), or_absent=True).truth is T


@pytest.mark.parametrize("or_absent", [False, True])
@pytest.mark.parametrize("reason", MissingReason)
@pytest.mark.parametrize(("operator", "operand"), OPERANDS)
def test_missing_is_unknown_for_its_reason(
    operator: Operator, operand: Any, reason: MissingReason, or_absent: bool
) -> None:
    verdict = judged(operator, operand, missing(reason), or_absent=or_absent)
    assert (verdict.truth, verdict.missing) == (U, missing(reason))


VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.builds(Span, st.integers(), st.integers()))
FACTS = st.one_of(st.builds(Known, VALUES), st.sampled_from([missing(reason) for reason in MissingReason]))
OPERAND = st.one_of(st.booleans(), st.integers(), st.text(), st.lists(st.one_of(st.text(), st.integers())).map(tuple))
CONDITIONS = st.builds(
    Condition, st.sampled_from(["f.a", "f.b"]), st.sampled_from(list(Operator)), OPERAND, st.booleans()
)
ROWS = st.dictionaries(st.text(), st.fixed_dictionaries({"f.a": FACTS, "f.b": FACTS}), max_size=4)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple),
    st.lists(CONDITIONS, max_size=2).map(tuple),
    ROWS,
    st.lists(st.sampled_from([missing(reason) for reason in MissingReason]), max_size=2).map(tuple),
)
def test_any_check_judges_any_data_and_what_is_unknown_has_a_reason(
    expect: tuple[Condition, ...], where: tuple[Condition, ...], rows: Any, gaps: tuple[Missing, ...]
) -> None:
    members = FakePopulation(rows, gaps)
    over = compile_check(Check(each=PopulationName.USER, where=where, expect=expect), {}).judge(FakeFacts({}, members))
    assert (over.missing is not None) is (over.truth is U)
    assert over.concerned is not None
    assert len(over.members) <= over.concerned <= len(rows)
    if over.truth is T:
        assert not gaps
        assert not over.members
    for values in rows.values():
        compiled = compile_check(Check(applies_when=where, expect=expect), {})
        one = compiled.judge(FakeFacts(values))
        assert (one.missing is not None) is (one.truth is U)
        assert (F in {item.truth for item in one.results}) is (one.truth is F)
        refused = compiled.applicability(FakeFacts(values)).refused_by
        assert (refused is not None) is any(judged_one(item, values) is F for item in where)


def judged_one(item: Condition, values: Any) -> Truth:
    return judged(item.operator, item.operand, values[item.fact], or_absent=item.or_absent).truth


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(Operator)), OPERAND, st.integers(-3, 8), st.integers(0, 6))
def test_an_interval_stands_only_for_what_each_number_in_it_would_say(
    operator: Operator, operand: Any, low: int, width: int
) -> None:
    within = {judged(operator, operand, Known(number)).truth for number in range(low, low + width + 1)}
    expected = within.pop() if len(within) == 1 else U
    assert judged(operator, operand, Known(Span(low, low + width))).truth is expected


def test_an_interval_whose_ends_are_crossed_decides_nothing() -> None:
    assert judged(Operator.AT_MOST, 5, Known(Span(3, 1))).truth is U


PARTS: dict[str, tuple[Truth, FactValue]] = {"good": (T, Known(1)), "bad": (F, Known(9)), "unseen": (U, missing())}


@pytest.mark.parametrize("names", list(product(PARTS, repeat=3)))
def test_a_list_fails_on_one_failure_else_is_unknown_on_one_missing(names: tuple[str, ...]) -> None:
    facts = {f"f.{index}": PARTS[name][1] for index, name in enumerate(names)}
    check = Check(expect=tuple(Condition(name, Operator.AT_MOST, 5) for name in facts))
    verdict = compile_check(check, {}).judge(FakeFacts(facts))
    expected = F if "bad" in names else U if "unseen" in names else T
    assert (verdict.truth, verdict.missing) == (expected, missing() if expected is U else None)
    assert [item.truth for item in verdict.results] == [PARTS[name][0] for name in names]


def test_of_several_reasons_the_one_a_person_can_cure_is_told() -> None:
    check = Check(expect=(Condition("f.a", Operator.EQUALS, 1), Condition("f.b", Operator.EQUALS, 1)))
    values = {"f.a": missing(MissingReason.NOT_REPORTED), "f.b": missing(MissingReason.ACCESS_DENIED)}
    assert compile_check(check, {}).judge(FakeFacts(values)).missing == missing(MissingReason.ACCESS_DENIED)


def test_an_interval_that_decides_nothing_says_how_to_date_the_export() -> None:
    found = judged(Operator.AT_MOST, 5, Known(Span(1, 9))).missing
    assert found is not None
    assert found.reason is MissingReason.CAPTURE_TIME_UNKNOWN
    assert "between 1 and 9 days" in found.detail
    assert "--captured-at" in found.detail


GUARDS = (Condition("f.a", Operator.EQUALS, True), Condition("f.b", Operator.EQUALS, True, otherwise="why"))


@pytest.mark.parametrize(
    ("values", "refused", "unseen"),
    [
        ((Known(True), Known(True)), None, []),
        ((missing(), Known(True)), None, ["f.a"]),
        ((missing(), missing()), None, ["f.a", "f.b"]),
        ((missing(), Known(False)), "f.b", []),
        ((Known(None), missing()), "f.a", []),
        ((Known(True), Known(Span(0, 1))), "f.b", []),
    ],
)
def test_a_guard_that_does_not_hold_refuses_and_one_unseen_does_not(
    values: tuple[FactValue, FactValue], refused: str | None, unseen: list[str]
) -> None:
    compiled = compile_check(Check(applies_when=GUARDS, expect=(Condition("f.a", Operator.EQUALS, True),)), {})
    found = compiled.applicability(FakeFacts(dict(zip(("f.a", "f.b"), values, strict=True))))
    assert (found.refused_by.condition.fact if found.refused_by else None) == refused
    assert [item.condition.fact for item in found.unseen] == unseen


KEYS = Check(
    each=PopulationName.ACCESS_KEY,
    where=(Condition("k.active", Operator.EQUALS, True),),
    expect=(Condition("k.age", Operator.AT_MOST, ParameterReference("days")),),
)


def key(active: FactValue, age: FactValue) -> dict[str, FactValue]:
    return {"k.active": active, "k.age": age}


YOUNG, OLD, UNAGED = (key(Known(True), age) for age in (Known(9), Known(99), missing()))
OFF, OFF_UNAGED = key(Known(False), Known(99)), key(Known(False), missing())
UNSURE, UNSURE_OLD, NONE = key(missing(), Known(9)), key(missing(), Known(99)), key(Known(None), Known(99))
CUT = (missing(MissingReason.INCOMPLETE),)


def keys(rows: dict[str, Any], gaps: tuple[Missing, ...] = (), *, without: tuple[str, ...] = ()) -> Verdict:
    facts = FakeFacts({}, FakePopulation(rows, gaps, ("note",)))
    return compile_check(KEYS, {"days": 90}).judge(facts, frozenset(without))


@pytest.mark.parametrize(
    ("rows", "gaps", "expected", "flawed", "concerned"),
    [
        ({"a": YOUNG, "b": OFF}, (), T, [], 1),
        ({"a": YOUNG, "b": OLD}, (), F, ["b"], 2),
        ({"a": OLD, "b": UNAGED}, CUT, F, ["a", "b"], 2),
        ({"a": YOUNG, "b": UNAGED}, (), U, ["b"], 2),
        ({"a": YOUNG}, CUT, U, [], 1),
        ({"a": UNSURE}, (), T, [], 1),
        ({"a": UNSURE_OLD}, (), F, ["a"], 1),
        ({"a": OFF, "b": OFF_UNAGED, "c": NONE}, (), T, [], 0),
        ({}, (), T, [], 0),
        ({}, CUT, U, [], 0),
    ],
)
def test_every_member_counts(
    rows: dict[str, Any], gaps: tuple[Missing, ...], expected: Truth, flawed: list[str], concerned: int
) -> None:
    verdict = keys(rows, gaps)
    assert (verdict.truth, [item.subject for item in verdict.members]) == (expected, flawed)
    told = [gap.detail for gap in gaps] if expected is F else []
    assert (verdict.concerned, verdict.notes) == (concerned, ("note", *told))
    assert [place.pointer for place in verdict.evidence] == ["rows of users"]
    assert (verdict.missing is not None) is (expected is U)


def test_a_population_that_is_cut_is_not_excused_by_members_that_report_nothing() -> None:
    silent = key(Known(True), missing(MissingReason.NOT_REPORTED))
    assert keys({"a": silent}).missing == missing(MissingReason.NOT_REPORTED)
    assert keys({"a": silent}, CUT).missing == CUT[0]
    denied = missing(MissingReason.ACCESS_DENIED)
    assert keys({}, (*CUT, denied)).missing == denied


@pytest.mark.parametrize(
    ("without", "gaps", "expected", "flawed", "excluded", "concerned"),
    [
        (("a", "c"), (), F, ["b"], ("a",), 2),
        (("a", "b"), (), T, [], ("a", "b"), 1),
        (("a", "b", "c"), (), T, [], ("a", "b"), 1),
        (("a", "b"), CUT, U, [], ("a", "b"), 1),
        (("nobody",), (), F, ["a", "b"], (), 3),
    ],
)
def test_members_that_are_left_out_are_listed_and_not_counted(
    without: tuple[str, ...],
    gaps: tuple[Missing, ...],
    expected: Truth,
    flawed: list[str],
    excluded: tuple[str, ...],
    concerned: int,
) -> None:
    verdict = keys({"a": OLD, "b": OLD, "c": YOUNG}, gaps, without=without)
    assert (verdict.truth, [item.subject for item in verdict.members]) == (expected, flawed)
    assert (verdict.excluded, verdict.concerned) == (excluded, concerned)


@pytest.mark.parametrize("reason", MissingReason)
def test_without_a_population_nobody_knows(reason: MissingReason) -> None:
    verdict = compile_check(KEYS, {"days": 90}).judge(FakeFacts({}, missing(reason)))
    assert (verdict.truth, verdict.missing, verdict.concerned) == (U, missing(reason), 0)


def test_a_condition_whose_parameter_is_unset_is_not_asked() -> None:
    unset = Condition("f.a", Operator.AT_MOST, ParameterReference("p"))
    compiled = compile_check(Check(expect=(unset, Condition("f.b", Operator.EQUALS, True))), {"p": None})
    assert compiled.judge(FakeFacts({"f.b": Known(True)})).truth is T
    assert compiled.judge(FakeFacts({"f.b": Known(False)})).truth is F


def test_zero_and_false_are_values_of_a_parameter() -> None:
    check = Check(expect=(Condition("f.a", Operator.EQUALS, ParameterReference("p")),))
    assert compile_check(check, {"p": 0}).judge(FakeFacts({"f.a": Known(0)})).truth is T
    assert compile_check(check, {"p": False}).judge(FakeFacts({"f.a": Known(True)})).truth is F

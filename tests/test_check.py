"""Operators, three-valued conditions, populations and the sentences made from them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselint.check import Truth, compile_check
from baselint.configuration import Configuration
from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason, Span
from baselint.exports import EXPORTS, KIND_BY_OPERATION, commands
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Operator,
    ParameterReference,
    PopulationName,
)
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.wording import requirement, within_days

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
NUMBER, FLAG, TEXT = "root.password_age_days", "root.mfa_enabled", "account.partition"


@dataclass(frozen=True)
class FakeMember:
    subject: str
    values: tuple[FactValue, ...]
    names: tuple[str, ...]
    asked: tuple[str, ...]
    export: str = "r.json"
    pointer: str = "line 2"

    def fact(self, index: int) -> FactValue:
        return self.values[self.names.index(self.asked[index])]


@dataclass(frozen=True)
class FakePopulation:
    names: tuple[str, ...]
    rows: dict[str, tuple[FactValue, ...]]
    gaps: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()

    def members(self, facts: tuple[str, ...]) -> Iterator[FakeMember]:
        for subject, values in self.rows.items():
            yield FakeMember(subject, values, self.names, facts)


@dataclass(frozen=True)
class FakeFacts:
    values: dict[str, FactValue] = field(default_factory=dict)
    members: FakePopulation | Missing | None = None

    def fact(self, name: str) -> FactValue:
        return self.values[name]

    def population(self, name: str) -> Any:
        return self.members


def missing(reason: MissingReason = MissingReason.NOT_EXPORTED) -> Missing:
    return Missing(reason, f"it is {reason}")


def truth(operator: Operator, operand: Any, value: FactValue, *, or_absent: bool = False) -> Truth:
    check = Check(expect=(Condition("f.x", operator, operand, or_absent=or_absent),))
    return compile_check(check, {}).judge(FakeFacts({"f.x": value})).truth


TABLE: list[tuple[Operator, Any, list[tuple[Any, Truth]]]] = [
    (Operator.EQUALS, True, [(True, T), (False, F), (1, F), ("true", F)]),
    (
        Operator.EQUALS,
        3,
        [
            (2, F),
            (3, T),
            (4, F),
            (True, F),
            ("3", F),
            (Span(1, 2), F),
            (Span(3, 3), T),
            (Span(2, 4), U),
            (Span(3, 9), U),
        ],
    ),
    (Operator.EQUALS, "a", [("a", T), ("A", F), ("b", F)]),
    (Operator.ONE_OF, (1, 5), [(1, T), (2, F), (5, T), (Span(2, 3), F), (Span(2, 6), U), (Span(0, 9), U), (True, F)]),
    (Operator.ONE_OF, ("a", "b"), [("a", T), ("c", F), (1, F)]),
    (
        Operator.AT_LEAST,
        14,
        [(13, F), (14, T), (15, T), (Span(1, 13), F), (Span(13, 14), U), (Span(14, 20), T), (True, F), ("20", F)],
    ),
    (
        Operator.AT_MOST,
        90,
        [(89, T), (90, T), (91, F), (Span(1, 90), T), (Span(90, 91), U), (Span(91, 99), F), (False, F)],
    ),
    (Operator.PRESENT, True, [(True, T), (False, T), (0, T), ("", T)]),
    (Operator.PRESENT, False, [(True, F), (0, F)]),
    (Operator.MATCHES, ("*@example.com", "x"), [(" Cloud@Example.COM ", T), ("a@example.org", F), ("X", T), (3, F)]),
]


@pytest.mark.parametrize(("operator", "operand", "pairs"), TABLE)
def test_every_operator_below_at_and_above(operator: Operator, operand: Any, pairs: list[tuple[Any, Truth]]) -> None:
    for value, expected in pairs:
        assert truth(operator, operand, Known(value)) is expected, value


@pytest.mark.parametrize(("operator", "operand"), [(operator, operand) for operator, operand, _ in TABLE])
def test_none_fails_all_but_absence_and_missing_is_always_unknown(operator: Operator, operand: Any) -> None:
    absence = operator is Operator.PRESENT and operand is False
    assert truth(operator, operand, Known(None)) is (T if absence else F)
    assert truth(operator, operand, Known(None), or_absent=True) is T
    for reason, or_absent in product(MissingReason, (False, True)):
        assert truth(operator, operand, missing(reason), or_absent=or_absent) is U


@given(
    st.sampled_from(list(Operator)),
    st.one_of(st.booleans(), st.integers(), st.text(), st.tuples(st.text(), st.integers())),
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.builds(Span, st.integers(), st.integers())),
)
def test_any_operator_judges_any_value(operator: Operator, operand: Any, value: Any) -> None:
    assert truth(operator, operand, Known(value)) in set(Truth)


@pytest.mark.parametrize("values", list(product((Known(1), Known(9), missing()), repeat=2)))
def test_a_list_fails_on_one_failure_else_is_unknown_on_one_missing(values: tuple[FactValue, FactValue]) -> None:
    check = Check(expect=(Condition("f.a", Operator.AT_MOST, 5), Condition("f.b", Operator.AT_MOST, 5)))
    verdict = compile_check(check, {}).judge(FakeFacts({"f.a": values[0], "f.b": values[1]}))
    if Known(9) in values:
        assert verdict.truth is F
    else:
        assert verdict.truth is (U if missing() in values else T)


def test_of_several_reasons_the_one_a_person_can_cure_is_told() -> None:
    check = Check(expect=(Condition("f.a", Operator.EQUALS, 1), Condition("f.b", Operator.EQUALS, 1)))
    values: dict[str, FactValue] = {
        "f.a": missing(MissingReason.NOT_REPORTED),
        "f.b": missing(MissingReason.ACCESS_DENIED),
    }
    found = compile_check(check, {}).judge(FakeFacts(values)).missing
    assert found == missing(MissingReason.ACCESS_DENIED)


def test_an_interval_that_decides_nothing_says_how_to_date_the_export() -> None:
    check = Check(expect=(Condition("f.a", Operator.AT_MOST, 5),))
    found = compile_check(check, {}).judge(FakeFacts({"f.a": Known(Span(1, 9))})).missing
    assert found is not None
    assert found.reason is MissingReason.CAPTURE_TIME_UNKNOWN
    assert "between 1 and 9 days" in found.detail
    assert "--captured-at" in found.detail


def test_a_guard_that_does_not_hold_refuses_and_one_unseen_does_not() -> None:
    guards = (Condition("f.a", Operator.EQUALS, True), Condition("f.b", Operator.EQUALS, True, otherwise="why"))
    compiled = compile_check(Check(applies_when=guards, expect=(Condition("f.a", Operator.EQUALS, True),)), {})
    unseen = compiled.applicability(FakeFacts({"f.a": missing(), "f.b": Known(True)}))
    assert (unseen.refused_by, [item.condition.fact for item in unseen.unseen]) == (None, ["f.a"])
    refused = compiled.applicability(FakeFacts({"f.a": missing(), "f.b": Known(False)}))
    assert refused.refused_by is not None
    assert refused.refused_by.condition.otherwise == "why"


KEYS = Check(
    each=PopulationName.ACCESS_KEY,
    where=(Condition("k.active", Operator.EQUALS, True),),
    expect=(Condition("k.age", Operator.AT_MOST, ParameterReference("days")),),
)
NAMES = ("k.active", "k.age")
YOUNG, OLD, OFF = (Known(True), Known(9)), (Known(True), Known(99)), (Known(False), Known(99))
UNAGED, UNSURE, UNSURE_OLD = (Known(True), missing()), (missing(), Known(9)), (missing(), Known(99))


@pytest.mark.parametrize(
    ("rows", "gaps", "expected", "flawed", "concerned"),
    [
        ({"a": YOUNG, "b": OFF}, (), T, [], 1),
        ({"a": YOUNG, "b": OLD}, (), F, ["b"], 2),
        ({"a": OLD, "b": UNAGED}, (missing(),), F, ["a", "b"], 2),
        ({"a": YOUNG, "b": UNAGED}, (), U, ["b"], 2),
        ({"a": YOUNG}, (missing(MissingReason.INCOMPLETE),), U, [], 1),
        ({"a": UNSURE}, (), T, [], 1),
        ({"a": UNSURE_OLD}, (), F, ["a"], 1),
        ({"a": OFF}, (), T, [], 0),
        ({}, (), T, [], 0),
        ({}, (missing(MissingReason.INCOMPLETE),), U, [], 0),
    ],
)
def test_every_member_counts(
    rows: dict[str, Any], gaps: tuple[Missing, ...], expected: Truth, flawed: list[str], concerned: int
) -> None:
    verdict = compile_check(KEYS, {"days": 90}).judge(FakeFacts(members=FakePopulation(NAMES, rows, gaps, ("note",))))
    assert (verdict.truth, [item.subject for item in verdict.members], verdict.concerned) == (
        expected,
        flawed,
        concerned,
    )
    assert verdict.notes == ("note",)
    assert (verdict.missing is not None) is (expected is U)


def test_members_that_an_exception_names_are_left_out_and_listed() -> None:
    facts = FakeFacts(members=FakePopulation(NAMES, {"a": OLD, "b": OLD, "c": YOUNG}))
    verdict = compile_check(KEYS, {"days": 90}).judge(facts, frozenset(("a", "c")))
    assert (verdict.truth, [item.subject for item in verdict.members], verdict.excluded) == (F, ["b"], ("a",))


def test_without_a_population_nobody_knows() -> None:
    verdict = compile_check(KEYS, {"days": 90}).judge(FakeFacts(members=missing()))
    assert (verdict.truth, verdict.missing) == (U, missing())


def test_a_condition_whose_parameter_is_unset_is_not_asked() -> None:
    check = Check(
        expect=(Condition("f.a", Operator.AT_MOST, ParameterReference("p")), Condition("f.b", Operator.EQUALS, True))
    )
    assert compile_check(check, {"p": None}).judge(FakeFacts({"f.b": Known(True)})).truth is T


def test_the_requirements_of_the_shipped_controls_are_sentences(golden: Callable[[str, str], None]) -> None:
    library = open_library(Configuration(policies=None))
    lines = []
    for name in library.ids(PolicyKind.CONTROL):
        control = library.control(name)
        values = {key: item.default for key, item in control.parameters.items()}
        lines.append(f"{name}: {requirement(control.check, values)}\n")
    golden("requirements.txt", "".join(lines))


ATTEST = AttestationRequirement(ParameterReference("days"))


@pytest.mark.parametrize(
    ("check", "parameters", "sentence"),
    [
        (None, {}, "nothing is asked any more"),
        (Check(attest=AttestationRequirement(1)), {}, "a person attests it every day"),
        (Check(attest=ATTEST), {"days": 30}, "a person attests it at least every 30 days"),
        (
            Check(expect=(Condition(NUMBER, Operator.AT_MOST, ParameterReference("p")),), or_attest=ATTEST),
            {"p": None, "days": 3},
            "a person attests it at least every 3 days",
        ),
        (
            Check(expect=(Condition(NUMBER, Operator.AT_MOST, ParameterReference("p")),)),
            {"p": None},
            "a person attests it once",
        ),
        (
            Check(
                expect=(
                    Condition(NUMBER, Operator.AT_MOST, 1),
                    Condition(FLAG, Operator.EQUALS, ParameterReference("p")),
                )
            ),
            {"p": True},
            "the age of the root user's password must be at most 1 day; and the root user's MFA must be on",
        ),
        (
            Check(
                expect=(
                    Condition(NUMBER, Operator.AT_MOST, ParameterReference("p")),
                    Condition(FLAG, Operator.EQUALS, ParameterReference("q")),
                )
            ),
            {"p": None, "q": True},
            "the age of the root user's password must be at most (not set); and the root user's MFA must be on",
        ),
        (
            Check(expect=(Condition(TEXT, Operator.ONE_OF, ("aws", "aws-cn")),)),
            {},
            "the partition of the account must be one of aws, aws-cn",
        ),
        (
            Check(expect=(Condition(TEXT, Operator.MATCHES, ("aws*",)),)),
            {},
            "the partition of the account must match aws*",
        ),
        (
            Check(expect=(Condition("password_policy.maximum_age_days", Operator.PRESENT, False),)),
            {},
            "the maximum age of IAM users' passwords must be unset (passwords never expire)",
        ),
        (
            Check(expect=(Condition("password_policy.maximum_age_days", Operator.PRESENT, True),)),
            {},
            "the maximum age of IAM users' passwords must be set",
        ),
        (
            Check(expect=(Condition("password_policy.maximum_age_days", Operator.AT_LEAST, 9, or_absent=True),)),
            {},
            "the maximum age of IAM users' passwords must be at least 9 days, or passwords never expire",
        ),
        (
            Check(
                each=PopulationName.ACCESS_KEY,
                where=(Condition("access_key.active", Operator.EQUALS, True),),
                expect=(Condition("access_key.age_days", Operator.AT_MOST, 90),),
            ),
            {},
            "for each access key of an IAM user where the key is active: the age of the key must be at most 90 days",
        ),
        (
            Check(each=PopulationName.USER, expect=(Condition("user.mfa_active", Operator.EQUALS, True),)),
            {},
            "for each IAM user: the user's MFA must be on",
        ),
    ],
)
def test_checks_are_said_in_english(check: Check | None, parameters: dict[str, Any], sentence: str) -> None:
    assert requirement(check, parameters) == sentence


def test_an_attestation_holds_a_whole_number_of_days() -> None:
    with pytest.raises(TypeError):
        within_days(AttestationRequirement(ParameterReference("p")), {"p": "long"})


def test_exports_name_their_commands() -> None:
    assert set(EXPORTS) == set(ExportKind)
    assert KIND_BY_OPERATION["GetAccountSummary"] is ExportKind.ACCOUNT_SUMMARY
    both = commands((ExportKind.ACCOUNT_SUMMARY, ExportKind.CREDENTIAL_REPORT))
    assert [line.split()[2] for line in both] == [
        "generate-credential-report",
        "get-credential-report",
        "get-account-summary",
    ]
    (security,) = commands((ExportKind.ALTERNATE_CONTACT,), "security")
    assert "--alternate-contact-type SECURITY" in security

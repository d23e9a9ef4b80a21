"""The order of checks by strictness, and of whole baselines: its laws, and that it tells the truth about accounts."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.attestation import Attestation, Outcome
from baselint.attesting import newest
from baselint.evidence import AccountSnapshot, Known, MissingReason, Span
from baselint.finding import Finding, Status
from baselint.judging import Judge
from baselint.lint import Linter
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Operator,
    ParameterReference,
    ParameterValue,
    PopulationName,
    Severity,
)
from baselint.policy.differences import ChangeKind, asked, difference
from baselint.policy.resolve import ResolvedBaseline
from baselint.policy.strictness import Demand, Direction, compare, compare_parameter, demand, together
from fakefacts import FakeFacts, FakePopulation, missing
from random_policy import (
    ACCOUNT,
    DAY,
    HERE,
    OTHER,
    accounts,
    baseline_of,
    baselines,
    changed,
    checks,
    parameters,
    resolved_control,
)

AS_OF = datetime(DAY.year, DAY.month, DAY.day, 23, 59, 59, tzinfo=UTC)
DEMANDS = st.builds(demand, checks(), parameters())
GOOD = {Status.PASS, Status.NOT_APPLICABLE}
TOLERATED = {*GOOD, Status.EXCEPTED, Status.MANUAL}


def attested(outcome: Outcome, day: date) -> Attestation:
    return Attestation("a", (ACCOUNT, OTHER), outcome, "s", "b", day, HERE)


STATEMENTS = st.sampled_from(
    [(), (attested(Outcome.PASS, DAY),), (attested(Outcome.PASS, date(2026, 11, 23)),), (attested(Outcome.FAIL, DAY),)]
)


def verdicts(
    baseline: ResolvedBaseline, snapshot: AccountSnapshot, statements: tuple[Attestation, ...]
) -> tuple[Finding, ...]:
    return Linter([baseline], statements, AS_OF).lint(snapshot).findings


@given(DEMANDS)
@settings(deadline=None)
def test_the_order_is_reflexive(one: Demand) -> None:
    assert compare(one, one) is Direction.EQUAL


@given(DEMANDS, DEMANDS)
@settings(deadline=None)
def test_the_order_is_antisymmetric(one: Demand, other: Demand) -> None:
    assert compare(other, one) is compare(one, other).mirrored


LENGTH, COMPANY_NAME, MFA = "password_policy.minimum_length", "contacts.primary_company", "root.mfa_enabled"
USER_MFA, UNUSED = "user.mfa_active", "user.password_unused_days"


def small_checks() -> list[Check]:
    """A small family of checks in which many are related: every form of a check, every operator, guards and attestations."""
    numbers = [
        Condition(LENGTH, operator, value)
        for operator, value in product((Operator.AT_LEAST, Operator.AT_MOST, Operator.EQUALS), (1, 2))
    ]
    numbers.append(Condition(LENGTH, Operator.ONE_OF, (1, 2)))
    texts = [
        Condition(COMPANY_NAME, Operator.MATCHES, ("a*",)),
        Condition(COMPANY_NAME, Operator.MATCHES, ("A* ", "b*")),
        Condition(COMPANY_NAME, Operator.EQUALS, "ab"),
        Condition(COMPANY_NAME, Operator.EQUALS, "ab", or_absent=True),
        Condition(COMPANY_NAME, Operator.PRESENT, True),
        Condition(COMPANY_NAME, Operator.PRESENT, False),
    ]
    expects = [(item,) for item in (*numbers, *texts)]
    expects += [(numbers[0], numbers[3]), (numbers[0], texts[1]), (texts[0], texts[1]), (numbers[0], numbers[2])]
    guards = [(), (Condition(MFA, Operator.EQUALS, True),), (Condition(COMPANY_NAME, Operator.PRESENT, True),)]
    made = [Check(applies_when=guard, expect=expect) for guard in guards for expect in expects]
    made += [Check(expect=(numbers[0],), or_attest=AttestationRequirement(days)) for days in (1, 2)]
    made += [
        Check(attest=AttestationRequirement(days, {"why": why})) for days in (1, 2) for why in (("a",), ("a", "b"))
    ]
    unused = [
        Condition(UNUSED, Operator.AT_MOST, days, or_absent=absent) for days in (1, 2) for absent in (True, False)
    ]
    wheres = [(), (Condition(USER_MFA, Operator.EQUALS, True),), (Condition(UNUSED, Operator.PRESENT, True),)]
    made += [
        Check(each=PopulationName.USER, where=where, expect=(expect,))
        for where in wheres
        for expect in (*unused, Condition(USER_MFA, Operator.EQUALS, True))
    ]
    return made


def situations() -> list[tuple[FakeFacts, tuple[Attestation, ...]]]:
    """Every account of a small world, with what people attest of it."""
    not_seen, not_told = missing(), missing(MissingReason.NOT_REPORTED)
    lengths = [*map(Known, (0, 1, 2, 3)), Known(Span(1, 2)), Known(Span(0, 3)), not_seen, not_told]
    companies = [Known("ab"), Known("b"), Known("x"), Known(None), not_seen]
    mfas = [Known(True), Known(False), not_seen]
    members = [Known(1), Known(2), Known(3), Known(None), Known(Span(1, 3)), not_seen]
    rows = [{USER_MFA: mfa, UNUSED: days} for mfa, days in product(mfas, members)]
    alone = FakePopulation({})
    accounts = [
        FakeFacts({LENGTH: length, COMPANY_NAME: company, MFA: mfa}, alone)
        for length, company, mfa in product(lengths, companies, mfas)
    ]
    usual = {LENGTH: Known(1), COMPANY_NAME: Known("ab"), MFA: Known(True)}
    populations = [
        *(FakePopulation({"u": row}) for row in rows),
        *(FakePopulation({"u": row, "v": rows[0]}) for row in rows),
        FakePopulation({}, (not_seen,)),
        not_seen,
    ]
    accounts += [FakeFacts(usual, population) for population in populations]
    said = [
        (),
        (attested(Outcome.PASS, DAY),),
        (attested(Outcome.PASS, date(2026, 11, 23)),),
        (attested(Outcome.FAIL, DAY),),
    ]
    return [(facts, statements) for facts in accounts for statements in said]


def let_through(
    check: Check, world: list[tuple[FakeFacts, tuple[Attestation, ...]]], values: dict[str, ParameterValue]
):
    """Return which accounts of a world a check lets through, by the engine that judges accounts."""
    judge = Judge.of(resolved_control("a", check, values))
    return {
        number
        for number, (facts, statements) in enumerate(world)
        if judge.decide(facts, newest(statements, "a", ACCOUNT, DAY), DAY, frozenset()).status in GOOD
    }


def test_what_is_as_strict_lets_through_no_more_and_the_order_is_transitive() -> None:
    checks_, world = small_checks(), situations()
    demands = [demand(item, {}) for item in checks_]
    good = [let_through(item, world, {}) for item in checks_]
    holds = {
        (new, old) for new, old in product(range(len(demands)), repeat=2) if demands[new].is_as_strict_as(demands[old])
    }
    wrong = [(checks_[new], checks_[old]) for new, old in holds if not good[new] <= good[old]]
    assert wrong == []
    telling = [pair for pair in holds if pair[0] != pair[1] and good[pair[0]]]
    assert len(telling) > 250
    chains = [(i, k) for i, j in holds for j_, k in holds if j == j_]
    assert all(chain in holds for chain in chains)


def test_the_order_misses_little_of_what_it_could_know() -> None:
    """Where a check lets through less in the whole small world, the order says so, but for what only the world's bounds make so."""
    checks_, world = small_checks(), situations()
    demands = [demand(item, {}) for item in checks_]
    good = [let_through(item, world, {}) for item in checks_]
    pairs = [(new, old) for new, old in product(range(len(demands)), repeat=2) if good[new] and good[new] < good[old]]
    seen = sum(demands[new].is_as_strict_as(demands[old]) for new, old in pairs)
    assert seen > 0.5 * len(pairs)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_baselines_are_ordered_as_well(data: st.DataObject) -> None:
    one = data.draw(baselines())
    other = data.draw(changed(one))
    third = data.draw(changed(other))
    assert difference(one, one).changes == ()
    forth, back = difference(one, other), difference(other, one)
    assert sorted(back.changes, key=str) == sorted((item.mirrored for item in forth.changes), key=str)
    assert back.direction is forth.direction.mirrored
    if not forth.may_weaken and not difference(other, third).may_weaken:
        assert not difference(one, third).may_weaken


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_no_weakening_lets_no_account_through_that_was_refused(data: st.DataObject) -> None:
    old = data.draw(baselines())
    new = data.draw(changed(old))
    if difference(old, new).may_weaken:
        old, new = new, old
    if difference(old, new).may_weaken:
        return
    all_known = data.draw(st.booleans())
    snapshot = data.draw(accounts(all_known=all_known))
    statements = data.draw(STATEMENTS)
    after, before = (verdicts(side, snapshot, statements) for side in (new, old))
    silent = {item.control.id for item in old.controls if asked(item).asks_nothing}
    asked_before = [item for item in before if item.control not in silent]
    if all(item.status in GOOD for item in after):
        assert all(item.status in GOOD for item in asked_before), [item.message for item in before]
    if all_known and all(item.status in TOLERATED for item in after):
        assert all(item.status in TOLERATED for item in asked_before), [item.message for item in before]


def length(operator: Operator, value: object, *more: Condition) -> Check:
    return Check(expect=(Condition("password_policy.minimum_length", operator, value), *more))


MINIMUM = length(Operator.AT_LEAST, ParameterReference("p"))
MAXIMUM = length(Operator.AT_MOST, ParameterReference("p"))
COMPANY = Check(expect=(Condition("contacts.primary_company", Operator.MATCHES, ParameterReference("p")),))
CADENCE = Check(attest=AttestationRequirement(ParameterReference("p")))
EXACT = length(Operator.EQUALS, ParameterReference("p"))


@pytest.mark.parametrize(
    ("check", "old", "new", "way"),
    [
        (MINIMUM, 14, 8, "weaker"),
        (MINIMUM, 8, 14, "stricter"),
        (MINIMUM, 1, 0, "weaker"),
        (MINIMUM, 0, None, "weaker"),
        (MINIMUM, None, 0, "stricter"),
        (MAXIMUM, 90, 365, "weaker"),
        (MAXIMUM, 90, 0, "stricter"),
        (EXACT, 8, 9, "different"),
        (EXACT, 8, 8, "equal"),
        (COMPANY, ("a*",), ("a*", "b*"), "weaker"),
        (COMPANY, ("a*", "b*"), ("B* ",), "stricter"),
        (COMPANY, ("a*",), ("b*",), "different"),
        (CADENCE, 30, 90, "weaker"),
        (CADENCE, 90, 30, "stricter"),
        (None, 1, 2, "equal"),
        (length(Operator.AT_LEAST, 3), 1, 2, "equal"),
    ],
)
def test_the_direction_of_a_value_follows_from_its_operator(
    check: Check | None, old: object, new: object, way: str
) -> None:
    assert compare_parameter(check, "p", old, new) == way


def test_a_value_used_twice_can_be_both_stricter_and_weaker() -> None:
    window = length(
        Operator.AT_LEAST,
        ParameterReference("p"),
        Condition("password_policy.minimum_length", Operator.AT_MOST, ParameterReference("p")),
    )
    assert compare_parameter(window, "p", 8, 9) is Direction.DIFFERENT
    assert together([Direction.EQUAL, Direction.EQUAL]) is Direction.EQUAL


def kinds(old: ResolvedBaseline, new: ResolvedBaseline) -> list[tuple[str, str]]:
    return [(str(item.kind), str(item.direction)) for item in difference(old, new).changes]


def one(check: Check | None, severity: Severity = Severity.HIGH, **values: object) -> ResolvedBaseline:
    return baseline_of((resolved_control("a", check, values, severity),))


NOTHING = baseline_of(())
GUARDED = Check(
    applies_when=(Condition("root.mfa_enabled", Operator.EQUALS, True, otherwise="no"),),
    expect=(Condition("password_policy.minimum_length", Operator.AT_LEAST, 8),),
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (one(MINIMUM, p=14), one(MINIMUM, p=8), [("parameter", "weaker")]),
        (one(MINIMUM, p=14), NOTHING, [("control", "weaker")]),
        (NOTHING, one(MINIMUM, p=14), [("control", "stricter")]),
        (one(MINIMUM, p=14), one(None), [("control", "weaker")]),
        (one(None), NOTHING, [("control", "equal")]),
        (one(MINIMUM, p=14), one(length(Operator.AT_LEAST, 8)), [("check", "weaker")]),
        (one(MINIMUM, p=14), one(length(Operator.AT_LEAST, 14)), []),
        (one(GUARDED), one(length(Operator.AT_LEAST, 8)), [("check", "stricter")]),
        (one(MINIMUM, Severity.HIGH, p=8), one(MINIMUM, Severity.LOW, p=8), [("severity", "weaker")]),
        (one(MINIMUM, Severity.LOW, p=None), one(MINIMUM, Severity.HIGH, p=None), []),
        (
            one(MINIMUM, Severity.LOW, p=8),
            one(MINIMUM, Severity.HIGH, p=9),
            [("parameter", "stricter"), ("severity", "stricter")],
        ),
        (one(CADENCE, p=30), one(MINIMUM, p=8), [("check", "different")]),
    ],
)
def test_every_kind_of_change_is_named(
    old: ResolvedBaseline, new: ResolvedBaseline, expected: list[tuple[str, str]]
) -> None:
    assert kinds(old, new) == expected


def test_a_value_that_another_condition_outdoes_changes_nothing() -> None:
    both = length(
        Operator.AT_LEAST, ParameterReference("p"), Condition("password_policy.minimum_length", Operator.AT_LEAST, 20)
    )
    assert kinds(one(both, p=14), one(both, p=8)) == [("parameter", "equal")]
    assert kinds(one(both, p=14), one(both, p=30)) == [("parameter", "stricter")]


def test_an_unset_value_that_leaves_a_person_to_decide_is_told_as_another_check() -> None:
    check = length(Operator.AT_LEAST, ParameterReference("p"))
    stands_in = Check(expect=check.expect, or_attest=AttestationRequirement(30))
    found = difference(one(stands_in, p=None), one(stands_in, p=8)).changes
    assert {item.kind: str(item.direction) for item in found} == {
        ChangeKind.CHECK: "different",
        ChangeKind.PARAMETER: "stricter",
    }


def test_a_check_that_cannot_be_said_is_still_compared() -> None:
    unknown = Check(expect=(Condition("no.such_fact", Operator.EQUALS, ParameterReference("nowhere")),))
    (found,) = difference(one(unknown), one(length(Operator.AT_LEAST, 8))).changes
    assert (found.kind, found.old) == (ChangeKind.CHECK, "a check that is broken")

"""The precedence of verdicts, on facts held in memory."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.attestation import Attestation, Outcome
from baselint.attesting import Candidates
from baselint.errors import Location
from baselint.evidence import Evidence, ExportKind, FactValue, Known, Missing, MissingReason, Span
from baselint.finding import FactEvidence, Reason, Status
from baselint.judging import Decision, Judge
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Control,
    Operator,
    PopulationName,
    Retirement,
    Severity,
)
from baselint.policy.resolve import ResolvedControl
from builders import ACCOUNT
from fakefacts import FakeFacts, FakePopulation, missing

TODAY = date(2026, 11, 2)
NOBODY = Candidates(None, ())
MFA, LENGTH, AGE = "root.mfa_enabled", "password_policy.minimum_length", "access_key.age_days"
ON = Condition(MFA, Operator.EQUALS, True)
LONG = Condition(LENGTH, Operator.AT_LEAST, 14)
YOUNG = Condition(AGE, Operator.AT_MOST, 90)
YEARLY = AttestationRequirement(365)
SILENT = missing(MissingReason.NOT_REPORTED)
REPORT = ("aws iam generate-credential-report", "aws iam get-credential-report > credential-report.json")
SUMMARY = "aws iam get-account-summary > account-summary.json"
POLICY = "aws iam get-account-password-policy > password-policy.json 2> password-policy.err"


def resolved(check: Check | None, retired: Retirement | None = None) -> ResolvedControl:
    control = Control("c", "g", "t", Severity.HIGH, Location("c.yaml"), check, retired=retired)
    return ResolvedControl(control, {}, Severity.HIGH, Location("b.yaml", 1, 1), {}, control.location)


def decided(check: Check, facts: FakeFacts, candidates: Candidates = NOBODY) -> Decision:
    return Judge.of(resolved(check)).decide(facts, candidates, TODAY)


def attested(outcome: Outcome) -> Candidates:
    return Candidates(Attestation("c", (ACCOUNT,), outcome, "seen", "Ann", TODAY, Location("a.yaml")), ())


@pytest.mark.parametrize("check", [None, Check(expect=(ON,))])
def test_a_retired_control_asks_no_fact(check: Check | None) -> None:
    judge = Judge.of(resolved(check, Retirement(date(2025, 1, 6), "it ended")))
    decision = judge.decide(FakeFacts(), attested(Outcome.FAIL), TODAY)
    assert (decision.status, decision.reason) == (Status.NOT_APPLICABLE, Reason.RETIRED)
    assert decision.observed == "retired on 2025-01-06: it ended"
    assert judge.requirement == "nothing is asked any more"


def test_a_control_without_a_check_never_passes() -> None:
    decision = Judge.of(resolved(None)).decide(FakeFacts(), NOBODY, TODAY)
    assert (decision.status, decision.observed) == (Status.NOT_APPLICABLE, "there is nothing to judge")


@pytest.mark.parametrize("reason", MissingReason)
@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_a_person_stands_in_only_for_what_is_not_reported(reason: MissingReason, outcome: Outcome | None) -> None:
    candidates = attested(outcome) if outcome else NOBODY
    decision = decided(Check(expect=(ON,), or_attest=YEARLY), FakeFacts({MFA: missing(reason)}), candidates)
    assert decision.attestation == candidates.newest
    if reason is MissingReason.NOT_REPORTED:
        assert decision.status == (Status(outcome) if outcome else Status.MANUAL)
        assert decision.notes == ("it is not-reported",)
    else:
        assert (decision.status, decision.reason, decision.observed) == (Status.UNKNOWN, reason, f"it is {reason}")


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize(
    ("length", "status"),
    [(Known(6), Status.FAIL), (missing(), Status.UNKNOWN), (missing(MissingReason.INVALID), Status.UNKNOWN)],
)
def test_a_person_outweighs_neither_a_failure_nor_an_export_nobody_made(
    length: FactValue, status: Status, outcome: Outcome
) -> None:
    check = Check(expect=(ON, LONG), or_attest=YEARLY)
    assert decided(check, FakeFacts({MFA: SILENT, LENGTH: length}), attested(outcome)).status is status


@pytest.mark.parametrize(
    ("gaps", "status"), [((), Status.PASS), ((missing(MissingReason.INCOMPLETE),), Status.UNKNOWN)]
)
def test_a_person_does_not_complete_a_population(gaps: tuple[Missing, ...], status: Status) -> None:
    check = Check(each=PopulationName.ACCESS_KEY, expect=(YOUNG,), or_attest=YEARLY)
    facts = FakeFacts({}, FakePopulation({"alice/access-key-1": {AGE: SILENT}}, gaps))
    assert decided(check, facts, attested(Outcome.PASS)).status is status


@pytest.mark.parametrize(
    ("check", "outcome", "through"),
    [
        (Check(attest=YEARLY), Outcome.PASS, date(2027, 11, 2)),
        (Check(attest=YEARLY), Outcome.FAIL, None),
        (Check(expect=(ON,), or_attest=YEARLY), Outcome.PASS, date(2027, 11, 2)),
        (Check(expect=(ON,)), Outcome.PASS, None),
    ],
)
@pytest.mark.parametrize("mfa", [Known(True), SILENT])
def test_until_when_an_attestation_counts_is_told_wherever_one_is_shown(
    check: Check, outcome: Outcome, through: date | None, mfa: FactValue
) -> None:
    decision = decided(check, FakeFacts({MFA: mfa}), attested(outcome))
    assert decision.attestation is not None
    assert decision.attestation_through == through
    assert decided(check, FakeFacts({MFA: mfa})).attestation_through is None


def test_exports_win_and_the_attestation_is_shown_beside() -> None:
    decision = decided(Check(expect=(ON,)), FakeFacts({MFA: Known(True)}), attested(Outcome.FAIL))
    assert decision.status is Status.PASS
    assert decision.attestation is not None
    assert decision.attestation.outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("values", "observed"),
    [
        (
            (Known(True), Known(14)),
            "the root user's MFA: on; the minimum length of IAM users' passwords: 14 characters",
        ),
        ((Known(False), Known(14)), "the root user's MFA: off"),
        (
            (Known(False), Known(6)),
            "the root user's MFA: off; the minimum length of IAM users' passwords: 6 characters",
        ),
        ((Known(False), missing()), "the root user's MFA: off"),
        ((missing(), Known(6)), "the minimum length of IAM users' passwords: 6 characters"),
        ((missing(), Known(14)), "it is not-exported"),
    ],
)
def test_what_decided_is_told(values: tuple[FactValue, FactValue], observed: str) -> None:
    decision = decided(Check(expect=(ON, LONG)), FakeFacts(dict(zip((MFA, LENGTH), values, strict=True))))
    assert decision.observed == observed


def test_every_place_of_every_fact_is_evidence() -> None:
    first, second, third = (Evidence("e", f"line {number}", number) for number in (1, 2, 3))
    known = Known(True, (first, second), ("noted", "noted"))
    lost = Missing(MissingReason.INVALID, "odd", (third,), ("also",))
    decision = decided(Check(expect=(ON, LONG)), FakeFacts({MFA: known, LENGTH: lost}))
    assert decision.evidence == (
        FactEvidence(MFA, True, first),
        FactEvidence(MFA, True, second),
        FactEvidence(LENGTH, None, third),
    )
    assert decision.notes == ("noted", "also")
    placeless = decided(Check(expect=(ON, LONG)), FakeFacts({MFA: Known(True), LENGTH: missing()}))
    assert placeless.evidence == (FactEvidence(MFA, True, None),)


@pytest.mark.parametrize(
    ("mfa", "length", "commands"),
    [
        (Known(True), Known(14), (*REPORT, SUMMARY, POLICY)),
        (Known(False), missing(), (*REPORT, SUMMARY, POLICY)),
        (Known(True), missing(), (POLICY,)),
        (missing(), Known(14), (*REPORT, SUMMARY)),
        (missing(), missing(), (*REPORT, SUMMARY, POLICY)),
        (
            Missing(MissingReason.NOT_EXPORTED, "x", needs=(ExportKind.ACCOUNT_SUMMARY,)),
            missing(),
            (SUMMARY, POLICY),
        ),
    ],
)
def test_commands_show_what_is_missing_or_show_again_what_decided(
    mfa: FactValue, length: FactValue, commands: tuple[str, ...]
) -> None:
    assert decided(Check(expect=(ON, LONG)), FakeFacts({MFA: mfa, LENGTH: length})).export_again == commands


@pytest.mark.parametrize(
    ("members", "commands"),
    [
        (FakePopulation({}), REPORT),
        (FakePopulation({}, (missing(MissingReason.INCOMPLETE),)), REPORT),
        (missing(), REPORT),
        (Missing(MissingReason.INCOMPLETE, "x", needs=(ExportKind.ACCOUNT_SUMMARY,)), (SUMMARY,)),
        (
            FakePopulation(
                {"a": {AGE: Missing(MissingReason.INVALID, "y")}},
                (Missing(MissingReason.ACCESS_DENIED, "x", needs=(ExportKind.ACCOUNT_SUMMARY,)),),
            ),
            (*REPORT, SUMMARY),
        ),
    ],
)
def test_commands_for_a_population(members: FakePopulation | Missing, commands: tuple[str, ...]) -> None:
    check = Check(each=PopulationName.ACCESS_KEY, expect=(YOUNG,))
    assert decided(check, FakeFacts({}, members)).export_again == commands


@pytest.mark.parametrize(
    ("ages", "status", "observed"),
    [
        ((), Status.PASS, "nobody is concerned"),
        ((1, 2), Status.PASS, "all 2 concerned meet it"),
        ((1, 99), Status.FAIL, "1 of 2 does not meet it"),
        ((98, 99, 1), Status.FAIL, "2 of 3 do not meet it"),
    ],
)
def test_members_are_counted_in_words(ages: tuple[int, ...], status: Status, observed: str) -> None:
    rows = {f"k{index}": {AGE: Known(age)} for index, age in enumerate(ages)}
    decision = decided(
        Check(each=PopulationName.ACCESS_KEY, expect=(YOUNG,)), FakeFacts({}, FakePopulation(rows, (), ("noted",)))
    )
    assert (decision.status, decision.observed, decision.notes) == (status, observed, ("noted",))
    assert [item.observed for item in decision.subjects] == [f"{age} days" for age in ages if age > 90]


VALUE = st.one_of(
    st.none(), st.booleans(), st.integers(0, 30), st.builds(Span, st.integers(0, 15), st.integers(15, 30))
)
FACT = st.one_of(VALUE.map(Known), st.sampled_from([missing(reason) for reason in MissingReason]))
OUTCOMES: dict[Outcome | None, Candidates] = {None: NOBODY} | {outcome: attested(outcome) for outcome in Outcome}


@settings(max_examples=200, deadline=None)
@given(FACT, FACT, FACT, st.sampled_from(list(OUTCOMES)), st.booleans())
def test_a_pass_stands_on_facts_that_hold_or_on_a_person_for_what_is_not_reported(
    guard: FactValue, mfa: FactValue, length: FactValue, outcome: Outcome | None, by_person: bool
) -> None:
    applies = Condition("root.has_password", Operator.EQUALS, True)
    check = Check(applies_when=(applies,), expect=(ON, LONG), or_attest=YEARLY if by_person else None)
    facts = FakeFacts({"root.has_password": guard, MFA: mfa, LENGTH: length})
    decision = decided(check, facts, OUTCOMES[outcome])
    if decision.status is Status.PASS:
        silent = by_person and outcome is Outcome.PASS
        assert all(holds(item) or (silent and item == SILENT) for item in (mfa, length))
    if isinstance(guard, Missing):
        assert decision.status is not Status.NOT_APPLICABLE
        assert decision.notes[-1].endswith(guard.detail)


def holds(fact: Any) -> bool:
    """Whether a fact meets its condition: MFA on, or a length of at least 14 at its lower end."""
    if isinstance(fact, Missing):
        return False
    low = fact.value.low if isinstance(fact.value, Span) else fact.value
    return low is True or (type(low) is int and low >= 14)

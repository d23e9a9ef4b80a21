"""Attestations: which one speaks, and how long it holds."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.attestation import Attestation, Outcome
from baselint.attesting import Candidates, decide, newest
from baselint.errors import Location
from baselint.finding import Reason, Status
from baselint.model import AttestationRequirement, ParameterReference
from builders import ACCOUNT

TODAY = date(2026, 11, 23)
QUARTERLY = AttestationRequirement(90)


def attestation(day: date, outcome: Outcome = Outcome.PASS, **changes: Any) -> Attestation:
    values: dict[str, Any] = {
        "control": "review",
        "accounts": ("444455556666", ACCOUNT),
        "outcome": outcome,
        "statement": "seen",
        "by": "Ann",
        "date": day,
        "location": Location("a.yaml"),
    }
    return Attestation(**(values | changes))


def ago(days: int, outcome: Outcome = Outcome.PASS, **changes: Any) -> Attestation:
    return attestation(TODAY - timedelta(days=days), outcome, **changes)


FAILED, PASSED = Outcome.FAIL, Outcome.PASS


@pytest.mark.parametrize(
    ("given_", "status", "reason", "sentence"),
    [
        ([], Status.MANUAL, Reason.NO_ATTESTATION, "nobody has attested it"),
        ([ago(0)], Status.PASS, Reason.ATTESTED, "attested by Ann on 2026-11-23, holds through 2027-02-21"),
        ([ago(90)], Status.PASS, Reason.ATTESTED, "attested by Ann on 2026-08-25, holds through 2026-11-23"),
        (
            [ago(91)],
            Status.MANUAL,
            Reason.ATTESTATION_LAPSED,
            "the attestation by Ann on 2026-08-24 lapsed after 2026-11-22",
        ),
        ([ago(5, FAILED)], Status.FAIL, Reason.ATTESTED_FAIL, "attested as not met by Ann on 2026-11-18"),
        ([ago(999, FAILED)], Status.FAIL, Reason.ATTESTED_FAIL, "attested as not met by Ann on 2024-02-28"),
        (
            [ago(999, FAILED), ago(9)],
            Status.PASS,
            Reason.ATTESTED,
            "attested by Ann on 2026-11-14, holds through 2027-02-12",
        ),
        ([ago(9, FAILED), ago(99)], Status.FAIL, Reason.ATTESTED_FAIL, "attested as not met by Ann on 2026-11-14"),
        (
            [ago(999, FAILED), ago(99)],
            Status.MANUAL,
            Reason.ATTESTATION_LAPSED,
            "the attestation by Ann on 2026-08-16 lapsed after 2026-11-14",
        ),
        ([ago(3), ago(3, FAILED)], Status.FAIL, Reason.ATTESTED_FAIL, "attested as not met by Ann on 2026-11-20"),
        ([ago(3, FAILED), ago(3)], Status.FAIL, Reason.ATTESTED_FAIL, "attested as not met by Ann on 2026-11-20"),
    ],
)
def test_the_newest_attestation_decides(
    given_: list[Attestation], status: Status, reason: Reason, sentence: str
) -> None:
    verdict = decide(newest(given_, "review", ACCOUNT, TODAY), QUARTERLY, {}, TODAY)
    assert (verdict.status, verdict.reason, verdict.sentence) == (status, reason, sentence)
    assert (verdict.attestation is not None) is bool(given_)
    assert verdict.notes == ()


@pytest.mark.parametrize("changes", [{"control": "other"}, {"accounts": ("444455556666",)}])
def test_one_for_another_control_or_account_says_nothing(changes: dict[str, Any]) -> None:
    assert newest([ago(1, **changes), ago(-1, **changes)], "review", ACCOUNT, TODAY) == Candidates(None, ())


@pytest.mark.parametrize("outcome", Outcome)
def test_one_of_the_future_is_ignored_and_noted(outcome: Outcome) -> None:
    found = newest([ago(-1, outcome), ago(2)], "review", ACCOUNT, TODAY)
    assert found.newest == ago(2)
    assert found.notes == ("an attestation of 2026-11-24 lies in the future of 2026-11-23 and is ignored",)
    alone = decide(newest([ago(-1, outcome)], "review", ACCOUNT, TODAY), QUARTERLY, {}, TODAY)
    assert (alone.status, alone.notes) == (Status.MANUAL, found.notes)


@pytest.mark.parametrize(("days", "status"), [(10, Status.PASS), (9, Status.MANUAL)])
def test_how_long_one_holds_may_be_a_parameter(days: int, status: Status) -> None:
    asked = AttestationRequirement(ParameterReference("cadence"))
    assert decide(Candidates(ago(10), ()), asked, {"cadence": days}, TODAY).status is status


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_where_nothing_may_be_attested_nobody_has_looked(outcome: Outcome | None) -> None:
    candidates = Candidates(ago(1, outcome) if outcome else None, ("note",))
    verdict = decide(candidates, None, {}, TODAY)
    assert (verdict.status, verdict.reason, verdict.notes) == (Status.MANUAL, Reason.NO_ATTESTATION, ("note",))
    assert verdict.sentence == "no value is set to judge by, and the control names no attestation to stand in"


@pytest.mark.parametrize("days", [3_000_000, 99_999_999_999])
def test_days_beyond_the_calendar_hold_to_its_end(days: int) -> None:
    verdict = decide(Candidates(ago(1), ()), AttestationRequirement(days), {}, TODAY)
    assert (verdict.status, verdict.sentence) == (
        Status.PASS,
        "attested by Ann on 2026-11-22, holds through 9999-12-31",
    )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 50), st.sampled_from(list(Outcome))), max_size=5), st.randoms())
def test_the_order_of_the_files_does_not_matter(items: list[tuple[int, Outcome]], random: Any) -> None:
    attestations = [ago(days, outcome) for days, outcome in items]
    shuffled = random.sample(attestations, len(attestations))
    assert newest(attestations, "review", ACCOUNT, TODAY).newest == newest(shuffled, "review", ACCOUNT, TODAY).newest

"""What ends soon among the exceptions and attestations of a run."""

from datetime import date, timedelta
from typing import Any

import pytest

from baselint import expiring
from baselint.attestation import Attestation, Outcome
from baselint.baseline import Approval, Baseline, ControlException
from baselint.errors import Location
from baselint.finding import Reason, Status
from builders import ACCOUNT
from findings import account, finding

OTHER = "444455556666"
FIRST, LAST = date(2026, 9, 1), date(2027, 1, 31)
MONTH = timedelta(days=30)


def excepting(*accounts: str, last: date = LAST) -> Baseline:
    item = ControlException("legacy", "keys", accounts, "r", "o", Approval("c", FIRST), last, Location("b.yaml", 11, 5))
    return Baseline("base", "T", "1", "o", Location("b.yaml"), (), exceptions=(item,))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-08-31", None),
        ("2026-12-31", None),
        ("2027-01-01", "in 30 days"),
        ("2027-01-30", "tomorrow"),
        ("2027-01-31", "today"),
        ("2027-02-01", None),
    ],
)
def test_an_exception_is_named_before_it_ends(day: str, words: str | None) -> None:
    found = expiring.exceptions([excepting(ACCOUNT)], [account()], date.fromisoformat(day), MONTH)
    if words is None:
        assert found == ()
        return
    (problem,) = found
    assert (problem.path, problem.account, problem.reason) == ("b.yaml", ACCOUNT, "expiring")
    assert problem.message == (
        f"exception legacy for {ACCOUNT} ends on 2027-01-31, {words}; meet keys by then, or approve it again"
    )


def test_only_accounts_of_the_run_are_named() -> None:
    both = excepting(OTHER, ACCOUNT)
    (problem,) = expiring.exceptions([both], [account()], LAST, MONTH)
    assert (problem.account, f"for {ACCOUNT} ends" in problem.message) == (ACCOUNT, True)
    (problem,) = expiring.exceptions([both], [account(), account(id=OTHER)], LAST, MONTH)
    assert (problem.account, f"for {OTHER}, {ACCOUNT} ends" in problem.message) == (None, True)
    assert expiring.exceptions([excepting(OTHER)], [account()], LAST, MONTH) == ()


@pytest.mark.parametrize(("number", "said"), [(5, "000000000004 ends"), (6, "000000000004 and 1 more ends")])
def test_of_many_accounts_a_few_are_named(number: int, said: str) -> None:
    ids = [f"{index:012}" for index in range(number)]
    (problem,) = expiring.exceptions([excepting(*ids)], [account(id=name) for name in ids], LAST, MONTH)
    assert said in problem.message


def attested(through: date | None = LAST, reason: Reason = Reason.ATTESTED, line: int = 3, **changes: Any) -> Any:
    item = Attestation("review", (ACCOUNT, OTHER), Outcome.PASS, "seen", "Ann", FIRST, Location("a.yaml", line, 5))
    values = {"status": Status.PASS, "reason": reason, "attestation": item, "attestation_through": through}
    return finding(control="review", **(values | changes))


@pytest.mark.parametrize(
    ("day", "words"), [("2026-12-31", None), ("2027-01-01", "in 30 days"), ("2027-01-31", "today")]
)
def test_an_attestation_that_decides_is_named_before_it_lapses(day: str, words: str | None) -> None:
    found = expiring.attestations([account(attested())], date.fromisoformat(day), MONTH)
    if words is None:
        assert found == ()
        return
    (problem,) = found
    assert (problem.path, problem.account, problem.reason) == ("a.yaml", ACCOUNT, "expiring")
    assert problem.message == (
        f"the attestation of review by Ann on 2026-09-01 for {ACCOUNT} counts through 2027-01-31, which is {words}; "
        "look again by then, and add a new one"
    )


@pytest.mark.parametrize(
    "item",
    [
        attested(reason=Reason.EXPECTATION_MET),
        attested(None, Reason.ATTESTED_FAIL),
        attested(None),
        attested(date(2027, 1, 30), Reason.ATTESTATION_LAPSED),
        attested(attestation=None),
        finding(),
    ],
)
def test_one_that_does_not_decide_is_not_named(item: Any) -> None:
    assert expiring.attestations([account(item)], LAST, MONTH) == ()


def test_one_attestation_is_named_once_for_all_its_accounts_and_in_order() -> None:
    earlier = date(2027, 1, 20)
    accounts = [
        account(attested(line=30), attested(), attested(earlier, baseline="c")),
        account(attested(), attested(baseline="c"), id=OTHER),
    ]
    found = expiring.attestations(accounts, date(2027, 1, 10), MONTH)
    assert [(item.account, item.message.split(" for ")[1].split(",")[0:2]) for item in found] == [
        (ACCOUNT, [f"{ACCOUNT} counts through 2027-01-20", " which is in 10 days; look again by then"]),
        (None, [ACCOUNT, f" {OTHER} counts through 2027-01-31"]),
        (ACCOUNT, [f"{ACCOUNT} counts through 2027-01-31", " which is in 21 days; look again by then"]),
    ]

"""Exceptions: what they turn, what they leave, and what they say of themselves."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baselint.baseline import Approval, Baseline, ControlException
from baselint.errors import Location
from baselint.excepting import ignore, ignored, judge
from baselint.finding import Reason, Status
from baselint.judging import Decision
from builders import ACCOUNT, report_json, root_row, summary, user_row, write
from conftest import Cli
from linting import OLD_KEY, exports, findings, judged, report, settle
from policytree import BASELINE, tree

TODAY = date(2026, 11, 2)
ALICE, BOB = "alice/access-key-1", "bob/access-key-1"
EXCEPTION = """\
exceptions:
  - id: legacy
    control: CONTROL
    accounts: ["111122223333"]
    SUBJECTS
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-09-01"}
    expires: "EXPIRES"
    ticket: "https://example.com/1"
"""


def exception(
    name: str = "legacy",
    *,
    subjects: tuple[str, ...] = (),
    approved: date = date(2026, 9, 1),
    expires: date = date(2026, 12, 31),
) -> ControlException:
    return ControlException(
        name, "keys", (ACCOUNT,), "because ", "ops", Approval("CISO", approved), expires, Location("b.yaml"), subjects
    )


def deciding(failing: tuple[str, ...] = (), status: Status = Status.FAIL) -> Any:
    """Decide as a population would: what is left decides, and nothing left is a pass."""

    def decide(left_out: frozenset[str]) -> Decision:
        excluded = tuple(name for name in failing if name in left_out)
        met = bool(failing) and set(failing) == set(excluded)
        return Decision(Status.PASS if met else status, Reason.EXPECTATION_NOT_MET, "seen", excluded=excluded)

    return decide


LAPSED, EARLY = date(2026, 11, 1), date(2026, 11, 3)
NOT_NEEDED = "exception legacy is not needed here"
EXCEPTED = "excepted by legacy until 2026-12-31: because"
STAYS = "exception legacy is in force until 2026-12-31, but what is unknown stays unknown"


@pytest.mark.parametrize(
    ("under", "status", "note"),
    [
        (Status.PASS, Status.PASS, NOT_NEEDED),
        (Status.FAIL, Status.EXCEPTED, EXCEPTED),
        (Status.UNKNOWN, Status.UNKNOWN, STAYS),
        (Status.MANUAL, Status.EXCEPTED, EXCEPTED),
        (Status.NOT_APPLICABLE, Status.NOT_APPLICABLE, NOT_NEEDED),
    ],
)
def test_an_exception_in_force_turns_only_fail_and_manual(under: Status, status: Status, note: str) -> None:
    found = judge([exception()], TODAY, deciding(status=under))
    assert (found.status, found.notes) == (status, (note,))
    assert found.view is not None
    assert (found.view.in_force, found.view.underlying, found.view.excluded_subjects) == (True, under, ())


@pytest.mark.parametrize("subjects", [(), (ALICE,)])
@pytest.mark.parametrize("under", [Status.PASS, Status.FAIL, Status.UNKNOWN, Status.MANUAL, Status.NOT_APPLICABLE])
@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"expires": LAPSED}, "exception legacy lapsed on 2026-11-01"),
        ({"approved": EARLY}, "exception legacy is not in force before its approval on 2026-11-03"),
    ],
)
def test_an_exception_not_in_force_only_says_so(
    changes: dict[str, Any], note: str, under: Status, subjects: tuple[str, ...]
) -> None:
    found = judge([exception(subjects=subjects, **changes)], TODAY, deciding((ALICE,), under))
    assert (found.status, found.notes) == (under, (note,))
    assert found.view is not None
    assert (found.view.in_force, found.view.underlying, found.view.excluded_subjects) == (False, under, ())


@pytest.mark.parametrize("changes", [{"approved": TODAY}, {"expires": TODAY}, {"approved": TODAY, "expires": TODAY}])
def test_the_first_and_the_last_day_count(changes: dict[str, date]) -> None:
    assert judge([exception(**changes)], TODAY, deciding()).status is Status.EXCEPTED


def test_without_exceptions_nothing_changes() -> None:
    found = judge([], TODAY, deciding())
    assert (found.status, found.view, found.notes) == (Status.FAIL, None, ())


@pytest.mark.parametrize(
    ("subjects", "failing", "status", "left_out"),
    [
        ((ALICE,), (ALICE,), Status.PASS, (ALICE,)),
        ((ALICE,), (ALICE, BOB), Status.FAIL, (ALICE,)),
        ((ALICE, BOB), (ALICE, BOB), Status.PASS, (ALICE, BOB)),
    ],
)
def test_subjects_are_left_out_and_the_verdict_without_it_is_kept(
    subjects: tuple[str, ...], failing: tuple[str, ...], status: Status, left_out: tuple[str, ...]
) -> None:
    found = judge([exception(subjects=subjects)], TODAY, deciding(failing))
    assert found.status is status
    assert found.notes == (f"exception legacy leaves out {', '.join(left_out)} until 2026-12-31: because",)
    assert found.view is not None
    assert (found.view.underlying, found.view.excluded_subjects) == (Status.FAIL, left_out)


@pytest.mark.parametrize(
    ("under", "note"),
    [
        (Status.FAIL, "exception legacy is not needed here: nobody it names fails"),
        (Status.PASS, "exception legacy is not needed here: nobody it names fails"),
        (Status.UNKNOWN, STAYS),
    ],
)
def test_subjects_that_match_nothing_say_so(under: Status, note: str) -> None:
    found = judge([exception(subjects=(BOB,))], TODAY, deciding((ALICE,), under))
    assert (found.status, found.notes) == (under, (note,))


@pytest.mark.parametrize("order", [1, -1])
def test_one_in_force_outweighs_one_that_lapsed(order: int) -> None:
    both = [exception("old", expires=LAPSED), exception("new")][::order]
    found = judge(both, TODAY, deciding())
    assert found.status is Status.EXCEPTED
    assert found.view is not None
    assert (found.view.exception.id, found.view.in_force) == ("new", True)
    assert found.further == ()
    assert set(found.notes) == {"exception old lapsed on 2026-11-01", "excepted by new until 2026-12-31: because"}


@pytest.mark.parametrize("order", [1, -1])
def test_two_that_name_subjects_each_tell_their_own(order: int) -> None:
    both = [exception("one", subjects=(ALICE,)), exception("two", subjects=(BOB,))]
    found = judge(both[::order], TODAY, deciding((ALICE, BOB)))
    assert found.status is Status.PASS
    assert found.view is not None
    assert found.view.excluded_subjects == (ALICE if order == 1 else BOB,)
    assert found.view.underlying is Status.FAIL
    (other,) = found.further
    assert (other.exception.id, other.in_force, other.underlying) == ("two" if order == 1 else "one", True, Status.FAIL)
    assert other.excluded_subjects == (BOB if order == 1 else ALICE,)
    assert {found.view.note, other.note} == set(found.notes)
    assert set(found.notes) == {
        f"exception one leaves out {ALICE} until 2026-12-31: because",
        f"exception two leaves out {BOB} until 2026-12-31: because",
    }


@pytest.mark.parametrize(
    ("failing", "status", "shown"), [((ALICE,), Status.PASS, "some"), ((ALICE, BOB), Status.EXCEPTED, "all")]
)
def test_the_exception_that_does_most_is_shown(failing: tuple[str, ...], status: Status, shown: str) -> None:
    both = [exception("all"), exception("some", subjects=(ALICE,))]
    found = judge(both, TODAY, deciding(failing))
    assert found.status is status
    assert found.view is not None
    assert (found.view.exception.id, found.view.underlying) == (shown, Status.FAIL)
    assert [item.exception.id for item in found.further] == (["some"] if shown == "all" else [])


@pytest.mark.parametrize("under", [Status.PASS, Status.FAIL, Status.UNKNOWN, Status.MANUAL, Status.NOT_APPLICABLE])
@pytest.mark.parametrize("subjects", [(), (ALICE,)])
def test_ignored_exceptions_do_nothing_and_say_what_they_would(under: Status, subjects: tuple[str, ...]) -> None:
    items = [exception(subjects=subjects), exception("old", expires=LAPSED), exception("early", approved=EARLY)]
    found = ignore(items, TODAY, deciding((ALICE,), under))
    told = judge(items, TODAY, deciding((ALICE,), under)).notes
    assert (found.status, found.decision.excluded, found.view, found.further) == (under, (), None, ())
    assert found.notes == (f"ignored in this run: {told[0]}", *told[1:])
    assert ignore([], TODAY, deciding(status=under)).notes == ()


@pytest.mark.parametrize(
    ("items", "number"),
    [
        ((), "none"),
        ((exception(expires=LAPSED),), "none"),
        ((exception(), exception("b"), exception("c", approved=EARLY)), "2"),
    ],
)
def test_each_baseline_says_that_its_exceptions_are_ignored(items: tuple[ControlException, ...], number: str) -> None:
    baseline = Baseline("base", "T", "1", "o", Location("b.yaml"), (), exceptions=items)
    (found,) = ignored([baseline], TODAY)
    assert (found.path, found.account, found.reason) == ("b.yaml", None, "exceptions-ignored")
    assert found.message == (
        "this is not the report to act on: --ignore-exceptions leaves out every exception, and base has "
        f"{number} in force"
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return settle(tmp_path)


def policy(directory: Path, *, control: str = "keys", subjects: str = "", expires: str = "2026-12-31") -> Path:
    named = f"subjects: [{subjects}]" if subjects else "compensating_control: a guard"
    text = EXCEPTION.replace("CONTROL", control).replace("SUBJECTS", named).replace("EXPIRES", expires)
    return tree(directory, baselines__base=BASELINE + text)


@pytest.mark.parametrize(
    ("expires", "status", "note"),
    [
        ("2026-12-31", "excepted", "excepted by legacy until 2026-12-31: because"),
        ("2026-11-02", "excepted", "excepted by legacy until 2026-11-02: because"),
        ("2026-11-01", "fail", "exception legacy lapsed on 2026-11-01"),
    ],
)
def test_a_finding_shows_its_exception_whole(here: Path, cli: Cli, expires: str, status: str, note: str) -> None:
    keys = judged(cli, policy(here, expires=expires), exports(user_row("alice", **OLD_KEY)), "keys")
    assert keys["status"] == status
    assert keys["observed"] == "1 of 1 does not meet it"
    assert keys["exception"] == {
        "id": "legacy",
        "in_force": status == "excepted",
        "underlying": "fail",
        "note": note,
        "reason": "because",
        "owner": "ops",
        "approved_by": "CISO",
        "approved": "2026-09-01",
        "expires": expires,
        "subjects": [],
        "compensating_control": "a guard",
        "ticket": "https://example.com/1",
        "location": {"path": "policies/baselines/base.yaml", "line": 11, "column": 5},
    }
    assert keys["further_exceptions"] == []


def test_a_member_left_out_is_not_counted_among_those_that_pass(here: Path, cli: Cli) -> None:
    policy(here, subjects=ALICE)
    keys = judged(cli, here, exports(user_row("alice", **OLD_KEY)), "keys")
    assert (keys["status"], keys["reason"]) == ("pass", "nobody-concerned")
    assert (keys["observed"], keys["exception"]["underlying"]) == ("nobody else is concerned", "fail")
    young = {"access_key_1_active": "true", "access_key_1_last_rotated": "2026-10-01T00:00:00Z"}
    keys = judged(cli, here, exports(user_row("alice", **OLD_KEY), user_row("bob", **young)), "keys")
    assert (keys["status"], keys["observed"]) == ("pass", "all 1 concerned meet it")
    keys = judged(cli, here, exports(user_row("alice", **OLD_KEY), user_row("bob", **OLD_KEY)), "keys")
    assert (keys["status"], keys["observed"]) == ("fail", "1 of 1 does not meet it")
    assert [item["id"] for item in keys["subjects"]] == [BOB]
    assert keys["exception"]["subjects"] == [ALICE]


def test_leaving_somebody_out_does_not_complete_a_population(here: Path, cli: Cli) -> None:
    files = exports() | {
        "credential-report.json": report_json(root_row(), user_row("alice", **OLD_KEY)),
        "account-summary.json": summary(users=9),
    }
    keys = judged(cli, policy(here, subjects=ALICE), files, "keys")
    assert (keys["status"], keys["reason"], keys["exception"]["underlying"]) == ("unknown", "incomplete", "fail")


def test_an_exception_turns_what_nobody_attested(here: Path, cli: Cli) -> None:
    review = judged(cli, policy(here, control="review"), exports(), "review")
    assert (review["status"], review["exception"]["underlying"]) == ("excepted", "manual")


def test_an_exception_of_another_account_or_control_is_nothing_here(here: Path, cli: Cli) -> None:
    policy(here, control="review")
    write(here / "s", exports(user_row("alice", **OLD_KEY)))
    keys = findings(report(cli, "s"))["keys"]
    assert (keys["status"], keys["exception"]) == ("fail", None)
    policy(here)
    path = here / "policies" / "baselines" / "base.yaml"
    path.write_text(path.read_text().replace(ACCOUNT, "444455556666"))
    keys = findings(report(cli, "s"))["keys"]
    assert (keys["status"], keys["exception"]) == ("fail", None)


def test_a_subject_nobody_has_is_named() -> None:
    def decide(left_out: frozenset[str]) -> Decision:
        return Decision(Status.PASS, Reason.EXPECTATION_MET, "seen", absent=tuple(left_out))

    (note,) = judge([exception(subjects=(BOB,))], TODAY, decide).notes
    assert note.endswith("nobody it names fails; the report has no such subject: bob/access-key-1")
    (lapsed,) = judge([exception(subjects=(BOB,), expires=LAPSED)], TODAY, decide).notes
    assert lapsed == "exception legacy lapsed on 2026-11-01"


def test_an_exception_for_accounts_that_are_not_in_the_run_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.chdir(settle(tmp_path))
    text = EXCEPTION.replace("CONTROL", "keys").replace("    SUBJECTS\n", "").replace("EXPIRES", "2026-12-31")
    for ids, expected in (("444455556666", 1), (ACCOUNT, 0)):
        tree(tmp_path, baselines__base=BASELINE + text.replace(ACCOUNT, ids))
        write(tmp_path / "s", exports(user_row("alice")))
        problems = [item for item in report(cli, "s")["problems"] if item["reason"] == "exception-unused"]
        assert len(problems) == expected
        assert all("444455556666, and no such account is in this run" in item["message"] for item in problems)

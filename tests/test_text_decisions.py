"""What people decided, in the report for a person: exceptions, attestations, and exceptions that are left out of a run."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from baselint.attestation import Attestation, AttestedEvidence, Outcome
from baselint.baseline import Approval, ControlException
from baselint.errors import Location
from baselint.finding import ExceptionView, Finding, Reason, Status
from baselint.report import text_report
from builders import ACCOUNT, password_policy, user_row, write
from conftest import Cli
from findings import HEADER, account, documents, finding
from linting import OLD_KEY, exports, settle
from policytree import BASELINE, tree

FIRST, LAST = date(2026, 9, 1), date(2027, 1, 31)
EXCEPTION = ControlException(
    "legacy", "c", (ACCOUNT,), "because\nof it", "ops", Approval("CISO", FIRST), LAST, Location("b.yaml")
)
ATTESTATION = Attestation("c", (ACCOUNT,), Outcome.PASS, "seen\nit", "Ann", FIRST, Location("a.yaml"))
POLICY = """\
exceptions:
  - id: short-passwords
    control: length
    accounts: ["111122223333"]
    reason: an old program cuts passwords at eight characters
    owner: ops@example.com
    approved: {by: "C. Example, head of security", date: "2026-09-01"}
    expires: "2027-01-31"
    ticket: https://tickets.example.com/4711
    compensating_control: Two people look at the sign-ins every week.
  - id: alice
    control: keys
    accounts: ["111122223333"]
    subjects: [alice/access-key-1]
    reason: the export of 2019 signs with it
    owner: finance@example.com
    approved: {by: CISO, date: "2026-10-01"}
    expires: "2026-11-30"
  - id: bob
    control: keys
    accounts: ["111122223333"]
    subjects: [bob/access-key-1, bob/access-key-2]
    reason: bob is on leave
    owner: ops@example.com
    approved: {by: CISO, date: "2026-10-01"}
    expires: "2027-03-31"
"""
ATTESTED = """\
kind: attestations
attestations:
  - control: review
    accounts: ["111122223333"]
    outcome: pass
    statement: >
      Every user and key of the report was matched with a person or a program, and two users that nobody knew were removed
      on the same day.
    by: A. Example
    date: "2026-08-10"
    answers: {trigger: periodic}
    evidence:
      - {title: Minutes, url: "https://wiki.example.com/4711"}
      - title: The report
        sha256: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tree(settle(tmp_path), baselines__base=BASELINE + POLICY, attestations__a=ATTESTED)


@pytest.mark.parametrize("options", [(), ("--ignore-exceptions",)])
def test_what_people_decided_can_be_read(
    here: Path, cli: Cli, golden: Callable[[str, str], None], options: tuple[str, ...]
) -> None:
    rows = [user_row(name, **OLD_KEY) for name in ("alice", "bob", "carol")]
    files = exports(*rows) | {"password-policy.json": password_policy(MinimumPasswordLength=8)}
    write(here / "s", files)
    result = cli("lint", "--as-of", "2026-11-02", *options, "s")
    assert (result.code, result.err) == (1, "")
    golden("exceptions-ignored.txt" if options else "decisions.txt", result.out)


def told(item: Finding, **changes: Any) -> str:
    header = replace(HEADER, **changes)
    return "".join(text_report.write(documents(header, [account(item)])))


def view(*left_out: str, item: ControlException = EXCEPTION, in_force: bool = True) -> ExceptionView:
    return ExceptionView(item, in_force, Status.FAIL, left_out, f"note on {item.id}")


BLOCK = (
    "    exception legacy, in force through 2027-01-31; without it: fail\n"
    "              approved by CISO on 2026-09-01, owner ops\n"
    "              reason: because of it\n"
)


def test_an_exception_stands_in_place_of_its_note() -> None:
    text = told(finding(status=Status.EXCEPTED, exception=view(), notes=("one", "note on legacy", "two")))
    assert "    note      one\n    note      two\n" + BLOCK in text
    assert "note on legacy" not in text


@pytest.mark.parametrize("status", [Status.PASS, Status.FAIL, Status.UNKNOWN, Status.MANUAL])
def test_an_exception_that_left_somebody_out_is_shown_whatever_the_rest_gives(status: Status) -> None:
    text = told(finding(status=status, exception=view("alice", "bob"), notes=("note on legacy",)))
    lines = BLOCK.splitlines(keepends=True)
    assert "".join((lines[0], "              leaves out alice, bob\n", *lines[1:])) in text
    assert "note on legacy" not in text


def test_an_exception_over_what_is_unknown_is_shown_with_its_note() -> None:
    assert f"note on legacy\n{BLOCK}" in told(
        finding(status=Status.UNKNOWN, exception=view(), notes=("note on legacy",))
    )


@pytest.mark.parametrize(
    ("status", "in_force"),
    [(Status.PASS, True), (Status.FAIL, True), (Status.FAIL, False), (Status.UNKNOWN, False), (Status.MANUAL, False)],
)
def test_an_exception_that_does_nothing_is_no_more_than_its_note(status: Status, in_force: bool) -> None:
    text = told(finding(status=status, exception=view(in_force=in_force), notes=("note on legacy",)))
    assert "    note      note on legacy\n" in text
    assert "    exception" not in text


def test_every_exception_that_acts_is_shown_and_all_that_it_says() -> None:
    full = replace(EXCEPTION, id="other", ticket="https://example.com/1", compensating_control="a guard\nat night")
    item = finding(
        status=Status.EXCEPTED,
        exception=view(),
        further_exceptions=(view("bob", item=full),),
        notes=("note on legacy", "note on other", "note on a third"),
    )
    assert (
        f"    note      note on a third\n{BLOCK}"
        "    exception other, in force through 2027-01-31; without it: fail\n"
        "              leaves out bob\n"
        "              approved by CISO on 2026-09-01, owner ops\n"
        "              ticket: https://example.com/1\n"
        "              instead: a guard at night\n"
        "              reason: because of it\n"
    ) in told(item)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.PASS, Reason.ATTESTED),
        (Status.FAIL, Reason.ATTESTED_FAIL),
        (Status.MANUAL, Reason.ATTESTATION_LAPSED),
        (Status.EXCEPTED, Reason.ATTESTED_FAIL),
    ],
)
def test_an_attestation_that_decides_says_what_was_stated(status: Status, reason: Reason) -> None:
    text = told(finding(status=status, reason=reason, attestation=ATTESTATION, attestation_through=LAST))
    assert "    observed  o\n    attested  pass: seen it\n" in text
    assert ("    required  r\n" in text) is (status is not Status.PASS)


def test_an_attestation_beside_says_that_it_does_not_decide() -> None:
    text = told(finding(attestation=ATTESTATION, attestation_through=LAST))
    beside = "pass by Ann on 2026-09-01, counts through 2027-01-31, which does not decide here: seen it"
    assert f"    attested  {beside}\n" in text
    text = told(finding(status=Status.UNKNOWN, attestation=ATTESTATION))
    assert "    attested  pass by Ann on 2026-09-01, which does not decide here: seen it\n" in text
    assert "attested" not in told(finding(status=Status.PASS, reason=Reason.EXPECTATION_MET, attestation=ATTESTATION))


def test_answers_and_evidence_of_an_attestation_are_told() -> None:
    evidence = (
        AttestedEvidence("Minutes", "https://example.com/m", "0" * 64),
        AttestedEvidence("Photo"),
        AttestedEvidence("Report", sha256="1" * 64),
    )
    item = replace(ATTESTATION, answers={"trigger": "periodic"}, evidence=evidence)
    assert (
        "    attested  pass: seen it\n"
        "              trigger: periodic\n"
        f"    proof     Minutes, https://example.com/m, SHA-256\n              {'0' * 64}\n"
        "    proof     Photo\n"
        f"    proof     Report, SHA-256 {'1' * 64}\n"
    ) in told(finding(status=Status.PASS, reason=Reason.ATTESTED, attestation=item))


def test_a_report_without_exceptions_says_so_first_and_last() -> None:
    lines = told(finding(), exceptions_ignored=True).splitlines()
    assert lines[0].startswith(f"account {ACCOUNT}")
    assert lines[1] == "EXCEPTIONS IGNORED: judged as if no exception were approved"
    assert lines[-1].endswith(" 0 excepted; EXCEPTIONS IGNORED")
    assert "EXCEPTIONS IGNORED" not in told(finding())

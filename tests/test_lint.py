"""Judging accounts through the command line, and the reports that come out."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from baselint.errors import Location
from baselint.evidence import Evidence, Span
from baselint.finding import (
    ALL_REASONS,
    AccountResult,
    FactEvidence,
    Finding,
    Reason,
    ReportHeader,
    Status,
    Subject,
    count,
)
from baselint.model import Severity
from baselint.policy.schema_check import load_schema
from baselint.report import json_report, text_report
from baselint.terminal import Painter, Style, clean, one_line, wants_colour, wrap
from builders import ACCOUNT, caller, complete_snapshot, report_json, root_row, summary, user_row, write
from conftest import Cli
from policytree import BASELINE, KEYS, LENGTH, tree

AS_OF = "2026-11-02"
ROOT = Path(__file__).parents[1]
OLD_KEY = {"access_key_1_active": "true", "access_key_1_last_rotated": "2024-01-01T00:00:00Z"}
EXCEPTION = """\
exceptions:
  - id: legacy
    control: keys
    accounts: ["111122223333"]
    {subjects}
    reason: because
    owner: ops
    approved: {{by: CISO, date: "2026-09-01"}}
    expires: "{expires}"
    ticket: "https://example.com/1"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.baselint]\nlibrary = false\nbaseline = "base"\n')
    return tmp_path


def report(cli: Cli, *arguments: str, code: int | None = None) -> dict[str, Any]:
    result = cli("lint", "--as-of", AS_OF, "--format", "json", *arguments)
    assert result.code == code if code is not None else result.code in {0, 1}, result.err
    found: dict[str, Any] = json.loads(result.out)
    errors = list(Draft202012Validator(load_schema("report")).iter_errors(found))
    assert errors == []
    return found


def findings(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["control"]: item for account in found["accounts"] for item in account["findings"]}


def exports(*rows: dict[str, str], **options: Any) -> dict[str, Any]:
    return complete_snapshot() | {
        "credential-report.json": report_json(root_row(), *rows),
        "account-summary.json": summary(users=len(rows)),
    }


def test_a_whole_report(here: Path, cli: Cli) -> None:
    write(tree(here) / "s", exports(user_row("alice", **OLD_KEY), user_row("bob")))
    found = report(cli, "s", code=1)
    assert found["summary"] == {
        "accounts": 1,
        "pass": 1,
        "fail": 1,
        "unknown": 0,
        "manual": 1,
        "not-applicable": 0,
        "excepted": 0,
    }
    assert [(item["id"], item["path"], item["approved"]) for item in found["baselines"]] == [
        ("base", "policies/baselines/base.yaml", None)
    ]
    keys = findings(found)["keys"]
    assert (keys["status"], keys["reason"], keys["observed"]) == (
        "fail",
        "expectation-not-met",
        "1 of 1 do not meet it",
    )
    assert keys["subjects"] == [
        {"id": "alice/access-key-1", "observed": "1035 days", "export": "s/credential-report.json", "pointer": "line 3"}
    ]
    assert keys["location"] == {"path": "policies/baselines/base.yaml", "line": 8, "column": 5}
    assert keys["help"] == "controls/g/keys/"
    assert keys["export_again"].startswith("aws iam generate-credential-report\naws iam get-credential-report")
    length = findings(found)["length"]
    assert length["evidence"] == [
        {
            "fact": "password_policy.minimum_length",
            "value": 14,
            "export": "s/password-policy.json",
            "pointer": "/PasswordPolicy/MinimumPasswordLength",
            "raw": 14,
        }
    ]
    assert report(cli, "s") == found


def test_each_control_of_each_baseline_has_one_finding_for_each_account(here: Path, cli: Cli) -> None:
    tree(
        here,
        baselines__other=BASELINE.replace("id: base", "id: other").replace('"1"', '"2"')
        + "approved: {by: CISO, date: '2026-01-01'}\n",
    )
    write(here / "s", {"a/w.json": caller(), "b/w.json": caller(account="444455556666")})
    found = report(cli, "-b", "base", "-b", "policies/baselines/other.yaml", "s", code=1)
    seen = [
        (account["id"], item["baseline"], item["control"])
        for account in found["accounts"]
        for item in account["findings"]
    ]
    assert len(seen) == len(set(seen)) == 2 * 2 * 3
    assert found["baselines"][1]["approved"] == {"by": "CISO", "date": "2026-01-01"}


@pytest.mark.parametrize(
    ("subjects", "expires", "rows", "status", "words", "left_out"),
    [
        ("", "2026-12-31", ["alice"], "excepted", "excepted by legacy until 2026-12-31: because", []),
        ("", "2026-11-02", ["alice"], "excepted", "excepted by legacy", []),
        ("", "2026-11-01", ["alice"], "fail", "exception legacy lapsed on 2026-11-01", []),
        ("", "2026-12-31", [], "pass", "exception legacy is not needed here", []),
        (
            "subjects: [alice/access-key-1]",
            "2026-12-31",
            ["alice"],
            "pass",
            "leaves out alice/access-key-1",
            ["alice/access-key-1"],
        ),
        (
            "subjects: [alice/access-key-1]",
            "2026-12-31",
            ["alice", "bob"],
            "fail",
            "leaves out alice/access-key-1",
            ["alice/access-key-1"],
        ),
        ("subjects: [alice/access-key-1]", "2026-11-01", ["alice"], "fail", "lapsed", []),
        ("subjects: [carol/access-key-1]", "2026-12-31", ["alice"], "fail", "1 of 1", []),
    ],
)
def test_exceptions(
    here: Path, cli: Cli, subjects: str, expires: str, rows: list[str], status: str, words: str, left_out: list[str]
) -> None:
    tree(
        here,
        baselines__base=BASELINE + EXCEPTION.format(subjects=subjects or "compensating_control: none", expires=expires),
    )
    write(here / "s", exports(*(user_row(name, **OLD_KEY) for name in rows)))
    keys = findings(report(cli, "s"))["keys"]
    assert keys["status"] == status
    assert words in keys["message"]
    assert keys["exception"]["id"] == "legacy"
    assert keys["exception"]["in_force"] is (expires >= AS_OF)
    assert keys["exception"]["subjects"] == left_out
    assert keys["exception"]["underlying"] == ("fail" if status == "excepted" else status)


def test_an_exception_of_another_account_is_nothing_here(here: Path, cli: Cli) -> None:
    text = EXCEPTION.format(subjects="compensating_control: none", expires="2026-12-31").replace(
        ACCOUNT, "444455556666"
    )
    tree(here, baselines__base=BASELINE + text)
    write(here / "s", exports(user_row("alice", **OLD_KEY)))
    keys = findings(report(cli, "s"))["keys"]
    assert (keys["status"], keys["exception"]) == ("fail", None)


def test_attestations_decide_and_are_shown(here: Path, cli: Cli) -> None:
    text = (
        "kind: attestations\nattestations:\n  - {control: review, accounts: ['111122223333'], outcome: pass, statement: seen, by: A,"
        " date: '2026-10-01', answers: {trigger: periodic}, evidence: [{title: Minutes, url: 'https://example.com/m'}]}\n"
    )
    write(tree(here, attestations__a=text) / "s", exports())
    review = findings(report(cli, "s"))["review"]
    assert (review["status"], review["reason"]) == ("pass", "attested")
    assert review["attestation"] == {
        "outcome": "pass",
        "by": "A",
        "date": "2026-10-01",
        "statement": "seen",
        "answers": {"trigger": "periodic"},
        "evidence": [{"title": "Minutes", "url": "https://example.com/m", "sha256": None}],
    }
    assert findings(report(cli, "s"))["keys"]["reason"] == "nobody-concerned"


@pytest.mark.parametrize(
    ("restriction", "count_"),
    [
        ("accounts: ['444455556666']", 0),
        (f"accounts: ['{ACCOUNT}']", 3),
        ("partitions: [aws-cn]", 0),
        ("partitions: [aws]", 3),
        ("kinds: [member]", 3),
    ],
)
def test_accounts_a_baseline_is_not_meant_for_are_listed_without_findings(
    here: Path, cli: Cli, restriction: str, count_: int
) -> None:
    tree(here, baselines__base=BASELINE + f"applies_to: {{{restriction}}}\n")
    write(here / "s", exports())
    result = cli("lint", "--as-of", AS_OF, "--format", "json", "s")
    (account,) = json.loads(result.out)["accounts"]
    assert len(account["findings"]) == count_
    assert (result.code == 3) is (count_ == 0)
    if not count_:
        assert "no baseline is meant for this account" in cli("lint", "--as-of", AS_OF, "s").out


def test_unset_parameters_leave_the_verdict_to_a_person(here: Path, cli: Cli) -> None:
    control = LENGTH.replace("default: 14", "default: null")
    write(tree(here, controls__g__length=control) / "s", exports())
    length = findings(report(cli, "s"))["length"]
    assert (length["status"], length["reason"]) == ("manual", "no-attestation")
    assert "no value is set to judge by" in length["message"]


def test_facts_that_two_people_miss_are_told_by_what_can_be_cured(here: Path, cli: Cli) -> None:
    control = KEYS.replace(
        "at_most: $days", "at_most: $days}\n    - {fact: access_key.unused_days, at_most: $days"
    ).replace("expect: {", "expect:\n    - {")
    write(tree(here, controls__g__keys=control) / "s", exports(user_row("alice", access_key_1_active="true")))
    keys = findings(report(cli, "s"))["keys"]
    assert (keys["status"], keys["reason"]) == ("unknown", "invalid")
    assert keys["subjects"][0]["observed"].count("not known (invalid)") == 2


def test_a_guard_without_words_says_what_was_seen(here: Path, cli: Cli) -> None:
    control = LENGTH.replace("check:", "check:\n  applies_when: {fact: root.mfa_enabled, equals: false}")
    write(tree(here, controls__g__length=control) / "s", exports())
    length = findings(report(cli, "s"))["length"]
    assert (length["status"], length["observed"]) == ("not-applicable", "the root user's MFA is on")


def test_an_account_with_ragged_rows_is_incomplete_with_its_evidence(here: Path, cli: Cli) -> None:
    write(tree(here) / "s", exports(user_row("alice")) | {"account-summary.json": summary(users=9)})
    keys = findings(report(cli, "s"))["keys"]
    assert (keys["status"], keys["reason"]) == ("unknown", "incomplete")
    assert {item["raw"] for item in keys["evidence"]} == {1, 9}


def test_outside_the_working_directory_the_deciding_export_is_the_place(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "s", exports())
    monkeypatch.chdir(tmp_path)
    found = findings(report(cli, "s"))
    assert found["root-mfa"]["location"] == {"path": "s/credential-report.json", "line": None, "column": None}
    assert found["root-recovery-channels"]["location"]["path"].startswith("<baselint>/")


def test_the_sample_account_in_text(
    cli: Cli, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = cli("lint", "--as-of", "2026-11-23", "examples/111122223333")
    assert (result.code, result.err) == (1, "")
    golden("sample.txt", result.out)


def test_several_accounts_in_text(here: Path, cli: Cli, golden: Callable[[str, str], None]) -> None:
    tree(here, baselines__other=BASELINE.replace("id: base", "id: other"))
    users = [user_row(f"user{number:02}", **OLD_KEY) for number in range(12)]
    write(here / "s", {f"a/{name}": content for name, content in exports(*users).items()})
    write(here / "s", {"b/w.json": caller(account="444455556666"), "junk.txt": "x", f"{ACCOUNT}/junk.txt": "x"})
    result = cli("lint", "--as-of", AS_OF, "--severity", "medium", "-b", "base", "-b", "other", "s")
    golden("several.txt", result.out)
    assert "and 2 more; --format json lists all" in result.out


def finding(**changes: Any) -> Finding:
    values: dict[str, Any] = {
        "control": "c",
        "baseline": "b",
        "title": "t",
        "severity": Severity.HIGH,
        "status": Status.FAIL,
        "reason": Reason.EXPECTATION_NOT_MET,
        "requirement": "r",
        "observed": "o",
        "message": "r; observed: o",
        "location": Location("p", 1, 2),
        "help": "h",
    }
    return Finding(**(values | changes))


HEADER = ReportHeader("1", datetime(2026, 11, 2, tzinfo=UTC), (), ())


def account(*items: Finding) -> AccountResult:
    return AccountResult(ACCOUNT, None, None, None, (), (), items)


def test_hostile_texts_do_not_reach_the_terminal() -> None:
    nasty = "a\x1b[31mb\x07\u202ec\u2066d\x9be\r\nf"
    item = finding(
        title=nasty,
        observed=nasty,
        subjects=(Subject(nasty, nasty, nasty, nasty),),
        evidence=(FactEvidence("f", True, Evidence(nasty, nasty, nasty)), FactEvidence("f", None, None)),
    )
    text = "".join(text_report.write(HEADER, [account(item)], Painter(coloured=False)))
    assert not set(text) & set("\x1b\x07\u202e\u2066\x9b\r")
    assert "a[31mbcde" in text


def test_colours_are_there_when_asked_for() -> None:
    text = "".join(text_report.write(HEADER, [account(finding(status=Status.PASS))], Painter(coloured=True)))
    assert f"\x1b[{Style.GOOD}mpass" in text
    assert "partition not seen" in text


def test_json_of_nothing_and_of_intervals_is_whole() -> None:
    empty = json.loads("".join(json_report.write(HEADER, [])))
    assert (empty["accounts"], empty["summary"]["accounts"]) == ([], 0)
    item = finding(evidence=(FactEvidence("f", Span(1, 2), None),))
    found = json.loads("".join(json_report.write(HEADER, [account(item), account()])))
    assert found["accounts"][0]["findings"][0]["evidence"][0]["value"] == {"low": 1, "high": 2}
    validator = Draft202012Validator(load_schema("report"))
    assert list(validator.iter_errors(found)) == []
    found["accounts"][0]["findings"][0]["status"] = "fine"
    assert len(list(validator.iter_errors(found))) == 1


def test_the_schema_lists_every_reason_and_status() -> None:
    properties = load_schema("report")["properties"]["accounts"]["items"]["properties"]["findings"]["items"][
        "properties"
    ]
    assert set(properties["reason"]["enum"]) == set(ALL_REASONS)
    assert properties["status"]["enum"] == list(Status)
    assert count((finding(), finding(status=Status.PASS)))[Status.FAIL] == 1


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_is_wanted_by_environment_then_terminal(environment: dict[str, str], expected: bool) -> None:
    assert wants_colour(Terminal(), environment) is expected  # type: ignore[arg-type]


def test_texts_are_cleaned_and_wrapped() -> None:
    assert clean("a\x00b\nc\td") == "ab\nc\td"
    assert one_line(" a\n b\t") == "a b"
    assert wrap("", "label: ", "  ") == "label:"
    assert wrap("x" * 200, "a ", "  ") == "a " + "x" * 200

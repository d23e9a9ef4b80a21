"""The JSON report: public, whole, and as its schema says."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.configuration import Configuration
from baselint.evidence import Evidence, ExportKind, ExportRecord, Problem, Span, Unrecognised
from baselint.finding import ALL_REASONS, BaselineHeader, FactEvidence, ReportHeader, Status, Subject
from baselint.lint import Linter
from baselint.model import Operator, Severity
from baselint.policy.open import open_library
from baselint.policy.resolve import resolve
from baselint.report import json_report
from baselint.snapshot.build import build_snapshots
from baselint.terminal import UNSAFE
from builders import caller, password_policy, report_json, root_row, summary, user_row, virtual_devices, write
from conftest import Cli
from findings import HEADER, account, documents, finding
from linting import OLD_KEY, VALIDATOR, exports, report, settle
from policytree import BASELINE, tree
from snapshotting import AS_OF, CHECKER

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path for path in (ROOT / "tests" / "examples").glob("*/*") if path.is_dir())[::12]
DENIED = "\nAn error occurred (AccessDenied) when calling the GetAccountSummary operation: not authorized\n"
SNAPSHOTS: dict[str, dict[str, Any]] = {
    "complete": exports(user_row("alice")),
    "failing": exports(user_row("alice", **OLD_KEY)),
    "only a caller": {"w.json": caller()},
    "refused": {"w.json": caller(), "account-summary.err": DENIED},
    "help text": {"w.json": caller(), "password-policy.json": "usage: aws [options]\n"},
    "empty file": {"w.json": caller(), "credential-report.json": ""},
    "invalid value": {"w.json": caller(), "p.json": password_policy(MinimumPasswordLength=999)},
    "undated": {"r.json": report_json(root_row(), user_row("alice", **OLD_KEY), captured=None)},
    "from the future": {"r.json": report_json(root_row(), captured="2027-01-01T00:00:00Z")},
    "incomplete": {"r.json": report_json(root_row(), user_row("alice")), "s.json": summary(users=7)},
    "contradicting": {"r.json": report_json(root_row(mfa_active="false")), "s.json": summary()},
    "cut list": {"w.json": caller(), "v.json": virtual_devices("alice", IsTruncated=True)},
    "another partition": {"r.json": report_json(root_row("aws-us-gov"))},
    "odd files": {"w.json": caller(), "notes.txt": "x", "data.json": {"a": 1}},
    "odd names": exports(user_row("zoë\x9b[31m\u202e", **OLD_KEY)),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return settle(tmp_path)


def places(account_: dict[str, Any]) -> set[str]:
    """Every path that evidence and subjects name."""
    named = [entry["export"] for item in account_["findings"] for entry in (*item["evidence"], *item["subjects"])]
    return {path for path in named if path is not None}


@pytest.fixture(scope="module")
def linter() -> Linter:
    opened = open_library(Configuration(policies=None))
    return Linter([resolve(opened.baseline("aws-root-hardening"), opened)], (), AS_OF)


def linted(linter: Linter, directory: Path) -> str:
    """Judge a directory by the shipped baseline, and write the report."""
    snapshots = build_snapshots((directory,), CHECKER, AS_OF, None)
    header = ReportHeader("1", AS_OF, (), snapshots.problems)
    return "".join(json_report.write(documents(header, map(linter.lint, snapshots.accounts))))


def fitting(text: str) -> dict[str, Any]:
    """Take a report apart; it must fit its schema, and name only exports that it lists."""
    found: dict[str, Any] = json.loads(text)
    assert [error.message for error in VALIDATOR.iter_errors(found)] == []
    assert not UNSAFE.search(text)
    for account_ in found["accounts"]:
        assert places(account_) <= {item["path"] for item in account_["exports"]}
    counted = {status: found["summary"][status] for status in Status}
    assert sum(counted.values()) == sum(len(account_["findings"]) for account_ in found["accounts"])
    return found


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_report_on_any_snapshot_fits_its_schema_twice_the_same(tmp_path: Path, linter: Linter, name: str) -> None:
    write(tmp_path, SNAPSHOTS[name])
    text = linted(linter, tmp_path)
    (account_,) = fitting(text)["accounts"]
    assert len({item["control"] for item in account_["findings"]}) == len(account_["findings"]) > 20
    assert linted(linter, tmp_path) == text


def test_reports_on_example_accounts_fit_the_schema(linter: Linter) -> None:
    statuses = {
        item["status"]
        for folder in EXAMPLES
        for account_ in fitting(linted(linter, folder))["accounts"]
        for item in account_["findings"]
    }
    assert len(EXAMPLES) > 10
    assert statuses >= {"pass", "fail", "unknown", "manual", "not-applicable"}


def test_a_whole_report(here: Path, cli: Cli, golden: Callable[[str, str], None]) -> None:
    tree(here, baselines__other=BASELINE.replace("id: base", "id: other") + "approved: {by: C, date: '2026-01-01'}\n")
    files = exports(user_row("alice", **OLD_KEY), user_row("bob")) | {"notes.txt": "x"}
    write(here / "s" / "111122223333", files)
    found = report(cli, "-b", "base", "-b", "other", "s", code=1)
    found["tool"]["version"] = "0"
    for baseline in found["baselines"]:
        baseline["resolved_sha256"] = "0"
    golden("report.json", json.dumps(found, indent=2) + "\n")


def told(*accounts: Any, header: ReportHeader = HEADER) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(json_report.write(documents(header, accounts))))
    return found


def test_a_report_on_nothing_is_whole() -> None:
    found = told()
    assert found == {
        "schema_version": 1,
        "tool": {"name": "baselint", "version": "1"},
        "as_of": "2026-11-02T00:00:00Z",
        "exceptions_ignored": False,
        "redacted": False,
        "baselines": [],
        "accounts": [],
        "account_list": None,
        "missing_accounts": [],
        "problems": [],
        "summary": {"accounts": 0} | {str(status): 0 for status in Status},
    }
    assert VALIDATOR.is_valid(found)


def test_every_status_is_counted_over_all_accounts() -> None:
    found = told(account(*(finding(status=status) for status in Status)), account(finding()), account())
    assert found["summary"] == {"accounts": 3} | {str(status): 2 if status == "fail" else 1 for status in Status}
    assert VALIDATOR.is_valid(found)


def test_every_part_stands_under_its_name() -> None:
    record = ExportRecord("e", ExportKind.CREDENTIAL_REPORT, "arn", "f" * 64, datetime(2026, 1, 2, tzinfo=UTC), 3)
    item = finding(
        notes=("one", "two"),
        export_again=("first", "second"),
        fix="mend",
        subjects=(Subject("alice", "old", "e", "line 3"),),
        evidence=(FactEvidence("f", Span(1, 2), Evidence("e", "line 2", True)), FactEvidence("g", None, None)),
    )
    header = ReportHeader(
        "1",
        HEADER.as_of,
        (BaselineHeader("b", "2", "o", None, "b.yaml", "0" * 64),),
        (Problem("p", "111122223333", "invalid", "words"),),
        minimum_severity=Severity.CRITICAL,
    )
    full = account(
        item, partition="aws", kind="member", name="n", exports=(record,), unrecognised=(Unrecognised("u", "odd"),)
    )
    found = told(full, header=header)
    assert VALIDATOR.is_valid(found)
    assert found["problems"] == [{"path": "p", "account": "111122223333", "reason": "invalid", "message": "words"}]
    (said,) = found["accounts"]
    assert said["exports"] == [
        {
            "path": "e",
            "kind": "credential-report",
            "account_from": "arn",
            "sha256": "f" * 64,
            "captured_at": "2026-01-02T00:00:00Z",
            "records": 3,
        }
    ]
    assert said["unrecognised"] == [{"path": "u", "reason": "odd"}]
    (told_finding,) = said["findings"]
    assert told_finding["message"] == "r; observed: o; one; two"
    assert told_finding["notes"] == ["one", "two"]
    assert (told_finding["export_again"], told_finding["fix"]) == ("first\nsecond", "mend")
    assert told_finding["subjects"] == [{"id": "alice", "observed": "old", "export": "e", "pointer": "line 3"}]
    assert told_finding["evidence"] == [
        {"fact": "f", "value": {"low": 1, "high": 2}, "export": "e", "pointer": "line 2", "raw": True},
        {"fact": "g", "value": None, "export": None, "pointer": None, "raw": None},
    ]


def test_without_commands_or_notes_nothing_is_made_up() -> None:
    (item,) = told(account(finding()))["accounts"][0]["findings"]
    assert (item["export_again"], item["fix"], item["exception"], item["attestation"]) == (None, None, None, None)
    assert item["message"] == "r; observed: o"


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_comes_back_as_it_was_and_steers_no_terminal(text: str) -> None:
    written = "".join(json_report.write(documents(HEADER, [account(finding(title=text, observed=text))])))
    assert not UNSAFE.search(written)
    title = json.loads(written)["accounts"][0]["findings"][0]["title"]
    assert title.encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")
    assert written.encode().decode() == written


SCHEMA = VALIDATOR.schema
FINDING = SCHEMA["properties"]["accounts"]["items"]["properties"]["findings"]["items"]["properties"]


def test_the_schema_lists_what_the_code_can_say_and_nothing_else() -> None:
    assert sorted(FINDING["reason"]["enum"]) == sorted(ALL_REASONS)
    assert FINDING["status"]["enum"] == list(Status)
    assert FINDING["exception"]["properties"]["underlying"]["enum"] == list(Status)
    assert FINDING["further_exceptions"]["items"]["properties"] == FINDING["exception"]["properties"]
    assert FINDING["severity"]["enum"] == list(Severity)
    assert set(SCHEMA["properties"]["summary"]["required"]) == {"accounts", *Status}
    assert set(Operator).isdisjoint(FINDING["reason"]["enum"])


def objects(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every object schema with named keys, by its place."""
    if isinstance(schema, list):
        return [pair for item in schema for pair in objects(item, path)]
    if not isinstance(schema, dict):
        return []
    own = [(path, schema)] if isinstance(schema.get("properties"), dict) and "type" in schema else []
    return own + [pair for key, item in schema.items() for pair in objects(item, f"{path}/{key}")]


def test_every_object_of_the_schema_is_closed_and_asks_for_every_key() -> None:
    found = objects(SCHEMA)
    assert len(found) > 10
    for path, schema in found:
        assert schema["additionalProperties"] is False, path
        if not path.endswith("/value"):
            assert sorted(schema["required"]) == sorted(schema["properties"]), path


def changed(*keys: str | int, value: Any = ...) -> dict[str, Any]:
    """A good report with one value replaced, or removed."""
    found = copy.deepcopy(told(account(finding(notes=("n",), evidence=(FactEvidence("f", 1, Evidence("e", "p", 1)),)))))
    place: Any = found
    for key in keys[:-1]:
        place = place[key]
    if value is ...:
        del place[keys[-1]]
    else:
        place[keys[-1]] = value
    return found


FIRST = ("accounts", 0, "findings", 0)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("schema_version",), 2),
        (("tool", "name"), "other"),
        (("as_of",), "2026-11-02"),
        (("exceptions_ignored",), None),
        (("summary", "pass"), -1),
        (("summary",), ...),
        (("more",), 1),
        (("accounts", 0, "kind"), "odd"),
        (("accounts", 0, "findings"), None),
        ((*FIRST, "status"), "fine"),
        ((*FIRST, "reason"), "because"),
        ((*FIRST, "severity"), "worst"),
        ((*FIRST, "location", "line"), "1"),
        ((*FIRST, "export_again"), ["aws"]),
        ((*FIRST, "evidence", 0, "raw"), {"a": 1}),
        ((*FIRST, "evidence", 0, "value"), {"low": 1, "high": 2, "middle": 1}),
        ((*FIRST, "evidence", 0, "value"), {"low": 1}),
        ((*FIRST, "evidence", 0, "fact"), ...),
        ((*FIRST, "notes", 0), 1),
        (("redacted",), "yes"),
        ((*FIRST, "message"), ...),
    ],
)
def test_a_broken_report_is_refused_by_the_schema_for_one_reason(keys: tuple[str | int, ...], value: Any) -> None:
    (error,) = VALIDATOR.iter_errors(changed(*keys, value=value))
    path = tuple(error.absolute_path)
    assert path == keys[: len(path)]
    assert len(path) >= len(keys) - 1

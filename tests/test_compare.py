"""What changed between two reports: every change of a verdict, facts, accounts, and what the command says of them."""

import itertools
import json
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator

from baselint.comparison.changes import MEANINGS, Change
from baselint.comparison.compare import compare, finding_change
from baselint.comparison.formats import COMPARISON_FORMATS
from baselint.finding import Status
from baselint.policy.schema_check import load_schema
from baselint.report import json_report
from baselint.report.document import FindingDocument, Report
from baselint.terminal import Painter
from builders import complete_snapshot, report_json, root_row, write
from conftest import Cli
from whole_reports import ABSENT, IDS, account, header, whole

PLAIN = Painter(coloured=False)
BECAME = {
    (None, "pass"): "newly-judged",
    (None, "fail"): "new",
    (None, "unknown"): "newly-unknown",
    (None, "manual"): "newly-manual",
    (None, "excepted"): "newly-excepted",
    (None, "not-applicable"): "newly-judged",
    ("fail", "fail"): "still-open",
    ("unknown", "unknown"): "still-open",
    ("manual", "manual"): "still-open",
    ("fail", "pass"): "fixed",
    ("unknown", "pass"): "settled",
    ("manual", "pass"): "settled",
    ("excepted", "pass"): "settled",
    ("not-applicable", "pass"): "settled",
}


def finding(status: str, **keys: Any) -> FindingDocument:
    found = next(item for item in account(IDS[0])["findings"] if item["status"] == status)
    return cast("FindingDocument", {**found, "control": "keys", "evidence": [], **keys})


def evidence(fact: str, value: Any) -> list[dict[str, Any]]:
    return [{"fact": fact, "value": value, "export": None, "pointer": None, "raw": None}]


def report(*findings: FindingDocument, **keys: Any) -> Report:
    found = {**account(IDS[0]), "findings": list(findings)}
    return Report(cast("Any", {**header(1), "missing_accounts": [], **keys}), (cast("Any", found),))


def text_of(old: Report, new: Report, format_: str = "text") -> str:
    return "".join(COMPARISON_FORMATS[format_](compare(old, new, "a", "b"), PLAIN))


@pytest.mark.parametrize(("before", "now"), list(itertools.product([None, *Status], [None, *Status])))
def test_every_change_of_a_verdict_has_one_name(before: Status | None, now: Status | None) -> None:
    if before is now is None:
        with pytest.raises(ValueError, match="on one side at least"):
            finding_change("1", None, None)
        return
    change = finding_change(IDS[0], finding(before) if before else None, finding(now) if now else None)
    if now is None:
        assert change.kind == "no-longer-judged"
    elif (before, now) in BECAME:
        assert change.kind == BECAME[before, now]
    elif before is now:
        assert change.kind == "unchanged"
    else:
        names = {"fail": "new", "not-applicable": "no-longer-applies"}
        assert change.kind == names.get(now, f"newly-{now}")
    assert change.kind in MEANINGS


def test_nothing_is_called_fixed_that_does_not_pass() -> None:
    for before, now in itertools.product([None, *Status], [None, *Status]):
        if now is not Status.PASS and (before or now):
            change = finding_change("1", finding(before) if before else None, finding(now) if now else None)
            assert change.kind not in {Change.FIXED, Change.SETTLED}


def test_facts_and_members_that_changed_are_told() -> None:
    old = finding("fail", evidence=[*evidence("b", 1), *evidence("a", True), *evidence("c", {"low": 1, "high": 2})])
    new = finding("fail", evidence=[*evidence("b", 2), *evidence("a", True), *evidence("d", None)], subjects=[])
    change = finding_change(IDS[0], old, new)
    assert [(item.fact, item.old, item.new) for item in change.facts] == [
        ("b", (1,), (2,)),
        ("c", ({"low": 1, "high": 2},), ()),
        ("d", (), (None,)),
    ]
    assert (change.subjects_added, change.subjects_gone) == ((), ("alice/access-key-1",))
    text = text_of(report(old), report(new))
    assert "fact      b: 1 -> 2\n" in text
    assert "fact      c: between 1 and 2 -> not told\n" in text
    assert "fact      d: not told -> no value\n" in text
    assert "gone      alice/access-key-1\n" in text


def test_an_age_counts_only_beside_another_verdict() -> None:
    """Ages change with every export: alone they are no news."""
    age = "root.password_age_days"
    old, new = finding("pass", evidence=evidence(age, 10)), finding("pass", evidence=evidence(age, 40))
    assert compare(report(old), report(new), "a", "b").findings == ()
    assert text_of(report(old), report(new)).endswith("\nnothing changed\n")
    failed = finding("fail", evidence=evidence(age, 400))
    assert [item.fact for item in finding_change(IDS[0], old, failed).facts] == [age]
    other = finding_change(
        IDS[0], finding("pass", evidence=evidence("x", True)), finding("pass", evidence=evidence("x", False))
    )
    assert (other.kind, [item.fact for item in other.facts]) == (Change.UNCHANGED, ["x"])


def test_exceptions_that_begin_and_end_are_told() -> None:
    began = finding_change("1", finding("fail"), finding("excepted"))
    assert began.note == "by the exception legacy, in force through 2027-01-31"
    ended = finding_change("1", finding("excepted"), finding("fail"))
    assert (ended.kind, ended.note) == (Change.NEW, "the exception legacy, through 2027-01-31, does not act any more")


def test_accounts_that_come_go_and_lack_are_told() -> None:
    found = compare(whole(accounts=2), Report(header(1), (account(IDS[2]),)), "a", "b")
    assert (found.added, found.removed, found.missing) == ((IDS[2],), IDS[:2], tuple(sorted(ABSENT)))
    kinds = {item.kind for item in found.findings if item.account in IDS[:2]}
    assert kinds == {Change.NO_LONGER_JUDGED}
    assert Change.NO_LONGER_JUDGED in compare(report(), report(missing_accounts=["1"]), "a", "b").kinds
    assert compare(report(), report(), "a", "b").kinds == frozenset()
    new = Report(header(1), (account(IDS[2]),))
    text, markdown = (text_of(whole(accounts=2), new, format_) for format_ in ("text", "markdown"))
    assert f"accounts no longer there: {IDS[0]}, {IDS[1]}\n" in text
    assert f"- **Accounts no longer there:** `{IDS[0]}`, `{IDS[1]}`\n" in markdown
    assert f"- **Accounts not there before:** `{IDS[2]}`\n" in markdown
    assert f"- **Accounts expected, and missing:** `{ABSENT[0]}`, `{ABSENT[1]}`\n" in markdown


def test_a_policy_that_changed_is_said_first() -> None:
    def baseline(name: str, sha256: str) -> dict[str, Any]:
        return {**header(1)["baselines"][0], "id": name, "resolved_sha256": sha256}

    old = report(baselines=[baseline("base", "0" * 64), baseline("gone", "0" * 64)])
    new = report(baselines=[baseline("base", "1" * 64), baseline("more", "0" * 64)], exceptions_ignored=True)
    new.header["tool"]["version"] = "9"
    assert compare(old, new, "a", "b").caveats == (
        "the baseline base asks something else in the new report, so that a verdict may differ although the account does not",
        "the baseline gone is in the old report only",
        "the baseline more is in the new report only",
        "the old report was made by baselint 1.2.3, the new one by 9",
        "exceptions were ignored in the new report only",
    )
    assert "mind: the baseline base asks something else" in text_of(old, new)
    assert "- **Mind:** the baseline gone is in the old report only\n" in text_of(old, new, "markdown")


def test_the_worst_comes_first_and_the_last_line_counts() -> None:
    old = report(
        finding("pass", control="a"), finding("fail", control="b"), finding("fail", control="c", severity="low")
    )
    new = report(
        finding("fail", control="a"), finding("pass", control="b"), finding("fail", control="c", severity="low")
    )
    text = text_of(old, new)
    assert text.index("NEW  fails, and did not before") < text.index("STILL-OPEN") < text.index("FIXED")
    assert text.endswith("\n1 new, 1 still-open, 1 fixed\n")
    assert f"  critical  {IDS[0]}  a  pass -> fail\n" in text


def test_several_baselines_are_named() -> None:
    new = report(finding("fail", baseline="one"), finding("fail", baseline="two"))
    assert "one/keys" in text_of(report(), new)
    assert "`two/keys`" in text_of(report(), new, "markdown")


def test_many_members_are_counted() -> None:
    subjects = [{"id": f"user-{number:02}", "observed": "o", "export": "e", "pointer": "p"} for number in range(12)]
    text = text_of(report(finding("fail", subjects=[])), report(finding("fail", subjects=subjects)))
    assert "user-09, and 2 more" in " ".join(text.split())
    assert "user-10" not in text


def test_a_failure_that_reaches_more_members_is_worse() -> None:
    """It failed before, so it is not new; yet a pipeline that stays green would let the next key slip by."""

    def failing(status: str, *names: str) -> Report:
        subjects = [{"id": name, "observed": "o", "export": "e", "pointer": "p"} for name in names]
        return report(finding(status, subjects=subjects))

    assert compare(failing("fail", "a"), failing("fail", "b"), "a", "b").kinds == {Change.WORSE}
    assert compare(failing("fail", "a", "b"), failing("fail", "a"), "a", "b").kinds == {Change.STILL_OPEN}
    assert compare(failing("unknown", "a"), failing("unknown", "b"), "a", "b").kinds == {Change.STILL_OPEN}
    assert compare(failing("excepted", "a"), failing("excepted", "b"), "a", "b").kinds == {Change.UNCHANGED}
    assert text_of(failing("fail", "a"), failing("fail", "a", "b")).endswith("\n1 worse\n")


@pytest.mark.parametrize("before", [None, "fail", "unknown", "pass"])
def test_a_pass_without_the_members_that_failed_is_not_fixed(before: str | None) -> None:
    """An exception left them out; nobody mended them."""
    view = cast("Any", finding("excepted")["exception"])
    acts, ended = {**view, "subjects": ["zoe", "bob"]}, {**view, "subjects": ["zoe"], "in_force": False}
    old = finding(before, exception=ended) if before else None
    change = finding_change("1", old, finding("pass", further_exceptions=[acts]))
    assert (change.kind, change.note) == (Change.NEWLY_EXCEPTED, "an exception leaves out bob, zoe")
    same = finding_change("1", finding("pass", exception=acts), finding("pass", exception=acts))
    assert (same.kind, same.note) == (Change.UNCHANGED, None)
    mended = finding_change("1", finding("fail", exception=acts), finding("pass", exception=acts))
    assert mended.kind is Change.FIXED


def test_sides_the_wrong_way_round_are_told() -> None:
    old, new = report(as_of="2026-11-02T00:00:00Z"), report(as_of="2026-10-02T00:00:00Z")
    assert "mind: the new report is of an earlier moment, 2026-10-02T00:00:00Z" in text_of(old, new)
    assert "mind:" not in text_of(new, old)


def test_the_json_fits_its_schema() -> None:
    schema = load_schema("comparison")
    Draft202012Validator.check_schema(schema)
    old = whole(accounts=2)
    new = Report(header(1), (account(IDS[1]), account(IDS[2])))
    new.accounts[0]["findings"][0].update(status="fail", evidence=evidence("x", {"low": 1, "high": 2}))  # type: ignore[index]
    found = json.loads(text_of(old, new, "json"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
    assert found["summary"]["no-longer-judged"] == len(Status)
    assert list(found["summary"]) == schema["properties"]["summary"]["required"] == list(Change)
    assert schema["properties"]["findings"]["items"]["properties"]["kind"]["enum"] == list(Change)


def test_hostile_texts_are_inert() -> None:
    hostile = "\x1b[31m<script>alert(1)</script>|`x`\n# heading"
    new = report(
        finding("fail", observed=hostile, subjects=[{"id": hostile, "observed": "o", "export": "e", "pointer": "p"}])
    )
    old = report(finding("pass", subjects=[]))
    text, markdown = text_of(old, new), text_of(old, new, "markdown")
    assert "\x1b" not in text + markdown
    assert "<script>" not in markdown
    assert "\n# heading" not in text + markdown


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snapshots(directory: Path) -> None:
    """Two snapshots of an account under a small policy: in the second root's MFA is off."""
    (directory / "pyproject.toml").write_text("[tool.baselint]\n")
    write(directory / "old", complete_snapshot())
    write(
        directory / "new", complete_snapshot() | {"credential-report.json": report_json(root_row(mfa_active="false"))}
    )


def test_two_snapshots_and_two_reports_say_the_same(here: Path, cli: Cli) -> None:
    snapshots(here)
    for name in ("old", "new"):
        cli("lint", "--as-of", "2026-11-02", "--output", f"json={name}.json", name)
    judged = cli("compare", "old", "new", "--as-of", "2026-11-02", "--format", "json")
    read = cli("compare", "old.json", "new.json", "--format", "json")
    mixed = cli("compare", "old.json", "new", "--as-of", "2026-11-02", "--format", "json")
    assert judged.code == read.code == mixed.code == 1
    first, second, third = (json.loads(item.out) for item in (judged, read, mixed))
    assert first["findings"] == second["findings"] == third["findings"]
    assert {item["control"] for item in first["findings"] if item["kind"] == "newly-unknown"}
    dated = ("--as-of", "2026-11-02", "--captured-at", "2026-11-01", "-b", "aws-startup")
    assert cli("compare", "old", "old", *dated).code == 0
    assert cli("compare", "old.json", "old.json").code == 0
    assert "mind: the baseline aws-startup is in the new report only" in cli("compare", "old.json", "old", *dated).out
    assert cli("compare", "old.json", "new.json", "--fail-on", "never").code == 0
    assert cli("compare", "new.json", "old.json", "--fail-on", "new, settled").code == 1


def test_a_comparison_is_redacted_on_both_sides(here: Path, cli: Cli) -> None:
    for name, accounts in (("old", 1), ("new", 2)):
        Path(f"{name}.json").write_text("".join(json_report.write(whole(accounts=accounts))), encoding="utf-8")
    result = cli("compare", "old.json", "new.json", "--redact")
    assert result.code == 1
    assert "old: OLD, as of" in result.out
    assert "account-2" in result.out
    assert not any(name in result.out for name in (*IDS, "alice"))
    Path("redacted.json").write_text(
        "".join(json_report.write(Report({**header(1), "redacted": True}, (account(IDS[0]),)))), encoding="utf-8"
    )
    refused = cli("compare", "redacted.json", "new.json")
    assert refused.code == 2
    assert "the report is redacted, and an alias stands for somebody else in another report" in refused.err


def test_more_members_end_with_findings_and_no_verdicts_with_nothing_to_check(here: Path, cli: Cli) -> None:
    member = {"id": "bob/access-key-1", "observed": "o", "export": "e", "pointer": "p"}
    for name, found in (("old", finding("fail")), ("new", finding("fail", subjects=[member]))):
        counts = {**dict.fromkeys(Status, 0), "fail": 1, "accounts": 1}
        text = "".join(json_report.write(report(found, summary=counts)))
        Path(f"{name}.json").write_text(text, encoding="utf-8")
    assert cli("compare", "old.json", "new.json").code == 1
    assert cli("compare", "old.json", "old.json").code == 0
    Path("none.json").write_text(
        "".join(json_report.write(report(summary={**dict.fromkeys(Status, 0), "accounts": 1}))), encoding="utf-8"
    )
    empty = cli("compare", "none.json", "none.json")
    assert (empty.code, empty.out) == (3, "")
    assert empty.err == "baselint: nothing to compare: neither side has a verdict on any account\n"
    assert cli("compare", "old.json", "none.json").code == 1


def test_wrong_calls_are_told(here: Path, cli: Cli) -> None:
    Path("r.json").write_text("".join(json_report.write(whole())), encoding="utf-8")
    misspelt = cli("compare", "r.json", "r.json", "--fail-on", "newly-unknwn")
    assert misspelt.code == 2
    assert "'newly-unknwn' is no kind of change" in misspelt.err
    assert "did you mean 'newly-unknown'" in misspelt.err
    options = cli("compare", "r.json", "r.json", "--as-of", "2026-11-02")
    assert (options.code, "are for snapshots" in options.err) == (2, True)
    assert cli("compare", "r.json", "nowhere").code == 2

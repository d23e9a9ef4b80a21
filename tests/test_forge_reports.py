"""Reports that forges show: annotations, step summary, Code Quality, Markdown and JUnit, in what they say."""

import json
from collections import Counter
from dataclasses import replace
from typing import Any, cast
from xml.etree import ElementTree

from baselint.finding import Status
from baselint.model import Severity
from baselint.report import github_report, github_summary, gitlab_report, junit_report, markdown_report
from baselint.report.document import AccountDocument, FindingDocument, Report
from baselint.report.fingerprint import fingerprint
from markdown_judge import render, shown
from whole_reports import IDS, account, header, whole


def one(status_: Status, **changes: Any) -> FindingDocument:
    (found,) = [item for item in account(IDS[0])["findings"] if item["status"] == status_]
    return cast("FindingDocument", {**found, **changes})


def report(*findings: FindingDocument, minimum: Severity | None = None) -> Report:
    """A report on one account with these findings, of which nothing else is to be told."""
    counts = Counter(item["status"] for item in findings)
    head = header(1) | {"missing_accounts": [], "problems": []}
    summary = {"accounts": 1} | {status.value: counts[status] for status in Status}
    told = {**account(IDS[0]), "findings": list(findings)}
    return Report(cast("Any", head | {"summary": summary}), [cast("AccountDocument", told)], minimum)


def test_annotations_are_the_worst_of_each_kind_and_the_rest_is_counted() -> None:
    fails = [
        one(Status.FAIL, control=f"{severity}-{number}", severity=severity)
        for severity in reversed(Severity)
        for number in range(4)
    ]
    manual = [one(Status.MANUAL, control=f"manual-{number}") for number in range(12)]
    lines = "".join(github_report.write(report(*fails, *manual, one(Status.EXCEPTED), one(Status.PASS)))).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert [line.split()[2] for line in errors] == [
        *(f"critical-{number}" for number in range(4)),
        *(f"high-{number}" for number in range(4)),
        "medium-0",
        "medium-1",
    ]
    assert [line.startswith("::notice title=manual%3A") for line in lines[10:]] == [True] * 9 + [False]
    assert "; 10 more that need somebody are not shown here; write --output text=PATH" in lines[-1]
    assert lines[-1].startswith("::notice title=baselint::1 account: 1 pass, 16 fail, 0 unknown, 12 manual")


def test_an_annotation_names_a_file_of_the_repository_or_none() -> None:
    place = {"path": "<library>/baselines/b.yaml", "line": 3, "column": 5}
    (line, _) = "".join(github_report.write(report(one(Status.UNKNOWN, location=place)))).splitlines()
    assert line.startswith(
        "::warning title=unknown%3A control-unknown (low) in 111122223333::Keys are young: keys must"
    )
    (line, _) = "".join(github_report.write(report(one(Status.EXCEPTED)))).splitlines()
    assert ",file=policies/base.yaml,line=3,col=5::" in line
    assert line.endswith("; without its exception: fail")


def test_missing_accounts_are_the_first_annotation() -> None:
    many = whole()
    few = "".join(github_report.write(many)).splitlines()
    assert few[0].startswith("::error title=missing accounts::000011112222, 222233334444: the account was expected")
    head = cast("Any", {**many.header, "missing_accounts": [str(number) for number in range(8)]})
    assert "::0, 1, 2, 3, 4 and 3 more: the" in "".join(github_report.write(replace(many, header=head)))


def test_the_summary_never_grows_beyond_what_github_takes() -> None:
    for budget in (25_000, 30_000, 40_000):
        text = "".join(github_summary.write(whole(), budget))
        assert len(text.encode()) <= budget
        folded = text.count("<details>")
        assert text.count("</details>") == folded
        left = f"{3 - folded} account(s) are counted above and did not fit here"
        assert (left in text) is (folded < 3)
    assert "did not fit" not in text
    head = cast("Any", {**whole().header, "missing_accounts": [f"{number:012}" for number in range(9000)]})
    assert len("".join(github_summary.write(replace(whole(), header=head))).encode()) < github_summary.BUDGET
    problem = {"path": "p" * 90, "account": None, "reason": "invalid", "message": "m" * 900}
    head = cast("Any", {**whole().header, "problems": [problem] * 100})
    text = "".join(github_summary.write(replace(whole(), header=head)))
    assert len(text.encode()) < 150_000
    assert "More files need your eye; see the report in another format.\n" in text


def test_accounts_that_need_somebody_come_first_in_the_summary() -> None:
    good = cast("AccountDocument", {**account(IDS[0]), "findings": [one(Status.PASS)]})
    nobody = cast("AccountDocument", {**account(IDS[1]), "findings": []})
    text = "".join(github_summary.write(Report(header(3), [good, nobody, account(IDS[2])])))
    summaries = [line for line in text.splitlines() if "<summary>" in line]
    assert [identifier for line in summaries for identifier in IDS if identifier in line] == [IDS[2], IDS[0], IDS[1]]
    assert summaries[1] == "<details><summary>Account 111122223333 Acme aws member: 1 pass</summary>"
    assert summaries[2].endswith(": no baseline is meant for it</summary>")
    assert "No baseline is meant for this account." in text


def test_markdown_reads_as_a_person_would_write_it() -> None:
    subjects = [{"id": f"u{number}", "observed": "old", "export": "e", "pointer": "line 3"} for number in range(12)]
    text = "".join(markdown_report.write(report(one(Status.PASS), one(Status.UNKNOWN, subjects=subjects))))
    assert text.startswith("# baselint report\n\n**1 account: 1 pass, 0 fail, 1 unknown, ")
    assert (
        "## Account `111122223333` (Acme, aws, member)\n\n- **unknown**, low: `control-unknown` Keys are young\n"
        in text
    )
    assert "    - who: `u9`: old\n    - who: and 2 more\n" in text
    assert "\n- pass: `control-pass`\n" in text
    assert "to turn it into a verdict, run aws iam generate-credential-report" in shown(render(text)).replace(":", "")


def test_markdown_names_the_baseline_where_there_are_several_and_says_what_is_left_out() -> None:
    made = report(one(Status.FAIL))
    head = cast(
        "Any", {**made.header, "baselines": made.header["baselines"] * 2, "redacted": True, "exceptions_ignored": True}
    )
    text = "".join(markdown_report.write(replace(made, header=head)))
    assert "`base/control-fail`" in text
    assert "names and ids replaced by aliases" in text
    assert "**Exceptions ignored: judged as if no exception were approved.**" in text


def test_code_quality_keeps_severity_and_tells_what_is_unknown_from_what_fails() -> None:
    findings = [
        one(status, severity=severity, control=f"{status}-{severity}") for status in Status for severity in Severity
    ]
    issues = json.loads("".join(gitlab_report.write(report(*findings))))
    told = {issue["check_name"]: issue["severity"] for issue in issues}
    scale = dict(zip(Severity, ("blocker", "critical", "major", "minor"), strict=True))
    assert told == {
        **{f"{status}-{severity}": scale[severity] for status in ("fail", "unknown") for severity in Severity},
        **{f"{status}-{severity}": "info" for status in ("manual", "excepted") for severity in Severity},
    }
    assert issues[0]["description"].startswith("fail in 111122223333: Keys are young: keys must be young; observed: ")
    assert issues[0]["fingerprint"] == fingerprint(IDS[0], findings[4])


def test_a_fingerprint_depends_on_account_baseline_and_control_alone() -> None:
    names = {
        fingerprint(account_, one(Status.FAIL, baseline=baseline, control=control))
        for account_ in IDS
        for baseline in ("a", "ab")
        for control in ("b", "bb", "c")
    }
    assert len(names) == 18
    assert fingerprint(IDS[0], one(Status.FAIL)) == fingerprint(
        IDS[0], one(Status.FAIL, status="pass", title="x", location={})
    )


def test_junit_has_a_case_for_each_verdict_and_only_a_pass_is_empty() -> None:
    root = ElementTree.fromstring("".join(junit_report.write(whole())))
    suite = root[0]
    inner = {case.attrib["name"]: [(item.tag, item.attrib["type"]) for item in case] for case in suite.iter("testcase")}
    assert inner == {
        "control-pass": [],
        "control-fail": [("failure", "expectation-not-met")],
        "control-unknown": [("error", "expectation-not-met")],
        "control-manual": [("skipped", "manual")],
        "control-not-applicable": [("skipped", "not-applicable")],
        "control-excepted": [("skipped", "excepted")],
    }
    assert suite.attrib["timestamp"] == "2026-11-02T23:59:59"
    (failure,) = suite.iter("failure")
    assert "who: alice/access-key-1: 400 days (s/report.json, line 3)\nfix:\naws iam update" in str(failure.text)
    assert [item.attrib["name"] for item in root] == [*IDS, "000011112222", "222233334444", "files that need your eye"]
    assert [case.attrib["name"] for case in root[3].iter("testcase")] == ["missing-account"]
    assert [item.text for item in root[5]] == ["s/odd.json: export it again"]

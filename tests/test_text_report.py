"""The report for a person at a terminal."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from baselint.baseline import Approval, ControlException
from baselint.errors import Location
from baselint.evidence import Evidence, ExportKind, ExportRecord, Problem, Unrecognised
from baselint.finding import (
    BaselineHeader,
    ExceptionView,
    FactEvidence,
    Finding,
    Reason,
    ReportHeader,
    Status,
    Subject,
)
from baselint.model import Severity
from baselint.report import text_report
from baselint.report.formats import FORMATS
from baselint.terminal import UNSAFE, Painter, Style
from builders import ACCOUNT, caller, user_row, write
from conftest import Cli
from findings import HEADER, account, documents, finding
from linting import AS_OF, OLD_KEY, exports, settle
from policytree import BASELINE, tree

ROOT = Path(__file__).parents[1]
PLAIN, COLOURED = Painter(coloured=False), Painter(coloured=True)


def told(*findings: Finding, header: ReportHeader = HEADER, painter: Painter = PLAIN, **changes: Any) -> str:
    return "".join(text_report.paint(documents(header, [account(*findings, **changes)]), painter))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return settle(tmp_path)


def test_the_sample_account(cli: Cli, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = cli("lint", "--as-of", "2026-11-23", "examples/111122223333")
    assert (result.code, result.err) == (1, "")
    golden("sample.txt", result.out)


def test_several_accounts_and_baselines(here: Path, cli: Cli, golden: Callable[[str, str], None]) -> None:
    tree(here, baselines__other=BASELINE.replace("id: base", "id: other"))
    users = [user_row(f"user{number:02}", **OLD_KEY) for number in range(12)]
    write(here / "s", {f"a/{name}": content for name, content in exports(*users).items()})
    write(here / "s", {"b/w.json": caller(account="444455556666"), "junk.txt": "x", f"{ACCOUNT}/junk.txt": "x"})
    result = cli("lint", "--as-of", AS_OF, "--severity", "medium", "-b", "base", "-b", "other", "s")
    golden("several.txt", result.out)


def test_an_account_nobody_asks_anything_of_is_listed(here: Path, cli: Cli) -> None:
    tree(here, baselines__base=BASELINE + "applies_to: {accounts: ['444455556666']}\n")
    write(here / "s", exports())
    result = cli("lint", "--as-of", AS_OF, "s")
    assert "    no baseline is meant for this account\n" in result.out
    assert "no baseline of this run is meant for 111122223333, so nothing there was judged" in " ".join(
        result.out.split()
    )
    assert result.code == 3


def test_without_accounts_only_the_counts_stand() -> None:
    text = "".join(text_report.write(documents(HEADER, [])))
    assert text == "0 accounts: 0 pass, 0 fail, 0 unknown, 0 manual, 0 not-applicable, 0 excepted\n"


def test_the_last_line_counts_everything_and_what_nobody_looked_at() -> None:
    manual = finding(status=Status.MANUAL)
    text = told(*(finding(status=status) for status in Status), manual)
    assert text.splitlines()[-1] == (
        "1 account: 1 pass, 1 fail, 1 unknown, 2 manual, 1 not-applicable, 1 excepted (2 nobody has looked at)"
    )


def test_the_worst_stands_first() -> None:
    items = [
        finding(control=f"{severity}-{status}", severity=severity, status=status)
        for severity in reversed(Severity)
        for status in Status
    ]
    text = told(*items)
    order = [line.split()[1] for line in text.splitlines() if line.startswith("  ") and line[2] != " "]
    words = ("fail", "unknown", "manual", "excepted", "pass", "not-applicable")
    assert order == [f"{severity}-{word}" for severity in Severity for word in words]


@pytest.mark.parametrize("least", Severity)
def test_what_is_less_severe_is_hidden_but_counted(least: Severity) -> None:
    header = ReportHeader("1", HEADER.as_of, (), (), minimum_severity=least)
    text = told(*(finding(control=f"c-{severity}", severity=severity) for severity in Severity), header=header)
    shown = [severity for severity in Severity if f"c-{severity}" in text]
    assert shown == list(Severity)[: least.rank + 1]
    hidden = 4 - len(shown)
    assert (f"{hidden} finding(s) below {least} are not shown; they are counted\n" in text) is (hidden > 0)
    assert " 4 fail, " in text.splitlines()[-1]


def test_a_pass_is_one_observation_unless_there_is_something_to_read() -> None:
    brief = told(finding(status=Status.PASS, observed="seen", evidence=(FactEvidence("f", 1, Evidence("e", "p", 1)),)))
    assert "    observed  seen\n" in brief
    assert "required" not in brief
    assert "evidence" not in brief
    noted = told(finding(status=Status.PASS, notes=("look", "again"), fix="mend"))
    assert "    required  r\n    observed  o\n    note      look\n    note      again\n" in noted
    assert "mend" not in noted
    assert "help" not in noted


@pytest.mark.parametrize("status", [Status.PASS, Status.NOT_APPLICABLE])
def test_a_good_verdict_with_an_exception_is_told_in_full(status: Status) -> None:
    exception = ControlException(
        "x", "c", (ACCOUNT,), "why", "ops", Approval("C", date(2026, 1, 1)), date(2026, 12, 31), Location("b.yaml")
    )
    assert "required  r" in told(finding(status=status, exception=ExceptionView(exception, True, status)))
    assert "note      n" in told(finding(status=status, notes=("n",)))


def test_a_note_is_never_cut_off_by_its_beginning() -> None:
    text = told(finding(requirement="a", observed="b", notes=("a; observed: b", "; end")))
    assert "    note      a; observed: b\n    note      ; end\n" in text


@pytest.mark.parametrize(("number", "more"), [(10, None), (11, "and 1 more"), (25, "and 15 more")])
def test_ten_subjects_are_shown_and_the_rest_counted(number: int, more: str | None) -> None:
    text = told(finding(subjects=tuple(Subject(f"u{index}", "old", "e", "line 3") for index in range(number))))
    assert text.count("    who       u") == 10
    assert "    who       u9: old (e, line 3)\n" in text
    if more is None:
        assert "--format json lists all" not in text
    else:
        assert f"              {more}; --format json lists all\n" in text


@pytest.mark.parametrize(
    ("raw", "said"), [(True, "true"), (False, "false"), (0, "0"), ("N/A", "N/A"), (None, "None"), ("True", "True")]
)
def test_each_place_of_evidence_is_told_once_as_it_stands_there(raw: Any, said: str) -> None:
    place = Evidence("e.json", "/a", raw)
    text = told(
        finding(evidence=(FactEvidence("f", 1, place), FactEvidence("g", 2, place), FactEvidence("h", 3, None)))
    )
    assert text.count("evidence") == 1
    assert f"    evidence  e.json, /a: {said}\n" in text


def test_a_command_is_never_broken_into_lines() -> None:
    long = "aws iam update-account-password-policy " + " ".join(f"--option-{number} 1" for number in range(20))
    text = told(finding(fix=f"{long}\naws iam second"))
    assert f"    fix       {long}\n              aws iam second\n    help      baselint explain -b b c\n" in text


def test_commands_for_the_unknowns_are_listed_once_and_for_them_only() -> None:
    text = told(
        finding(control="a", status=Status.UNKNOWN, export_again=("one", "two")),
        finding(control="b", status=Status.UNKNOWN, export_again=("two", "three")),
        finding(control="c", status=Status.FAIL, export_again=("four",)),
    )
    assert "to turn the unknowns into verdicts, run\n    one\n    two\n    three\n\n" in text
    assert "four" not in text
    assert "to turn" not in told(finding(status=Status.UNKNOWN))


def test_an_account_is_introduced_by_what_was_read() -> None:
    record = ExportRecord("e.json", ExportKind.CREDENTIAL_REPORT, "arn", "f" * 64, datetime(2026, 1, 2, tzinfo=UTC), 3)
    undated = ExportRecord("s.json", ExportKind.ACCOUNT_SUMMARY, "arn", "f" * 64, None, None)
    baseline = BaselineHeader("base", "1.2", "ops", None, "b.yaml", "0" * 64)
    header = ReportHeader("1", HEADER.as_of, (baseline,), (Problem("p.json", None, "invalid", "look here"),))
    text = told(
        finding(), header=header, partition="aws", exports=(record, undated), unrecognised=(Unrecognised("u", "odd"),)
    )
    assert text.startswith(
        f"account {ACCOUNT} (aws), as of 2026-11-02T00:00:00Z\n"
        "baseline base 1.2, owner ops\n"
        "    credential-report: e.json (2026-01-02T00:00:00Z)\n"
        "    account-summary: s.json (capture time not known)\n"
        "    not read: u: odd\n\nHIGH\n  fail            c  t\n"
    )
    assert "files that need your eye\n    p.json: look here\n\n" in text
    assert "(partition not seen)" in told()


def test_the_baseline_is_named_where_there_are_several() -> None:
    one, two = (BaselineHeader(name, "1", "ops", None, "b.yaml", "0" * 64) for name in ("x", "y"))
    assert "  fail            c  t\n" in told(finding(), header=ReportHeader("1", HEADER.as_of, (one,), ()))
    assert "  fail            b/c  t\n" in told(finding(), header=ReportHeader("1", HEADER.as_of, (one, two), ()))


@pytest.mark.parametrize(
    ("status", "style"),
    [
        (Status.PASS, Style.GOOD),
        (Status.FAIL, Style.BAD),
        (Status.UNKNOWN, Style.WARN),
        (Status.MANUAL, Style.WARN),
        (Status.EXCEPTED, Style.WARN),
        (Status.NOT_APPLICABLE, Style.DIM),
    ],
)
def test_each_status_has_its_colour_and_the_words_stay_the_same(status: Status, style: Style) -> None:
    text = told(finding(status=status), painter=COLOURED)
    assert f"\x1b[{style}m{status:<14}\x1b[0m" in text
    stripped = text
    for code in Style:
        stripped = stripped.replace(f"\x1b[{code}m", "")
    assert stripped.replace("\x1b[0m", "") == told(finding(status=status))


NASTY = "a\x1b[31mb\x07\u202ec\u2066d\x9be\r\n1 account: 9 pass\u2028f\u200bg\udc80"
SAFE = "a[31mbcde 1 account: 9 pass fg"


def test_hostile_texts_neither_steer_the_terminal_nor_make_lines_of_their_own() -> None:
    item = finding(
        control="c",
        title=NASTY,
        requirement=NASTY,
        observed=NASTY,
        notes=(NASTY,),
        fix=NASTY.replace("\n", " ").replace("\u2028", " "),
        subjects=(Subject(NASTY, NASTY, NASTY, NASTY),),
        evidence=(FactEvidence("f", True, Evidence(NASTY, NASTY, NASTY)),),
    )
    record = ExportRecord(NASTY, ExportKind.CREDENTIAL_REPORT, "arn", "f" * 64, None, 3)
    header = ReportHeader(
        "1",
        HEADER.as_of,
        (BaselineHeader(NASTY, NASTY, NASTY, None, NASTY, "0" * 64),),
        (Problem(NASTY, None, NASTY, NASTY),),
    )
    text = told(item, header=header, exports=(record,), unrecognised=(Unrecognised(NASTY, NASTY),))
    assert not UNSAFE.search(text)
    assert text.count(SAFE) >= 12
    assert sum(line.startswith("1 account") for line in text.splitlines()) == 1
    assert text.encode().decode() == text


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_hostile_user_name_in_an_export_reaches_no_terminal(here: Path, cli: Cli, format_: str) -> None:
    name = "eve\x9b[2J\u202e\x7f"
    write(tree(here) / "s\u202e", exports(user_row(name, **OLD_KEY)))
    result = cli("lint", "--as-of", AS_OF, "--format", format_, "s\u202e")
    assert result.code == 1
    assert "eve" in result.out
    assert not UNSAFE.search(result.out)
    assert not UNSAFE.search(result.err)


def test_colours_come_from_the_painter() -> None:
    report = documents(HEADER, [account(finding(reason=Reason.RETIRED))])
    assert "\x1b[31;1mfail" in "".join(FORMATS["text"].pieces(report, COLOURED))
    plain = "".join(FORMATS["text"].write(report))
    assert plain == "".join(FORMATS["text"].pieces(report, PLAIN))
    assert "\x1b" not in plain
    assert "".join(FORMATS["json"].pieces(report, COLOURED)).startswith('{\n  "schema_version": 1,')

"""What every output format promises, whichever it is."""

import csv
import io
import re
from pathlib import Path

import pytest

import every_verdict
from baselint.finding import Status
from baselint.model import Severity
from baselint.report.document import Report
from baselint.report.formats import FORMATS
from baselint.report.shown import GOOD
from builders import caller, user_row, write
from conftest import Cli
from linting import AS_OF, OLD_KEY, exports, settle
from policytree import tree
from whole_reports import ABSENT, IDS, Watched, header, whole

OPEN_ONLY = {"github": GOOD, "gitlab": GOOD, "sarif-github": (*GOOD, Status.EXCEPTED)}
"""Formats that list what needs somebody, with the verdicts that they only count, or leave out."""

NO_ROOM_FOR_ACCOUNTS = {"oscal-catalog", "oscal-profile"}
NO_ROOM_FOR_PROBLEMS = {"csv", "csv-subjects", "oscal-assessment-plan", *NO_ROOM_FOR_ACCOUNTS}
ABSOLUTE = re.compile(r"(?<![\w/:.<$])/(?:tmp|home|root|Users|usr|var|etc)/")


def text(name: str, report: Report) -> str:
    return "".join(FORMATS[name].write(report))


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is_for_and_ends_its_last_line(name: str) -> None:
    item = FORMATS[name]
    assert re.fullmatch(r"[^\n]+[^.\n]", item.summary)
    assert re.fullmatch(r"\.[a-z.]+", item.suffix)
    written = text(name, whole())
    assert written == text(name, whole())
    assert written.endswith("\n")
    assert written.encode("utf-8").decode("utf-8") == written
    assert not ABSOLUTE.search(written)


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_lost(name: str) -> None:
    written = text(name, whole())
    wanted = {f"control-{status}" for status in Status if status not in OPEN_ONLY.get(name, ())}
    assert {word for word in wanted if word not in written} == set()
    assert name in NO_ROOM_FOR_ACCOUNTS or {word for word in (*IDS, *ABSENT) if word not in written} == set()
    assert "2026-11-0" in written or name in OPEN_ONLY
    assert "export it again" in written or name in NO_ROOM_FOR_PROBLEMS | {"github"}


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_on_nobody_can_be_written(name: str) -> None:
    empty = header(0)
    empty["missing_accounts"], empty["problems"], empty["baselines"] = [], [], []
    written = text(name, Report(empty, ()))
    assert written.endswith("\n")
    assert written == text(name, Report(empty, []))


@pytest.mark.parametrize("name", [name for name, item in FORMATS.items() if item.streams])
def test_an_account_is_written_before_the_last_is_looked_at(name: str) -> None:
    accounts = Watched()
    report = Report(header(), accounts)
    for piece in FORMATS[name].write(report):
        if IDS[0] in piece:
            break
    assert accounts.begun < len(IDS)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tree(settle(tmp_path_factory.mktemp("formats")))
    write(directory / "s" / IDS[0], exports(user_row("alice", **OLD_KEY), user_row("bob")))
    for identifier in IDS[1:]:
        write(directory / "s" / identifier, {"w.json": caller(account=identifier)})
    return directory


def test_one_run_writes_them_all_as_each_run_writes_one(place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    outputs = [f"--output={name}=out/{name}{item.suffix}" for name, item in FORMATS.items()]
    first = cli("lint", "--as-of", AS_OF, *outputs, str(place / "s"))
    assert (first.code, first.err) == (1, "")
    for name, item in FORMATS.items():
        alone = cli("lint", "--as-of", AS_OF, "--format", name, str(place / "s"))
        assert (alone.code, alone.err) == (1, "")
        assert Path(f"out/{name}{item.suffix}").read_text(encoding="utf-8") == alone.out
        assert str(place) not in alone.out
    assert sorted(path.name for path in Path("out").iterdir()) == sorted(f"{n}{i.suffix}" for n, i in FORMATS.items())
    assert first.out == Path("out/text.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["text", "markdown", "github", "github-summary", "sarif-github"])
def test_formats_for_people_hide_what_is_less_severe_and_say_so(name: str) -> None:
    report = whole()
    written = text(name, Report(report.header, report.accounts, Severity.HIGH))
    assert "control-fail" in written
    assert "control-unknown" not in written
    assert "below high" in written


@pytest.mark.parametrize(
    "name", ["json", "ndjson", "csv", "csv-subjects", "junit", "gitlab", "sarif", "oscal-assessment-results"]
)
def test_formats_for_programs_are_whole_whatever_is_hidden(name: str) -> None:
    report = whole()
    assert text(name, Report(report.header, report.accounts, Severity.HIGH)) == text(name, report)


@pytest.mark.parametrize("name", ["text", "json", "ndjson", "csv", "markdown", "junit", "github", "github-summary"])
def test_exceptions_that_were_ignored_are_told(name: str) -> None:
    report = whole()
    ignored = Report({**report.header, "exceptions_ignored": True}, report.accounts)
    assert text(name, ignored) != text(name, report)


def test_a_new_format_needs_no_more_than_a_line(cli: Cli) -> None:
    told = cli("list", "formats").out
    assert [line.split()[0] for line in told.splitlines()] == list(FORMATS)
    assert all(item.summary in told for item in FORMATS.values())


def test_a_spreadsheet_tells_an_exception_in_force_from_one_that_is_not() -> None:
    """The id and the last day alone would let a failure look approved."""
    document = every_verdict.report(
        [
            every_verdict.account(
                every_verdict.FIRST,
                every_verdict.finding("a", "excepted", exception=every_verdict.exception()),
                every_verdict.finding("b", "fail", exception=every_verdict.exception(in_force=False)),
                every_verdict.finding("c", "pass"),
            )
        ]
    )
    rows = csv.DictReader(io.StringIO("".join(FORMATS["csv"].write(document))))
    assert [row["exception_in_force"] for row in rows] == ["yes", "no", ""]


@pytest.mark.parametrize("name", ["text", "json", "ndjson", "markdown", "github-summary", "junit", "html"])
def test_a_file_that_could_not_be_read_is_never_passed_over_in_silence(name: str) -> None:
    unread = [{"path": "s/notes.docx", "reason": "it is no export"}]
    of = every_verdict.report([every_verdict.account(every_verdict.FIRST, unrecognised=unread)])
    assert "s/notes.docx" in text(name, of)
    assert "it is no export" in text(name, of)

"""The report for an auditor: order, wholeness, links, and that no text of a file becomes a part of the page."""

import io
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint import __version__
from baselint.cli import run
from baselint.commands.command import Streams
from baselint.finding import Status
from baselint.model import Severity
from baselint.report import html_page, html_report
from baselint.report.document import Report
from baselint.terminal import UNSAFE
from conftest import Cli
from findings import HEADER, account, documents, finding
from html_judge import Judge, replaced
from whole_project import project

HOSTILE = "<script>alert(1)</script><img src=x onerror=y>\"'&amp;&#x3c;</td></table></style>{{ 7*7 }}{% raw %}"


Sample = Callable[..., Report]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def sample(place: Path) -> Sample:
    """Return the report of the whole project, with texts and keys of the header changed."""
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        run(["lint", "--as-of", "2026-11-02", "--format", "json", "s", "t.zip"], Streams(out, out))
    whole = json.loads(out.getvalue())

    def changed(change: Callable[[str], str] = str, **header: Any) -> Report:
        document = replaced(whole, change)
        accounts = document.pop("accounts")
        return Report(document | header, accounts)

    return changed


@pytest.fixture(scope="module")
def plain(sample: Sample) -> Judge:
    return Judge(written(sample()))


def lint(cli: Cli, *arguments: str) -> str:
    result = cli("lint", "--as-of", "2026-11-02", "--fail-on", "never", "--format", "html", *arguments)
    assert (result.code, result.err) == (0, "")
    return result.out


def written(report: Report) -> str:
    return "".join(html_report.write(report))


def test_a_whole_project(
    place: Path, cli: Cli, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    text = lint(cli, "-b", "base", "-b", "other", "s", "t.zip")
    golden("report.html", text.replace(f"baselint {__version__}", "baselint VERSION"))


def test_what_an_auditor_reads_comes_in_order(place: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    text = Judge(lint(cli, "s", "t.zip")).text
    _, _, text = text.partition("5 Limits")  # behind the list of contents
    told = [
        "1 Scope and population",
        "A. Chief, 2026-10-01",
        "Nobody said which. Without a list of accounts to hold against, this report cannot show that none is missing.",
        "Present 2",
        "notes.txt : the file holds neither JSON nor a credential report",
        "2 Summary",
        "6 findings: one for each account, baseline and control.",
        "3 Controls",
        "A pass contributes to standard-1 3.1",
        "Attested pass by Ann on 2026-10-20, counts through 2027-01-18",
        "I read every line.",
        "A pass meets the bound of standard-1 2.9 (in part)",
        "Exception legacy-keys, in force through 2027-01-31",
        "Without it: fail . Approved by A. Chief on 2026-10-02; owner billing.",
        "4 How verdicts are reached",
        "5 Limits",
        "not how the account is now",
    ]
    positions = [text.find(words) for words in told]
    assert [words for words in told if words not in text] == []
    assert positions == sorted(positions)
    assert "Asks for more than these values standard-1 2.8" in text


def test_every_link_leads_to_a_place_of_the_page_and_every_id_is_there_once(plain: Judge) -> None:
    assert len(plain.ids) == len(set(plain.ids))
    inner = [link for link in plain.links if link.startswith("#")]
    assert len(inner) > 20
    assert {link[1:] for link in inner} <= set(plain.ids)


def test_headings_go_down_one_at_a_time(plain: Judge) -> None:
    levels = plain.headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(next_ - level <= 1 for level, next_ in pairwise(levels))


def test_the_page_asks_nothing_of_anybody(sample: Sample, plain: Judge) -> None:
    text = written(sample())
    assert plain.elements == ELEMENTS
    assert plain.elements.isdisjoint({"script", "link", "img", "iframe", "object", "form", "input"})
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_texts_of_files_become_no_part_of_the_page(sample: Sample, plain: Judge) -> None:
    judged = Judge(written(sample(lambda text: f"{text}{HOSTILE}")))
    assert (judged.elements, judged.attributes) == (plain.elements, plain.attributes)
    assert judged.text.count(HOSTILE) > 120
    assert {link for link in judged.links if not link.startswith("#")} <= {
        link + HOSTILE for link in plain.links if not link.startswith("#")
    }


ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "footer", "h1", "h2", "h3", "h4"),
    *("p", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "time", "code", "pre"),
    *("span", "strong", "br", "div"),
}


@given(st.text(st.characters(codec=None), max_size=12))
@settings(max_examples=25)
def test_any_name_is_inert_and_hides_nothing(name: str) -> None:
    report = documents(HEADER, [account(finding(observed=name, notes=(name,)), name=name or None)])
    text = written(report)
    assert Judge(text).elements <= ELEMENTS
    assert UNSAFE.search(text) is None
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("address", "is_link"),
    [("https://x.example/1", True), ("javascript:alert(1)", False), ("http://x.example/", False), ("SEC-12", False)],
)
def test_only_a_secure_address_is_a_link(address: str, is_link: bool, sample: Sample) -> None:
    changed = sample(lambda text: address if text.startswith("https://tickets") else text)
    assert (address in Judge(written(changed)).links) is is_link


def test_what_makes_a_report_less_than_the_whole_is_said_loudly(sample: Sample, plain: Judge) -> None:
    loud = Judge(written(sample(exceptions_ignored=True, redacted=True))).text
    assert "Exceptions were ignored in this report" in loud
    assert "This report is redacted" in loud
    assert "Exceptions were ignored" not in plain.text
    assert "redacted" not in plain.text


LISTED = {"path": "all.json", "sha256": "0" * 64, "expected": 3, "present": 1, "unexpected": [], "inactive": []}


def test_the_population_is_told_before_anything_is_counted(sample: Sample) -> None:
    odd = {
        "unexpected": ["8" * 12],
        "inactive": [{"id": "7" * 12, "state": "SUSPENDED"}, {"id": "6" * 12, "state": "CLOSED"}],
    }
    text = Judge(written(sample(missing_accounts=["999900001111", "999900002222"], account_list=LISTED | odd))).text
    told = [
        "Expected 3, by all.json , SHA-256 0000",
        "Present 1 of them; exports of 2 in all",
        "2: 999900001111, 999900002222. No export of them was read",
        "Unexpected 888888888888. Judged all the same.",
        "Not active 777777777777 (SUSPENDED), 666666666666 (CLOSED). Nothing is expected of them.",
    ]
    assert [words for words in told if words not in text] == []
    assert text.index("666666666666") < text.rindex("2 Summary")
    whole = Judge(written(sample(account_list=LISTED))).text
    assert "Missing None. Unexpected None. Not active None." in whole


def test_evidence_is_never_cut_by_severity() -> None:
    low = finding(severity=Severity.LOW, observed="a small thing", status=Status.FAIL)
    report = documents(HEADER, [account(low)])
    only_high = Report(report.header, report.accounts, Severity.CRITICAL)
    assert "a small thing" in written(only_high)


def test_a_control_that_is_not_meant_for_every_account_says_so() -> None:
    one, other = account(finding(), id="1" * 12), account(finding(baseline="z"), finding(), id="2" * 12)
    text = Judge(written(documents(HEADER, [one, other]))).text
    assert "1 of 2 accounts; the baseline is not meant for the others: 1 fail" in text
    assert "2 of 2 accounts: 2 fail" in text


@pytest.mark.parametrize(
    ("value", "words"), [(True, "true"), (False, "false"), (None, "none"), (7, "7"), ({"low": 1, "high": 3}, "1 to 3")]
)
def test_a_value_has_words(value: Any, words: str) -> None:
    assert html_page.value_words(value) == words

"""Pages of accounts: made on request only, taken away by the next render without it, whole, and inert."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from baselint.policy.prepare import prepare
from baselint.report import json_report
from baselint.report.document import Report
from baselint.runbook import account_pages
from baselint.runbook.account_view import AccountReports, fleet, value_words
from baselint.runbook.book import Book, RunbookPolicy, book
from baselint.runbook.templating import PageContext, environment, tidy
from conftest import Cli
from markdown_judge import HOSTILE, dangers, outline, render
from policytree import library, tree
from whole_reports import ABSENT, IDS, account, header, whole

OUT = Path("out")
INDEX = OUT / "accounts/index.md"
FIRST = OUT / f"accounts/{IDS[0]}.md"
NAMES = {"control-fail": "keys", "control-unknown": "length", "control-manual": "review", "control-pass": "old"}
"""Controls of the small tree, in the place of those that nobody has."""


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Callable[..., Any]:
    """Render the small tree into ``out`` with options."""
    monkeypatch.chdir(tree(tmp_path))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    return lambda *options: cli("render", "--output", "out", *options)


def save(name: str, report: Report, change: Callable[[dict[str, Any]], object] = len) -> str:
    """Write a report, with the names of the tree's controls, as a file of JSON."""
    text = "".join(json_report.write(report))
    for old, new in NAMES.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    data = json.loads(text)
    change(data)
    Path(name).write_text(json.dumps(data), encoding="utf-8")
    return name


def recount(data: dict[str, Any]) -> None:
    found = [item["status"] for account in data["accounts"] for item in account["findings"]]
    data["summary"] = {key: found.count(key) for key in data["summary"]} | {"accounts": len(data["accounts"])}


def test_without_a_report_no_page_names_an_account(make: Callable[..., Any]) -> None:
    assert make().code == 0
    assert not (OUT / "accounts").exists()
    assert not (OUT / "robots.txt").exists()
    assert "not_in_nav" not in (OUT / ".mkdocs-menu.yml").read_text()


def test_pages_are_made_on_request_and_taken_away_by_the_next_render(make: Callable[..., Any]) -> None:
    make()
    without = {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()}
    save("r.json", whole())
    assert make("--report", "r.json").code == 0
    made = sorted(path.name for path in (OUT / "accounts").iterdir())
    assert made == [*(f"{name}.md" for name in IDS), "index.md"]
    for page in (INDEX, FIRST):
        assert page.read_text().startswith("---\nsearch:\n  exclude: true\n---\n# ")
        assert '!!! danger "Internal: account data"' in page.read_text()
    assert (OUT / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    menu = (OUT / ".mkdocs-menu.yml").read_text()
    assert "\nnot_in_nav: /accounts/\n" in menu
    assert '"accounts/index.md"' in menu
    assert IDS[0] not in menu
    assert make("--report", "r.json", "--check").code == 0
    found = make("--check")
    assert found.code == 1
    for path in (INDEX, FIRST, OUT / "robots.txt"):
        assert f"{path.as_posix()}: is orphaned" in found.out
    assert make().code == 0
    assert not any((OUT / "accounts").iterdir())
    assert not (OUT / "robots.txt").exists()
    assert {path: path.read_bytes() for path in OUT.rglob("*") if path.is_file()} == without


def test_a_check_names_the_whole_call(make: Callable[..., Any]) -> None:
    save("r.json", whole())
    save("old.json", whole(accounts=2))
    options = ("--report", "r.json", "--earlier-report", "old.json", "--redact")
    found = make(*options, "--check")
    assert f"run 'baselint render --output out {' '.join(options)}'" in found.out


def test_the_page_of_an_account_is_whole(make: Callable[..., Any], golden: Callable[[str, str], None]) -> None:
    save("old.json", whole(), lambda data: data["accounts"][0]["findings"].pop(1) and recount(data))
    save("r.json", whole())
    make("--report", "r.json", "--earlier-report", "old.json")
    golden("account-page.md", FIRST.read_text())
    golden("accounts-page.md", INDEX.read_text())


def test_every_link_of_the_pages_leads_somewhere(make: Callable[..., Any]) -> None:
    save("r.json", whole())
    save("old.json", whole(accounts=2))
    make("--report", "r.json", "--earlier-report", "old.json")
    pages = {path.resolve(): render(path.read_text()) for path in OUT.rglob("*.md")}
    anchors = {path: {item.split()[1] for item in outline(html) if " " in item} for path, html in pages.items()}
    links = 0
    for page in (path for path in pages if path.parent.name == "accounts"):
        for target in re.findall(r'href="(?!https:)([^"]+)"', pages[page]):
            path, _, anchor = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            assert there in pages, target
            assert not anchor or anchor in anchors[there], target
            links += 1
    assert links > 50


def test_what_belongs_together_stands_on_one_level(make: Callable[..., Any]) -> None:
    """A list below an item swallows the items behind it where no empty line ends it."""

    def change(data: dict[str, Any]) -> None:
        data["accounts"][0]["findings"][0]["status"] = "fail"
        data["accounts"][0]["findings"][1]["status"] = "pass"
        recount(data)

    save("r.json", whole())
    save("old.json", whole(), change)
    make("--report", "r.json", "--earlier-report", "old.json")
    for page in (INDEX, FIRST):
        levels: dict[int, set[str]] = {}
        depth = 0
        html = re.sub(r"</?p>|\s*\n\s*", "", render(page.read_text()))
        for tag, label in re.findall(r"<(/?[uo]l|li)>(?:<strong>([^<]*)</strong>)?", html):
            depth += {"ul": 1, "ol": 1, "/ul": -1, "/ol": -1}.get(tag, 0)
            if tag == "li":
                levels.setdefault(depth, set()).add(label)
        assert {depth for depth, labels in levels.items() if labels - {""}} == {1}, page
        assert {"1 new:", "1 fixed:"} < levels[1]
        assert depth == 0


def test_the_worst_account_and_the_control_that_fails_most_often_come_first(make: Callable[..., Any]) -> None:
    def change(data: dict[str, Any]) -> None:
        data["accounts"][0]["findings"][1]["status"] = "pass"
        data["accounts"][2]["findings"][2]["status"] = "fail"
        recount(data)

    save("r.json", whole(), change)
    make("--report", "r.json")
    page = INDEX.read_text()
    table = [line for line in page.splitlines() if line.startswith("| [")]
    order = [next(name for name in IDS if f"[`{name}`]" in line) for line in table]
    assert order[:3] == order[3:] == [IDS[2], IDS[1], IDS[0]]
    listed = [line for line in page.splitlines() if line.startswith("1. ")]
    assert [line.split("`")[1] for line in listed] == ["keys", "length", "review"]
    assert listed[1].endswith("Keys are young: 1 fail, 2 unknown of 3")
    assert page.index("## Missing: 2") < page.index("## Files that need your eye") < page.index("## The accounts")
    assert all(f"- `{name}`" in page for name in ABSENT)


def test_a_report_of_another_policy_is_told(make: Callable[..., Any]) -> None:
    save("r.json", whole())
    make("--report", "r.json")
    assert "The policy has changed since" in INDEX.read_text()
    assert "The policy has changed since" in FIRST.read_text()
    hash_ = re.search(r"[0-9a-f]{64}", Path("out/print.md").read_text())
    assert hash_
    save("r.json", whole(), lambda data: data["baselines"][0].update(resolved_sha256=hash_[0]))
    make("--report", "r.json")
    assert "The policy has changed since" not in INDEX.read_text() + FIRST.read_text()


def test_changes_since_an_earlier_report_are_told(make: Callable[..., Any]) -> None:
    def change(data: dict[str, Any]) -> None:
        data["accounts"][0]["findings"][1]["status"] = "pass"
        data["accounts"][0]["findings"][0]["status"] = "fail"
        data["accounts"][2]["id"] = "999988887777"
        recount(data)

    save("old.json", whole(), change)
    save("r.json", whole())
    make("--report", "r.json", "--earlier-report", "old.json")
    index, page = INDEX.read_text(), FIRST.read_text()
    assert "- **Not there before:** `777788889999`" in index
    assert "- **No longer there, so nobody looked at them again:** `999988887777`" in index
    assert "in `999988887777`" not in index
    assert f"- [`keys`]({IDS[0]}.md#finding-keys) in `{IDS[0]}`: pass → fail\n" in index
    assert "- **1 new:** fails, and did not before\n\n    - [`keys`]" in page
    assert "- **1 fixed:** failed before, and passes\n\n    - [`old`]" in page
    assert "· **new**" in page
    assert "the account was not in it, so everything is new" in (OUT / f"accounts/{IDS[2]}.md").read_text()


def test_redacted_pages_name_nobody(make: Callable[..., Any]) -> None:
    save("old.json", whole(accounts=2))
    save("r.json", whole())
    make("--report", "r.json", "--earlier-report", "old.json", "--redact")
    pages = sorted((OUT / "accounts").iterdir())
    assert [path.name for path in pages] == ["account-1.md", "account-2.md", "account-3.md", "index.md"]
    told = "".join(path.read_text() for path in pages)
    assert "Names and ids are replaced by aliases." in told
    for name in (*IDS, *ABSENT, "alice", "carol", "Ann Example", "Acme", "mail.example.com", "tickets.example.com"):
        assert name not in told, name


def test_many_members_places_and_changes_are_counted(make: Callable[..., Any]) -> None:
    def change(data: dict[str, Any]) -> None:
        for item in data["accounts"][0]["findings"]:
            item["subjects"] = [{**item["subjects"][0], "id": f"user-{number:03}"} for number in range(60)]
            item["evidence"] *= 30

    save("r.json", whole(accounts=1), change)
    make("--report", "r.json")
    page = FIRST.read_text()
    assert "- **Who:** 60\n" in page
    assert "`user-049`" in page
    assert "`user-050`" not in page
    assert "- and 10 more, whom the report names" in page
    assert "- and 10 more places, which the report names" in page


def test_an_account_without_anything_says_so(make: Callable[..., Any]) -> None:
    def change(data: dict[str, Any]) -> None:
        data["accounts"][0].update(exports=[], findings=[], unrecognised=[], name=None, kind=None, partition=None)
        data.update(missing_accounts=[], problems=[], exceptions_ignored=True, account_list=None)
        recount(data)

    save("r.json", whole(accounts=1), change)
    make("--report", "r.json")
    page, index = FIRST.read_text(), INDEX.read_text()
    assert "No baseline is meant for this account, so nothing was judged." in page
    assert "## The exports {#exports}\n\nThere is none.\n" in page
    assert "**Exceptions were ignored**" in page
    assert "- **Kind:** not known\n- **Partition:** not known\n" in page
    assert "Nothing is open." in index
    save("r.json", whole(accounts=1), lambda data: data.update(accounts=[]) or recount(data))
    make("--report", "r.json")
    assert "The report tells of no account." in INDEX.read_text()


@pytest.mark.parametrize("option", [("--earlier-report", "r.json"), ("--redact",)])
def test_options_for_account_pages_need_a_report(make: Callable[..., Any], option: tuple[str, ...]) -> None:
    refused = make(*option)
    assert refused.code == 2
    assert "name a report with --report" in refused.err


def test_redacted_reports_are_not_compared(make: Callable[..., Any]) -> None:
    save("old.json", whole(), lambda data: data.update(redacted=True))
    save("r.json", whole())
    refused = make("--report", "r.json", "--earlier-report", "old.json")
    assert (refused.code, "old.json: the report is redacted" in refused.err) == (2, True)
    assert make("--report", "old.json").code == 0
    assert make("--report", "nowhere.json").code == 2


@pytest.fixture(scope="module")
def made_of(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book of the small tree; its baseline is the one of the reports."""
    directory = tree(tmp_path_factory.mktemp("tree"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(directory)
        opened = library(directory)
        baselines = prepare([opened.baseline("base")], opened).baselines
        controls = tuple(opened.control(name) for name in ("length", "keys", "review", "old"))
    return book(RunbookPolicy(baselines, controls, {}))


def judged(made_of: Book, report: Report, earlier: Report | None) -> list[str]:
    """Return the HTML of the pages that a report makes."""
    told = replace(made_of, policy=replace(made_of.policy, accounts=AccountReports(report, earlier)))
    templates = environment()
    pages = [item for item in account_pages.pages(told) if item.path.endswith(".md")]
    assert all(re.fullmatch(r"accounts/(index|other-[0-9a-f]{16})\.md", item.path) for item in pages)
    return [
        render(
            tidy(
                templates.get_template(item.template).render(page=PageContext(item.path, told.addresses), **item.values)
            ).split("---\n", 2)[2]
        )
        for item in pages
    ]


def brief(change: Callable[[str], str]) -> Report:
    """Return a report on one account with a failure, something unknown and an exception."""
    report = whole(change, accounts=1)
    (told,) = report.accounts
    shown = {"fail", "unknown", "excepted"}
    return Report(
        report.header, ({**told, "findings": [item for item in told["findings"] if item["status"] in shown]},)
    )


@pytest.fixture(scope="module")
def harmless(made_of: Book) -> list[list[str]]:
    return [shape(html) for html in judged(made_of, brief(lambda old: f"{old} x"), None)]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_report_has_power_over_a_page(made_of: Book, harmless: list[list[str]], text: str) -> None:
    html = judged(made_of, brief(lambda old: old + text), None)
    assert [danger for page in html for danger in dangers(page)] == []
    assert [shape(page) for page in html] == harmless


def test_nor_has_a_text_that_stands_alone_or_is_of_the_earlier_report(made_of: Book) -> None:
    for text in HOSTILE[::8]:
        alone, other = (brief(lambda _, words=words: words) for words in (text, f"{text} "))  # type: ignore[misc]
        html = judged(made_of, alone, other)
        assert [danger for page in html for danger in dangers(page)] == []


def shape(html: str) -> list[str]:
    """Return tables, headings and boxes of a page, but for the names of anchors, which are made from ids."""
    return [item.split()[0] for item in outline(html)]


def test_two_baselines_have_anchors_and_names_of_their_own() -> None:
    told = account(IDS[0])
    told["findings"] = [{**told["findings"][1], "baseline": name} for name in ("base", "more", "m-ore", "m.ore")]
    head = {**header(1), "baselines": [{**header(1)["baselines"][0], "id": name} for name in ("base", "more")]}
    for name in ("M!", "M?"):
        told["findings"].append({**told["findings"][0], "baseline": name})
    view = fleet(AccountReports(Report(cast("Any", head), (told,))), {"base": "0" * 64})
    anchors = [item.anchor for item in view.accounts[0].findings]
    assert len(set(anchors)) == len(anchors)
    assert "base/control-fail" in [item.name for item in view.accounts[0].findings]
    assert view.other_policy == ("more",)
    assert view.changes == ()
    assert view.accounts[0].status_of(("no", "such")) is None


def test_values_have_words() -> None:
    words = [value_words(value) for value in (None, True, False, 1, "text", {"low": 1, "high": 2})]
    assert words == ["none", "true", "false", "1", "text", "between 1 and 2"]

"""The pages of accounts: only on request, worst first, counted to the end, and no text of a report has power."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from baselint.finding import Status
from baselint.report.document import Report
from baselint.report.redacted_reports import redacted
from baselint.runbook import account_pages
from baselint.runbook.account_view import AccountReports, fleet
from baselint.runbook.book import RunbookPolicy, book
from baselint.runbook.files import files
from baselint.runbook.menu import MENU
from baselint.runbook.templating import PageContext, environment, tidy
from markdown_judge import HOSTILE, dangers, outline, render, shown
from whole_reports import ABSENT, IDS, whole

NOTICE = 'Internal: account data"\n\n    This page tells what is wrong in '
FRONT = "---\nrobots: noindex\nsearch:\n  exclude: true\n---\n"


def changed(report: Report, **statuses: str) -> Report:
    """Return a report whose controls have other statuses; ``manual="fail"`` is about the control ``control-manual``."""
    accounts: list[Any] = deepcopy(list(report.accounts))
    for finding in (finding for account in accounts for finding in account["findings"]):
        finding["status"] = statuses.get(finding["control"].removeprefix("control-"), finding["status"])
    counts = Counter(finding["status"] for account in accounts for finding in account["findings"])
    summary: Any = {"accounts": len(accounts)} | {status.value: counts[status] for status in Status}
    return Report({**report.header, "summary": summary}, accounts)


templates = cache(environment)


def made(report: Report, earlier: Report | None = None) -> Mapping[str, str]:
    """Return the pages of accounts of a runbook without any policy."""
    made_of = book(RunbookPolicy((), (), {}, accounts=AccountReports(report, earlier)))
    return {
        item.path: tidy(templates().get_template(item.template).render(page=PageContext(item.path, {}), **item.values))
        for item in account_pages.pages(made_of)
        if item.path.endswith(".md")
    }


def html(page: str) -> str:
    return render(page.removeprefix(FRONT))


def test_without_a_report_there_is_nothing_of_accounts() -> None:
    plain = files(RunbookPolicy((), (), {}))
    assert [path for path in plain if "account" in path.split("/")[0] or path == "robots.txt"] == []
    assert "accounts" not in plain[MENU]


def test_every_page_begins_with_the_notice_and_stays_out_of_every_search() -> None:
    every = files(RunbookPolicy((), (), {}, accounts=AccountReports(whole())))
    found = {path: text for path, text in every.items() if path.startswith("accounts/")}
    assert sorted(found) == [*(f"accounts/{name}.md" for name in IDS), "accounts/index.md"]
    for text in found.values():
        title, notice = text.removeprefix(FRONT).split("\n\n", 1)
        assert text.startswith(FRONT)
        assert title.startswith("# Account")
        assert notice.startswith('!!! danger "' + NOTICE)
    assert every["robots.txt"] == "User-agent: *\nDisallow: /\n"
    assert every[MENU].count("accounts/") == 2
    assert "not_in_nav: /accounts/\nnav:\n" in every[MENU]
    assert '  - "Accounts":\n      - "accounts/index.md"\n' in every[MENU]


def test_the_pages_say_what_the_report_says(golden: Callable[[str, str], None]) -> None:
    found = made(whole(accounts=1), changed(whole(accounts=1), fail="pass", unknown="fail"))
    golden("accounts.md", found["accounts/index.md"])
    golden("account.md", found[f"accounts/{IDS[0]}.md"])


def test_what_is_missing_comes_first_and_the_worst_account_and_control_next() -> None:
    accounts: list[Any] = deepcopy(list(whole().accounts))
    for finding in accounts[0]["findings"] + accounts[2]["findings"][1:]:
        finding["status"] = "pass"
    accounts[2]["findings"][0].update(status="fail", severity="low")
    view = fleet(AccountReports(Report(whole().header, accounts)), {})
    assert [item.account["id"] for item in view.accounts] == [IDS[1], IDS[2], IDS[0]]
    assert [item.name for item in view.columns] == [
        "control-fail",
        "control-pass",
        "control-unknown",
        "control-manual",
    ]
    page = shown(html(made(Report(whole().header, accounts))["accounts/index.md"]))
    places = [*ABSENT, "export it again", "How they stand", IDS[1], IDS[2], "control-fail", "Account by control"]
    assert [page.index(word) for word in places] == sorted(page.index(word) for word in places)


def test_a_report_that_tells_of_no_account_and_one_in_which_nothing_is_open() -> None:
    nobody = made(changed(Report(whole().header, ())))["accounts/index.md"]
    assert "The report tells of no account." in nobody
    fine = made(changed(whole(), **dict.fromkeys(("fail", "unknown", "manual"), "pass")))["accounts/index.md"]
    assert "Nothing is open." in fine
    accounts: list[Any] = deepcopy(list(whole(accounts=1).accounts))
    accounts[0].update(findings=[], exports=[], unrecognised=[], name=None, kind=None, partition=None)
    page = made(Report(whole().header, accounts))[f"accounts/{IDS[0]}.md"]
    for words in (f"# Account {IDS[0]}\n", "nothing was judged", "There is none.", "- **Kind:** not known"):
        assert words in page


def test_long_lists_end_with_a_count() -> None:
    accounts: list[Any] = deepcopy(list(whole().accounts))
    failing = next(item for item in accounts[0]["findings"] if item["status"] == "fail")
    failing["subjects"] *= 51
    failing["evidence"] *= 26
    failing["export_again"] = None
    found = made(Report(whole().header, accounts))
    page = found[f"accounts/{IDS[0]}.md"]
    assert "**Who:** 51" in page
    assert "and 1 more, whom the report names" in page
    assert "and 2 more places, which the report names" in page


def test_the_table_of_accounts_and_controls_ends_somewhere() -> None:
    accounts: list[Any] = []
    for number in range(101):
        accounts.append({**deepcopy(next(iter(whole().accounts))), "id": f"{number:012d}"})
        template = accounts[-1]["findings"][1]
        accounts[-1]["findings"] = [{**template, "control": f"c-{index}"} for index in range(21)]
    found = made(changed(Report(whole().header, accounts)), changed(Report(whole().header, accounts)))
    index = found["accounts/index.md"]
    assert "The worst of them: 100 of 101 accounts, and 20 of 21 controls" in index
    assert index.count("(000000000100.md)") == 1
    assert [index.count(f"`c-{number}`") for number in (8, 9)] == [2, 1]


def test_what_changed_is_told_per_account_and_on_the_overview() -> None:
    before = changed(whole(), fail="pass", manual="fail")
    first, *others = before.accounts
    accounts: list[Any] = [*others, {**first, "id": "999999999999"}]
    found = made(changed(whole(), manual="pass"), Report(before.header, accounts))
    index, account = found["accounts/index.md"], found[f"accounts/{IDS[1]}.md"]
    assert "Since the report as of 2026-11-02T23:59:59Z: **2** new, **2** still open, **2** fixed." in index
    assert "Since the report as of 2026-11-02T23:59:59Z: **1** new, **1** still open, **1** fixed." in account
    assert "- **No longer there**, so nobody looked: `999999999999`" in index
    assert f"- **Not there before**, so everything in it is new: [`{IDS[0]}`]({IDS[0]}.md)" in index
    assert f"[`control-fail`]({IDS[1]}.md#finding-control-fail) in `{IDS[1]}`: pass → fail" in index
    assert "does not have this account, so everything is new" in found[f"accounts/{IDS[0]}.md"]
    assert "`999999999999`" not in account


def test_a_finding_that_nobody_judged_again_is_told_and_leads_nowhere() -> None:
    accounts: list[Any] = deepcopy(list(whole(accounts=1).accounts))
    gone = accounts[0]["findings"].pop()
    found = made(Report(whole().header, accounts), whole(accounts=1))
    line = f"    - `{gone['control']}`: {gone['status']} → not judged\n"
    assert line in found[f"accounts/{IDS[0]}.md"]


def test_who_is_new_in_a_failure_and_who_is_gone_is_named() -> None:
    accounts: list[Any] = deepcopy(list(whole(accounts=1).accounts))
    failing = next(item for item in accounts[0]["findings"] if item["status"] == "fail")
    failing["subjects"] = [{**failing["subjects"][0], "id": f"user-{number:02}"} for number in range(11)]
    page = made(Report(whole().header, accounts), whole(accounts=1))[f"accounts/{IDS[0]}.md"]
    assert "fail → fail; now also `user-00`, " in page
    assert "`user-09` and 1 more; no longer `alice/access-key-1`\n" in page


def test_many_changes_of_a_kind_end_with_a_count() -> None:
    accounts: list[Any] = deepcopy(list(whole(accounts=1).accounts))
    template = accounts[0]["findings"][0]
    accounts[0]["findings"] = [{**template, "status": "fail", "control": f"c-{number}"} for number in range(51)]
    before: list[Any] = deepcopy(accounts)
    for finding in before[0]["findings"]:
        finding["status"] = "pass"
    found = made(Report(whole().header, accounts), Report(whole().header, before))
    assert "    - and 1 more, which `baselint compare` names\n" in found[f"accounts/{IDS[0]}.md"]
    same = made(Report(whole().header, before), Report(whole().header, before))
    assert "Since the report as of 2026-11-02T23:59:59Z: nothing changed." in same["accounts/index.md"]


def test_a_report_of_another_policy_says_so_on_every_page() -> None:
    for text in made(whole()).values():
        assert '!!! warning "The report is of another policy than these pages"' in text
        assert "other values of `base` than" in text


def test_what_was_ignored_or_replaced_is_told_on_every_page() -> None:
    header: Any = {**whole().header, "exceptions_ignored": True}
    for text in made(redacted(Report(header, whole().accounts))[0]).values():
        assert "**Exceptions were ignored**" in text
        assert "Names and ids are replaced by aliases." in text


def test_redacted_reports_make_pages_without_a_name() -> None:
    earlier = changed(whole(), fail="pass")
    found = made(*redacted(whole(), earlier))
    assert sorted(found) == [*(f"accounts/account-{number}.md" for number in (1, 2, 3)), "accounts/index.md"]
    everything = "".join(found.values())
    for name in (*IDS, *ABSENT, "Acme", "alice", "carol", "Ann Example", "security team", "tickets.example.com"):
        assert name not in everything, name
    assert "[`control-fail`](account-1.md#finding-control-fail) in `account-1`: pass → fail" in everything


def test_two_baselines_are_told_apart() -> None:
    accounts: list[Any] = deepcopy(list(whole(accounts=1).accounts))
    accounts[0]["findings"] += [{**item, "baseline": "more"} for item in accounts[0]["findings"]]
    header = deepcopy(whole(accounts=1).header)
    header["baselines"].append({**header["baselines"][0], "id": "more"})
    page = made(Report(header, accounts))[f"accounts/{IDS[0]}.md"]
    assert page.count("`base/control-fail`") == page.count("`more/control-fail`") == 1
    assert "{#finding-base-control-fail}" in page


ANCHOR = re.compile(r"^(h[1-6]) .*")


def shape(found: list[str]) -> list[str]:
    """Return an outline without the anchors that are made from texts."""
    return [ANCHOR.sub(r"\1", item) for item in found]


CHOSEN = [text for number, text in enumerate(HOSTILE) if number % 4 == 0 or "```" in text or "{" in text]
LONG = (
    "a" * 10_000,
    "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c",
    "\U0001f469\u200d\U0001f4bb",
    "a | b",
    "{{ 7*7 }}",
    "",
)


@pytest.mark.parametrize("text", [*CHOSEN, *LONG], ids=lambda text: ascii(text[:40]))
def test_no_text_of_a_report_has_power_over_a_page(text: str) -> None:
    for change, calm in ((lambda _old: text, lambda _old: "word"), (lambda old: old + text, lambda old: f"{old} x")):
        hostile = pages_of(change)
        assert all(re.fullmatch(r"accounts/(?:index|[0-9]{12}|other-[0-9a-f]{16})\.md", path) for path in hostile)
        for page, harmless in zip(hostile.values(), pages_of(calm).values(), strict=True):
            judged = html(page)
            assert dangers(judged) == []
            anchors = [item.split()[1] for item in outline(judged) if " " in item]
            assert len(anchors) == len(set(anchors))
            assert shape(outline(judged)) == shape(outline(html(harmless)))


def pages_of(change: Callable[[str], str]) -> Mapping[str, str]:
    """Return the pages of a report whose texts are changed; before it two controls stood otherwise."""
    report = whole(change, accounts=1)
    (account,) = report.accounts
    first, second, *others = account["findings"]
    before: Any = {**account, "findings": [{**first, "status": "fail"}, {**second, "status": "pass"}, *others]}
    return made(report, Report(report.header, (before,)))


def test_the_anchors_of_a_page_are_its_own() -> None:
    accounts: list[Any] = deepcopy(list(whole(accounts=1).accounts))
    names = ("base", "m-ore", "m.ore", "M!", "M?")
    accounts[0]["findings"] = [{**accounts[0]["findings"][0], "baseline": name} for name in names]
    report = Report(whole().header, accounts)
    report.header["baselines"].append({**report.header["baselines"][0], "id": "more"})
    view = fleet(AccountReports(report), {"base": "0" * 64})
    anchors = [item.anchor for item in view.accounts[0].findings]
    assert len(set(anchors)) == len(anchors) == 5
    assert view.other_policy == ("more",)


def test_what_belongs_together_stands_on_one_level() -> None:
    """A list below an item must not swallow the items behind it."""
    for page in pages_of(str).values():
        depth, levels = 0, set()
        for tag, label in re.findall(r"<(/?[uo]l|li)>\s*(?:<p>)?(<strong>)?", html(page)):
            depth += {"li": 0, "ul": 1, "ol": 1}.get(tag, -1)
            if label and tag == "li":
                levels.add(depth)
        assert (depth, levels) == (0, {1})

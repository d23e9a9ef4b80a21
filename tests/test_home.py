"""The home page: the night first, then what applies to which account, what changed lately, and a way to everything."""

from dataclasses import replace
from pathlib import Path

import pytest

from baselint.model import Severity
from baselint.policy.library import PolicyLibrary
from baselint.policy.prepare import prepare
from baselint.runbook.account_kinds import concerns, kind_views
from baselint.runbook.book import RunbookPolicy, book
from baselint.runbook.home import pages
from baselint.runbook.templating import PageContext, environment
from policytree import BASELINE, LENGTH, library, tree
from shipped import LIBRARY, POLICY

GUARDED = """\
kind: control
id: %s
title: Only %s
severity: high
check:
  applies_when: {fact: organization.role, %s, otherwise: it is none}
  expect: {fact: root.mfa_enabled, equals: true}
"""
LOG = """\
changes:
  - {date: "2026-01-02", control: length, reason: the first}
  - {date: "2026-02-02", control: length, reason: a <b>second</b>}
  - {date: "2026-03-02", control: base, reason: the third}
  - {date: "2026-04-02", control: keys, reason: the fourth}
"""


def home(policy: RunbookPolicy) -> str:
    """Render the home page alone."""
    made_of = book(policy)
    (page,) = pages(made_of)
    context = PageContext(page.path, made_of.addresses)
    return environment().get_template(page.template).render(page=context, **page.values)


def policy_of(opened: PolicyLibrary, *names: str, **guides: str) -> RunbookPolicy:
    baselines = prepare((opened.baseline(name) for name in names), opened).baselines
    controls = tuple(opened.control(entry.id) for entry in opened.entries if str(entry.kind) == "control")
    return RunbookPolicy(
        baselines, controls, {f"guides/{name.replace('_', '-')}.md": text for name, text in guides.items()}
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_incidents_stand_before_everything_and_root_mfa_is_one_click_away() -> None:
    page = home(POLICY)
    first = page.index("## What applies to which account")
    for name in ("incident-root-alarm", "incident-root-key-found", "incident-root-mfa-lost", "break-glass"):
        assert 0 < page.index(f"](guides/{name}.md)") < first
    assert page.index("(controls/root-user/root-mfa.md)") > first


def test_each_kind_of_account_follows_the_baseline_that_is_made_for_it() -> None:
    found = {item.kind: item for item in kind_views(POLICY.baselines)}
    assert {kind: item.followed.baseline.id for kind, item in found.items()} == {
        "standalone": "aws-root-hardening",
        "member": "aws-member-account",
        "management": "aws-management-account",
    }
    for item in found.values():
        assert "root-mfa" in [control.control.id for control in item.controls[Severity.CRITICAL]]
        shown = sum(map(len, item.controls.values())) + len(item.spared)
        assert shown == sum(not control.control.retired for control in item.followed.controls)
        assert list(item.controls) == sorted(item.controls, key=lambda severity: severity.rank)
    assert not concerns(LIBRARY.control("root-denied-by-scp"), "standalone")
    assert not concerns(LIBRARY.control("root-denied-by-scp"), "management")
    assert concerns(LIBRARY.control("root-denied-by-scp"), "member")
    assert concerns(LIBRARY.control("root-access-centralized"), "management")


def test_the_page_names_what_is_bad_counts_the_rest_and_says_what_never_applies(here: Path) -> None:
    files = {
        "controls__g__members": GUARDED % ("members", "members", "one_of: [member]"),
        "controls__g__alone": GUARDED % ("alone", "lonely <b>accounts</b>", "equals: standalone"),
        "controls__g__length": LENGTH,
        "baselines__base": BASELINE + "  - id: members\n  - id: alone\n  - id: old\n",
    }
    page = home(policy_of(library(tree(here, **files)), "base"))
    alone = page[page.index("{#standalone}") : page.index("{#member}")]
    assert "Follow **[Base](baselines/base.md)**, `base`.\n" in alone
    assert (
        '- <span class="bl-severity bl-high">High</span>\n    - [Keys are young](controls/g/keys.md)\n'
        "    - [Only lonely &lt;b&gt;accounts&lt;/b&gt;](controls/g/alone.md)\n"
        '- <span class="bl-severity bl-medium">Medium</span>: 1 more, on [the page of the baseline](baselines/base.md)\n'
    ) in alone
    assert "It lists besides what never applies to this kind: [Only members](controls/g/members.md).\n" in alone
    assert "Nothing any more" not in page
    member = page[page.index("{#member}") : page.index("{#management}")]
    assert "    - [Only members](controls/g/members.md)\n" in member


def test_a_kind_without_a_baseline_is_left_out(here: Path) -> None:
    text = BASELINE.replace("controls:", "applies_to: {kinds: [member]}\ncontrols:")
    policy = policy_of(library(tree(here, baselines__base=text)), "base")
    assert [item.kind for item in kind_views(policy.baselines)] == ["member"]
    assert "{#standalone}" not in home(policy)
    assert kind_views(()) == ()


def test_the_newest_decisions_are_shown(here: Path) -> None:
    page = home(policy_of(library(tree(here, baselines__base=BASELINE + LOG)), "base"))
    assert page.index("2026-04-02, [`keys`]") < page.index("2026-03-02, [`base`]") < page.index("2026-02-02")
    assert "in [`base`](baselines/base.md): a &lt;b&gt;second&lt;/b&gt;\n" in page
    assert "the first" not in page
    assert "No baseline records a decision yet." in home(policy_of(library(tree(here)), "base"))


def test_without_guides_nothing_leads_nowhere(here: Path) -> None:
    policy = policy_of(library(tree(here)), "base")
    page = home(policy)
    assert "guides/" not in page
    assert "right now" not in page
    assert "the pages of the controls have the steps" in page
    some = replace(policy, guides={"guides/break-glass.md": "# Break [it](x)\n", "guides/own.md": "# Our own\n"})
    page = home(some)
    assert "    - **[Break &#91;it&#93;(x)](guides/break-glass.md)**\n" in page
    assert "- [Our own](guides/own.md)\n" in page
    assert "incident" not in page

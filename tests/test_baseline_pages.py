"""The page of a baseline: the checklist in the order of its guide, where each value is set, and what was decided."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from baselint.policy.resolve import resolve
from baselint.runbook.baseline_pages import pages
from baselint.runbook.book import RunbookPolicy, book
from baselint.runbook.repository import Repository
from baselint.runbook.templating import PageContext, environment, tidy
from policytree import BASELINE, library, tree
from shipped import POLICY

CHILD = """\
kind: baseline
id: child
title: A child
version: "2"
owner: ops
approved: {by: CISO, date: "2026-01-01"}
review_by: "2027-01-01"
extends: [base]
applies_to: {kinds: [member, management], partitions: [aws], accounts: ["111122223333"]}
controls:
  - id: length
    section: 1.1 Long | ones
    parameters: {minimum: 16}
    severity: high
    reason: we | can
  - {id: keys, exclude: true, reason: there are <b>none</b>}
  - {id: old, section: 1.2 Old ones}
changes:
  - {date: "2026-01-02", control: length, reason: it was short, approved_by: CISO}
  - {date: "2026-02-02", control: child, reason: it began}
exceptions:
  - id: late
    control: length
    accounts: ["111122223333"]
    reason: an old program
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-06-30"
"""


def rendered(policy: RunbookPolicy) -> Mapping[str, str]:
    made_of = book(policy)
    templates = environment()
    return {
        page.path: templates.get_template(page.template).render(
            page=PageContext(page.path, made_of.addresses), **page.values
        )
        for page in pages(made_of)
    }


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunbookPolicy:
    monkeypatch.chdir(tree(tmp_path, baselines__child=CHILD))
    opened = library(tmp_path)
    resolved = tuple(resolve(opened.baseline(name), opened) for name in ("child", "base"))
    return RunbookPolicy(resolved, tuple(map(opened.control, ("length", "keys", "review", "old"))), {})


def test_the_default_baseline_has_the_steps_of_its_guide_in_their_order() -> None:
    page = rendered(replace(POLICY, frameworks=()))["baselines/aws-root-hardening.md"]
    sections = re.findall(r"^### (.*)$", page, re.MULTILINE)
    assert [title.split()[0] for title in sections] == [f"1.{number}" for number in range(1, 8)]
    ticks = re.findall(r'id="([^"]+)"><input type="checkbox" data-bl-tick="([^"]+)">', page)
    selected = [item.control.id for item in POLICY.baselines[0].controls]
    assert ticks == [(name, f"aws-root-hardening/{name}") for name in selected]
    assert page.index("### 1.2 MFA") < page.index('id="root-mfa"') < page.index("### 1.3")
    assert (
        "\n    Retired on 2025-01-06: nothing has to be set any more · [`root-security-questions`: what is left to do]"
        in page
    )
    assert "- **Controls:** 2 critical, 3 high, 12 medium, 7 low\n" in page


def test_a_step_says_what_is_asked_why_and_for_whom_not(small: RunbookPolicy) -> None:
    page = rendered(small)["baselines/child.md"]
    assert (
        '1.  <label class="bl-tick" id="length"><input type="checkbox" data-bl-tick="child/length"> '
        "<span>Passwords have a length</span></label>\n\n"
        '    <span class="bl-severity bl-high">High</span> · [`length`: the steps](../controls/g/length.md)\n'
        "    <br>The minimum length of IAM users' passwords must be at least 16 characters\n\n"
        "    *Why this value:* we | can\n\n"
        "    *Excepted:* [`late`](../exceptions.md#exception-child--late), 1 account, through 2026-06-30\n"
    ) in page
    assert "### 1.1 Long &#124; ones\n" in page


def test_every_value_in_force_is_shown_with_the_line_that_sets_it(small: RunbookPolicy) -> None:
    made = rendered(small)
    assert (
        '<div class="bl-asked" markdown>\n\n- [`length`](../controls/g/length.md)\n'
        "    - Minimum: **16 characters**, set in `policies/baselines/child.yaml:13`\n"
        "    - Severity: **high**, set in `policies/baselines/child.yaml:14`\n\n</div>\n"
    ) in made["baselines/child.md"]
    base = made["baselines/base.md"]
    assert (
        "- [`keys`](../controls/g/keys.md)\n    - Days: **90**, the control's default in `policies/controls/g/keys.yaml:6`\n"
    ) in base
    assert "- Severity:" not in base


def test_lines_are_linked_where_the_repository_is_known(small: RunbookPolicy) -> None:
    page = rendered(replace(small, repository=Repository("https://git.example/x/")))["baselines/child.md"]
    line = "[`policies/baselines/child.yaml:13`](https://git.example/x/policies/baselines/child.yaml#L13)"
    assert f"**16 characters**, set in {line}\n" in page


def test_the_whole_page_reads_well(small: RunbookPolicy, golden: Callable[[str, str], None]) -> None:
    golden("baseline.md", tidy(rendered(small)["baselines/child.md"]))


def test_the_head_says_for_whom_it_is_and_what_it_stands_on(small: RunbookPolicy) -> None:
    page = rendered(small)["baselines/child.md"]
    assert "`child` · version 2 · owner ops · approved by CISO on 2026-01-01 · review by 2027-01-01\n" in page
    assert "- **Meant for:** member and management accounts, partitions aws, only 111122223333\n" in page
    assert "- **Stands on:** [`base`](base.md)\n" in page
    assert "- **Exceptions:** [1](#exceptions)\n" in page
    assert "- **Left out:** [1](#left-out)\n" in page
    base = rendered(small)["baselines/base.md"]
    assert "- **Meant for:** every kind of account\n" in base
    assert "Stands on" not in base
    assert "- **Exceptions:** none\n" in base
    assert "- **Controls:** 1 high, 1 medium, 1 low\n" in base


def test_what_is_left_out_and_what_was_decided_is_told_with_the_reason(small: RunbookPolicy) -> None:
    page = rendered(small)["baselines/child.md"]
    left_out = (
        "- [`keys`](../controls/g/keys.md): there are &lt;b&gt;none&lt;/b&gt; (`policies/baselines/child.yaml:16`)\n"
    )
    assert f"## Left out on purpose {{#left-out}}\n\n{left_out}" in page
    newest = "- 2026-02-02, `child`: it began\n"
    assert page.index(newest) < page.index("- 2026-01-02, [`length`](../controls/g/length.md): it was short")
    assert "*(approved by CISO)*" in page
    assert (
        "- **[late](../exceptions.md#exception-child--late)** ([`length`](../controls/g/length.md)), through 2026-06-30: an old program\n"
        "  <br>Accounts: 111122223333. Owner: ops. Approved by CISO on 2026-01-01.\n"
    ) in page


def test_a_baseline_of_nothing_but_retired_controls_has_no_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BASELINE[: BASELINE.index("controls:")] + "controls:\n  - id: old\n"
    monkeypatch.chdir(tree(tmp_path, baselines__base=text))
    opened = library(tmp_path)
    page = rendered(RunbookPolicy((resolve(opened.baseline("base"), opened),), (opened.control("old"),), {}))
    assert "- **Controls:** none\n" in page["baselines/base.md"]
    assert "where each is set" not in page["baselines/base.md"]

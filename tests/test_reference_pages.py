"""The pages of rules, statuses and the report, and the whole runbook on one page."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from baselint import resources
from baselint.commands.lint import _DEFAULT_FAIL_ON
from baselint.commands.runbook_access import open_runbook
from baselint.errors import ExitCode
from baselint.finding import ALL_REASONS, Status
from baselint.policy.rules.table import rule_pages
from baselint.runbook.book import RunbookPolicy
from baselint.runbook.notice import content
from baselint.runbook.pages import pages
from baselint.verdict_words import CURES, EXIT_CODES, FAILING, REASONS, STATUSES
from checkout import ROOT
from markdown_judge import dangers
from markdown_judge import render as html
from policytree import BASELINE, KEYS, LENGTH, tree

STEPS = """\
breaks: Old keys stop working.
procedure:
  before: [{id: look, do: Look., expect: Seen.}]
  console: [{id: open, do: Open., expect: A page.}]
  cli: [{id: run, do: Run., run: aws iam x, expect: 'label id="x"'}]
  terraform: "resource {}"
  verify: [{id: look, do: Look again., expect: Seen.}]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return the pages of the small tree; two controls have steps, and one of them has a note."""
    here = tree(
        tmp_path_factory.mktemp("tree"),
        controls__g__keys=KEYS + STEPS,
        controls__g__length=LENGTH + STEPS,
        baselines__base=BASELINE + "  - {id: old}\n",
    )
    (here / "notes").mkdir()
    (here / "notes" / "keys.md").write_text("Ask Ada.\n")
    (here / "baselint.toml").write_text('library = false\nbaseline = "base"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        return pages(open_runbook())


def test_every_rule_has_a_heading_with_its_level_and_both_examples(made: Mapping[str, str]) -> None:
    page = made["reference/rules.md"]
    parts = dict(re.findall(r"(?ms)^### ([a-z0-9-]+) \{#\1\}\n(.*?)(?=^##|\Z)", page))
    assert sorted(parts) == sorted(rule_pages())
    for name, rule in rule_pages().items():
        assert f"**{rule.level.capitalize()}**, told as `{rule.level}[{name}]` · in files of the kind" in parts[name]
        assert parts[name].count("```yaml\n") == rule.page.count("```yaml\n")
    assert dangers(html(content(page))) == []


def test_rules_stand_in_the_group_that_says_when_they_hold(made: Mapping[str, str]) -> None:
    page = made["reference/rules.md"]
    order = [
        "### bad-form",
        "## What a file says",
        "### unknown-control",
        "## What nobody may weaken",
        "### weakened-check",
    ]
    assert [page.index(text) for text in order] == sorted(page.index(text) for text in order)


def test_every_status_reason_and_exit_code_has_its_words(made: Mapping[str, str]) -> None:
    page = made["reference/statuses.md"]
    assert set(STATUSES) == set(CURES) == set(Status)
    assert set(REASONS) == set(ALL_REASONS)
    assert set(EXIT_CODES) == set(ExitCode)
    for name in Status:
        assert f"\n### {name}\n\n{STATUSES[name]}\n\n- **What to do:** {CURES[name]}\n" in page
    for name in ALL_REASONS:
        assert f"\n### {name} {{#reason-{name}}}\n" in page
    for code in ExitCode:
        assert f"\n- **{code.value}** " in page
    assert ",".join(FAILING) == _DEFAULT_FAIL_ON
    assert page.count("**Exit code of `lint`:** 1, unless") == len(FAILING)


def test_reasons_stand_under_the_statuses_that_the_examples_have() -> None:
    seen = set()
    for path in (ROOT / "tests" / "examples").glob("*/*/case.yaml"):
        reason = re.search(r"^reason: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        status = next(name for name in Status if path.parent.name.startswith(f"{name}-"))
        if reason:
            seen.add((reason[1], status))
    assert {reason for reason, _ in seen} == set(ALL_REASONS)
    assert {pair for pair in seen if pair[1] not in REASONS[pair[0]][0]} == set()


def test_every_field_of_the_report_stands_on_its_page(made: Mapping[str, str]) -> None:
    page = made["reference/report.md"]
    named = set(re.findall(r"^- `([^`]+)` \(", page, re.MULTILINE))

    def paths(schema: Mapping[str, Any], prefix: str) -> set[str]:
        found = {f"{prefix}{name}" for name in schema.get("properties", {})}
        for name, inner in schema.get("properties", {}).items():
            found |= paths(inner, f"{prefix}{name}.") | paths(inner.get("items", {}), f"{prefix}{name}[].")
        return found

    assert named == paths(json.loads(resources.read_text("schema", "report.schema.json")), "")
    assert "accounts[].findings[].evidence[].fact" in named
    sections = re.split(r"^## ", page, flags=re.MULTILINE)
    assert [part.split("\n")[0] for part in sections[1:]] == ["The run", "Each account", "Each finding"]
    assert "\n- `accounts[].findings[].status` (one of pass, fail, unknown" in sections[3]
    assert "accounts[].kind` (one of standalone, member, management, null)" in sections[2]


def test_the_whole_runbook_stands_on_one_page_that_search_leaves_out(made: Mapping[str, str]) -> None:
    page = made["print.md"]
    assert page.startswith("---\nsearch:\n  exclude: true\n---\n# The whole runbook\n")
    assert re.findall(r"^## .* \{#([a-z-]+)\}$", page, re.MULTILINE) == ["length", "keys", "review"]
    part = page[page.index("{#keys}") : page.index("{#review}")]
    wanted = [
        "Notes of this organisation",
        "Before you start",
        "In the console",
        "With the CLI",
        "With Terraform",
        "Verify",
        "What it can break",
    ]
    assert re.findall(r"^### (.*)$", part, re.MULTILINE) == wanted
    assert "Ask Ada." in part
    assert '**Expect:** label id="x"' in part
    ids = re.findall(r'<label class="bl-tick" id="([^"]+)">', page)
    assert len(ids) == len(set(ids)) == 8
    assert 'id="keys-before-look"><input type="checkbox" data-bl-tick="keys/before/look">' in part
    assert dangers(html(content(page))) == []


def test_without_a_baseline_the_page_says_so() -> None:
    page = pages(RunbookPolicy((), (), {}))["print.md"]
    assert "There is no baseline to print." in page

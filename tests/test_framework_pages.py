"""The pages of frameworks: requirements, how baselines stand to them, and what contradicts."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from baselint.configuration import Configuration
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from baselint.policy.prepare import prepare
from baselint.runbook import notice
from baselint.runbook.anchors import requirement_anchors
from baselint.runbook.book import RunbookPolicy
from baselint.runbook.pages import pages
from baselint.terminal import clean
from markdown_judge import HOSTILE, dangers, render
from policytree import BASELINE, REVIEW, library, tree

HEAD = """\
kind: framework
id: frame
title: Frame
publisher: Us
edition: "1"
url: "https://example.com"
relation: %s
description: About it, and `keys`.
sources:
  - {title: Map, url: "https://example.com/map", date: "2026-01-02"}
  - {title: Book, date: "2026-01-03"}
requirements:
"""
REQUIREMENTS = """\
  - {id: "1", title: Long, controls: [{id: length, needs: {minimum: {at_least: 15}}}], unverified: the id}
  - {id: "2", title: Other, not_covered: outside}
  - id: "3"
    title: Either
    coverage: partial
    limits: some is left
    any_of: [{controls: [{id: keys, needs: {days: {one_of: [30, 90]}}}]}, {otherwise: else}]
  - {id: "4", title: Turned, relation: %s, controls: [{id: review}]}
"""
EXCEPTING = BASELINE + (
    "exceptions:\n  - id: late\n    control: length\n    accounts: ['111122223333', '444455556666']\n    reason: an old program\n"
    "    owner: ops\n    approved: {by: CISO, date: '2026-01-01'}\n    expires: '2026-06-30'\n"
)
CLAIMING = BASELINE.replace("id: base", "id: claiming").replace(
    "controls:\n  - id: length", "satisfies: [frame]\ncontrols:\n  - id: length\n    parameters: {minimum: 15}"
)


def made(opened: PolicyLibrary, *baselines: str) -> dict[str, str]:
    policy = prepare((opened.baseline(name) for name in baselines), opened, frameworks=True)
    names = [entry.id for entry in opened.entries if str(entry.kind) == "control"]
    frameworks = tuple(opened.framework(entry.id) for entry in opened.entries if str(entry.kind) == "framework")
    return dict(pages(RunbookPolicy(policy.baselines, tuple(map(opened.control, names)), {}, frameworks)))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def decided(directory: Path, *baselines: str) -> dict[str, str]:
    text = HEAD % "decides" + REQUIREMENTS % "supports"
    return made(library(tree(directory, frameworks__frame=text, baselines__claiming=CLAIMING)), *baselines)


def test_a_framework_page_shows_requirement_bound_value_result_and_evidence(here: Path) -> None:
    page = decided(here, "base", "claiming")["frameworks/frame.md"]
    for words in (
        "# Frame 1\n\n`frame` · Us · [published here](https://example.com)\n\nAbout it, and [`keys`](../controls/g/keys.md).\n",
        "A baseline whose values are within them satisfies the requirement. That is said of the\n",
        "[`base`](../baselines/base.md) does not claim this standard;\n[`claiming`](../baselines/claiming.md) claims this standard.\n",
        "| [1](#requirement-1) Long | not satisfied | satisfied |\n| [2](#requirement-2) Other | not covered | not covered |\n",
        "| [3](#requirement-3) Either | satisfied in part | satisfied in part |\n",
        "### 1 Long {#requirement-1}\n\n**Not satisfied:** [`base`](../baselines/base.md) · **Satisfied:** [`claiming`](../baselines/claiming.md)\n",
        "- [Passwords have a length](../controls/g/length.md) `length`\n    - **Bound:** Minimum: at least 15 characters\n",
        "    - **[`base`](../baselines/base.md):** the minimum length of IAM users' passwords must be at least 14 characters. "
        "**Not within the bound:** Minimum is 14 characters, needed at least 15 characters\n",
        "    - **[`claiming`](../baselines/claiming.md):** the minimum length of IAM users' passwords must be at least 15 characters\n"
        "    - **Ask for:** password policy; [how, and what it shows](../controls/g/length.md#evidence)\n",
        "**Exceptions:** none\n\n**Not verified:** the id\n",
        "### 2 Other {#requirement-2}\n\n**Not covered:** outside\n\n###",
        'Either:\n\n<div class="bl-asked" markdown>\n\n- [Keys are young](../controls/g/keys.md) `keys`\n    - **Bound:** Days: one of 30, 90\n',
        'Or:\n\n<div class="bl-asked" markdown>\n\n- what no control decides: else\n',
        "**In part only:** some is left\n",
        "### 4 Turned {#requirement-4}\n\n*Controls contribute evidence only.*\n\n**Contributes evidence:** [`base`]",
        "    - **Here:** a person attests it at least every 90 days\n    - **Ask for:** the attestation; [how",
        "- [Map](https://example.com/map), 2026-01-02\n- Book, 2026-01-03\n",
    ):
        assert words in page, words
    assert "| [`claiming`](../baselines/claiming.md) | 1 | 1 | 0 | 1 | 0 | 0 | 1 |\n" in page


def test_the_whole_page_reads_well(here: Path, golden: Callable[[str, str], None]) -> None:
    golden("framework.md", notice.content(decided(here, "base", "claiming")["frameworks/frame.md"]))


def test_what_a_baseline_left_out_is_said_with_its_reason(here: Path) -> None:
    text = BASELINE.replace("- id: length", "- {id: length, exclude: true, reason: it is | kept elsewhere}").replace(
        "  - id: review\n", ""
    )
    requirements = REQUIREMENTS % "supports" + '  - {id: "5", title: Gone, controls: [{id: old}]}\n'
    opened = library(tree(here, frameworks__frame=HEAD % "decides" + requirements, baselines__base=text))
    page = made(opened, "base")["frameworks/frame.md"]
    assert "    - **Here:** left out on purpose: it is &#124; kept elsewhere\n" in page
    assert "`review`\n    - **Here:** not selected\n" in page
    assert page.count("Ask for") == 3
    assert "`old`\n    - **Here:** not selected\n\n</div>" in page


def test_a_control_that_only_people_can_see_names_what_to_ask_them_for(here: Path) -> None:
    review = REVIEW + "evidence_to_keep:\n  - The list of `keys` - shows who.\n  - A photograph\n"
    text = HEAD % "supports" + REQUIREMENTS % "supports" + '  - {id: "5", title: Open, controls: [{id: keys}]}\n'
    page = made(library(tree(here, frameworks__frame=text, controls__g__review=review)), "base")["frameworks/frame.md"]
    assert "**Ask for:** the attestation; The list of [`keys`](../controls/g/keys.md); A photograph; [how" in page
    assert "`keys`\n    - **Bound:** none; the value is the baseline's choice\n" in page


def test_exceptions_stand_under_each_requirement_that_they_touch(here: Path) -> None:
    page = made(
        library(tree(here, frameworks__frame=HEAD % "decides" + REQUIREMENTS % "supports", baselines__base=EXCEPTING)),
        "base",
    )["frameworks/frame.md"]
    told = (
        "**Exceptions:**\n\n- `late` to [`length`](../controls/g/length.md) in [`base`](../baselines/base.md): 2 accounts, "
        "through 2026-06-30, approved by CISO on 2026-01-01 ([why](../exceptions.md#exception-base--late))\n"
    )
    assert page.count(told) == 1
    assert page.index("### 1 Long") < page.index(told) < page.index("### 2 Other")
    assert page.count("**Exceptions:** none") == 2


def test_the_anchor_of_a_requirement_is_made_of_its_id_and_is_its_own() -> None:
    framework = open_library(Configuration(policies=None)).framework("nist-800-63b-4")
    anchors = requirement_anchors(framework.requirements)
    assert anchors["2.2.1"] == "requirement-2.2.1"
    assert anchors["3.1.1.2(1)"] == "requirement-3.1.1.2-1"
    assert anchors["3.1.1.2 (blocklist)"] == "requirement-3.1.1.2-blocklist"
    named = [replace(framework.requirements[0], id=name) for name in ("a b", "a(b)", "a-b", "ü", "…")]
    assert list(requirement_anchors(named).values()) == [
        "requirement-a-b",
        "requirement-a-b-2",
        "requirement-a-b-3",
        "requirement-other",
        "requirement-other-2",
    ]


def test_every_status_of_a_baseline_is_counted_on_its_page(here: Path) -> None:
    pages_made = decided(here, "base", "claiming")
    assert "| [Frame 1](../frameworks/frame.md) | 0 | 1 | 1 | 1 | 1 |\n" in pages_made["baselines/base.md"]
    assert (
        "| [Frame 1](../frameworks/frame.md) **(claimed)** | 1 | 1 | 0 | 1 | 1 |\n"
        in pages_made["baselines/claiming.md"]
    )
    index = pages_made["frameworks/index.md"]
    assert "| [Frame](frame.md) | 1 | 0 | 1 | 1 | 1 |\n" in index
    assert "The numbers are those of the baseline [`base`](../baselines/base.md)" in index
    assert (
        "[Standards](frameworks/index.md), [a requirement by its id](frameworks/index.md#by-id)"
        in pages_made["index.md"]
    )


def test_every_requirement_is_two_links_from_the_first_page(here: Path) -> None:
    pages_made = decided(here, "base")
    listed = pages_made["frameworks/index.md"].partition("{#by-id}")[2]
    anchors = re.findall(r"^### .*\{#(requirement-\S+)\}$", pages_made["frameworks/frame.md"], re.MULTILINE)
    assert re.findall(r"\]\(frame\.md#(requirement-[^)]+)\)", listed) == anchors != []
    assert "- **[Frame 1](frame.md):** [1](frame.md#requirement-1), " in listed


def test_a_control_page_names_the_requirements_it_serves(here: Path) -> None:
    page = decided(here, "base")["controls/g/length.md"]
    assert (
        "| [Frame](../../frameworks/frame.md) | 1 | [1](../../frameworks/frame.md#requirement-1) Long | Minimum: at least 15 characters |\n"
        in page
    )
    assert "- **Wanted by** [Frame 1](../../frameworks/frame.md), 1: at least 15 characters\n" in page
    review = decided(here, "base")["controls/g/review.md"]
    assert (
        "an assessor decides:\n\n| Standard | Edition | Requirements |\n|---|---|---|\n| [Frame](../../frameworks/frame.md) | 1 | [4](../../frameworks/frame.md#requirement-4) |\n"
        in review
    )


def test_a_supported_framework_never_speaks_of_satisfied(here: Path) -> None:
    requirements = "".join(line for line in REQUIREMENTS.splitlines(keepends=True) if "Turned" not in line)
    page = made(library(tree(here, frameworks__frame=HEAD % "supports" + requirements)), "base")["frameworks/frame.md"]
    assert "Whether a requirement is met is for an assessor to say.\n" in page
    assert "satisfie" not in page.lower()
    assert "**Contributes no evidence:** [`base`](../baselines/base.md)\n" in page
    index = made(library(tree(here, frameworks__frame=HEAD % "supports" + requirements)), "base")["frameworks/index.md"]
    assert "## Standards to which controls contribute evidence" in index
    assert "| [Frame](frame.md) | 1 | 1 | 0 | 1 | 1 |\n" in index


def test_one_requirement_may_decide_where_the_rest_only_supports(here: Path) -> None:
    text = HEAD % "supports" + REQUIREMENTS % "decides"
    page = made(library(tree(here, frameworks__frame=text)), "base")["frameworks/frame.md"]
    assert "except where this page says that the text itself states the bound.\n" in page
    assert "### 4 Turned {#requirement-4}\n\n*The text states the bound itself.*\n\n**Satisfied:** [`base`]" in page


def test_without_frameworks_there_are_no_such_pages(here: Path) -> None:
    found = made(library(tree(here)), "base")
    assert not any(path.startswith("frameworks/") for path in found)
    assert "Standards" not in found["index.md"]
    assert "published standards" not in found["baselines/base.md"]


def test_without_a_baseline_requirements_stand_alone(here: Path) -> None:
    found = made(library(tree(here, frameworks__frame=HEAD % "decides" + REQUIREMENTS % "supports")))
    page = found["frameworks/frame.md"]
    assert "| Requirement |\n|---|\n| [1](#requirement-1) Long |\n" in page
    assert "**Here:**" not in page
    assert "    - **Bound:** Minimum: at least 15 characters\n    - **Ask for:** password policy;" in page
    assert "| [Frame](frame.md) | 1 | – | – | – | – |\n" in found["frameworks/index.md"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_texts_of_a_framework_are_inert(here: Path, hostile: str) -> None:
    text = json.dumps(" ".join(clean(hostile).split()))
    head = HEAD.replace("%s", "decides").replace("title: Frame", f"title: {text}")
    requirements = (
        f"  - {{id: {text}, title: {text}, controls: [{{id: length}}], coverage: partial, limits: {text}, unverified: {text}}}\n"
        f'  - {{id: "2", title: T, not_covered: {text}}}\n'
    )
    framework = head.replace("description: About it, and `keys`.", f"description: {text}") + requirements
    found = made(library(tree(here, frameworks__frame=framework)), "base")
    for path in ("frameworks/frame.md", "frameworks/index.md", "controls/g/length.md", "baselines/base.md"):
        assert list(dangers(render(found[path].rsplit("\n<!--", 1)[0]))) == []

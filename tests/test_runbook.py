"""The pages of the runbook: complete, linked, true to the baseline, and inert whatever the policy says."""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from baselint import resources
from baselint.configuration import Configuration
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from baselint.policy.prepare import prepare
from baselint.runbook import diagrams, notice
from baselint.runbook.book import RunbookPolicy
from baselint.runbook.drawing import svg
from baselint.runbook.notice import Origin, origin
from baselint.runbook.pages import pages
from baselint.terminal import clean
from markdown_judge import HOSTILE, dangers, render
from policytree import BASELINE, LENGTH, library, tree

Pages = dict[str, str]
PICTURES = tuple(map(svg, diagrams.flows().values()))
PROCEDURE = LENGTH + (
    "procedure:\n  cli:\n    - id: set\n      when: now\n      do: Set it; see `keys` and `length`.\n      why: Because.\n"
    "      run: aws iam update-account-password-policy {$password-policy-options}\n"
    "      expect: No output.\n      trouble: Ask.\n"
)


def _pages(opened: PolicyLibrary, *baselines: str) -> Pages:
    names = baselines or opened.ids(PolicyKind.BASELINE)
    resolved = prepare((opened.baseline(name) for name in names), opened).baselines
    controls = tuple(opened.control(name) for name in opened.ids(PolicyKind.CONTROL))
    frameworks = tuple(opened.framework(name) for name in opened.ids(PolicyKind.FRAMEWORK))
    made = pages(RunbookPolicy(resolved, controls, dict(resources.texts("site", "pages")), frameworks))
    return {path: text for path, text in made.items() if path != "controls.json"}


@pytest.fixture(scope="module")
def shipped() -> Pages:
    return _pages(open_library(Configuration(policies=None)))


class _Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.names.update(filter(None, [values.get("id")]))
        if tag == "a":
            self.targets.append(values.get("href") or "")


@cache
def _html(text: str) -> str:
    """Render a page without the notice at its end, which is a comment, and without the pictures, which are ours."""
    for picture in PICTURES:
        text = text.replace(picture, "")
    return render(text.rsplit("\n<!--", 1)[0])


def test_everything_shipped_has_its_page(shipped: Pages) -> None:
    opened = open_library(Configuration(policies=None))
    controls = {f"controls/{c.group}/{c.id}.md" for c in map(opened.control, opened.ids(PolicyKind.CONTROL))}
    baselines = {f"baselines/{name}.md" for name in opened.ids(PolicyKind.BASELINE)}
    frameworks = {f"frameworks/{name}.md" for name in opened.ids(PolicyKind.FRAMEWORK)}
    guides = set(dict(resources.texts("site", "pages")))
    assert len(controls) >= 26
    assert len(frameworks) >= 26
    lists = {
        "index.md",
        "controls/index.md",
        "reference/facts.md",
        "reference/rules.md",
        "reference/statuses.md",
        "reference/report.md",
        "print.md",
        "changes.md",
        "history.md",
        "exceptions.md",
        "attestations.md",
        "frameworks/index.md",
        "frameworks/contradictions.md",
        "frameworks/crosswalk.md",
    }
    assert set(shipped) == controls | baselines | frameworks | guides | lists
    assert list(shipped) == sorted(shipped)


def test_every_page_says_what_it_is_and_who_made_it(shipped: Pages) -> None:
    for path, text in shipped.items():
        assert re.match(r"(---\nsearch:\n  exclude: true\n---\n)?# \S", text), path
        assert origin(text) is Origin.OWN, path
        assert "\n\n\n" not in re.sub(r"(?ms)^ *(```+)\w*\n.*?^ *\1$", "code", text), path


def test_every_relative_link_leads_to_a_page_and_a_heading(shipped: Pages) -> None:
    found = {path: _Links(_html(text)) for path, text in shipped.items()}
    number = 0
    for path, links in found.items():
        for target in links.targets:
            if target.startswith("https://"):
                continue
            page, _, fragment = target.partition("#")
            leads_to = posixpath.normpath(posixpath.join(posixpath.dirname(path), page)) if page else path
            assert leads_to in found or leads_to == "controls.json", f"{path}: {target}"
            assert not fragment or fragment in found[leads_to].names, f"{path}: {target}"
            number += 1
    assert number > len(shipped)


def test_no_page_has_an_anchor_twice(shipped: Pages) -> None:
    counted = {path: _Links(_html(text)).names for path, text in shipped.items()}
    assert {path: [name for name, number in names.items() if number > 1] for path, names in counted.items()} == {
        path: [] for path in shipped
    }


def test_every_page_is_reached_from_the_first(shipped: Pages) -> None:
    reached, waiting = set(), ["index.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            targets = [target.partition("#")[0] for target in _Links(_html(shipped[path])).targets]
            near = [target for target in targets if target.endswith(".md") and not target.startswith("https://")]
            waiting.extend(posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) for target in near)
    assert reached == set(shipped)


def test_no_page_has_a_placeholder_left(shipped: Pages) -> None:
    assert [path for path, text in shipped.items() if "{$" in text] == ["reference/rules.md"]  # its examples
    assert [path for path, text in shipped.items() if "OPTIONS-OF-THE-WHOLE-POLICY" in text] == []


def test_no_shipped_page_has_anything_alive(shipped: Pages) -> None:
    assert {path: found for path, text in shipped.items() if (found := dangers(_html(text)))} == {}


def test_the_same_policy_makes_the_same_pages(shipped: Pages) -> None:
    assert _pages(open_library(Configuration(policies=None))) == shipped


def _hostile_policy(text: str) -> dict[str, Any]:
    line = " ".join(text.split()) or "x"
    url = "https://ok.example/" + re.sub(r'[\s<>"]', "", text)
    step = {"id": "a", "do": text, "expect": text, "when": line, "why": text, "run": text, "trouble": text}
    control = {
        "kind": "control",
        "id": "control",
        "title": line,
        "severity": "critical",
        **dict.fromkeys(("severity_reason", "summary", "rationale", "applicability", "breaks", "limits"), text),
        "parameters": {
            "words": {"title": line, "description": text, "type": "text", "default": line, "unit": line},
        },
        "check": {
            "applies_when": {"fact": "root.mfa_enabled", "equals": True, "otherwise": line},
            "expect": {"fact": "password_policy.minimum_length", "at_least": 14},
        },
        "effort": {"time": line, "downtime": line, "cost": line, "people": 2, "reversible": True},
        "procedure": {
            "terraform": text,
            **{name: [step] for name in ("before", "console", "cli", "verify", "rollback")},
        },
        "evidence_to_keep": [text],
        "references": [{"title": line, "url": url}],
        "verified": "2026-11-23",
    }
    retired = {
        "kind": "control",
        "id": "retired",
        "title": line,
        "severity": "low",
        "status": "retired",
        "retired": {"date": "2025-01-06", "reason": text, "replaced_by": "control"},
    }
    approved = {"by": line, "date": "2026-01-01"}
    exception = {"id": "e", "control": "control", "accounts": ["111122223333"], "reason": text, "owner": line}
    baseline = {
        "kind": "baseline",
        "id": "baseline",
        "title": line,
        "version": line,
        "owner": line,
        "description": text,
        "approved": approved,
        "review_by": "2027-01-01",
        "controls": [{"id": "control", "reason": text}, {"id": "retired", "exclude": True, "reason": text}],
        "exceptions": [exception | {"approved": approved, "expires": "2026-12-01", "ticket": url}],
    }
    return {"controls/g/control": control, "controls/g/retired": retired, "baselines/baseline": baseline}


def _write(files: dict[str, Any]) -> None:
    for name, content in files.items():
        path = Path("policies") / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize("text", [text for text in HOSTILE if clean(text) == text][::8])
def test_no_text_of_a_policy_file_comes_alive_on_any_page(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _write(_hostile_policy(text))
    made = _pages(open_library(Configuration(policies=Path("policies"), library=False)))
    ours = {path: page for path, page in made.items() if not path.startswith("guides/")}
    assert {path: found for path, page in ours.items() if (found := dangers(_html(page)))} == {}
    assert {"controls/g/control.md", "controls/g/retired.md", "baselines/baseline.md"} <= set(made)


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "a) [x](javascript:alert(1)", "Root user (old)", "javascript:alert(1)"]
)
def test_a_folder_may_have_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = _hostile_policy("text")
    files[f"controls/{name}/control"] = files.pop("controls/g/control")
    _write(files)
    made = _pages(open_library(Configuration(policies=Path("policies"), library=False)))
    assert {path: found for path, page in made.items() if (found := dangers(_html(page)))} == {}
    assert f"controls/{name}/control.md" in made


def test_the_first_baseline_gives_the_values_and_the_steps_their_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(tmp_path)
    stricter = BASELINE.replace("id: base", "id: stricter").replace(
        "- id: length", "- id: length\n    severity: high\n    parameters: {minimum: 20}\n    reason: we can"
    )
    opened = library(tree(tmp_path, controls__g__length=PROCEDURE, baselines__stricter=stricter))
    page = _pages(opened, "stricter", "base")["controls/g/length.md"]
    golden("control.md", notice.content(page))
    other = _pages(opened, "base", "stricter")["controls/g/length.md"]
    assert '<span class="bl-severity bl-medium">Medium</span> · `length`' in other
    assert "--minimum-password-length 14\n" in other


def test_a_control_nobody_selects_keeps_its_own_values_in_the_policy_of_the_first_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    symbols = (
        "kind: control\nid: symbols\ntitle: Symbols\nseverity: low\n"
        "check: {expect: {fact: password_policy.requires_symbols, equals: true}}\n"
    )
    text = BASELINE.replace("- id: length", "- id: symbols")
    opened = library(tree(tmp_path, controls__g__length=PROCEDURE, controls__g__symbols=symbols, baselines__base=text))
    page = _pages(opened)["controls/g/length.md"]
    assert "In baselines" not in page
    assert "update-account-password-policy --minimum-password-length 14 --require-symbols\n" in page


def test_without_a_baseline_no_command_stands_there_that_would_reset_the_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened = library(tree(tmp_path, controls__g__length=PROCEDURE))
    page = pages(RunbookPolicy((), (opened.control("length"),), {}))["controls/g/length.md"]
    assert "aws iam update-account-password-policy OPTIONS-OF-THE-WHOLE-POLICY\n" in page


def test_a_retired_control_says_since_when_and_asks_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = BASELINE + "  - {id: old}\n"
    made = _pages(library(tree(tmp_path, baselines__base=text)))
    page = made["controls/g/old.md"]
    assert '!!! info "Retired on 2025-01-06"\n\n    it ended\n\n    Use [`review`](review.md) instead.\n' in page
    assert "What must hold" not in page
    assert '<br><span class="bl-severity bl-retired">Retired</span> `old` ' in made["controls/index.md"]
    assert (
        "Retired on 2025-01-06: nothing has to be set any more · [`old`: what is left to do](../controls/g/old.md)"
        in made["baselines/base.md"]
    )

"""Rules on policy files: one broken example of each, with its place and its words."""

from pathlib import Path

import pytest

from baselint.policy.rules.rule import Context
from baselint.policy.rules.table import RULES, WEAKENING_RULES, rule_pages
from baselint.policy.validate import validate_library, validate_paths
from broken_baselines import ATTESTATION, BROKEN_BASELINES, FRAMEWORK, FULL, B, F, T
from broken_controls import BROKEN_CONTROLS
from dated_files import DATED_RULES
from policytree import BASELINE, LENGTH, OLD, library, tree
from test_rule_pages import SHOWN

CASES = [*BROKEN_CONTROLS, *BROKEN_BASELINES]
WARNINGS = {
    "exception-without-effect",
    "exception-overlap",
    "attestation-conflict",
    "attestation-evidence",
    "unquoted-text",
    "unused-parameter",
    "retired-control",
    "attestation-without-effect",
}

ELSEWHERE = f"parents-disagree unsatisfied-claim {SHOWN}"
"""Rules with test modules of their own."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_small_tree_is_right(here: Path) -> None:
    baseline = FULL.replace("owner: ops\ncontrols", "owner: ops\nsatisfies: [frame]\ncontrols")
    assert baseline != FULL
    tree(here, **{B: baseline, F: FRAMEWORK, T: ATTESTATION})
    assert validate_library(Context(library(here))).diagnostics == ()


@pytest.mark.parametrize(
    ("file", "text", "right", "wrong", "place", "rule", "words"),
    CASES,
    ids=[f"{case[5]}-{index}" for index, case in enumerate(CASES)],
)
def test_a_broken_file_is_told(
    here: Path, file: str, text: str, right: str, wrong: str, place: str, rule: str, words: str
) -> None:
    assert right in text
    tree(here, **{file: text.replace(right, wrong, 1)})
    path = Path("policies", file.replace("__", "/") + ".yaml")
    found = {
        str(item.location): item
        for item in validate_paths([path], Context(library(here))).diagnostics
        if item.rule == rule
    }
    assert f"{path.as_posix()}:{place}" in found, list(found)
    diagnostic = found[f"{path.as_posix()}:{place}"]
    assert words in diagnostic.message
    assert diagnostic.level == ("warning" if rule in WARNINGS else "error")


def test_a_baseline_is_validated_without_reading_controls_it_does_not_change(here: Path) -> None:
    tree(here, controls__g__keys="broken: [")
    assert validate_paths([Path("policies/baselines/base.yaml")], Context(library(here))).diagnostics == ()


def test_a_broken_control_that_a_baseline_changes_is_told_at_its_own_place(here: Path) -> None:
    baseline = BASELINE.replace("  - id: keys\n", "  - id: keys\n    parameters: {days: 3}\n")
    tree(here, controls__g__keys="kind: control\nid: keys\n", baselines__base=baseline)
    found = validate_paths([Path("policies/baselines/base.yaml")], Context(library(here))).diagnostics
    assert {item.location.path for item in found} == {"policies/controls/g/keys.yaml"}
    assert {item.rule for item in found} == {"missing-key"}


def test_a_retired_control_without_a_successor_is_told_as_well(here: Path) -> None:
    baseline = BASELINE.replace("- id: keys", "- id: old")
    tree(here, controls__g__old=OLD.replace(", replaced_by: review", ""), baselines__base=baseline)
    (found,) = validate_paths([Path("policies/baselines/base.yaml")], Context(library(here))).diagnostics
    assert found.message == "old is retired since 2025-01-06 and decides nothing"


def test_every_mistake_of_every_file_is_told(here: Path) -> None:
    tree(
        here,
        controls__g__length=LENGTH.replace("medium", "midium"),
        controls__g__keys="a: [",
        baselines__base="kind: baseline\n",
    )
    rules = [item.rule for item in validate_library(Context(library(here))).diagnostics]
    assert rules == ["missing-key"] * 5 + ["yaml-syntax", "value-not-allowed"]


def test_every_rule_has_a_page_and_every_id_is_proved_here() -> None:
    pages = rule_pages()
    weakening = {name for rule in WEAKENING_RULES for name in rule.ids}
    proved = {case[5] for case in CASES} | set(ELSEWHERE.split()) | DATED_RULES | weakening
    for rule in RULES:
        assert rule.page.strip()
        assert set(rule.ids) <= proved
        assert set(rule.ids) <= set(pages)
    assert "Exceptions, attestations and the log of changes" in pages["unknown-control"]
    assert "A framework maps" in pages["unknown-control"]

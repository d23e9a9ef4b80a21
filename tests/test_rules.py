"""Rules on policy files: one broken example of each, with its place and its words."""

from contextlib import suppress
from pathlib import Path

import pytest

from baselint.errors import Diagnostic, PolicyError
from baselint.policy.resolve import selection_mistakes
from baselint.policy.rules import rule as rules
from baselint.policy.rules import table
from baselint.policy.rules.rule import Context
from baselint.policy.rules.table import RULES, WEAKENING_RULES
from baselint.policy.validate import check, validate_library, validate_paths
from broken_baselines import ATTESTATION, BROKEN_BASELINES, FRAMEWORK, FULL, B, F, T
from broken_controls import BROKEN_CONTROLS
from policytree import BASELINE, LENGTH, OLD, library, tree

CASES = [*BROKEN_CONTROLS, *BROKEN_BASELINES]
LEVELS = {rule.id: rule.level for rule in RULES}


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
    assert diagnostic.level == LEVELS[rule]


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


def test_the_table_is_in_order_and_holds_every_module_of_a_rule() -> None:
    names = [rule.id for rule in RULES]
    compared = [rule.id for rule in WEAKENING_RULES]
    assert names == [*sorted(set(names) - set(compared)), *sorted(compared)]
    folder = Path(table.__file__).parent
    modules = {path.stem for path in folder.glob("*.py") if "\nRULE = Rule(" in path.read_text(encoding="utf-8")}
    assert {name.replace("-", "_") for name in names} == modules


@pytest.mark.parametrize(
    ("file", "text", "right", "wrong"),
    [case[:4] for case in CASES],
    ids=[f"{case[5]}-{n}" for n, case in enumerate(CASES)],
)
def test_a_rule_tells_nothing_but_its_own(here: Path, file: str, text: str, right: str, wrong: str) -> None:
    tree(here, **{file: text.replace(right, wrong, 1)})
    opened = library(here)
    checked = opened.read_path(Path("policies", file.replace("__", "/") + ".yaml"))
    for rule in RULES:
        found: list[Diagnostic] = []
        with suppress(PolicyError):  # what is wrong with a file that this one names passes through
            found.extend(rule.check(checked, Context(opened)) if checked.kind in rule.kinds else ())
        assert {(item.rule, item.level) for item in found} <= {(rule.id, rule.level)}


@pytest.mark.parametrize("text", [text.replace(right, wrong, 1) for _, text, right, wrong, *_ in BROKEN_BASELINES])
def test_all_that_resolving_tells_is_told_by_the_rules_once(here: Path, text: str) -> None:
    tree(here, baselines__base=text)
    opened = library(here)
    try:
        baseline = opened.baseline("base")
    except PolicyError:  # a case about another kind of file
        return
    told = [item.message for item in check(opened.read_path(Path("policies/baselines/base.yaml")), Context(opened))]
    for item in selection_mistakes(baseline, opened):
        assert told.count(item.message) == 1


def test_a_broken_parent_is_told_once_at_its_own_place(here: Path) -> None:
    child = BASELINE.replace("owner: ops", "owner: ops\nextends: [parent]").replace("- id: keys", "- id: keyz")
    parent = BASELINE.replace("id: base", "id: parent").replace("version:", "versoin:")
    tree(here, baselines__base=child, baselines__parent=parent)
    opened = library(here)
    file = opened.read_path(Path("policies/baselines/base.yaml"))
    assert [f"{item.location} {item.rule}" for item in check(file, Context(opened))] == [
        "policies/baselines/parent.yaml:4:1 unknown-key"
    ]


def test_what_a_whole_parent_gets_wrong_is_told_once_beside_the_child(here: Path) -> None:
    child = BASELINE.replace("owner: ops", "owner: ops\nextends: [parent]").replace("- id: keys", "- id: keyz")
    parent = BASELINE.replace("id: base", "id: parent").replace("- id: keys", "- id: kees")
    tree(here, baselines__base=child, baselines__parent=parent)
    for found in (
        validate_paths([Path("policies/baselines/base.yaml")], Context(library(here))),
        validate_library(Context(library(here))),
    ):
        assert [f"{item.location} {item.rule}" for item in found.diagnostics] == [
            "policies/baselines/base.yaml:9:9 unknown-control",
            "policies/baselines/parent.yaml:8:9 unknown-control",
        ]


def test_a_baseline_is_resolved_once_for_all_rules(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(here)
    opened = library(here)
    asked = []
    monkeypatch.setattr(rules, "selection_mistakes", lambda baseline, _library: asked.append(baseline.id) or ())
    check(opened.read_path(Path("policies/baselines/base.yaml")), Context(opened))
    assert asked == ["base"]


def test_every_broken_control_of_a_framework_is_told_and_the_bounds_on_others_as_well(here: Path) -> None:
    text = FRAMEWORK.replace("controls: [{id: length,", "controls: [{id: old}, {id: review}, {id: length,")
    text = text.replace("minimum:", "minimun:")
    tree(here, frameworks__frame=text, controls__g__old="a: [", controls__g__review="kind: control\n")
    found = validate_paths([Path("policies/frameworks/frame.yaml")], Context(library(here))).diagnostics
    assert [(item.location.path.split("/")[-1], item.rule) for item in found] == [
        ("old.yaml", "yaml-syntax"),
        *[("review.yaml", "missing-key")] * 4,
        ("frame.yaml", "unknown-parameter"),
    ]

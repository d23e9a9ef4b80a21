"""What a baseline weakens against its parents without a reason beside it."""

from pathlib import Path

import pytest

from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from policytree import BASELINE, library, tree

PARENT = BASELINE.replace("id: base", "id: parent").replace(
    "- id: keys", "- {id: keys, parameters: {days: 60}, severity: critical}"
)
PATH = Path("policies/baselines/child.yaml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def child(*selections: str, extends: str = "parent") -> str:
    lines = "".join(f"  - {{{item}}}\n" for item in selections)
    return f'kind: baseline\nid: child\ntitle: C\nversion: "1"\nowner: o\nextends: [{extends}]\ncontrols:\n{lines}'


def found(directory: Path, text: str, **more: str) -> list[str]:
    tree(directory, baselines__parent=PARENT, baselines__child=text, **more)
    return [str(item) for item in validate_paths([PATH], Context(library(directory))).diagnostics]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (
            "id: keys, parameters: {days: 61}",
            "policies/baselines/child.yaml:8:29: error[weakened-parameter]: keys: days is 61, and the parent parent has 60, "
            "so this is weaker; give the 'reason' beside it\n    parent: policies/baselines/parent.yaml:8:29\n    write: reason: WHY",
        ),
        (
            "id: length, parameters: {minimum: short}",
            None,
        ),
        (
            "id: length, parameters: {minimum: 13}",
            "policies/baselines/child.yaml:8:31: error[weakened-parameter]: length: minimum is 13, and the parent parent has 14, "
            "so this is weaker; give the 'reason' beside it\n    parent: policies/baselines/parent.yaml:7:5\n    write: reason: WHY",
        ),
        (
            "id: keys, severity: high",
            "policies/baselines/child.yaml:8:16: error[lowered-severity]: keys: the severity is high, and critical in the parent "
            "parent; give the 'reason' beside it\n    parent: policies/baselines/parent.yaml:8:40\n    write: reason: WHY",
        ),
        (
            "id: length, severity: low",
            "policies/baselines/child.yaml:8:18: error[lowered-severity]: length: the severity is low, and medium in the parent "
            "parent; give the 'reason' beside it\n    parent: policies/baselines/parent.yaml:7:5\n    write: reason: WHY",
        ),
    ],
)
def test_a_weaker_value_needs_a_reason(here: Path, selection: str, expected: str | None) -> None:
    told = found(here, child(selection))
    if expected is None:
        assert [line.split("[")[1].split("]")[0] for line in told] == ["parameter-value"]
        return
    assert told == [expected]
    assert found(here, child(f"{selection}, reason: r")) == []


@pytest.mark.parametrize(
    "selection",
    [
        "id: keys",
        "id: keys, parameters: {days: 60}",
        "id: keys, parameters: {days: 1}, severity: critical",
        "id: length, severity: high",
        "id: keys, exclude: true, reason: r",
        "id: old",
    ],
)
def test_what_is_no_weaker_needs_none(here: Path, selection: str) -> None:
    assert [line for line in found(here, child(selection)) if "error" in line] == []


def test_zero_and_unset_are_values(here: Path) -> None:
    assert (
        "length: minimum is (not set), and the parent parent has 14"
        in found(here, child("id: length, parameters: {minimum: null}"))[0]
    )


def test_each_parent_counts(here: Path) -> None:
    other = BASELINE.replace("id: base", "id: other").replace("- id: keys", "- {id: keys, parameters: {days: 30}}")
    text = child("id: keys, parameters: {days: 45}, severity: critical", extends="parent, other")
    (told,) = found(here, text, baselines__other=other)
    assert "and the parent other has 30" in told


def test_what_a_parent_excludes_or_does_not_know_is_no_weakening(here: Path) -> None:
    excludes = BASELINE.replace("id: base", "id: other").replace("- id: keys", "- {id: keys, exclude: true, reason: r}")
    text = child("id: keys, parameters: {days: 999}", extends="other")
    assert [line for line in found(here, text, baselines__other=excludes) if "weakened" in line] == []


def test_other_mistakes_are_told_once(here: Path) -> None:
    told = found(here, child("id: keys, parameters: {dais: 99}", "id: keyz, severity: low", extends="nobody"))
    assert sorted(line.split("[")[1].split("]")[0] for line in told) == ["unknown-baseline"]
    told = found(here, child("id: keys, parameters: {zzz: 99}", "id: keyz, severity: low"))
    assert sorted(line.split("[")[1].split("]")[0] for line in told) == ["unknown-control", "unknown-parameter"]

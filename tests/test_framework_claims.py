"""A claim to satisfy a framework is checked, and the mistake says what is lacking."""

from pathlib import Path

import pytest

from baselint.errors import Diagnostic
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from policytree import BASELINE, library, tree
from test_coverage import HEAD


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def claims(
    directory: Path, requirements: str, relation: str = "decides", more: str = "", base: str = BASELINE
) -> tuple[Diagnostic, ...]:
    text = base.replace("controls:", f"satisfies: [frame]\n{more}controls:")
    opened = library(tree(directory, baselines__base=text, frameworks__frame=HEAD % relation + requirements))
    return validate_paths([Path("policies/baselines/base.yaml")], Context(opened)).diagnostics


def messages(found: tuple[Diagnostic, ...]) -> list[str]:
    assert {(item.rule, item.location.line, item.location.column) for item in found} <= {("unsatisfied-claim", 6, 13)}
    return [item.message for item in found]


ONE = '  - {id: "1", title: Long, controls: [{id: length, needs: {minimum: {at_least: %s}}}]}\n'


def test_a_claim_that_holds_is_not_a_mistake(here: Path) -> None:
    more = '  - {id: "2", title: X, not_covered: outside}\n  - {id: "3", title: Y, relation: supports, controls: [{id: old}]}\n'
    assert claims(here, ONE % 14 + more) == ()


def test_a_weaker_value_names_bound_and_value(here: Path) -> None:
    assert messages(claims(here, ONE % 15)) == [
        "does not satisfy frame 1 (Long): length needs minimum at least 15 characters, and has 14; meet it, or remove the claim"
    ]
    stronger = BASELINE.replace("id: length", "id: length\n    parameters: {minimum: 20}")
    assert claims(here, ONE % 20, base=stronger) == ()


def test_a_control_that_is_not_there_is_named(here: Path) -> None:
    two = '  - {id: "1", title: Both, controls: [{id: old}, {id: length}]}\n'
    assert messages(claims(here, two)) == [
        "does not satisfy frame 1 (Both): old is not selected; meet it, or remove the claim"
    ]
    retired = BASELINE + "  - id: old\n"
    found = [item.message for item in claims(here, two, base=retired) if item.rule == "unsatisfied-claim"]
    assert found == ["does not satisfy frame 1 (Both): old is retired; meet it, or remove the claim"]


def test_every_way_is_told_that_a_control_could_take(here: Path) -> None:
    ways = '  - {id: "1", title: Either, any_of: [{controls: [{id: old}]}, {otherwise: else}, {controls: [{id: length, needs: {minimum: {at_least: 99}}}]}]}\n'
    assert messages(claims(here, ways)) == [
        "does not satisfy frame 1 (Either): old is not selected, or length needs minimum at least 99 characters, and has 14; "
        "meet it, or remove the claim"
    ]


def test_what_an_assessor_decides_cannot_be_claimed(here: Path) -> None:
    assert messages(claims(here, ONE % 14, "supports")) == [
        "controls only contribute evidence to frame: its assessor decides, so no baseline can claim it; remove the claim"
    ]


def test_what_a_parent_sets_counts(here: Path) -> None:
    child = (
        'kind: baseline\nid: child\ntitle: C\nversion: "1"\nowner: o\nextends: [base]\nsatisfies: [frame, frame]\n'
        "controls:\n  - {id: keys, exclude: true, reason: r}\n"
    )
    keys = '  - {id: "1", title: Keys, controls: [{id: keys}]}\n'
    opened = library(
        tree(here, baselines__child=child, frameworks__frame=HEAD % "decides" + keys + ONE.replace('"1"', '"2"') % 14)
    )
    found = validate_paths([Path("policies/baselines/child.yaml")], Context(opened)).diagnostics
    assert {item.message for item in found} == {
        "does not satisfy frame 1 (Keys): keys is left out on purpose; meet it, or remove the claim"
    }


def test_parents_that_cannot_be_merged_are_told_once(here: Path) -> None:
    found = claims(here, ONE % 15, more="extends: [nobody]\n")
    assert [item.rule for item in found] == ["unknown-baseline"]

"""How a baseline stands to the requirements of a framework."""

from itertools import product
from pathlib import Path

import pytest

from baselint.framework import Bound
from baselint.model import Operator, ParameterValue
from baselint.policy.coverage import CoverageStatus, FrameworkCoverage, ResolvedChoices, Selected, coverage, is_within
from baselint.policy.resolve import resolve
from policytree import BASELINE, library, tree

HEAD = 'kind: framework\nid: frame\ntitle: Frame\npublisher: Us\nedition: "1"\nurl: "https://example.com"\nrelation: %s\nrequirements:\n'
CHILD = (
    'kind: baseline\nid: child\ntitle: Child\nversion: "1"\nowner: ops\nextends: [base]\ncontrols:\n'
    "  - {id: keys, exclude: true, reason: r}\n  - {id: old}\n"
)


def covered(directory: Path, requirements: str, relation: str = "decides", baseline: str = "base") -> FrameworkCoverage:
    """Compare a framework with the small tree's baseline, whose passwords have 14 characters."""
    opened = library(tree(directory, frameworks__frame=HEAD % relation + requirements, baselines__child=CHILD))
    return coverage(opened.framework("frame"), ResolvedChoices(resolve(opened.baseline(baseline), opened)))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


LENGTH = "controls: [{id: length, needs: {minimum: {at_least: %s}}}]"
CASES = [
    ("decides", LENGTH % 14, CoverageStatus.SATISFIED),
    ("decides", LENGTH % 15, CoverageStatus.NOT_SATISFIED),
    ("decides", LENGTH % 14 + ", coverage: partial, limits: more", CoverageStatus.IN_PART),
    ("decides", "controls: [{id: length}, {id: old}]", CoverageStatus.NOT_SATISFIED),
    ("decides", LENGTH % 14 + ", relation: supports", CoverageStatus.EVIDENCE),
    ("decides", "not_covered: outside", CoverageStatus.NOT_COVERED),
    ("decides", "any_of: [{controls: [{id: old}]}, {controls: [{id: length}]}]", CoverageStatus.SATISFIED),
    ("decides", "any_of: [{controls: [{id: old}]}, {otherwise: else}]", CoverageStatus.NOT_SATISFIED),
    ("supports", "controls: [{id: length}]", CoverageStatus.EVIDENCE),
    ("supports", "controls: [{id: length}], coverage: partial, limits: more", CoverageStatus.EVIDENCE),
    ("supports", "controls: [{id: length}, {id: old}]", CoverageStatus.SOME_EVIDENCE),
    ("supports", LENGTH % 15, CoverageStatus.NO_EVIDENCE),
    ("supports", LENGTH % 15 + ", relation: decides", CoverageStatus.NOT_SATISFIED),
]


@pytest.mark.parametrize(("relation", "requirement", "status"), CASES)
def test_a_requirement_has_one_status(here: Path, relation: str, requirement: str, status: CoverageStatus) -> None:
    found = covered(here, f'  - {{id: "1", title: One, {requirement}}}\n', relation)
    assert [item.status for item in found.requirements] == [status]
    assert found.counts[status] == 1
    assert sum(found.counts.values()) == 1


def test_every_status_can_come_about() -> None:
    assert {status for _, _, status in CASES} == set(CoverageStatus)


def test_what_a_baseline_does_with_a_control_is_told(here: Path) -> None:
    ids = ("length", "keys", "old", "review")
    requirements = "".join(f'  - {{id: "{name}", title: One, controls: [{{id: {name}}}]}}\n' for name in ids)
    found = covered(here, requirements, baseline="child")
    told = {item.requirement.id: item.alternatives[0].controls[0].selected for item in found.requirements}
    assert told == {"length": Selected.YES, "keys": Selected.EXCLUDED, "old": Selected.RETIRED, "review": Selected.YES}
    plain = covered(here, requirements, baseline="base")
    assert plain.requirements[2].alternatives[0].controls[0].selected is Selected.NO


def test_a_bound_is_told_beside_the_value(here: Path) -> None:
    (weak,) = covered(here, f'  - {{id: "1", title: One, {LENGTH % 15}}}\n').requirements[0].alternatives[0].controls
    assert [(item.value, item.met) for item in weak.bounds] == [(14, False)]
    needs = "controls: [{id: keys, needs: {days: {at_most: 90}}}]"
    (gone,) = (
        covered(here, f'  - {{id: "1", title: One, {needs}}}\n', baseline="child")
        .requirements[0]
        .alternatives[0]
        .controls
    )
    assert [(item.value, item.met) for item in gone.bounds] == [(None, False)]


VALUES: tuple[ParameterValue, ...] = (None, False, True, 0, 1, 13, 14, 15, "14", "", ("a",))


@pytest.mark.parametrize(("value", "bound"), list(product(VALUES, (14, 0, 1))))
def test_numbers_are_compared_with_numbers_only(value: ParameterValue, bound: int) -> None:
    number = type(value) is int
    assert is_within(value, Bound("p", Operator.AT_LEAST, bound)) is (number and value >= bound)  # type: ignore[operator]
    assert is_within(value, Bound("p", Operator.AT_MOST, bound)) is (number and value <= bound)  # type: ignore[operator]
    assert is_within(value, Bound("p", Operator.EQUALS, bound)) is (number and value == bound)


@pytest.mark.parametrize("value", VALUES)
def test_a_list_of_values_is_matched_by_type_and_value(value: ParameterValue) -> None:
    assert is_within(value, Bound("p", Operator.ONE_OF, (True, "14"))) is (value is True or value == "14")
    assert not is_within(value, Bound("p", Operator.AT_LEAST, "1"))


def test_the_tree_of_these_tests_is_what_they_say(here: Path) -> None:
    opened = library(tree(here))
    assert dict(resolve(opened.baseline("base"), opened).controls[0].parameters) == {"minimum": 14}
    assert "parameters" not in BASELINE

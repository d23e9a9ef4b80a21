"""Parents, exclusions and severities of a resolved baseline; the simple cases stand in test_policy."""

from pathlib import Path

import pytest

from baselint.errors import PolicyError
from baselint.model import Severity
from baselint.policy.resolve import ResolvedBaseline, resolve, selection_mistakes
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from policytree import BASELINE, REVIEW, library, tree

EXCEPTION = """\
exceptions:
  - id: e
    control: keys
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-12-01"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def baseline(identifier: str, *selections: str, extends: str = "", more: str = "") -> str:
    parents = f"extends: [{extends}]\n" if extends else ""
    lines = "".join(f"  - {{{selection}}}\n" for selection in selections)
    return f'kind: baseline\nid: {identifier}\ntitle: T\nversion: "1"\nowner: o\n{parents}controls:\n{lines}{more}'


def resolved(directory: Path, **baselines: str) -> ResolvedBaseline:
    opened = library(tree(directory, **{f"baselines__{name}": text for name, text in baselines.items()}))
    return resolve(opened.baseline("child"), opened)


def parameters(found: ResolvedBaseline, control: str) -> dict[str, object]:
    return dict(next(item for item in found.controls if item.control.id == control).parameters)


def test_controls_keep_the_order_of_the_first_who_names_them(here: Path) -> None:
    found = resolved(
        here,
        first=baseline("first", "id: review", "id: keys"),
        second=baseline("second", "id: keys", "id: length"),
        child=baseline("child", "id: length", extends="first, second"),
    )
    assert [item.control.id for item in found.controls] == ["review", "keys", "length"]


def test_a_control_is_located_where_the_last_word_on_it_stands(here: Path) -> None:
    found = resolved(
        here, parent=baseline("parent", "id: review", "id: keys"), child=baseline("child", "id: keys", extends="parent")
    )
    assert {item.control.id: str(item.location) for item in found.controls} == {
        "review": "policies/baselines/parent.yaml:7:5",
        "keys": "policies/baselines/child.yaml:8:5",
    }


def test_a_grandchild_inherits_values_and_severity_but_not_the_reason(here: Path) -> None:
    found = resolved(
        here,
        grand=baseline("grand", "id: length, parameters: {minimum: 20}, severity: critical, reason: strict"),
        parent=baseline("parent", "id: keys", extends="grand"),
        child=baseline("child", "id: length", extends="parent"),
    )
    length = found.controls[0]
    assert (length.control.id, dict(length.parameters), length.severity) == ("length", {"minimum": 20}, "critical")
    assert length.reason is None


def test_a_severity_of_the_baselines_own_comes_with_its_reason(here: Path) -> None:
    found = resolved(here, child=baseline("child", "id: length, severity: low, reason: federated", "id: keys"))
    assert [(item.severity, item.reason) for item in found.controls] == [
        (Severity.LOW, "federated"),
        (Severity.HIGH, None),
    ]


def test_parents_that_disagree_on_a_severity_are_an_error_unless_the_child_sets_it(here: Path) -> None:
    parents = {
        "first": baseline("first", "id: length, severity: low"),
        "second": baseline("second", "id: length"),
    }
    with pytest.raises(PolicyError) as caught:
        resolved(here, **parents, child=baseline("child", "id: review", extends="first, second"))
    assert str(caught.value) == (
        "policies/baselines/child.yaml:6:18: error[parents-disagree]: "
        "the parents of child disagree on length: severity; set it in this baseline\n"
        "    severity is low: policies/baselines/first.yaml:7:18, and medium: policies/baselines/second.yaml:7:5"
    )
    found = resolved(here, **parents, child=baseline("child", "id: length, severity: high", extends="first, second"))
    assert found.controls[0].severity is Severity.HIGH
    same = {**parents, "second": baseline("second", "id: length, severity: low")}
    found = resolved(here, **same, child=baseline("child", "id: review", extends="first, second"))
    assert found.controls[0].severity is Severity.LOW
    own = {"first": baseline("first", "id: length"), "second": baseline("second", "id: length, severity: medium")}
    found = resolved(here, **own, child=baseline("child", "id: review", extends="first, second"))
    assert found.controls[0].severity is Severity.MEDIUM


def test_a_child_can_set_a_parameter_to_not_asked(here: Path) -> None:
    found = resolved(
        here,
        parent=baseline("parent", "id: length, parameters: {minimum: 20}"),
        child=baseline("child", "id: length, parameters: {minimum: null}", extends="parent"),
    )
    assert parameters(found, "length") == {"minimum": None}


@pytest.mark.parametrize("parents", ["excludes, demands", "demands, excludes"])
@pytest.mark.parametrize(("demanded", "minimum"), [("", 14), (", parameters: {minimum: 20}", 20)])
def test_a_child_selects_again_what_one_parent_excludes_with_the_values_of_the_other(
    here: Path, parents: str, demanded: str, minimum: int
) -> None:
    found = resolved(
        here,
        weak=baseline("weak", "id: length, parameters: {minimum: 8}"),
        excludes=baseline("excludes", "id: length, exclude: true, reason: federated", extends="weak"),
        demands=baseline("demands", f"id: length{demanded}"),
        child=baseline("child", "id: length", extends=parents),
    )
    assert parameters(found, "length") == {"minimum": minimum}
    assert found.excluded == ()


def test_a_child_that_selects_an_excluded_control_again_gets_the_values_it_had_before(here: Path) -> None:
    found = resolved(
        here,
        grand=baseline("grand", "id: length, parameters: {minimum: 20}"),
        parent=baseline("parent", "id: length, exclude: true, reason: federated", extends="grand"),
        child=baseline("child", "id: length", extends="parent"),
    )
    assert parameters(found, "length") == {"minimum": 20}
    assert found.excluded == ()


def test_parents_that_both_exclude_agree(here: Path) -> None:
    found = resolved(
        here,
        first=baseline("first", "id: length, exclude: true, reason: one", "id: review"),
        second=baseline("second", "id: length, exclude: true, reason: two", "id: review"),
        child=baseline("child", "id: keys", extends="first, second"),
    )
    assert [item.control.id for item in found.controls] == ["review", "keys"]
    assert [item.control for item in found.excluded] == ["length"]


def test_every_disagreement_of_the_parents_is_told(here: Path) -> None:
    files = {
        "baselines__first": baseline("first", "id: length, parameters: {minimum: 10}", "id: keys", "id: review"),
        "baselines__second": baseline(
            "second", "id: length, parameters: {minimum: 12}", "id: keys, parameters: {days: 30}", "id: review"
        ),
        "baselines__third": baseline("third", "id: review, exclude: true, reason: x"),
        "baselines__child": baseline("child", "id: old", extends="first, second, third"),
    }
    tree(here, **files)
    found = validate_paths([Path("policies/baselines/child.yaml")], Context(library(here))).diagnostics
    assert [str(item) for item in found if item.rule == "parents-disagree"] == [
        f"policies/baselines/child.yaml:6:{column}: error[parents-disagree]: the parents of child disagree on {words}; "
        f"set it in this baseline\n    {places}"
        for column, words, places in (
            (
                18,
                "keys: parameter 'days'",
                "days is 90 by default: policies/baselines/first.yaml:8:5, and 30: policies/baselines/second.yaml:8:29",
            ),
            (
                18,
                "length: parameter 'minimum'",
                "minimum is 10: policies/baselines/first.yaml:7:31, and 12: policies/baselines/second.yaml:7:31",
            ),
            (
                26,
                "review: whether it is excluded",
                "excluded: policies/baselines/third.yaml:7:5; required: policies/baselines/second.yaml:9:5",
            ),
        )
    ]


def test_a_disagreement_between_an_unset_and_an_unknown_parameter_is_told_of_each(here: Path) -> None:
    files = {
        "baselines__first": baseline("first", "id: length, parameters: {minimum: null}"),
        "baselines__second": baseline("second", "id: length, parameters: {nothing: 1}"),
        "baselines__child": baseline("child", "id: keys", extends="first, second"),
    }
    opened = library(tree(here, **files))
    (found,) = selection_mistakes(opened.baseline("child"), opened)
    assert "disagree on length: parameter 'minimum', parameter 'nothing';" in found.message


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        (
            "../nowhere/base.yaml",
            "names '../nowhere/base.yaml', a file that is no baseline: policies/nowhere/base.yaml: cannot be read",
        ),
        ("../controls/g/keys.yaml", "this is a control; give the file of a baseline"),
        ("keys", "'extends' names 'keys', which is no baseline"),
    ],
)
def test_a_parent_that_is_no_baseline_is_told_at_the_child(here: Path, extends: str, words: str) -> None:
    tree(here, baselines__child=baseline("child", "id: keys", "id: nobody", extends=extends))
    (found,) = validate_paths([Path("policies/baselines/child.yaml")], Context(library(here))).diagnostics
    assert str(found).startswith("policies/baselines/child.yaml:6:11: error[unknown-baseline]: ")
    assert words in found.message


def test_a_broken_parent_is_told_at_its_own_place(here: Path) -> None:
    tree(
        here, baselines__base="kind: baseline\nid: [\n", baselines__child=baseline("child", "id: keys", extends="base")
    )
    found = validate_paths([Path("policies/baselines/child.yaml")], Context(library(here))).diagnostics
    assert {(item.location.path, item.rule) for item in found} == {("policies/baselines/base.yaml", "yaml-syntax")}


def test_a_chain_of_parents_has_an_end(here: Path) -> None:
    names = [f"b{number}" for number in range(18)]
    files = {
        f"baselines__{name}": baseline(name, "id: keys", extends=parent)
        for name, parent in zip(names, [*names[1:], ""], strict=True)
    }
    opened = library(tree(here, **files))
    assert [item.control.id for item in resolve(opened.baseline("b1"), opened).controls] == ["keys"]
    with pytest.raises(PolicyError, match=r"more than 16 baselines: b0 -> b1 -> .* -> b17; name fewer parents"):
        resolve(opened.baseline("b0"), opened)


def test_a_parameter_that_says_how_long_an_attestation_holds_cannot_be_unset(here: Path) -> None:
    review = REVIEW.replace(
        "check:", "parameters:\n  cadence: {title: C, type: integer, default: 90, minimum: 1}\ncheck:"
    )
    files = {
        "controls__g__review": review.replace("within_days: 90", "within_days: $cadence"),
        "baselines__child": baseline("child", "id: review, parameters: {cadence: null}"),
    }
    (found,) = validate_paths(
        [Path("policies/baselines/child.yaml")], Context(library(tree(here, **files)))
    ).diagnostics
    assert str(found) == (
        "policies/baselines/child.yaml:7:31: error[parameter-value]: "
        "review: 'cadence' cannot be null: it says how long an attestation holds"
    )
    files["baselines__child"] = baseline("child", "id: review, parameters: {cadence: 30}")
    opened = library(tree(here, **files))
    assert validate_paths([Path("policies/controls/g/review.yaml")], Context(opened)).diagnostics == ()
    assert parameters(resolve(opened.baseline("child"), opened), "review") == {"cadence": 30}


def test_a_broken_control_does_not_hide_the_mistakes_beside_it(here: Path) -> None:
    files = {
        "controls__g__keys": "kind: control\nid: [\n",
        "baselines__child": baseline("child", "id: nobody", "id: keys, parameters: {days: 3}", "id: nothing"),
    }
    opened = library(tree(here, **files))
    found = selection_mistakes(opened.baseline("child"), opened)
    assert [item.rule for item in found] == ["unknown-control", "yaml-syntax", "unknown-control"]
    with pytest.raises(PolicyError, match=r"(?s)'nobody'.*'nothing'.*yaml-syntax"):
        resolve(opened.baseline("child"), opened)


def test_an_unknown_parameter_of_a_parent_is_told_where_the_parent_sets_it(here: Path) -> None:
    files = {
        "baselines__base": BASELINE.replace("- id: keys", "- id: keys\n    parameters: {dayz: 3}"),
        "baselines__child": baseline("child", "id: review", extends="base"),
    }
    (found,) = validate_paths(
        [Path("policies/baselines/child.yaml")], Context(library(tree(here, **files)))
    ).diagnostics
    assert str(found).startswith("policies/baselines/base.yaml:9:18: error[unknown-parameter]")


def test_an_exception_for_an_inherited_control_has_an_effect(here: Path) -> None:
    tree(here, baselines__child=baseline("child", "id: review", extends="base", more=EXCEPTION))
    assert validate_paths([Path("policies/baselines/child.yaml")], Context(library(here))).diagnostics == ()


def test_of_several_parameters_the_wrong_one_is_pointed_at(here: Path) -> None:
    tree(here, baselines__child=baseline("child", "id: keys, parameters: {days: 3, dayz: 4}"))
    (found,) = validate_paths([Path("policies/baselines/child.yaml")], Context(library(here))).diagnostics
    assert str(found) == (
        "policies/baselines/child.yaml:7:38: error[unknown-parameter]: "
        "keys has no parameter 'dayz'; allowed: days; did you mean 'days'?"
    )


def test_an_inherited_mistake_is_told_where_the_parent_makes_it(here: Path) -> None:
    files = {
        "baselines__base": BASELINE.replace("- id: keys", "- id: keys\n    parameters: {days: 0}"),
        "baselines__child": baseline("child", "id: keys, severity: low, reason: r", extends="base"),
    }
    (found,) = validate_paths(
        [Path("policies/baselines/child.yaml")], Context(library(tree(here, **files)))
    ).diagnostics
    assert str(found) == (
        "policies/baselines/base.yaml:9:18: error[parameter-value]: keys: 'days' is 0; it must be at least 1"
    )

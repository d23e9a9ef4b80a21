"""Rules on what a baseline takes from others: parameters of another tree, and exclusions of what parents select."""

import os
from pathlib import Path

import pytest

from baselint.configuration import Configuration
from baselint.errors import Diagnostic, Level
from baselint.policy.library import PolicyLibrary, PolicyRoot
from baselint.policy.open import open_library
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from demanding import HEAD, baseline
from policytree import KEYS, LENGTH, OLD, REVIEW, library, tree

CADENCE = REVIEW.replace("within_days: 90", "within_days: $cadence").replace(
    "check:", "parameters: {cadence: {title: C, type: integer, default: 30, minimum: 1}}\ncheck:"
)
UNSET = LENGTH.replace("default: 14", "default: null")
UNUSED = LENGTH.replace("at_least: $minimum", "at_least: 14")
MODES = LENGTH.replace(
    "parameters:",
    "parameters:\n  names: {title: N, type: list, default: [a b, 'c\"']}\n  on_it: {title: O, type: boolean, default: true}",
).replace(
    "expect: {",
    "expect:\n    - {fact: contacts.billing_email, matches: $names}\n    - {fact: root.mfa_enabled, equals: $on_it}\n    - {",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def two_trees(directory: Path, own: str, **theirs: str) -> PolicyLibrary:
    """Open a tree of one's own with a baseline ``own``, beside a shipped one."""
    tree(directory / "theirs", **theirs)
    path = directory / "policies" / "baselines" / "own.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(own, encoding="utf-8")
    return PolicyLibrary(
        (
            PolicyRoot(Path("policies"), "policies"),
            PolicyRoot(directory / "theirs" / "policies", "<theirs>", shipped=True),
        )
    )


def told(opened: PolicyLibrary, path: str = "policies/baselines/own.yaml") -> list[Diagnostic]:
    found = validate_paths([Path(path)], Context(opened)).diagnostics
    assert {item.rule for item in found} <= {"implicit-parameter"}
    return list(found)


@pytest.mark.parametrize(
    ("selection", "theirs", "correction"),
    [
        ("length", LENGTH, "parameters: {minimum: 14}"),
        ("length, parameters: {minimum: 14}", LENGTH, None),
        ("length, exclude: true, reason: r", LENGTH, None),
        ("length", UNSET, None),
        ("length", MODES, 'parameters: {names: ["a b", "c\\""], on_it: true, minimum: 14}'),
        ("length, parameters: {minimum: 20}", MODES, 'parameters: {minimum: 20, names: ["a b", "c\\""], on_it: true}'),
    ],
)
def test_a_parameter_of_another_tree_is_set(here: Path, selection: str, theirs: str, correction: str | None) -> None:
    parent = "extends: [base]\n" if "exclude" in selection else ""
    opened = two_trees(here, baseline("own", selection, more=parent), controls__g__length=theirs)
    found = told(opened)
    assert [item.correction for item in found] == ([correction] if correction else [])


def test_a_parameter_that_the_check_does_not_use_has_no_effect(here: Path) -> None:
    opened = two_trees(here, baseline("own", "length"), controls__g__length=UNUSED)
    assert told(opened) == []


def test_how_long_an_attestation_holds_is_a_parameter_too(here: Path) -> None:
    opened = two_trees(here, baseline("own", "review", "keys, parameters: {days: 3}"), controls__g__review=CADENCE)
    (found,) = told(opened)
    assert str(found) == (
        "policies/baselines/own.yaml:7:10: warning[implicit-parameter]: review: 'cadence' is 30 by default, and changes when the "
        "default does; set it here\n    write: parameters: {cadence: 30}"
    )
    assert found.level is Level.WARNING


def test_several_are_told_in_one_line(here: Path) -> None:
    (found,) = told(two_trees(here, baseline("own", "length"), controls__g__length=MODES))
    assert found.message.startswith("length: 'names' is a b, c\" and 'on_it' is true and 'minimum' is 14 by default")


def test_what_a_parent_sets_is_set_and_what_only_a_parent_selects_is_the_parents(here: Path) -> None:
    parent = HEAD.format("parent") + "controls:\n  - id: length\n    parameters: {minimum: 16}\n  - id: keys\n"
    opened = two_trees(here, baseline("own", "length", more="extends: [parent]\n"), baselines__parent=parent)
    assert told(opened) == []


def test_a_retired_control_of_another_tree_asks_for_nothing(here: Path) -> None:
    retired = OLD + "parameters: {a: {title: A, type: integer, default: 6}}\n"
    opened = two_trees(here, baseline("own", "old"), controls__g__old=retired)
    found = validate_paths([Path("policies/baselines/own.yaml")], Context(opened)).diagnostics
    assert [item.rule for item in found] == ["retired-control-required"]


def test_controls_of_the_same_tree_and_unknown_ones_are_left_alone(here: Path) -> None:
    opened = library(tree(here, baselines__own=baseline("own", "length", "keys")))
    assert told(opened) == []
    (here / "x").mkdir()
    os.chdir(here / "x")
    opened = two_trees(here / "x", baseline("own", "nowhere"))
    found = validate_paths([Path("policies/baselines/own.yaml")], Context(opened)).diagnostics
    assert [item.rule for item in found] == ["unknown-control"]


@pytest.mark.parametrize("absolute", [True, False])
def test_a_file_lies_in_its_tree_however_it_is_named(here: Path, absolute: bool) -> None:
    tree(here, baselines__own=baseline("own", "length"))
    opened = open_library(Configuration(policies=Path("policies"), library=False))
    path = here / "policies/baselines/own.yaml" if absolute else Path("policies/../policies/baselines/own.yaml")
    assert told(opened, path.as_posix()) == []


def test_a_file_outside_of_every_tree_is_ones_own(here: Path) -> None:
    own = baseline("own", "length", "ours")
    opened = two_trees(here, own)
    Path("policies/controls/g").mkdir(parents=True)
    Path("policies/controls/g/ours.yaml").write_text(LENGTH.replace("id: length", "id: ours"), encoding="utf-8")
    Path("own.yaml").write_text(own, encoding="utf-8")
    opened = PolicyLibrary(
        (PolicyRoot(Path("policies"), "policies"), PolicyRoot(here / "theirs/policies", "<theirs>", shipped=True))
    )
    (found,) = told(opened, "own.yaml")
    assert found.correction == "parameters: {minimum: 14}"
    assert (found.location.line, found.message.split(":")[0]) == (7, "length")


def test_the_shipped_tree_is_another_one_for_everybody_else(here: Path) -> None:
    path = Path("policies/baselines/acme.yaml")
    path.parent.mkdir(parents=True)
    path.write_text(baseline("acme", "password-minimum-length", "root-mfa"), encoding="utf-8")
    opened = open_library(Configuration(policies=Path("policies")))
    (found,) = told(opened, path.as_posix())
    assert found.correction == "parameters: {minimum: 14}"


@pytest.mark.parametrize(
    ("more", "selections", "places"),
    [
        ("extends: [base]\n", ("length, exclude: true, reason: r",), []),
        ("extends: [base]\n", ("old, exclude: true, reason: r",), ["8:24"]),
        ("", ("length, exclude: true, reason: r",), ["7:27"]),
        ("extends: [without]\n", ("length, exclude: true, reason: r",), ["8:27"]),
        ("extends: [without, base]\n", ("length, exclude: true, reason: r",), []),
        ("extends: [base]\n", ("nowhere, exclude: true, reason: r",), []),
        ("extends: [base]\n", ("length",), []),
    ],
)
def test_an_exclusion_takes_something_away(
    here: Path, more: str, selections: tuple[str, ...], places: list[str]
) -> None:
    without = baseline("without", "length, exclude: true, reason: r", "keys", more="extends: [base]\n")
    opened = library(tree(here, baselines__own=baseline("own", *selections, more=more), baselines__without=without))
    found = validate_paths([Path("policies/baselines/own.yaml")], Context(opened)).diagnostics
    unused = [item for item in found if item.rule == "unused-exclude"]
    assert [f"{item.location.line}:{item.location.column}" for item in unused] == places
    assert {item.level for item in unused} <= {Level.WARNING}


def test_an_exclusion_without_effect_says_why(here: Path) -> None:
    opened = library(
        tree(
            here,
            baselines__alone=baseline("alone", "length, exclude: true, reason: r"),
            baselines__own=baseline("own", "old, exclude: true, reason: r", more="extends: [base]\n"),
        )
    )
    found = [
        item.message
        for name in ("alone", "own")
        for item in validate_paths([Path(f"policies/baselines/{name}.yaml")], Context(opened)).diagnostics
        if item.location.path.endswith(f"/{name}.yaml")
    ]
    assert found == [
        "alone excludes length, which nothing brings in: the baseline has no parents; remove the entry, or name another control",
        "own excludes old, which none of its parents selects; remove the entry, or name another control",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LENGTH, ("password_policy.minimum_length",)),
        (KEYS, ("access_key.age_days",)),
        (REVIEW, ()),
        (
            f"{LENGTH}procedure:\n  verify: [{{id: a, do: root.mfa_enabled, expect: root.exists}}]\n",
            ("password_policy.minimum_length",),
        ),
        ("procedure: {verify: [{id: a, do: b, expect: c}]}\n" + LENGTH, ("password_policy.minimum_length",)),
        (f"{REVIEW}procedure:\n  verify: [{{id: a, do: x, expect: root.exists}}]\n", ()),
        ('{"kind": "control", "check": {"expect": {"fact": "root.exists", "equals": true}}}', ("root.exists",)),
        ('"check":\n  "expect": [{fact: a.b}, {fact: a.b}]\n', ("a.b", "a.b")),
        ("a: [", ()),
    ],
)
def test_the_facts_that_a_text_expects_are_seen_without_reading_it(
    here: Path, text: str, words: tuple[str, ...]
) -> None:
    opened = library(tree(here, controls__g__length=text))
    assert opened.words_expected("length") == words
    assert opened.words_expected("nowhere") == ()
    assert opened.may_have_parameters("nowhere") is False


def test_the_facts_of_every_shipped_control_are_seen(here: Path) -> None:
    opened = open_library(Configuration(policies=None))
    for entry in opened.entries:
        if entry.kind == "control":
            control = opened.control(entry.id)
            expected = [item.fact for item in control.check.expect] if control.check else []
            assert set(expected) <= set(opened.words_expected(entry.id)), entry.id
            assert opened.may_have_parameters(entry.id) or not control.parameters
            assert opened.is_retired(entry.id) is (control.retired is not None)

"""The edges of the rules: the last value that is still right, and the first that is not."""

from pathlib import Path

import pytest

from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from policytree import BASELINE, KEYS, LENGTH, OLD, REVIEW, library, tree

EXCEPTION = """\
exceptions:
  - id: e
    control: keys
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {{by: CISO, date: "2026-09-01"}}
    expires: "{}"
"""
FRAMEWORK = """\
kind: framework
id: frame
title: Frame
publisher: Us
edition: "1"
url: "https://example.com"
relation: decides
requirements:
  - {{id: "1", title: One, controls: [{{id: keys, needs: {{mode: {{{}: {}}}}}}}]}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(directory: Path, name: str, **files: str) -> list[str]:
    """What validate says of one file: line, column and rule."""
    path = Path("policies", name)
    found = validate_paths([path], Context(library(tree(directory, **files)))).diagnostics
    return [f"{item.location.line}:{item.location.column} {item.rule}" for item in found]


@pytest.mark.parametrize(
    ("last_day", "mistakes"),
    [
        ("2026-08-31", ["17:14 exception-dates"]),
        ("2026-09-01", []),
        ("2027-09-02", []),
        ("2027-09-03", ["17:14 exception-term"]),
    ],
)
def test_an_exception_lasts_from_one_day_to_366(here: Path, last_day: str, mistakes: list[str]) -> None:
    text = BASELINE + EXCEPTION.format(last_day)
    assert told(here, "baselines/base.yaml", baselines__base=text) == mistakes


@pytest.mark.parametrize(
    ("parameter", "mistakes"),
    [
        ("type: integer, default: 1, minimum: 1", []),
        ("type: integer, default: null, minimum: 1", ["8:25 operator-value"]),
        ("type: integer, default: 1", ["8:25 operator-value"]),
        ("type: integer, default: 0, minimum: 0", ["8:25 operator-value"]),
        ("type: text, default: a, minimum: 1", ["8:25 operator-value"]),
    ],
)
def test_how_long_an_attestation_holds_is_a_positive_number(here: Path, parameter: str, mistakes: list[str]) -> None:
    declared = f"parameters:\n  days: {{title: D, {parameter}}}\ncheck:"
    text = REVIEW.replace("check:", declared).replace("within_days: 90", "within_days: $days")
    assert told(here, "controls/g/review.yaml", controls__g__review=text) == mistakes


@pytest.mark.parametrize(
    ("guard", "mistakes"),
    [
        ("{fact: root.exists, equals: true}", []),
        ("{fact: access_key.active, equals: true}", ["8:24 fact-scope"]),
        ("{fact: root.exists, equals: $days}", ["8:45 parameter-place"]),
    ],
)
def test_a_check_over_members_is_guarded_by_facts_of_the_account(here: Path, guard: str, mistakes: list[str]) -> None:
    text = KEYS.replace("  each:", f"  applies_when: {guard}\n  each:")
    assert told(here, "controls/g/keys.yaml", controls__g__keys=text) == mistakes


@pytest.mark.parametrize(
    ("parameter", "condition", "mistakes"),
    [
        ("integer, default: 14", "fact: password_policy.minimum_length, at_least: $p", []),
        ("text, default: a", "fact: password_policy.minimum_length, at_least: $p", ["9:60 operator-value"]),
        ("text, default: a", "fact: password_policy.minimum_length, equals: $p", ["9:58 operator-value"]),
        ("boolean, default: true", "fact: password_policy.minimum_length, equals: $p", ["9:58 operator-value"]),
        ("boolean, default: true", "fact: password_policy.requires_symbols, equals: $p", []),
        ("list, default: [none]", "fact: root.mfa_kind, one_of: $p", []),
        ("list, default: [aws]", "fact: account.partition, matches: $p", []),
        ("list, default: [a]", "fact: password_policy.minimum_length, one_of: $p", ["9:58 operator-value"]),
        ("text, default: none", "fact: root.mfa_kind, one_of: $p", ["9:41 operator-value"]),
    ],
)
def test_a_parameter_has_the_type_that_its_condition_compares(
    here: Path, parameter: str, condition: str, mistakes: list[str]
) -> None:
    text = (
        "kind: control\nid: length\ntitle: T\nseverity: low\nsummary: s\nparameters:\n"
        f"  p: {{title: P, type: {parameter}}}\ncheck:\n  expect: {{{condition}}}\n"
    )
    assert told(here, "controls/g/length.yaml", controls__g__length=text) == mistakes


@pytest.mark.parametrize(
    ("kind", "bound", "mistakes"),
    [
        ("integer, default: 3", ("at_most", "90"), []),
        ("text, default: a", ("at_least", "90"), ["9:63 parameter-value"]),
        ("list, default: [a]", ("at_most", "90"), ["9:63 parameter-value"]),
        ("text, default: a", ("equals", "b"), []),
        ("choice, default: a, choices: [a, b]", ("one_of", "[a, b]"), []),
        ("boolean, default: true", ("equals", "true"), []),
        ("boolean, default: true", ("equals", "1"), ["9:63 parameter-value"]),
        ("integer, default: 3", ("equals", "true"), ["9:63 parameter-value"]),
    ],
)
def test_a_bound_of_a_framework_has_the_type_of_its_parameter(
    here: Path, kind: str, bound: tuple[str, str], mistakes: list[str]
) -> None:
    control = KEYS.replace("parameters:", f"parameters:\n  mode: {{title: M, type: {kind}}}")
    files = {"controls__g__keys": control, "frameworks__frame": FRAMEWORK.format(*bound)}
    assert told(here, "frameworks/frame.yaml", **files) == mistakes


@pytest.mark.parametrize(
    ("selection", "mistakes"),
    [
        ("id: old", ["7:10 retired-control-required"]),
        ("id: old, exclude: true, reason: it ended", ["7:24 unused-exclude"]),
    ],
)
def test_a_retired_control_that_is_left_out_is_no_matter(here: Path, selection: str, mistakes: list[str]) -> None:
    text = BASELINE.replace("  - id: length\n", f"  - {{{selection}}}\n")
    assert told(here, "baselines/base.yaml", baselines__base=text, controls__g__old=OLD) == mistakes


@pytest.mark.parametrize("name", ["before", "console", "cli", "verify", "rollback"])
def test_step_ids_differ_within_each_list(here: Path, name: str) -> None:
    step = "    - {id: a, do: x, expect: z}\n"
    text = LENGTH.replace("check:", f"procedure:\n  {name}:\n{step}{step}check:")
    assert told(here, "controls/g/length.yaml", controls__g__length=text) == ["11:12 duplicate-step"]


def test_steps_of_two_lists_may_share_an_id(here: Path) -> None:
    step = "    - {id: a, do: x, expect: z}\n"
    text = LENGTH.replace("check:", f"procedure:\n  verify:\n{step}  rollback:\n{step}check:")
    assert told(here, "controls/g/length.yaml", controls__g__length=text) == []


def test_a_broken_control_does_not_hide_what_other_rules_say_of_a_baseline(here: Path) -> None:
    text = BASELINE.replace('"1"', "1.10") + EXCEPTION.format("2027-12-31").replace(
        "    reason:", "    subjects: [alice/access-key-1]\n    reason:"
    )
    path = Path("policies/baselines/base.yaml")
    found = validate_paths(
        [path], Context(library(tree(here, baselines__base=text, controls__g__keys="a: [")))
    ).diagnostics
    assert [f"{item.location} {item.rule}" for item in found] == [
        "policies/baselines/base.yaml:18:14 exception-term",
        "policies/controls/g/keys.yaml:1:5 yaml-syntax",
        "policies/baselines/base.yaml:4:10 unquoted-text",
    ]

"""Rules on policy files: one broken example of each, with its place and its words."""

from pathlib import Path

import pytest

from baselint.policy.rules.table import RULES, rule_pages
from baselint.policy.validate import validate_library, validate_paths
from policytree import BASELINE, KEYS, LENGTH, OLD, REVIEW, library, tree

ATTESTATION = """\
kind: attestations
attestations:
  - control: review
    accounts: ["111122223333"]
    outcome: pass
    statement: seen
    by: A. Example
    date: "2026-11-02"
    answers: {trigger: periodic}
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
  - id: "1.1"
    title: Length
    controls: [{id: length, needs: {minimum: {at_least: 14}}}]
  - id: "1.2"
    title: Either
    any_of:
      - controls: [{id: keys, needs: {days: {equals: 90}}}]
      - otherwise: something else
"""
EXCEPTION = """\
exceptions:
  - id: legacy
    control: keys
    accounts: ["111122223333"]
    subjects: [alice/access-key-1]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-01-31"
changes:
  - {date: "2026-09-01", control: keys, reason: because}
"""
C, B, F, T = "controls__g__length", "baselines__base", "frameworks__frame", "attestations__a"
FULL = BASELINE + EXCEPTION
STEPS = "procedure:\n  verify:\n    - {id: a, do: x, expect: y}\n    - {id: a, do: x, expect: y}\n"
LIST = "  names: {title: Names, type: list, default: null}\n"

CASES = [
    (C, LENGTH, "id: length", "id: lengths", "2:5", "file-name", "name the file lengths.yaml"),
    (B, FULL, 'version: "1"', "version: 1.10", "4:10", "unquoted-text", 'put it in quotes: "1.10"'),
    (
        C,
        LENGTH,
        "policy.minimum_length",
        "policy.minimum_lenght",
        "9:18",
        "unknown-fact",
        "did you mean 'password_policy.minimum_length'?",
    ),
    (
        C,
        LENGTH,
        "expect: {fact",
        "expect:\n    - {fact: root.mfa_enabled, equals: true}\n    - {fact: user.mfa_active, equals: true}\n    - {fact",
        "11:14",
        "fact-scope",
        "user.mfa_active is a fact of the user; facts of the account are asked for here",
    ),
    (
        "controls__g__keys",
        KEYS,
        "access_key.age_days, at_most: $days",
        "root.mfa_enabled, equals: true",
        "10:18",
        "fact-scope",
        "facts of the access-key",
    ),
    (
        C,
        LENGTH,
        "expect:",
        "applies_when: {fact: root.exists, present: true}\n  expect:",
        "9:46",
        "operator-value",
        "always has a value; ask for it with 'equals'",
    ),
    (
        C,
        LENGTH,
        "expect:",
        "applies_when: {fact: root.exists, matches: [x]}\n  expect:",
        "9:46",
        "operator-value",
        "'matches' compares texts",
    ),
    (
        C,
        LENGTH,
        "expect:",
        "applies_when: {fact: root.exists, at_least: 1}\n  expect:",
        "9:47",
        "operator-value",
        "'at_least' compares numbers",
    ),
    (
        C,
        LENGTH,
        "expect:",
        "applies_when: {fact: root.exists, equals: 1}\n  expect:",
        "9:45",
        "operator-value",
        "1 is not",
    ),
    (
        C,
        LENGTH,
        "expect:",
        "applies_when: {fact: root.mfa_kind, one_of: [none, virtul]}\n  expect:",
        "9:47",
        "operator-value",
        "did you mean 'virtual'?",
    ),
    (
        C,
        LENGTH,
        "at_least: $minimum}",
        "at_least: $minimum, or_absent: true}",
        "9:81",
        "operator-value",
        "'or_absent' has no meaning",
    ),
    (
        C,
        LENGTH,
        "expect:",
        "applies_when: {fact: root.password_age_days, at_least: $minimum}\n  expect:",
        "9:58",
        "parameter-place",
        "cannot stand in 'applies_when'",
    ),
    (
        C,
        LENGTH,
        "at_least: $minimum}",
        "at_least: $minimun}",
        "9:60",
        "undeclared-parameter",
        "did you mean 'minimum'?",
    ),
    (C, LENGTH, "at_least: $minimum", "one_of: $minimum", "9:58", "operator-value", "cannot take $minimum (integer)"),
    (
        C,
        LENGTH,
        "password_policy.minimum_length, at_least",
        "root.has_password, equals",
        "9:45",
        "operator-value",
        "cannot take $minimum (integer)",
    ),
    (
        C,
        LENGTH,
        "password_policy.minimum_length, at_least",
        "root.has_password, at_least",
        "9:47",
        "operator-value",
        "cannot take $minimum (integer)",
    ),
    (C, LENGTH, "default: 14", "default: 5", "7:53", "parameter-default", "the default does not fit: 'minimum' is 5"),
    (
        C,
        LENGTH,
        "check:",
        "  kind: {title: Kind, type: choice, default: null}\ncheck:",
        "8:3",
        "parameter-default",
        "lists no choices",
    ),
    (
        C,
        LENGTH,
        "check:",
        "  kind: {title: Kind, type: choice, default: c, choices: [a, b]}\ncheck:",
        "8:46",
        "parameter-default",
        "cannot be 'c'; allowed: a, b",
    ),
    (
        C,
        LENGTH,
        "minimum: 6, maximum: 128",
        "minimum: 14, maximum: 13",
        "7:53",
        "parameter-default",
        "at least 14 and at most 13",
    ),
    (
        C,
        LENGTH,
        "default: 14, minimum: 6, maximum: 128",
        "default: null, minimum: 9, maximum: 8",
        "7:68",
        "parameter-default",
        "minimum 9 is above maximum 8",
    ),
    (C, LENGTH, "check:", LIST + "check:", "8:10", "unused-parameter", "the check does not use 'names'"),
    (
        "controls__g__review",
        REVIEW,
        "within_days: 90",
        "within_days: $days",
        "6:25",
        "undeclared-parameter",
        "$days is not declared",
    ),
    (
        "controls__g__keys",
        KEYS,
        "at_most: $days}",
        "at_most: $days}\n  or_attest: {within_days: $dayz}",
        "11:28",
        "undeclared-parameter",
        "did you mean 'days'?",
    ),
    (
        "controls__g__keys",
        KEYS,
        "default: 90, minimum: 1}\ncheck:",
        "default: 90, minimum: 0}\ncheck:\n  or_attest: {within_days: $days}",
        "8:28",
        "operator-value",
        "a minimum of 1 or more",
    ),
    (C, LENGTH, "{$minimum}", "{$minimun}", "5:10", "unknown-placeholder", "did you mean 'minimum'?"),
    (C, LENGTH, "check:", STEPS + "check:", "11:12", "duplicate-step", "'a' stands twice under 'verify'"),
    (
        B,
        FULL,
        "  - id: keys\n",
        "  - id: keys\n  - id: length\n",
        "9:9",
        "duplicate-control",
        "already selected in line 7",
    ),
    (B, FULL, "  - id: keys\n", "  - id: keyz\n", "8:9", "unknown-control", "did you mean 'keys'?"),
    (
        B,
        FULL,
        "  - id: keys\n",
        "  - id: keys\n    parameters: {dayz: 3}\n",
        "9:18",
        "unknown-parameter",
        "did you mean 'days'?",
    ),
    (
        B,
        FULL,
        "  - id: review\n",
        "  - id: review\n    parameters: {dayz: 3}\n",
        "10:18",
        "unknown-parameter",
        "allowed: it has none",
    ),
    (
        B,
        FULL,
        "  - id: length\n",
        "  - id: length\n    parameters: {minimum: 300}\n",
        "8:18",
        "parameter-value",
        "must be at least 6 and at most 128",
    ),
    (
        B,
        FULL,
        "  - id: length\n",
        "  - id: length\n    parameters: {minimum: long}\n",
        "8:18",
        "parameter-value",
        "must be a whole number",
    ),
    (
        B,
        FULL,
        "owner: ops\ncontrols",
        "owner: ops\nextends: [bose]\ncontrols",
        "2:5",
        "unknown-baseline",
        "did you mean 'base'?",
    ),
    (
        B,
        FULL,
        "owner: ops\ncontrols",
        "owner: ops\nsatisfies: [cis-9]\ncontrols",
        "6:13",
        "unknown-framework",
        "there is no framework 'cis-9'; see 'baselint list frameworks'",
    ),
    (B, FULL, "owner: ops\ncontrols", "owner: ops\nextends: [base]\ncontrols", "2:5", "extends-circle", "base -> base"),
    (
        B,
        FULL,
        "  - id: keys\n",
        "  - id: old\n",
        "8:9",
        "retired-control",
        "retired since 2025-01-06 and decides nothing; see review",
    ),
    (
        B,
        FULL,
        "changes:",
        FULL[FULL.index("  - id: legacy") : FULL.index("changes:")] + "changes:",
        "19:9",
        "duplicate-exception",
        "'legacy' stands twice",
    ),
    (B, FULL, "  - id: keys\n", "", "11:14", "exception-without-effect", "base does not require keys"),
    (B, FULL, "2027-01-31", "2026-08-31", "18:14", "exception-dates", "before its approval"),
    (B, FULL, "2027-01-31", "2027-09-03", "18:14", "exception-dates", "more than 366 days"),
    (B, FULL, "    control: keys", "    control: kees", "12:14", "unknown-control", "did you mean 'keys'?"),
    (B, FULL, "    control: keys", "    control: length", "14:5", "exception-subjects", "cannot name 'subjects'"),
    (B, FULL, '", control: keys', '", control: kees', "20:35", "unknown-control", "did you mean 'keys'?"),
    (T, ATTESTATION, "control: review", "control: revue", "3:14", "unknown-control", "did you mean 'review'?"),
    (
        T,
        ATTESTATION,
        "control: review",
        "control: length",
        "3:14",
        "attestation-without-effect",
        "is not decided by attestations",
    ),
    (
        T,
        ATTESTATION,
        "    answers: {trigger: periodic}\n",
        "",
        "3:5",
        "attestation-answers",
        "{trigger: periodic | leaver}",
    ),
    (
        T,
        ATTESTATION,
        "trigger: periodic",
        "trigger: periodc",
        "9:24",
        "attestation-answers",
        "did you mean 'periodic'?",
    ),
    (
        T,
        ATTESTATION,
        "trigger: periodic",
        "trigger: periodic, triger: leaver",
        "9:34",
        "attestation-answers",
        "did you mean 'trigger'?",
    ),
    (F, FRAMEWORK, '"1.2"', '"1.1"', "12:9", "duplicate-requirement", "'1.1' stands twice"),
    (F, FRAMEWORK, "{id: length,", "{id: lenght,", "11:21", "unknown-control", "did you mean 'length'?"),
    (F, FRAMEWORK, "{minimum: {", "{minimun: {", "11:37", "unknown-parameter", "did you mean 'minimum'?"),
    (F, FRAMEWORK, "{equals: 90}", "{equals: often}", "15:45", "parameter-value", "does not fit 'days'"),
    (
        F,
        FRAMEWORK,
        "{days: {equals: 90}}",
        "{days: {one_of: [a, 3]}}",
        "15:45",
        "parameter-value",
        "does not fit 'days'",
    ),
]
WARNINGS = {
    "exception-without-effect",
    "unquoted-text",
    "unused-parameter",
    "retired-control",
    "attestation-without-effect",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_small_tree_is_right(here: Path) -> None:
    tree(here, **{B: FULL, F: FRAMEWORK, T: ATTESTATION})
    assert validate_library(library(here)) == ()


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
    found = {str(item.location): item for item in validate_paths([path], library(here)) if item.rule == rule}
    assert f"{path.as_posix()}:{place}" in found, list(found)
    diagnostic = found[f"{path.as_posix()}:{place}"]
    assert words in diagnostic.message
    assert diagnostic.level == ("warning" if rule in WARNINGS else "error")


def test_a_baseline_is_validated_without_reading_controls_it_does_not_change(here: Path) -> None:
    tree(here, controls__g__keys="broken: [")
    assert validate_paths([Path("policies/baselines/base.yaml")], library(here)) == ()


def test_a_broken_control_that_a_baseline_changes_is_told_at_its_own_place(here: Path) -> None:
    baseline = BASELINE.replace("  - id: keys\n", "  - id: keys\n    parameters: {days: 3}\n")
    tree(here, controls__g__keys="kind: control\nid: keys\n", baselines__base=baseline)
    found = validate_paths([Path("policies/baselines/base.yaml")], library(here))
    assert {item.location.path for item in found} == {"policies/controls/g/keys.yaml"}
    assert {item.rule for item in found} == {"missing-key"}


def test_a_retired_control_without_a_successor_is_told_as_well(here: Path) -> None:
    baseline = BASELINE.replace("- id: keys", "- id: old")
    tree(here, controls__g__old=OLD.replace(", replaced_by: review", ""), baselines__base=baseline)
    (found,) = validate_paths([Path("policies/baselines/base.yaml")], library(here))
    assert found.message == "old is retired since 2025-01-06 and decides nothing"


def test_every_mistake_of_every_file_is_told(here: Path) -> None:
    tree(
        here,
        controls__g__length=LENGTH.replace("medium", "midium"),
        controls__g__keys="a: [",
        baselines__base="kind: baseline\n",
    )
    rules = [item.rule for item in validate_library(library(here))]
    assert rules == ["missing-key"] * 5 + ["yaml-syntax", "value-not-allowed"]


def test_every_rule_has_a_page_and_every_id_is_proved_here() -> None:
    pages = rule_pages()
    proved = {case[5] for case in CASES} | {"parents-disagree"}
    for rule in RULES:
        assert rule.page.strip()
        assert set(rule.ids) <= proved
        assert set(rule.ids) <= set(pages)
    assert "An exception of a baseline" in pages["unknown-control"]
    assert "A framework maps" in pages["unknown-control"]

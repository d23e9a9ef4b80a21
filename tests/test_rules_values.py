"""Rules on values: what AWS cannot hold, and what every account meets."""

from pathlib import Path

import pytest

from baselint.errors import Diagnostic, Level
from baselint.explanation import explain_word
from baselint.facts import FACTS
from baselint.model import Condition, Operator
from baselint.password_policy_command import _SETTINGS
from baselint.policy.allowed_values import AllowedValues, Interval, allowed_by, every_value
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from policytree import BASELINE, LENGTH, OLD, library, tree

LENGTH_FACT = "fact: password_policy.minimum_length"
AGE_FACT = "fact: password_policy.maximum_age_days"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(directory: Path, name: str, rule: str, **files: str) -> list[Diagnostic]:
    path = Path("policies", name)
    return [
        item
        for item in validate_paths([path], Context(library(tree(directory, **files)))).diagnostics
        if item.rule in {rule, "schema"}
    ]


def of_check(directory: Path, rule: str, check: str, parameters: str = "") -> list[str]:
    """What a rule tells of a control with a check: the line and column of each."""
    head = "kind: control\nid: own\ntitle: T\nseverity: low\nsummary: s\n"
    text = f"{head}parameters: {{{parameters or 'unused: {title: U, type: integer, default: null}'}}}\ncheck: {{{check}}}\n"
    found = told(directory, "controls/g/own.yaml", rule, controls__g__own=text)
    return [f"{item.location.line}:{item.location.column}" for item in found]


def of_setting(directory: Path, rule: str, setting: str, control: str = LENGTH) -> list[Diagnostic]:
    """What a rule tells of a baseline that sets a parameter of the control ``length``."""
    text = BASELINE.replace("id: length\n", f"id: length\n    parameters: {{{setting}}}\n")
    return told(directory, "baselines/base.yaml", rule, baselines__base=text, controls__g__length=control)


@pytest.mark.parametrize(
    ("condition", "flaw"),
    [
        (f"{LENGTH_FACT}, at_least: 128", False),
        (f"{LENGTH_FACT}, at_least: 129", True),
        (f"{LENGTH_FACT}, at_most: 6", False),
        (f"{LENGTH_FACT}, at_most: 5", True),
        (f"{LENGTH_FACT}, equals: 6", False),
        (f"{LENGTH_FACT}, equals: 5", True),
        (f"{LENGTH_FACT}, equals: true", False),
        (f"{LENGTH_FACT}, one_of: [5, 6]", False),
        (f"{LENGTH_FACT}, one_of: [5, 129]", True),
        (f"{AGE_FACT}, at_most: 0", True),
        (f"{AGE_FACT}, at_most: 0, or_absent: true", False),
        (f"{AGE_FACT}, present: false", False),
        ("fact: password_policy.reuse_prevention, at_most: 0", False),
        ("fact: password_policy.reuse_prevention, at_least: 25", True),
        ("fact: password_policy.classes_required, at_least: 5", True),
        ("fact: root.password_age_days, at_most: -1", False),
        ("fact: root.mfa_kind, equals: virtul", False),
        ("fact: password_policy.no_such, at_least: 300", False),
    ],
)
def test_a_literal_that_aws_cannot_hold_is_an_error(here: Path, condition: str, flaw: bool) -> None:
    assert bool(of_check(here, "outside-aws-range", f"expect: {{{condition}}}")) is flaw


def test_guards_are_looked_at_too(here: Path) -> None:
    check = (
        f"applies_when: [{{{LENGTH_FACT}, at_least: 500, otherwise: never}}], expect: {{{LENGTH_FACT}, at_least: 8}}"
    )
    assert of_check(here, "outside-aws-range", check) == ["7:73"]


def test_what_is_told_says_the_range_and_the_cure(here: Path) -> None:
    (found,) = of_setting(here, "outside-aws-range", "minimum: 200", LENGTH.replace(", maximum: 128", ""))
    assert str(found) == (
        "policies/baselines/base.yaml:8:18: error[outside-aws-range]: no account can meet 'at_least: 200': AWS allows 6 to 128 "
        "characters for the minimum length of IAM users' passwords; write 128 or less"
    )
    text = LENGTH.replace("at_least: $minimum", "one_of: [1, 2]")
    (found,) = told(here, "controls/g/length.yaml", "outside-aws-range", controls__g__length=text)
    assert found.message.startswith("no account can meet 'one_of: 1, 2': AWS allows 6 to 128 characters")
    assert found.message.endswith("; write a number from 6 to 128")


@pytest.mark.parametrize(
    ("operator", "limits", "places"),
    [
        ("at_least", "default: 14, minimum: 1, maximum: 128", []),
        ("at_least", "default: 14, minimum: 1, maximum: 129", ["6:77"]),
        ("at_least", "default: 200", ["6:52"]),
        ("at_least", "default: null", []),
        ("at_most", "default: 14, minimum: 5, maximum: 300", ["6:65"]),
        ("equals", "default: 14, minimum: 5, maximum: 129", ["6:65", "6:77"]),
        ("at_least", "default: 200, minimum: 6, maximum: 100", []),
    ],
)
def test_what_a_parameter_may_be_stays_within_the_range(
    here: Path, operator: str, limits: str, places: list[str]
) -> None:
    parameters = f"p: {{title: P, type: integer, {limits}}}"
    check = f"expect: {{{LENGTH_FACT}, {operator}: $p}}"
    assert of_check(here, "outside-aws-range", check, parameters) == places


def test_what_a_baseline_could_set_is_told_as_such(here: Path) -> None:
    text = LENGTH.replace("maximum: 128", "maximum: 300")
    (found,) = told(here, "controls/g/length.yaml", "outside-aws-range", controls__g__length=text)
    assert "no account can meet 'at_least: 300', which a baseline could set: AWS allows" in found.message


@pytest.mark.parametrize("rule", ["outside-aws-range", "vacuous-value"])
@pytest.mark.parametrize("setting", ["minimum: 300", "minimum: long", "minimun: 6", "minimum: null", "minimum: 20"])
def test_what_other_rules_tell_is_not_told_twice(here: Path, rule: str, setting: str) -> None:
    assert of_setting(here, rule, setting) == []


@pytest.mark.parametrize("rule", ["outside-aws-range", "vacuous-value"])
@pytest.mark.parametrize(
    "selection", ["{id: nowhere, parameters: {a: 6}}", "{id: length, exclude: true}", "{id: old, parameters: {a: 6}}"]
)
def test_what_is_not_judged_is_left_alone(here: Path, rule: str, selection: str) -> None:
    text = BASELINE.replace("id: length\n", selection[1:-1].replace(", ", "\n    ") + "\n")
    retired = OLD + "parameters: {a: {title: A, type: integer, default: 6}}\n"
    assert told(here, "baselines/base.yaml", rule, baselines__base=text, controls__g__old=retired) == []


@pytest.mark.parametrize(
    ("check", "vacuous"),
    [
        (f"expect: {{{LENGTH_FACT}, at_least: 6}}", True),
        (f"expect: {{{LENGTH_FACT}, at_least: 7}}", False),
        (f"expect: {{{LENGTH_FACT}, at_most: 128}}", True),
        (f"expect: {{{LENGTH_FACT}, equals: 6}}", False),
        (f"expect: {{{AGE_FACT}, at_most: 1095}}", False),
        (f"expect: {{{AGE_FACT}, at_most: 1095, or_absent: true}}", True),
        (f"expect: {{{AGE_FACT}, present: true}}", False),
        ("expect: {fact: password_policy.reuse_prevention, at_least: 0}", True),
        ("expect: {fact: password_policy.reuse_prevention, at_least: 1}", False),
        ("expect: {fact: password_policy.classes_required, one_of: [0, 1, 2, 3, 4]}", True),
        ("expect: {fact: password_policy.classes_required, one_of: [1, 2, 3, 4]}", False),
        ("expect: {fact: organization.role, one_of: [standalone, member, management]}", True),
        ("expect: {fact: organization.role, one_of: [member, management]}", False),
        ("expect: {fact: root.mfa_enabled, one_of: [true, false]}", True),
        ("expect: {fact: root.mfa_enabled, equals: true}", False),
        ("expect: {fact: root.password_age_days, one_of: [1, 2]}", False),
        ("expect: {fact: contacts.primary_phone, matches: [x, '**']}", True),
        ("expect: {fact: contacts.primary_phone, matches: ['*1*']}", False),
        ("expect: {fact: contacts.primary_phone, matches: ['']}", False),
        ("expect: {fact: contacts.primary_company, matches: ['*']}", False),
        ("expect: {fact: contacts.primary_company, matches: ['*'], or_absent: true}", True),
        (f"expect: {{{LENGTH_FACT}, at_least: 8}}, applies_when: {{{LENGTH_FACT}, at_least: 6, otherwise: x}}", True),
    ],
)
def test_a_condition_that_every_account_meets_is_told(here: Path, check: str, vacuous: bool) -> None:
    assert bool(of_check(here, "vacuous-value", check)) is vacuous


def test_a_value_that_asks_for_nothing_is_a_warning_with_the_range(here: Path) -> None:
    (found,) = of_setting(here, "vacuous-value", "minimum: 6")
    assert str(found) == (
        "policies/baselines/base.yaml:8:18: warning[vacuous-value]: every account meets this: AWS allows 6 to 128 characters for "
        "the minimum length of IAM users' passwords; ask for more, or leave it out"
    )
    text = LENGTH.replace("default: 14", "default: 6")
    (found,) = told(here, "controls/g/length.yaml", "vacuous-value", controls__g__length=text)
    assert (found.location.line, found.location.column, found.level) == (7, 53, Level.WARNING)
    text = LENGTH.replace(
        "password_policy.minimum_length, at_least: $minimum", "root.mfa_enabled, one_of: [true, false]"
    )
    (found,) = told(here, "controls/g/length.yaml", "vacuous-value", controls__g__length=text)
    assert "every account meets this, whatever the root user's MFA is; ask for more" in found.message


def test_a_parameter_that_asks_for_something_in_one_of_two_places_asks(here: Path) -> None:
    both = f"expect: [{{{LENGTH_FACT}, at_least: $p}}, {{fact: password_policy.reuse_prevention, at_least: $p}}]"
    assert of_check(here, "vacuous-value", both, "p: {title: P, type: integer, default: 6}") == []
    assert of_check(here, "vacuous-value", both, "p: {title: P, type: integer, default: 0}") == ["6:52"]


def test_the_ranges_are_those_of_the_command_that_sets_the_policy() -> None:
    for name, setting in _SETTINGS.items():
        if setting.loosest_first:
            least, most = FACTS[name].range or (None, None)
            taken = sorted(setting.loosest_first)
            assert (least or taken[0], most) == (taken[0], taken[-1]), name


def test_only_settings_have_a_range() -> None:
    ranges = {name: item.range for name, item in FACTS.items() if item.range is not None}
    assert ranges == {
        "password_policy.minimum_length": (6, 128),
        "password_policy.classes_required": (0, 4),
        "password_policy.reuse_prevention": (0, 24),
        "password_policy.maximum_age_days": (1, 1095),
    }


@pytest.mark.parametrize(
    ("one", "other", "covers"),
    [
        (AllowedValues(Interval(1, 5)), AllowedValues(Interval(1, 5)), True),
        (AllowedValues(Interval(2, 5)), AllowedValues(Interval(1, 5)), False),
        (AllowedValues(Interval(1, 4)), AllowedValues(Interval(1, 5)), False),
        (AllowedValues(Interval(1, 5)), AllowedValues(frozenset({1, 5})), True),
        (AllowedValues(Interval(1, 5)), AllowedValues(frozenset({0, 5})), False),
        (AllowedValues(frozenset({1, 2})), AllowedValues(Interval(1, 2)), True),
        (AllowedValues(frozenset({1, 2})), AllowedValues(Interval(1, 3)), False),
        (AllowedValues(frozenset({1, 2})), AllowedValues(Interval(1)), False),
        (AllowedValues(frozenset({1, 2})), AllowedValues(Interval(high=2)), False),
        (AllowedValues(frozenset({True})), AllowedValues(frozenset({1})), False),
        (AllowedValues(), AllowedValues(absent=True), False),
        (AllowedValues(absent=True), AllowedValues(), True),
    ],
)
def test_one_set_covers_another_or_not(one: AllowedValues, other: AllowedValues, covers: bool) -> None:
    assert one.covers(other) is covers


def test_a_set_has_ends_where_it_holds_numbers_only() -> None:
    assert AllowedValues(Interval(1, 5)).ends == Interval(1, 5)
    assert AllowedValues(frozenset({3, 7})).ends == Interval(3, 7)
    assert AllowedValues(frozenset({3, "a"})).ends == Interval()
    assert AllowedValues(frozenset({True})).ends == Interval()
    assert AllowedValues(frozenset()).ends == Interval()


def test_every_value_of_a_setting_lies_in_its_range() -> None:
    fact = FACTS["password_policy.maximum_age_days"]
    assert every_value(fact) == AllowedValues(Interval(1, 1095), absent=True)
    condition = Condition(fact.name, Operator.PRESENT, True)
    assert allowed_by(condition, True, fact) == AllowedValues(Interval(1, 1095))


def test_the_range_is_explained() -> None:
    assert "  in AWS   6 to 128\n" in (explain_word("password_policy.minimum_length") or "")
    assert "in AWS" not in (explain_word("root.password_age_days") or "")

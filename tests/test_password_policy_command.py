"""The one call that replaces the whole password policy: nothing asked is left out, nothing stricter is taken away."""

import shlex
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.check import Truth, compile_check
from baselint.evidence import FactValue, Known, Missing, MissingReason
from baselint.model import Check, Condition, Operator, ParameterReference, ParameterValue, PopulationName
from baselint.password_policy_command import CheckWithParameters, options, terraform_arguments

NUMBERS = {
    "--minimum-password-length": "minimum_length",
    "--max-password-age": "maximum_age_days",
    "--password-reuse-prevention": "reuse_prevention",
}
FLAGS = {
    "require-symbols": "requires_symbols",
    "require-numbers": "requires_numbers",
    "require-uppercase-characters": "requires_uppercase",
    "require-lowercase-characters": "requires_lowercase",
    "allow-users-to-change-password": "users_may_change",
    "hard-expiry": "hard_expiry",
}
CLASSES = ("requires_symbols", "requires_numbers", "requires_uppercase", "requires_lowercase")
AFTER_RESET: dict[str, bool | int | None] = {
    "minimum_length": 6,
    "maximum_age_days": None,
    "reuse_prevention": 0,
    **dict.fromkeys(FLAGS.values(), False),
}


class Facts:
    """The facts of an account, by their name in the password policy; what is not given cannot be seen."""

    def __init__(self, values: Mapping[str, bool | int | None], *, configured: bool = True) -> None:
        self._values = {"configured": configured, **values}

    def fact(self, name: str) -> FactValue:
        short = name.removeprefix("password_policy.")
        if short not in self._values:
            return Missing(MissingReason.INVALID, "broken")
        return Known(self._values[short])

    def population(self, name: PopulationName) -> Missing:
        raise AssertionError(name)


def asks(fact: str, operator: str, operand: object, *, or_absent: bool = False, **parameters: ParameterValue):
    condition = Condition(f"password_policy.{fact}", Operator(operator), operand, or_absent)
    return CheckWithParameters(Check(expect=(condition,)), parameters)


def after(command: str) -> dict[str, bool | int | None]:
    """What the password policy is once AWS has run the call."""
    policy = dict(AFTER_RESET)
    words = iter(shlex.split(command))
    for word in words:
        if word in NUMBERS:
            policy[NUMBERS[word]] = int(next(words))
        else:
            policy[FLAGS[word.removeprefix("--no-").removeprefix("--")]] = not word.startswith("--no-")
    policy["classes_required"] = sum(policy[name] is True for name in CLASSES)
    return policy


def meets(command: str, *checks: CheckWithParameters) -> bool:
    facts = Facts(after(command))
    return all(compile_check(item.check, item.parameters).judge(facts).truth is Truth.TRUE for item in checks)


DEFAULT = (
    asks("configured", "equals", True),
    asks("minimum_length", "at_least", ParameterReference("minimum"), minimum=14),
    *(asks(name, "equals", True) for name in CLASSES),
    asks("reuse_prevention", "at_least", 24),
    asks("maximum_age_days", "at_most", ParameterReference("maximum"), maximum=90),
    asks("hard_expiry", "equals", False),
    asks("users_may_change", "equals", True),
)
WHOLE = (
    "--minimum-password-length 14 --max-password-age 90 --password-reuse-prevention 24 --require-symbols "
    "--require-numbers --require-uppercase-characters --require-lowercase-characters "
    "--allow-users-to-change-password --no-hard-expiry"
)


def test_the_command_carries_the_whole_policy_in_one_order() -> None:
    assert options(DEFAULT) == WHOLE
    assert options(reversed(DEFAULT)) == WHOLE


def test_nothing_asked_and_nothing_there_is_no_option() -> None:
    assert options(()) == ""
    other = Check(expect=(Condition("root.mfa_enabled", Operator.EQUALS, True),))
    assert options([CheckWithParameters(other, {})]) == ""


def test_a_check_without_expectations_asks_nothing() -> None:
    assert options([CheckWithParameters(Check(), {})]) == ""


def test_other_facts_of_a_check_are_passed_by() -> None:
    both = (
        Condition("root.mfa_enabled", Operator.EQUALS, True),
        Condition("password_policy.minimum_length", Operator.AT_LEAST, 14),
    )
    assert options([CheckWithParameters(Check(expect=both), {})]) == "--minimum-password-length 14"


def test_an_unset_parameter_asks_nothing() -> None:
    assert options([asks("minimum_length", "at_least", ParameterReference("minimum"), minimum=None)]) == ""


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([("minimum_length", "at_least", 14), ("minimum_length", "at_least", 16)], "--minimum-password-length 16"),
        ([("minimum_length", "at_most", 20), ("minimum_length", "at_least", 14)], "--minimum-password-length 14"),
        ([("minimum_length", "equals", 15)], "--minimum-password-length 15"),
        ([("minimum_length", "one_of", (12, 16)), ("minimum_length", "at_least", 14)], "--minimum-password-length 16"),
        ([("maximum_age_days", "at_most", 90), ("maximum_age_days", "at_most", 60)], "--max-password-age 60"),
        ([("maximum_age_days", "at_most", 90), ("maximum_age_days", "at_least", 30)], "--max-password-age 90"),
        ([("maximum_age_days", "at_most", 2000)], "--max-password-age 1095"),
        ([("maximum_age_days", "present", True)], "--max-password-age 1095"),
        ([("maximum_age_days", "present", True), ("maximum_age_days", "at_most", 60)], "--max-password-age 60"),
        ([("maximum_age_days", "present", False)], ""),
        ([("reuse_prevention", "at_most", 0)], ""),
        ([("minimum_length", "at_least", 4)], ""),
        ([("requires_symbols", "equals", False)], "--no-require-symbols"),
        ([("users_may_change", "one_of", (True,))], "--allow-users-to-change-password"),
    ],
)
def test_every_operator_finds_the_loosest_value_that_meets_it(
    checks: list[tuple[str, str, object]], expected: str
) -> None:
    wanted = [asks(*check) for check in checks]
    assert options(wanted) == expected
    assert options(wanted[::-1]) == expected
    assert meets(expected, *wanted)


def test_a_baseline_that_forbids_expiry_takes_the_accounts_own_away() -> None:
    own = Facts({"maximum_age_days": 90, "minimum_length": 20})
    forbids = asks("maximum_age_days", "present", False)
    assert options([forbids], own.fact) == "--minimum-password-length 20"


def test_forbidding_expiry_outweighs_a_limit_that_allows_none() -> None:
    checks = [
        asks("maximum_age_days", "present", False),
        asks("maximum_age_days", "at_most", 90, or_absent=True),
    ]
    assert options(checks) == options(checks[::-1]) == ""


def test_a_limit_that_allows_none_leaves_an_account_without_expiry_alone() -> None:
    limit = asks("maximum_age_days", "at_most", 90, or_absent=True)
    assert options([limit]) == "--max-password-age 90"
    assert options([limit], Facts({"maximum_age_days": None}).fact) == ""
    assert options([limit], Facts({"maximum_age_days": 120}).fact) == "--max-password-age 90"


def test_stricter_values_of_the_account_are_kept() -> None:
    own = Facts({"minimum_length": 20, "maximum_age_days": 30, "reuse_prevention": 12, "hard_expiry": True})
    checks = [
        asks("minimum_length", "at_least", 14),
        asks("maximum_age_days", "at_most", 90),
        asks("reuse_prevention", "at_least", 5),
    ]
    expected = "--minimum-password-length 20 --max-password-age 30 --password-reuse-prevention 12 --hard-expiry"
    assert options(checks, own.fact) == expected


def test_weaker_values_of_the_account_are_raised() -> None:
    own = Facts({"minimum_length": 8, "maximum_age_days": None, "reuse_prevention": 0, "requires_symbols": False})
    checks = [
        asks("minimum_length", "at_least", 14),
        asks("maximum_age_days", "at_most", 90),
        asks("reuse_prevention", "at_least", 5),
        asks("requires_symbols", "equals", True),
    ]
    expected = "--minimum-password-length 14 --max-password-age 90 --password-reuse-prevention 5 --require-symbols"
    assert options(checks, own.fact) == expected


def test_values_no_check_speaks_of_are_kept() -> None:
    own = Facts({"minimum_length": 10, "requires_numbers": True, "users_may_change": False, "reuse_prevention": 3})
    expected = (
        "--minimum-password-length 10 --password-reuse-prevention 3 --require-symbols --require-numbers "
        "--no-allow-users-to-change-password"
    )
    assert options([asks("requires_symbols", "equals", True)], own.fact) == expected


def test_an_upper_bound_is_met_although_the_account_has_more() -> None:
    own = Facts({"minimum_length": 30})
    assert options([asks("minimum_length", "at_most", 20)], own.fact) == "--minimum-password-length 20"


def test_a_default_of_aws_is_no_value_of_the_account() -> None:
    own = Facts({"minimum_length": 8, "reuse_prevention": 0, "requires_symbols": False}, configured=False)
    assert options([asks("reuse_prevention", "at_least", 24)], own.fact) == "--password-reuse-prevention 24"


def test_what_cannot_be_seen_of_the_account_is_asked_as_the_baseline_says() -> None:
    assert options(DEFAULT, Facts({}).fact) == WHOLE
    unseen = Missing(MissingReason.NOT_EXPORTED, "nobody exported it")
    assert options(DEFAULT, lambda _name: unseen) == WHOLE


@pytest.mark.parametrize(
    ("number", "own", "expected"),
    [
        (4, {}, set(CLASSES)),
        (3, {"requires_lowercase": True}, {"requires_symbols", "requires_numbers", "requires_lowercase"}),
        (2, {"requires_numbers": True, "requires_lowercase": True}, {"requires_numbers", "requires_lowercase"}),
        (1, dict.fromkeys(CLASSES, True), set(CLASSES)),
    ],
)
def test_a_number_of_character_classes_becomes_flags(number: int, own: dict[str, bool], expected: set[str]) -> None:
    policy = after(options([asks("classes_required", "at_least", number)], Facts(own).fact))
    assert {name for name in CLASSES if policy[name]} == expected


def test_a_number_of_character_classes_respects_a_class_that_is_forbidden() -> None:
    checks = [asks("classes_required", "at_least", 3), asks("requires_symbols", "equals", False)]
    expected = "--no-require-symbols --require-numbers --require-uppercase-characters --require-lowercase-characters"
    assert options(checks) == expected


def test_checks_that_contradict_each_other_leave_the_rest_whole() -> None:
    checks = [*DEFAULT, asks("maximum_age_days", "present", False)]
    assert not meets(options(checks), *checks)
    assert meets(options(checks), *DEFAULT[:7], *DEFAULT[8:])


NUMBER = st.sampled_from(
    [
        (fact, operator, value)
        for fact, values in (
            ("minimum_length", (6, 14, 128)),
            ("maximum_age_days", (1, 90, 1095)),
            ("reuse_prevention", (0, 5, 24)),
        )
        for operator in ("at_least", "at_most", "equals")
        for value in values
    ]
)
FLAG = st.tuples(st.sampled_from(sorted(FLAGS.values())), st.just("equals"), st.booleans())
CLASS_COUNT = st.tuples(st.just("classes_required"), st.sampled_from(["at_least", "at_most"]), st.integers(0, 4))
OWN = st.fixed_dictionaries(
    {},
    optional={
        "minimum_length": st.integers(6, 128),
        "maximum_age_days": st.none() | st.integers(1, 1095),
        "reuse_prevention": st.integers(0, 24),
        **{name: st.booleans() for name in FLAGS.values()},
    },
)


def test_terraform_gets_the_same_values_as_the_call() -> None:
    given = "--minimum-password-length 14 --require-symbols --no-hard-expiry"
    assert terraform_arguments(given).split("\n") == [
        "minimum_password_length = 14",
        "  require_symbols         = true",
        "  hard_expiry             = false",
    ]
    assert terraform_arguments("") == ""


@given(
    wanted=st.lists(NUMBER | FLAG | CLASS_COUNT, max_size=8, unique_by=lambda item: item[0]),
    own=OWN,
    configured=st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_the_resulting_policy_meets_every_condition(
    wanted: list[tuple[str, str, object]], own: dict[str, bool | int | None], configured: bool
) -> None:
    if any(fact == "classes_required" for fact, _, _ in wanted):
        wanted = [item for item in wanted if item[0] not in CLASSES]
    checks = [asks(*item) for item in wanted]
    facts = Facts(own, configured=configured)
    assert meets(options(checks, facts.fact), *checks)
    assert meets(options(checks), *checks)


@given(own=OWN, wanted=st.lists(NUMBER | FLAG, max_size=6, unique_by=lambda item: item[0]))
@settings(max_examples=80, deadline=None)
def test_what_already_meets_every_condition_is_not_changed(
    own: dict[str, bool | int | None], wanted: list[tuple[str, str, object]]
) -> None:
    checks = [asks(*item) for item in wanted]
    first = after(options(checks, Facts(own).fact))
    assert after(options(checks, Facts(first).fact)) == first
    untouched = {name for name in own if name not in {fact for fact, _, _ in wanted}}
    assert {name: first[name] for name in untouched} == {name: own[name] for name in untouched}

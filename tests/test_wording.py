"""The sentences made from checks."""

from collections.abc import Callable
from typing import Any

import pytest

from baselint.configuration import Configuration
from baselint.facts import FACTS
from baselint.facts.definition import FactType
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Operand,
    Operator,
    ParameterReference,
    PopulationName,
)
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.wording import asks_nothing, requirement, within_days

AGE, MFA, TEXT = "root.password_age_days", "root.mfa_enabled", "account.partition"
MAXIMUM = "password_policy.maximum_age_days"
P, Q, DAYS = ParameterReference("p"), ParameterReference("q"), ParameterReference("days")
YEARLY = AttestationRequirement(365)


def test_the_requirements_of_the_shipped_controls_are_sentences(golden: Callable[[str, str], None]) -> None:
    library = open_library(Configuration(policies=None))
    lines = []
    for name in library.ids(PolicyKind.CONTROL):
        control = library.control(name)
        values = {key: item.default for key, item in control.parameters.items()}
        lines.append(f"{name}: {requirement(control.check, values)}\n")
    golden("requirements.txt", "".join(lines))


@pytest.mark.parametrize(
    ("fact", "operator", "operand", "sentence"),
    [
        (MFA, Operator.EQUALS, True, "the root user's MFA must be on"),
        (MFA, Operator.EQUALS, False, "the root user's MFA must be off"),
        (AGE, Operator.AT_MOST, 1, "the age of the root user's password must be at most 1 day"),
        (AGE, Operator.AT_MOST, 90, "the age of the root user's password must be at most 90 days"),
        (AGE, Operator.AT_LEAST, 0, "the age of the root user's password must be at least 0 days"),
        ("root.mfa_kind", Operator.EQUALS, "none", "the kind of the root user's MFA must be none"),
        (TEXT, Operator.ONE_OF, ("aws", "aws-cn"), "the partition of the account must be one of aws, aws-cn"),
        (TEXT, Operator.MATCHES, ("aws*", "x"), "the partition of the account must match aws*, x"),
        (MAXIMUM, Operator.PRESENT, True, "the maximum age of IAM users' passwords must be set"),
        (
            MAXIMUM,
            Operator.PRESENT,
            False,
            "the maximum age of IAM users' passwords must be unset (passwords never expire)",
        ),
        ("contacts.security", Operator.PRESENT, True, "the security contact must be registered"),
        ("contacts.security", Operator.PRESENT, False, "the security contact must be unset (not registered)"),
        ("user.password_age_days", Operator.PRESENT, True, "the age of the user's password must be set"),
    ],
)
def test_a_condition_is_said_in_english(fact: str, operator: Operator, operand: Operand, sentence: str) -> None:
    assert requirement(Check(expect=(Condition(fact, operator, operand),)), {}) == sentence
    if not isinstance(operand, tuple):
        assert requirement(Check(expect=(Condition(fact, operator, P),)), {"p": operand}) == sentence


EXAMPLES: dict[FactType, list[tuple[Operator, Any]]] = {
    FactType.BOOLEAN: [(Operator.EQUALS, True), (Operator.EQUALS, False)],
    FactType.INTEGER: [(Operator.EQUALS, 1), (Operator.AT_LEAST, 1), (Operator.AT_MOST, 2), (Operator.ONE_OF, (1, 2))],
    FactType.TEXT: [(Operator.EQUALS, "a"), (Operator.ONE_OF, ("a", "b")), (Operator.MATCHES, ("a", "b"))],
    FactType.CHOICE: [(Operator.EQUALS, "a"), (Operator.ONE_OF, ("a", "b"))],
}


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_makes_different_whole_sentences_with_its_operators(name: str) -> None:
    pairs = [*EXAMPLES[FACTS[name].type], (Operator.PRESENT, True), (Operator.PRESENT, False)]
    items = [Condition(name, operator, operand, absent) for operator, operand in pairs for absent in (False, True)]
    sentences = [requirement(Check(expect=(item,)), {}) for item in items]
    for item, sentence in zip(items, sentences, strict=True):
        assert sentence.startswith(f"{FACTS[name].label} must ")
        assert sentence == " ".join(sentence.split())
        assert not sentence.endswith(("be", "match", "or", "of"))
        assert sentence.endswith(f", or {FACTS[name].word(None)}") is item.or_absent
    present = [sentence for item, sentence in zip(items, sentences, strict=True) if item.operator is Operator.PRESENT]
    assert len(set(present)) == len(present)


def test_conditions_are_joined_and_an_absence_that_is_fine_is_said() -> None:
    check = Check(expect=(Condition(MAXIMUM, Operator.AT_LEAST, 9, or_absent=True), Condition(MFA, Operator.EQUALS, P)))
    assert requirement(check, {"p": True}) == (
        "the maximum age of IAM users' passwords must be at least 9 days, or passwords never expire; "
        "and the root user's MFA must be on"
    )


def test_what_is_not_asked_is_not_said() -> None:
    check = Check(expect=(Condition(AGE, Operator.AT_MOST, P), Condition(MFA, Operator.EQUALS, Q)))
    assert requirement(check, {"p": None, "q": True}) == "the root user's MFA must be on"
    assert requirement(check, {"p": 0, "q": None}) == "the age of the root user's password must be at most 0 days"


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ((), "for each access key of an IAM user: "),
        (
            (Condition("access_key.active", Operator.EQUALS, True),),
            "for each access key of an IAM user where the key is active: ",
        ),
        (
            (
                Condition("access_key.active", Operator.EQUALS, False),
                Condition("access_key.unused_days", Operator.AT_LEAST, 5, or_absent=True),
            ),
            "for each access key of an IAM user where the key is inactive and the time the key has been unused is "
            "at least 5 days, or none: ",
        ),
        (
            (Condition("access_key.age_days", Operator.ONE_OF, (1, 2)),),
            "for each access key of an IAM user where the age of the key is one of 1, 2: ",
        ),
        (
            (Condition("access_key.age_days", Operator.MATCHES, ("1*",)),),
            "for each access key of an IAM user where the age of the key matches 1*: ",
        ),
    ],
)
def test_members_are_named_with_what_singles_them_out(where: tuple[Condition, ...], words: str) -> None:
    expect = (Condition("access_key.age_days", Operator.AT_MOST, 90),)
    check = Check(each=PopulationName.ACCESS_KEY, where=where, expect=expect)
    assert requirement(check, {}) == f"{words}the age of the key must be at most 90 days"


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (PopulationName.USER, "for each IAM user: "),
        (PopulationName.ACCESS_KEY, "for each access key of an IAM user: "),
        (PopulationName.SIGNING_CERTIFICATE, "for each signing certificate of an IAM user: "),
    ],
)
def test_every_population_has_a_name(each: PopulationName, words: str) -> None:
    check = Check(each=each, expect=(Condition("user.mfa_active", Operator.EQUALS, True),))
    assert requirement(check, {}) == f"{words}the user's MFA must be on"


UNSET = (Condition(AGE, Operator.AT_MOST, P),)


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (None, "nothing is asked any more"),
        (Check(attest=AttestationRequirement(1)), "a person attests it every day"),
        (Check(attest=AttestationRequirement(DAYS)), "a person attests it at least every 30 days"),
        (Check(expect=UNSET, or_attest=YEARLY), "a person attests it at least every 365 days"),
        (Check(expect=UNSET), "nothing, until a baseline sets a value to judge by"),
        (
            Check(expect=(Condition(MFA, Operator.EQUALS, True),), or_attest=YEARLY),
            "the root user's MFA must be on; where no export reports it, a person attests it at least every 365 days",
        ),
    ],
)
def test_what_a_person_attests_says_how_often(check: Check | None, sentence: str) -> None:
    assert requirement(check, {"p": None, "days": 30}) == sentence


@pytest.mark.parametrize(
    ("expect", "values", "nothing"),
    [
        (UNSET, {"p": None}, True),
        (UNSET, {"p": 0}, False),
        ((*UNSET, Condition(MFA, Operator.EQUALS, Q)), {"p": None, "q": None}, True),
        ((*UNSET, Condition(MFA, Operator.EQUALS, Q)), {"p": None, "q": False}, False),
        ((Condition(MFA, Operator.EQUALS, True),), {}, False),
    ],
)
def test_a_check_asks_nothing_once_every_parameter_is_unset(
    expect: tuple[Condition, ...], values: dict[str, Any], nothing: bool
) -> None:
    assert asks_nothing(Check(expect=expect), values) is nothing


@pytest.mark.parametrize("value", [None, "long", ("1",)])
def test_an_attestation_holds_a_whole_number_of_days(value: Any) -> None:
    with pytest.raises(TypeError, match="whole numbers"):
        within_days(AttestationRequirement(P), {"p": value})
    assert within_days(AttestationRequirement(P), {"p": 7}) == 7

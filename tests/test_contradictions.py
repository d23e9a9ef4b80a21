"""Requirements that nobody can meet together, and the sets of values behind them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselint.check import Truth, compile_check
from baselint.configuration import Configuration
from baselint.evidence import Known
from baselint.facts import FACTS
from baselint.facts.definition import FactType
from baselint.model import Check, Condition, Operator
from baselint.policy.allowed_values import AllowedValues, Interval, allowed_by, every_value
from baselint.policy.contradictions import Contradiction, contradictions
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from fakefacts import FakeFacts
from policytree import library, tree

HEAD = 'kind: framework\nid: %s\ntitle: Frame\npublisher: Us\nedition: "1"\nurl: "https://example.com"\nrelation: %s\nrequirements:\n'


def control(name: str, check: str, more: str = "") -> str:
    return f"kind: control\nid: {name}\ntitle: T\nseverity: low\n{more}check: {check}\n"


MAXIMUM = "parameters:\n  maximum: {title: Days, type: integer, default: 90, minimum: 1, maximum: 1095}\n"
CONTROLS = {
    "expires": control("expires", "{expect: {fact: password_policy.maximum_age_days, at_most: $maximum}}", MAXIMUM),
    "never": control("never", "{expect: {fact: password_policy.maximum_age_days, present: false}}"),
    "long": control(
        "long",
        "{expect: {fact: password_policy.maximum_age_days, at_least: $least}}",
        "parameters:\n  least: {title: Days, type: integer, default: 200, minimum: 2}\n",
    ),
    "attested": control(
        "attested",
        "{expect: {fact: password_policy.maximum_age_days, present: false}, or_attest: {within_days: 9}}",
    ),
    "gone": "kind: control\nid: gone\ntitle: T\nseverity: low\nstatus: retired\nretired: {date: '2025-01-06', reason: r}\n",
    "patterns": control(
        "patterns",
        "{expect: {fact: contacts.primary_company, matches: $globs}}",
        "parameters:\n  globs: {title: Globs, type: list, default: null}\n",
    ),
    "no-company": control("no-company", "{expect: {fact: contacts.primary_company, present: false}}"),
    "member-on": control(
        "member-on",
        "{applies_when: {fact: organization.role, equals: member}, expect: {fact: root.mfa_enabled, equals: true}}",
    ),
    "member-off": control(
        "member-off",
        "{applies_when: {fact: organization.role, one_of: [member]}, expect: {fact: root.mfa_enabled, equals: false}}",
    ),
    "manager-off": control(
        "manager-off",
        "{applies_when: {fact: organization.role, equals: management}, expect: {fact: root.mfa_enabled, equals: false}}",
    ),
    "root-off": control(
        "root-off",
        "{applies_when: {fact: root.exists, equals: true}, expect: {fact: root.mfa_enabled, equals: false}}",
    ),
    "users-on": control("users-on", "{each: user, expect: {fact: user.mfa_active, equals: true}}"),
    "users-off": control("users-off", "{each: user, expect: {fact: user.mfa_active, equals: false}}"),
}


def found(
    directory: Path, *requirements: str, relations: tuple[str, ...] = ("decides", "decides")
) -> tuple[Contradiction, ...]:
    """Compare one requirement of each of some frameworks."""
    files = {
        f"frameworks__f{number}": HEAD % (f"f{number}", relation) + f'  - {{id: "{number}", title: One, {text}}}\n'
        for number, (text, relation) in enumerate(zip(requirements, relations, strict=True))
    }
    opened = library(tree(directory, **{f"controls__g__{name}": text for name, text in CONTROLS.items()}, **files))
    return contradictions([opened.framework(f"f{number}") for number in range(len(requirements))], opened.control)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asks(name: str, needs: str = "") -> str:
    return f"controls: [{{id: {name}{f', needs: {{{needs}}}' if needs else ''}}}]"


PAIRS = [
    (asks("expires", "maximum: {at_most: 90}"), asks("never"), True),
    (asks("expires"), asks("never"), True),
    (asks("expires", "maximum: {at_most: 90}"), asks("long", "least: {at_least: 200}"), True),
    (asks("expires", "maximum: {equals: 90}"), asks("long", "least: {at_least: 91}"), True),
    (asks("expires", "maximum: {at_most: 90}"), asks("long", "least: {at_least: 90}"), False),
    (asks("expires"), asks("long", "least: {at_least: 1095}"), False),
    (asks("expires", "maximum: {at_most: 90}"), asks("long"), False),
    (asks("expires"), asks("attested"), False),
    (asks("expires"), asks("gone"), False),
    (asks("never"), "not_covered: outside", False),
    (asks("patterns"), asks("no-company"), False),
    (asks("patterns"), asks("patterns"), False),
    (asks("member-on"), asks("member-off"), True),
    (asks("member-on"), asks("manager-off"), False),
    (asks("member-on"), asks("root-off"), True),
    (asks("users-on"), asks("users-off"), True),
    ("any_of: [{controls: [{id: never}]}, {otherwise: else}]", asks("expires"), False),
    ("any_of: [{controls: [{id: never}]}, {controls: [{id: users-on}]}]", asks("expires"), False),
    ("any_of: [{controls: [{id: never}]}, {controls: [{id: never}, {id: users-on}]}]", asks("expires"), True),
]


@pytest.mark.parametrize(("one", "other", "clash"), PAIRS)
def test_two_requirements_clash_or_not(here: Path, one: str, other: str, clash: bool) -> None:
    assert bool(found(here, one, other)) is clash
    assert bool(found(here, other, one)) is clash


def test_what_only_contributes_evidence_contradicts_nobody(here: Path) -> None:
    assert found(here, asks("expires"), asks("never"), relations=("decides", "supports")) == ()


def test_a_contradiction_names_both_sides(here: Path) -> None:
    (clash,) = found(here, asks("users-on"), asks("users-off"))
    assert (clash.fact, clash.each) == ("user.mfa_active", "user")
    sides = [
        [(item.framework.id, item.requirement.id, item.control.id) for item in side]
        for side in (clash.one, clash.other)
    ]
    assert sides == [[("f1", "1", "users-off")], [("f0", "0", "users-on")]]


def test_shipped_standards_disagree_on_expiry_and_on_composition() -> None:
    opened = open_library(Configuration(policies=None))
    frameworks = [opened.framework(name) for name in opened.ids(PolicyKind.FRAMEWORK)]
    clashes = contradictions(frameworks, opened.control)
    facts = {item.fact for item in clashes}
    assert "password_policy.maximum_age_days" in facts
    assert {f"password_policy.requires_{name}" for name in ("symbols", "numbers", "uppercase", "lowercase")} <= facts
    expiry = next(item for item in clashes if item.fact == "password_policy.maximum_age_days")
    assert {item.control.id for item in (*expiry.one, *expiry.other)} == {
        "password-maximum-age",
        "password-no-forced-expiry",
    }
    assert "nist-800-63b-4" in {item.framework.id for item in (*expiry.one, *expiry.other)}


NUMBER = "password_policy.maximum_age_days"
SCALARS = {
    FactType.BOOLEAN: st.booleans(),
    FactType.INTEGER: st.integers(1, 7),
    FactType.TEXT: st.sampled_from(("a", "b", "")),
    FactType.CHOICE: st.sampled_from(("standalone", "member", "management")),
}
FACT_OF = {
    FactType.BOOLEAN: "root.mfa_enabled",
    FactType.INTEGER: NUMBER,
    FactType.TEXT: "contacts.primary_company",
    FactType.CHOICE: "organization.role",
}


@st.composite
def conditions(draw: st.DrawFn, kind: FactType) -> Condition:
    operators = [Operator.EQUALS, Operator.ONE_OF, Operator.PRESENT]
    operators += [Operator.AT_LEAST, Operator.AT_MOST] if kind is FactType.INTEGER else []
    operator = draw(st.sampled_from(operators))
    if operator is Operator.PRESENT:
        return Condition(FACT_OF[kind], operator, draw(st.booleans()), or_absent=draw(st.booleans()))
    value = draw(SCALARS[kind])
    operand = tuple(draw(st.lists(SCALARS[kind], min_size=1, max_size=3))) if operator is Operator.ONE_OF else value
    return Condition(FACT_OF[kind], operator, operand, or_absent=draw(st.booleans()))


def contains(allowed: AllowedValues, value: bool | int | str | None) -> bool:
    if value is None:
        return allowed.absent
    if isinstance(allowed.present, Interval):
        return allowed.present.holds(value)
    return any(type(value) is type(item) and value == item for item in allowed.present)


@given(st.data(), st.sampled_from(list(FactType)))
def test_what_is_allowed_is_what_the_check_accepts(data: st.DataObject, kind: FactType) -> None:
    """A value is in the set exactly when the engine that judges accounts calls it good."""
    one, other = (data.draw(conditions(kind)) for _ in range(2))
    fact = FACTS[FACT_OF[kind]]
    value = data.draw(SCALARS[kind] | st.none() if fact.absent else SCALARS[kind])
    holds = [
        compile_check(Check(expect=(item,)), {}).judge(FakeFacts({fact.name: Known(value)})).truth is Truth.TRUE
        for item in (one, other)
    ]
    sets = [allowed_by(item, item.operand, fact) for item in (one, other)]  # type: ignore[arg-type]
    assert [contains(item, value) for item in sets] == holds
    both = sets[0] & sets[1]
    assert contains(both, value) is all(holds)
    assert not (both.is_empty and all(holds))
    assert (both & sets[0]) == both
    assert contains(every_value(fact), value)


def test_intervals_are_empty_when_their_ends_cross() -> None:
    assert AllowedValues(Interval(3, 2)).is_empty
    assert not AllowedValues(Interval(3, 2), absent=True).is_empty
    assert not AllowedValues(Interval(2, 2)).is_empty
    assert AllowedValues(Interval(3, 2)) <= AllowedValues(frozenset({"a"}))
    assert not AllowedValues(Interval(2, 2)) <= AllowedValues(frozenset({"a"}))
    assert AllowedValues(frozenset()).is_empty
    assert not Interval(0).holds("a")
    assert not Interval(0).holds(True)
    assert (AllowedValues(frozenset({1, 5})) & AllowedValues(Interval(2))).present == frozenset({5})

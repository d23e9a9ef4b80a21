"""Rules on what cannot be met together: two controls of a baseline, and two standards that it claims."""

from pathlib import Path

import pytest

from baselint.configuration import Configuration
from baselint.policy.open import open_library
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_library, validate_paths
from demanding import DAYS, HEAD, baseline, control, told
from policytree import library, tree
from test_contradictions import HEAD as FRAMEWORK

AGE = "fact: password_policy.maximum_age_days"
MEMBER = "applies_when: {fact: organization.role, equals: member, otherwise: x}, "
LIST = "parameters: {roles: {title: Roles, type: list, default: [member]}}\n"
CONTROLS = {
    "expires": control("expires", f"expect: {{{AGE}, at_most: $days}}", DAYS),
    "never": control("never", f"expect: {{{AGE}, present: false}}"),
    "slow": control("slow", f"expect: {{{AGE}, at_least: $days}}", DAYS.replace("90", "100")),
    "optional": control("optional", f"expect: {{{AGE}, at_least: $days}}", DAYS.replace("90", "null")),
    "attested": control("attested", f"expect: {{{AGE}, present: false}}, or_attest: {{within_days: 9}}"),
    "gone": "kind: control\nid: gone\ntitle: T\nseverity: low\nstatus: retired\nretired: {date: '2025-01-06', reason: r}\n",
    "torn": control("torn", f"expect: [{{{AGE}, at_least: 200}}, {{{AGE}, at_most: $days}}]", DAYS),
    "beyond": control("beyond", f"expect: {{{AGE}, at_least: 2000}}"),
    "member-on": control("member-on", MEMBER + "expect: {fact: root.mfa_enabled, equals: true}"),
    "member-off": control("member-off", MEMBER + "expect: {fact: root.mfa_enabled, equals: false}"),
    "other-off": control(
        "other-off", MEMBER.replace("member", "management") + "expect: {fact: root.mfa_enabled, equals: false}"
    ),
    "users-on": control("users-on", "each: user, expect: {fact: user.mfa_active, equals: true}"),
    "users-off": control(
        "users-off",
        "each: user, where: {fact: user.console_enabled, equals: true}, expect: {fact: user.mfa_active, equals: false}",
    ),
    "no-console": control(
        "no-console",
        "each: user, expect: [{fact: user.console_enabled, equals: false}, {fact: user.mfa_active, equals: true}]",
    ),
    "china-off": control(
        "china-off",
        "applies_when: {fact: account.partition, equals: aws-cn, otherwise: x}, expect: {fact: root.mfa_enabled, equals: false}",
    ),
    "mfa": control("mfa", "expect: {fact: root.mfa_enabled, equals: true}"),
    "role": control("role", "expect: {fact: organization.role, one_of: $roles}", LIST),
    "alone": control("alone", "expect: {fact: organization.role, equals: standalone}"),
    "odd": control("odd", f"expect: [{{fact: no.such, equals: 1}}, {{{AGE}, at_most: $none}}]"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("selections", "more", "clash"),
    [
        (("expires", "never"), "", True),
        (("never", "expires"), "", True),
        (("expires", "slow"), "", True),
        (("expires, parameters: {days: 100}", "slow"), "", False),
        (("expires", "slow, parameters: {days: 90}"), "", False),
        (("expires", "slow, parameters: {days: 91}"), "", True),
        (("expires", "optional"), "", False),
        (("expires", "optional, parameters: {days: 91}"), "", True),
        (("expires", "optional, parameters: {days: long}"), "", False),
        (("expires", "attested"), "", False),
        (("expires", "gone"), "", False),
        (("expires", "nowhere"), "", False),
        (("expires", "never, exclude: true, reason: r"), "", False),
        (("torn",), "", True),
        (("torn, parameters: {days: 200}",), "", False),
        (("beyond", "never"), "", False),
        (("beyond", "expires"), "", False),
        (("member-on", "member-off"), "", True),
        (("member-on", "other-off"), "", False),
        (("member-on", "member-off"), "applies_to: {kinds: [member, standalone]}\n", True),
        (("member-on", "member-off"), "applies_to: {kinds: [management]}\n", False),
        (("mfa", "china-off"), "", True),
        (("mfa", "china-off"), "applies_to: {partitions: [aws]}\n", False),
        (("users-on", "users-off"), "", True),
        (("no-console", "users-off"), "", False),
        (("mfa", "users-off"), "", False),
        (("role", "alone"), "", True),
        (("role, parameters: {roles: [standalone]}", "alone"), "", False),
        (("odd", "never"), "", False),
    ],
)
def test_two_controls_exclude_each_other_or_not(
    here: Path, selections: tuple[str, ...], more: str, clash: bool
) -> None:
    found = told(here, "impossible-together", baseline("own", *selections, more=more), CONTROLS)
    assert len(found) == clash, [str(item) for item in found]


def test_the_message_names_both_controls_values_and_places(here: Path) -> None:
    text = HEAD.format("own") + "controls:\n  - id: expires\n    parameters: {days: 30}\n  - id: never\n"
    (found,) = told(here, "impossible-together", text, CONTROLS)
    assert str(found) == (
        "policies/baselines/own.yaml:9:5: error[impossible-together]: no account can meet both expires and never; leave one of them "
        "out, or change its value\n"
        "    expires: the maximum age of IAM users' passwords must be at most 30 days: policies/baselines/own.yaml:8:18\n"
        "    never: the maximum age of IAM users' passwords must be unset (passwords never expire): "
        "policies/baselines/own.yaml:9:5"
    )


@pytest.mark.parametrize(
    ("selections", "words"),
    [
        (("torn",), "no account can meet torn, which contradicts itself; leave it out, or change its values"),
        (("member-on", "member-off"), "no account that both apply to can meet both member-on and member-off; leave"),
        (("users-on", "users-off"), "no user can meet both users-on and users-off; leave"),
    ],
)
def test_the_message_says_who_is_concerned(here: Path, selections: tuple[str, ...], words: str) -> None:
    (found,) = told(here, "impossible-together", baseline("own", *selections), CONTROLS)
    assert found.message.startswith(words)


def test_what_parents_bring_in_is_told_where_the_baseline_names_them(here: Path) -> None:
    parents = {
        "baselines__one": baseline("one", "expires"),
        "baselines__two": baseline("two", "never"),
        "baselines__three": baseline("three", "mfa"),
    }
    text = baseline("own", "mfa", more="extends: [one, two, three]\n")
    (found,) = told(here, "impossible-together", text, CONTROLS, **parents)
    assert (found.location.line, found.location.column) == (6, 16)
    own = baseline("own", "expires, parameters: {days: 30}", more="extends: [two]\n")
    (found,) = told(here, "impossible-together", own, CONTROLS, **parents)
    assert (found.location.line, found.location.column) == (8, 5)


def test_a_control_is_read_only_where_another_names_its_fact(here: Path) -> None:
    broken = control("broken", f"expect: {{{AGE}, at_most: 5}}").replace("severity: low", "severity: lw")
    controls = {"broken": broken, "never": CONTROLS["never"], "mfa": CONTROLS["mfa"]}
    own = Path("policies/baselines/own.yaml")
    for selections, rules in ((("broken", "mfa"), set()), (("broken", "never"), {"value-not-allowed"})):
        every = {f"controls__g__{name}": text for name, text in controls.items()}
        opened = library(tree(here, baselines__own=baseline("own", *selections), **every))
        assert {item.rule for item in validate_paths([own], Context(opened)).diagnostics} == rules


def frameworks(*needs: str) -> dict[str, str]:
    return {
        f"frameworks__f{number}": FRAMEWORK % (f"f{number}", "decides")
        + f'  - {{id: "{number}", title: One, {text}}}\n'
        for number, text in enumerate(needs)
    }


def asks(name: str) -> str:
    return f"controls: [{{id: {name}}}]"


@pytest.mark.parametrize(
    ("needs", "claims", "places"),
    [
        ((asks("expires"), asks("never")), "[f0, f1]", ["6:17"]),
        ((asks("expires"), asks("never")), "[f1, f0]", ["6:17"]),
        ((asks("expires"), asks("never")), "[f0]", []),
        ((asks("expires"), asks("never")), "[f0, f0]", []),
        ((asks("expires"), asks("never")), "[f0, f1, f1]", ["6:17"]),
        ((asks("expires"), asks("never")), "[f0, f9]", []),
        ((asks("expires"), asks("mfa")), "[f0, f1]", []),
        ((asks("expires"), asks("mfa"), asks("never")), "[f0, f1, f2]", ["6:21"]),
        ((asks("never"), asks("expires"), asks("expires")), "[f0, f1, f2]", ["6:17", "6:21"]),
        ((asks("odd"), asks("never")), "[f0, f1]", []),
        ((asks("nowhere"), asks("never")), "[f0, f1]", []),
        (("controls: [{id: expires}, {id: never}]", asks("mfa")), "[f0, f1]", []),
        ((asks("expires") + '}\n  - {id: "9", title: Two, ' + asks("never"), asks("mfa")), "[f0, f1]", []),
    ],
)
def test_claims_contradict_each_other_or_not(
    here: Path, needs: tuple[str, ...], claims: str, places: list[str]
) -> None:
    text = baseline("own", "mfa", more=f"satisfies: {claims}\n")
    found = told(here, "contradictory-claims", text, CONTROLS, **frameworks(*needs))
    assert [f"{item.location.line}:{item.location.column}" for item in found] == places


def test_the_message_names_both_requirements_and_the_fact(here: Path) -> None:
    text = baseline("own", "mfa", more="satisfies: [f0, f1]\n")
    (found,) = told(here, "contradictory-claims", text, CONTROLS, **frameworks(asks("never"), asks("expires")))
    assert str(found) == (
        "policies/baselines/own.yaml:6:17: error[contradictory-claims]: f0 0 (One) and f1 1 (One) contradict each other on the "
        "maximum age of IAM users' passwords: no account can satisfy both; remove one of the claims\n"
        "    never: policies/frameworks/f0.yaml:9:5\n"
        "    expires: policies/frameworks/f1.yaml:9:5"
    )


def test_shipped_baselines_are_possible_and_shipped_claims_agree() -> None:
    found = validate_library(Context(open_library(Configuration(policies=None)))).diagnostics
    assert {item.rule for item in found} == {"retired-control-required"}


@pytest.mark.parametrize("guard", ["$days", "no.such"])
def test_a_broken_guard_is_told_by_its_own_rule_and_keeps_nothing_apart(here: Path, guard: str) -> None:
    fact, value = ("root.password_age_days", guard) if guard == "$days" else (guard, "3")
    odd = f"applies_when: {{fact: {fact}, at_most: {value}, otherwise: x}}, expect: {{{AGE}, at_most: 9}}"
    controls = {
        name: control(name, odd if name == "one" else odd.replace("at_most: 9", "present: false"))
        for name in ("one", "two")
    }
    text = baseline("own", "one", "two")
    assert len(told(here, "impossible-together", text, controls)) == 1

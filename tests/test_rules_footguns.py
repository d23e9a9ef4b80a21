"""Rules on what goes wrong in AWS although every control of the baseline is right."""

from pathlib import Path

import pytest

from baselint.errors import Level
from demanding import DAYS, baseline, control, told

HARD = "fact: password_policy.hard_expiry"
CHANGE = "fact: password_policy.users_may_change"
AGE = "fact: password_policy.maximum_age_days"
FLAG = "parameters: {flag: {title: Flag, type: boolean, default: null}}\n"


def member(check: str, guard: str = "") -> str:
    guards = "{fact: root.exists, equals: true, otherwise: x}"
    return control("root", f"applies_when: [{guards}{guard}], expect: {check}")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("check", "setting", "warned"),
    [
        (f"expect: {{{HARD}, equals: true}}", "", True),
        (f"expect: {{{HARD}, equals: false}}", "", False),
        (f"expect: {{{HARD}, one_of: [true]}}", "", True),
        (f"expect: {{{HARD}, one_of: [true, false]}}", "", False),
        (f"expect: {{{HARD}, equals: true}}, or_attest: {{within_days: 9}}", "", True),
        (f"expect: {{{HARD}, equals: $flag}}", "", False),
        (f"expect: {{{HARD}, equals: $flag}}", ", parameters: {flag: true}", True),
        (f"expect: {{{HARD}, equals: $flag}}", ", parameters: {flag: false}", False),
        (f"expect: {{{HARD}, equals: true}}", ", exclude: true, reason: r", False),
    ],
)
def test_hard_expiry_is_a_warning(here: Path, check: str, setting: str, warned: bool) -> None:
    controls = {"hard": control("hard", check, FLAG)}
    found = told(here, "hard-expiry-lockout", baseline("own", "hard" + setting), controls)
    assert [(item.location.line, item.location.column, item.level) for item in found] == (
        [(7, 5, Level.WARNING)] if warned else []
    )


def test_hard_expiry_that_a_parent_asks_for_is_told_where_the_parent_is_named(here: Path) -> None:
    controls = {
        "hard": control("hard", f"expect: {{{HARD}, equals: true}}"),
        "mfa": control("mfa", "attest: {within_days: 9}"),
    }
    text = baseline("own", "mfa", more="extends: [parent]\n")
    (found,) = told(here, "hard-expiry-lockout", text, controls, baselines__parent=baseline("parent", "hard"))
    assert str(found) == (
        "policies/baselines/own.yaml:6:11: warning[hard-expiry-lockout]: hard locks out every IAM user whose password expired, until "
        "an administrator sets a new one; where all administrators are IAM users only root is left: ask for it to be off, or leave "
        "the control out"
    )


@pytest.mark.parametrize(
    ("age", "change", "warned"),
    [
        (f"{AGE}, at_most: $days", "equals: false", True),
        (f"{AGE}, present: true", "equals: false", True),
        (f"{AGE}, at_most: $days", "equals: true", False),
        (f"{AGE}, at_most: $days, or_absent: true", "equals: false", False),
        (f"{AGE}, present: false", "equals: false", False),
        (f"{AGE}, at_most: 0", "equals: false", False),
        ("fact: password_policy.configured, equals: true", "equals: false", False),
    ],
)
def test_expiry_for_users_who_may_not_change_is_a_warning(here: Path, age: str, change: str, warned: bool) -> None:
    controls = {
        "expires": control("expires", f"expect: {{{age}}}", DAYS),
        "fixed": control("fixed", f"expect: {{{CHANGE}, {change}}}"),
    }
    found = told(here, "expiry-without-change", baseline("own", "fixed", "expires"), controls)
    assert [(item.location.line, item.level) for item in found] == ([(8, Level.WARNING)] if warned else [])


def test_both_sides_of_expiry_without_change_are_named(here: Path) -> None:
    controls = {
        "expires": control("expires", f"expect: {{{AGE}, at_most: $days}}", DAYS),
        "fixed": control("fixed", f"expect: {{{CHANGE}, equals: false}}"),
    }
    (found,) = told(here, "expiry-without-change", baseline("own", "expires", "fixed"), controls)
    assert found.message == (
        "expires lets passwords expire, and fixed keeps users from setting a new one: each expired password waits for an "
        "administrator; let users change their own, or let passwords live"
    )
    assert found.details == (
        "expires: the maximum age of IAM users' passwords must be at most 90 days: policies/baselines/own.yaml:7:5",
        "fixed: changing one's own password, for IAM users, must be not allowed: policies/baselines/own.yaml:8:5",
    )


ROLE = ", {fact: organization.role, equals: member, otherwise: x}"
NO_MEMBER = ", {fact: organization.role, one_of: [standalone, member], otherwise: x}"


@pytest.mark.parametrize(
    ("check", "guard", "more", "kinds"),
    [
        ("{fact: root.has_password, equals: false}", "", "", "standalone or management"),
        ("{fact: root.has_credentials, equals: false}", "", "", "standalone or management"),
        ("{fact: root.has_usable_credentials, equals: false}", "", "", "standalone or management"),
        ("{fact: root.denied_by_scp, equals: true}", "", "", "standalone or management"),
        ("{fact: root.denied_by_scp, equals: false}", "", "", None),
        ("{fact: root.has_password, equals: true}", "", "", None),
        ("{fact: root.has_active_access_key, equals: false}", "", "", None),
        ("{fact: root.has_password, equals: false}", ROLE, "", None),
        ("{fact: root.has_password, equals: false}", NO_MEMBER, "", "standalone"),
        ("{fact: root.has_password, equals: false}", "", "applies_to: {kinds: [member]}\n", None),
        ("{fact: root.has_password, equals: false}", "", "applies_to: {kinds: [member, management]}\n", "management"),
        ("{fact: root.has_password, equals: false}", NO_MEMBER, "applies_to: {kinds: [management]}\n", None),
        ("{fact: root.has_password, equals: false}", "", 'applies_to: {accounts: ["111122223333"]}\n', None),
        ("{fact: root.has_password, equals: false}", "", "applies_to: {partitions: [aws-us-gov]}\n", None),
        (
            "{fact: root.has_password, equals: false}",
            "",
            "applies_to: {partitions: [aws]}\n",
            "standalone or management",
        ),
    ],
)
def test_what_only_members_can_have_is_asked_of_members(
    here: Path, check: str, guard: str, more: str, kinds: str | None
) -> None:
    found = told(here, "member-accounts-only", baseline("own", "root", more=more), {"root": member(check, guard)})
    if kinds is None:
        assert found == []
    else:
        (only,) = found
        assert only.level is Level.WARNING
        assert (
            f": a {kinds} account of the partition aws can never meet root; say 'applies_to: {{kinds: [member]}}'"
            in only.message
        )


ROTATION = "root.password_age_days, at_most: $days"
UNUSED = "root.password_unused_days, at_least: $days, or_absent: true"


@pytest.mark.parametrize(
    ("age", "unused", "warned"),
    [(90, 90, True), (90, 91, True), (91, 90, False), (365, 90, False)],
)
@pytest.mark.parametrize("attested", ["", ", or_attest: {within_days: 90}"])
def test_rotation_and_use_of_root_are_compared(here: Path, age: int, unused: int, warned: bool, attested: str) -> None:
    controls = {
        "rotation": control("rotation", f"expect: {{fact: {ROTATION}}}{attested}", DAYS),
        "unused": control("unused", f"expect: {{fact: {UNUSED}}}", DAYS),
    }
    text = baseline("own", f"rotation, parameters: {{days: {age}}}", f"unused, parameters: {{days: {unused}}}")
    found = told(here, "rotation-uses-root", text, controls)
    assert [(item.location.line, item.level) for item in found] == ([(8, Level.WARNING)] if warned else [])
    if warned:
        assert (
            f"a sign-in as root every {age} days, to change its password, and unused for {unused} days without"
            in found[0].message
        )
        assert found[0].details[0].endswith("must be at most 90 days: policies/baselines/own.yaml:7:33")


@pytest.mark.parametrize("other", ["present: true", "equals: 3"])
def test_bounds_without_an_end_are_not_compared(here: Path, other: str) -> None:
    controls = {
        "rotation": control("rotation", f"expect: {{fact: root.password_age_days, {other}}}"),
        "unused": control("unused", "expect: {fact: root.password_unused_days, at_most: 3}"),
    }
    assert told(here, "rotation-uses-root", baseline("own", "rotation", "unused"), controls) == []
    del controls["rotation"]
    assert told(here, "rotation-uses-root", baseline("own", "unused"), controls) == []


@pytest.mark.parametrize(
    ("report", "measured", "bound", "warned"),
    [
        ("at_most: 30", "access_key.age_days, at_most: 29", 29, True),
        ("at_most: 30", "access_key.age_days, at_most: 30", 30, False),
        ("equals: 30", "access_key.age_days, at_most: 29", 29, True),
        ("at_least: 3", "access_key.age_days, at_most: 29", 29, False),
        ("at_most: 30", "access_key.age_days, at_least: 29", 29, False),
        ("at_most: 30", "access_key.unused_days, at_most: 29", 29, True),
        ("at_most: 30", "access_key.active, equals: true", 1, False),
    ],
)
def test_the_report_is_no_older_than_what_it_proves(
    here: Path, report: str, measured: str, bound: int, warned: bool
) -> None:
    controls = {
        "fresh": control("fresh", f"expect: {{fact: credential_report.age_days, {report}}}"),
        "keys": control("keys", f"each: access-key, expect: {{fact: {measured}}}"),
    }
    found = told(here, "report-outlives-bound", baseline("own", "fresh", "keys"), controls)
    assert [(item.location.line, item.level) for item in found] == ([(8, Level.WARNING)] if warned else [])
    if warned:
        assert f"fresh lets the report be 30 days old, but keys allows {bound} days" in found[0].message
        assert found[0].details[0].endswith("days: policies/baselines/own.yaml:7:5")


def test_ages_that_stand_elsewhere_do_not_bound_the_report(here: Path) -> None:
    controls = {
        "fresh": control("fresh", "expect: {fact: credential_report.age_days, at_most: 30}"),
        "expires": control("expires", f"expect: {{{AGE}, at_most: 3}}"),
    }
    assert told(here, "report-outlives-bound", baseline("own", "fresh", "expires"), controls) == []

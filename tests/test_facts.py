"""The registry of facts, and that it fits what is derived."""

from pathlib import Path

import pytest

from accounts import account
from baselint.evidence import ExportKind, Known, Missing, Population, Span
from baselint.facts import FACTS
from baselint.facts.definition import FactType, Scope
from baselint.model import PopulationName
from baselint.snapshot.account_facts import AccountFacts
from baselint.snapshot.populations import ReportPopulation, slot_readers, user_readers
from builders import complete_snapshot, error_text, report_json, root_row, summary, user_row

TYPES = {FactType.BOOLEAN: bool, FactType.INTEGER: int, FactType.TEXT: str, FactType.CHOICE: str}
NEEDED = """
root.exists root.has_password root.has_active_access_key root.has_access_key root.has_signing_certificate
root.has_usable_credentials root.has_credentials root.mfa_enabled root.mfa_kind root.mfa_has_backup
root.password_age_days root.password_unused_days root.access_key_1_unused_days root.access_key_2_unused_days
password_policy.configured password_policy.minimum_length password_policy.requires_symbols
password_policy.requires_numbers password_policy.requires_uppercase password_policy.requires_lowercase
password_policy.classes_required password_policy.reuse_prevention password_policy.maximum_age_days
password_policy.hard_expiry password_policy.users_may_change
contacts.billing contacts.operations contacts.security
account.partition exports.made_by_root credential_report.age_days credential_report.complete
user.console_enabled user.mfa_active user.has_active_credential user.password_age_days user.password_unused_days
user.access_key_1_age_days user.access_key_2_age_days user.access_key_1_unused_days user.access_key_2_unused_days
user.active_access_keys user.has_unused_initial_key user.has_signing_certificate
"""
ACTIVE = {"access_key_1_active": "true", "access_key_1_last_rotated": "2026-10-02T08:00:00Z"}


def population(found: AccountFacts, name: str) -> Population:
    group = found.population(name)
    assert not isinstance(group, Missing)
    return group


def facts_of(directory: Path, **files: object) -> AccountFacts:
    found = account(directory, complete_snapshot() | files).facts
    assert isinstance(found, AccountFacts)
    return found


def test_the_facts_the_controls_need_are_there() -> None:
    assert set(NEEDED.split()) <= FACTS.keys()


def test_every_fact_of_the_account_in_the_registry_is_derived_and_none_beside(tmp_path: Path) -> None:
    assert facts_of(tmp_path).names == {name for name, item in FACTS.items() if item.scope is Scope.ACCOUNT}


def test_every_fact_of_a_member_in_the_registry_is_derived_and_none_beside(tmp_path: Path) -> None:
    group = population(facts_of(tmp_path), "user")
    assert isinstance(group, ReportPopulation)
    derived = {
        Scope.USER: user_readers(group.cells).keys(),
        Scope.ACCESS_KEY: slot_readers(group.cells, PopulationName.ACCESS_KEY, "access_key_1").keys(),
        Scope.SIGNING_CERTIFICATE: slot_readers(group.cells, PopulationName.SIGNING_CERTIFICATE, "cert_1").keys(),
    }
    for scope, names in derived.items():
        assert names == {name for name, item in FACTS.items() if item.scope is scope}


def test_the_scopes_of_members_are_the_populations() -> None:
    assert {str(scope) for scope in Scope} == {"account", *(str(name) for name in PopulationName)}


def fits(name: str, value: object) -> bool:
    """Tell whether a value is of the type that the registry gives the fact."""
    item = FACTS[name]
    if value is None:
        return item.absent is not None
    if isinstance(value, Span):
        return item.type is FactType.INTEGER
    return type(value) is TYPES[item.type] and (not item.choices or value in item.choices)


DENIED = error_text("NoSuchEntity", "GetAccountPasswordPolicy", "The Password Policy cannot be found.")


@pytest.mark.parametrize(
    ("files", "unknown"),
    [
        ({}, {"root.mfa_has_backup"}),
        (
            {"credential-report.json": report_json(root_row(), user_row("a"), captured=None)},
            {"root.mfa_has_backup", "credential_report.age_days"},
        ),
        (
            {
                "credential-report.json": report_json(
                    root_row(password_enabled="false", password_last_changed="N/A", mfa_active="false"), captured=None
                ),
                "account-summary.json": summary(mfa=0, password=0),
                "password-policy.json": DENIED,
                "alternate-contact-billing.json": error_text("ResourceNotFoundException", "GetAlternateContact", "No"),
            },
            {"root.mfa_has_backup", "credential_report.age_days", "password_policy.users_may_change"},
        ),
    ],
)
def test_every_known_value_fits_the_registry_and_shows_evidence(
    tmp_path: Path, files: dict[str, object], unknown: set[str]
) -> None:
    found = facts_of(tmp_path, **files)
    values = {name: value for name in found.names if isinstance(value := found.fact(name), Known)}
    assert found.names - values.keys() == unknown
    for name, value in values.items():
        assert fits(name, value.value), (name, value)
        assert value.evidence, name


@pytest.mark.parametrize("cells", [{}, ACTIVE, {**ACTIVE, "password_enabled": "true"}, {"cert_1_active": "true"}])
@pytest.mark.parametrize("captured", ["2026-11-01T08:00:00Z", None])
def test_every_known_value_of_a_member_fits_the_registry(
    tmp_path: Path, cells: dict[str, str], captured: str | None
) -> None:
    report = report_json(root_row(), user_row("a", **cells), captured=captured)
    found = facts_of(tmp_path, **{"credential-report.json": report})
    for kind in PopulationName:
        names = tuple(name for name, item in FACTS.items() if item.scope == kind)
        for member in population(found, kind).members(names):
            for index, name in enumerate(names):
                value = member.fact(index)
                if isinstance(value, Known):
                    assert fits(name, value.value), (name, value)
                    assert value.evidence, name


def test_every_fact_that_is_missing_says_why_and_can_be_exported(tmp_path: Path) -> None:
    found = account(tmp_path, {"x.json": {"SummaryMap": {"UsersQuota": 1}}}).facts
    assert isinstance(found, AccountFacts)
    for name in found.names:
        value = found.fact(name)
        assert isinstance(value, Missing), name
        assert value.detail, name
        assert FACTS[name].exports, name


def test_a_fact_is_derived_once(tmp_path: Path) -> None:
    found = facts_of(tmp_path)
    assert found.fact("root.mfa_enabled") is found.fact("root.mfa_enabled")
    assert found.population("user") is found.population("user")


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("root.mfa_enabled", True, "on"),
        ("root.mfa_enabled", False, "off"),
        ("root.mfa_enabled", None, "none"),
        ("root.mfa_kind", "not-virtual", "not-virtual"),
        ("exports.made_by_root", True, "yes"),
        ("exports.made_by_root", False, "no"),
        ("password_policy.minimum_length", 14, "14 characters"),
        ("password_policy.minimum_length", 1, "1 character"),
        ("password_policy.classes_required", 3, "3 classes"),
        ("password_policy.classes_required", 1, "1 class"),
        ("password_policy.reuse_prevention", 1, "1 password"),
        ("password_policy.reuse_prevention", 0, "0 passwords"),
        ("password_policy.maximum_age_days", None, "passwords never expire"),
        ("password_policy.maximum_age_days", 1, "1 day"),
        ("root.password_age_days", Span(3, 40), "between 3 and 40 days"),
        ("root.password_age_days", Span(4, 4), "4 days"),
        ("root.password_age_days", None, "no password"),
        ("user.active_access_keys", 1, "1 key"),
        ("contacts.billing", None, "not registered"),
        ("access_key.active", False, "inactive"),
    ],
)
def test_values_have_words(name: str, value: bool | int | str | Span | None, word: str) -> None:
    assert FACTS[name].word(value) == word


def test_only_the_credential_report_carries_members() -> None:
    carriers = {item.exports for item in FACTS.values() if item.scope is not Scope.ACCOUNT}
    assert carriers == {(ExportKind.CREDENTIAL_REPORT,)}

"""Whatever is lost, broken, doubled or shuffled in an account's exports, nothing looks safer than it is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import ROOT, account, gist
from baselint.evidence import AccountSnapshot, Known, Missing, Span
from baselint.facts import FACTS
from baselint.facts.definition import Scope
from baselint.model import PopulationName
from builders import (
    ACCOUNT,
    COLUMNS,
    caller,
    error_text,
    features,
    instances,
    report_csv,
    root_row,
    saml_providers,
    summary,
    user_row,
    virtual_devices,
)

OLD = "2024-01-01T00:00:00Z"
RECENT = "2026-10-31T08:00:00Z"
CAPTURED = "2026-11-01T08:00:00Z"
BAD_CELLS = {
    "password_enabled": "true",
    "password_last_used": RECENT,
    "password_last_changed": OLD,
    "mfa_active": "false",
    **{
        f"access_key_{slot}_{name}": cell
        for slot in (1, 2)
        for name, cell in (("active", "true"), ("last_rotated", OLD))
    },
    "access_key_1_last_used_date": RECENT,
    "access_key_2_last_used_date": RECENT,
    **{f"cert_{slot}_{name}": cell for slot in (1, 2) for name, cell in (("active", "true"), ("last_rotated", OLD))},
}
ROWS = [root_row(**BAD_CELLS), user_row("mallory", **BAD_CELLS), user_row("eve", **BAD_CELLS)]
GARBAGE = ["", "?", "tru", "0", "not_supported", "none", "2026-10", "N/A?"]
POLICY: dict[str, Any] = {
    "MinimumPasswordLength": 6,
    "RequireSymbols": False,
    "RequireNumbers": False,
    "RequireUppercaseCharacters": False,
    "RequireLowercaseCharacters": False,
    "AllowUsersToChangePassword": False,
    "ExpirePasswords": True,
    "MaxPasswordAge": 1095,
    "PasswordReusePrevention": 1,
    "HardExpiry": True,
}
POLICY_GARBAGE: list[Any] = ["", "true", 1.0, 0.0, 2000, -1, [], {}, [True]]


ABSENT = error_text("ResourceNotFoundException", "GetAlternateContact", "No contact of that type found.")
BAD_FILES: dict[str, Any] = {
    "virtual.json": virtual_devices("root"),
    "caller.json": caller(ROOT),
    "features.json": features(),
    "providers.json": saml_providers("2020-01-01T00:00:00Z"),
    "instances.json": instances(ACCOUNT, status="CREATE_FAILED"),
    **{f"alternate-contact-{name}.err": ABSENT for name in ("billing", "operations", "security")},
}


def below(bound: int) -> Callable[[Any], bool]:
    return lambda value: value is None or (value.high if isinstance(value, Span) else value) < bound


def above(bound: int) -> Callable[[Any], bool]:
    return lambda value: value is None or (value.low if isinstance(value, Span) else value) > bound


AGE, UNUSED = 1035, 1
FALSE_IS_SAFER = """
root.exists root.console_sign_in_possible root.has_password root.has_active_access_key root.has_access_key
root.has_signing_certificate root.has_usable_credentials root.has_credentials exports.made_by_root
password_policy.hard_expiry contacts.kept_here user.console_enabled user.has_active_credential
user.has_signing_certificate access_key.active signing_certificate.active
"""
TRUE_IS_SAFER = """
root.mfa_enabled root.mfa_has_backup root.denied_by_scp password_policy.users_may_change
contacts.billing contacts.operations contacts.security contacts.distinct federation.configured
organization.root_credentials_management organization.root_sessions user.mfa_active password_policy.requires_symbols
password_policy.requires_numbers password_policy.requires_uppercase password_policy.requires_lowercase
"""
SAFER: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(FALSE_IS_SAFER.split(), lambda value: value is False),
    **dict.fromkeys(TRUE_IS_SAFER.split(), lambda value: value is True),
    "root.mfa_kind": lambda value: value not in {"virtual", "none"},
    "root.password_age_days": below(AGE),
    "root.password_unused_days": above(UNUSED),
    "root.access_key_1_unused_days": above(UNUSED),
    "root.access_key_2_unused_days": above(UNUSED),
    "password_policy.minimum_length": lambda value: value > 6,
    "password_policy.classes_required": lambda value: value > 0,
    "password_policy.reuse_prevention": lambda value: value > 1,
    "password_policy.maximum_age_days": below(1095),
    "user.password_age_days": below(AGE),
    "user.password_unused_days": below(UNUSED),
    "user.active_access_keys": below(2),
    "user.has_unused_initial_key": lambda _value: False,
    **{f"user.access_key_{slot}_age_days": below(AGE) for slot in (1, 2)},
    **{f"user.access_key_{slot}_unused_days": below(UNUSED) for slot in (1, 2)},
    "access_key.age_days": below(AGE),
    "access_key.unused_days": below(UNUSED),
    "signing_certificate.age_days": below(AGE),
}
UNRANKED = {
    "account.partition",
    "credential_report.age_days",
    "credential_report.complete",
    "password_policy.configured",
    "organization.role",
    "contacts.primary_company",
    "contacts.primary_phone",
    *(f"contacts.{name}_email" for name in ("billing", "operations", "security")),
}
SUBJECTS = {
    "user": {"mallory", "eve"},
    "access-key": {f"{name}/access-key-{slot}" for name in ("mallory", "eve") for slot in (1, 2)},
    "signing-certificate": {f"{name}/certificate-{slot}" for name in ("mallory", "eve") for slot in (1, 2)},
}


def test_every_fact_is_ranked() -> None:
    assert SAFER.keys() | UNRANKED == FACTS.keys()


@st.composite
def reports(draw: st.DrawFn) -> str:
    """Return the report of the bad account with rows, columns and cells lost, doubled, shuffled or broken."""
    rows = [dict(row) for row in draw(st.lists(st.sampled_from(ROWS), min_size=1, max_size=4))]
    if draw(st.booleans()):
        rows = [dict(row) for row in ROWS]
    for row in rows:
        row.update(draw(st.dictionaries(st.sampled_from(COLUMNS[2:]), st.sampled_from(GARBAGE), max_size=3)))
    columns = [*COLUMNS[:2], *draw(st.permutations(COLUMNS[2:]))]
    lost = draw(st.sets(st.sampled_from(COLUMNS[2:]), max_size=3))
    return report_csv(*draw(st.permutations(rows)), columns=[name for name in columns if name not in lost])


@st.composite
def mutations(draw: st.DrawFn) -> dict[str, Any]:
    """Return the files of the bad account, some broken, some gone."""
    broken = draw(st.dictionaries(st.sampled_from(sorted(POLICY)), st.sampled_from(POLICY_GARBAGE), max_size=3))
    files = {
        "report.csv": draw(reports()),
        "summary.json": summary(mfa=0, keys=1, certificates=1, users=draw(st.sampled_from([2, 3]))),
        "password-policy.json": {"PasswordPolicy": POLICY | broken},
        "manifest.json": {
            "kind": "snapshot-manifest",
            "files": [
                {"path": name, "captured_at": CAPTURED}
                for name in draw(st.sets(st.sampled_from(["report.csv", "summary.json"])))
            ],
        },
        **BAD_FILES,
    }
    for name in draw(st.sets(st.sampled_from(sorted(files)), max_size=4)):
        content = files.pop(name)
        if draw(st.booleans()):
            whole = content.encode() if isinstance(content, str) else json.dumps(content).encode()
            files[name] = whole[: draw(st.integers(0, len(whole) - 1))]
    return files


def check(found: AccountSnapshot) -> None:
    for name, safer in SAFER.items():
        if FACTS[name].scope is Scope.ACCOUNT and isinstance(value := found.facts.fact(name), Known):
            assert not safer(value.value), (name, value)
    for population in PopulationName:
        group = found.facts.population(population)
        if isinstance(group, Missing):
            continue
        names = tuple(name for name, item in FACTS.items() if item.scope == population)
        seen = list(group.members(names))
        for member in seen:
            for index, name in enumerate(names):
                value = member.fact(index)
                assert isinstance(value, Missing) or not SAFER[name](value.value), (member.subject, name, value)
        assert {member.subject for member in seen} == SUBJECTS[population] or group.gaps or group.notes


@settings(deadline=None, max_examples=80)
@given(files=mutations())
def test_no_mutation_makes_a_bad_account_look_safer(files: dict[str, Any], tmp_path_factory: Any) -> None:
    check(account(tmp_path_factory.mktemp("m"), {"anchor.json": {}, **files}))


@pytest.mark.parametrize("name", ["report.csv", "summary.json", "password-policy.json", *BAD_FILES])
def test_the_bad_account_is_seen_as_bad(tmp_path: Path, name: str) -> None:
    files = {
        "report.csv": report_csv(*ROWS),
        "summary.json": summary(mfa=0, keys=1, certificates=1, users=2),
        "password-policy.json": {"PasswordPolicy": POLICY},
        **BAD_FILES,
    }
    whole = account(tmp_path / "whole", files).facts
    del files[name]
    rest = account(tmp_path / "rest", files).facts
    changed = [item for item in SAFER if FACTS[item].scope is Scope.ACCOUNT and whole.fact(item) != rest.fact(item)]
    assert changed, f"{name} decides nothing"


CELLS = {
    "password_enabled": ["true", "false", "not_supported", "?"],
    "password_last_used": [RECENT, "N/A", "no_information", "?"],
    "password_last_changed": [OLD, "N/A", "not_supported"],
    "mfa_active": ["true", "false", ""],
    "access_key_1_active": ["true", "false", "?"],
    "access_key_1_last_rotated": [OLD, "N/A"],
    "access_key_1_last_used_date": [RECENT, "N/A", "2027-01-01T00:00:00Z"],
    "cert_2_active": ["true", "false"],
    "cert_2_last_rotated": [OLD, "N/A"],
}


def rows() -> st.SearchStrategy[list[dict[str, str]]]:
    cells = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CELLS.items()})
    users = st.lists(st.tuples(st.sampled_from("abc"), cells), max_size=3)
    return st.tuples(st.lists(cells, max_size=2), users).map(
        lambda drawn: [root_row(**item) for item in drawn[0]] + [user_row(name, **item) for name, item in drawn[1]]
    )


def everything(found: AccountSnapshot) -> dict[str, object]:
    """Return the gist of every fact of an account and of its members, whatever their order."""
    told: dict[str, object] = {
        name: gist(found.facts.fact(name)) for name, item in FACTS.items() if item.scope is Scope.ACCOUNT
    }
    for population in PopulationName:
        group = found.facts.population(population)
        names = tuple(name for name, item in FACTS.items() if item.scope == population)
        told[population] = (
            group.reason
            if isinstance(group, Missing)
            else sorted(
                (member.subject, [str(gist(member.fact(index))) for index in range(len(names))])
                for member in group.members(names)
            )
        )
    return told


@settings(deadline=None, max_examples=50)
@given(original=rows().filter(bool), data=st.data(), captured=st.booleans())
def test_the_order_of_rows_columns_keys_and_files_changes_nothing(
    original: list[dict[str, str]], data: st.DataObject, captured: bool, tmp_path_factory: Any
) -> None:
    numbers = summary(users=len(original) - 1)["SummaryMap"]
    policy = {"MinimumPasswordLength": 6, **POLICY}
    shuffled = data.draw(st.permutations(original))
    columns = [*COLUMNS[:2], *data.draw(st.permutations(COLUMNS[2:]))]
    times = {"r.csv": CAPTURED} if captured else {}
    first = {"r.csv": report_csv(*original), "s.json": {"SummaryMap": numbers}, "p.json": {"PasswordPolicy": policy}}
    second = {
        "z.csv": report_csv(*shuffled, columns=columns),
        "s.json": {"SummaryMap": dict(data.draw(st.permutations(list(numbers.items()))))},
        "a.json": {"PasswordPolicy": dict(data.draw(st.permutations(list(policy.items()))))},
    }
    one, two = (tmp_path_factory.mktemp("o") for _ in range(2))
    before = everything(account(one, first, captured=times))
    after = everything(account(two, second, captured={"z.csv": CAPTURED} if captured else {}))
    assert before == after
    assert before["password_policy.minimum_length"] == 6
    assert ACCOUNT in str(one / ACCOUNT)

"""Facts of accounts and of the members of populations, and the registry that names them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.evidence import AccountSnapshot, Evidence, FactValue, Known, Missing, MissingReason, Span
from baselint.facts import FACTS, FactType, Scope
from baselint.model import PopulationName
from baselint.policy.schema_check import SchemaChecker
from baselint.snapshot.account_facts import AccountFacts
from baselint.snapshot.agreement import Observation, any_of, settle
from baselint.snapshot.build import build_snapshots
from baselint.snapshot.report_source import ReportSource
from baselint.snapshot.sources import Sources
from builders import (
    ACCOUNT,
    CAPTURED,
    COLUMNS,
    caller,
    complete_snapshot,
    contact,
    report_csv,
    report_json,
    root_row,
    summary,
    user_row,
    virtual_devices,
    write,
)

AS_OF = datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC)
EARLY, LATE = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def account(content: dict[str, Any]) -> AccountSnapshot:
    write(Path("s"), content)
    (found,) = build_snapshots((Path("s"),), SchemaChecker(), AS_OF).accounts
    return found


def value(content: dict[str, Any], name: str) -> object:
    found = account(content).facts.fact(name)
    return found.value if isinstance(found, Known) else found.reason


def test_the_registry_and_the_derivations_name_the_same_facts(here: Path) -> None:
    facts = account(complete_snapshot()).facts
    assert isinstance(facts, AccountFacts)
    assert facts.names == {name for name, item in FACTS.items() if item.scope is Scope.ACCOUNT}
    for population in PopulationName:
        names = tuple(name for name, item in FACTS.items() if item.scope == population)
        found = facts.population(population)
        assert not isinstance(found, Missing)
        for member in found.members(names):
            for index, _ in enumerate(names):
                assert isinstance(member.fact(index), Known | Missing)


def test_every_known_value_has_the_type_the_registry_says(here: Path) -> None:
    facts = account(complete_snapshot()).facts
    types = {FactType.BOOLEAN: bool, FactType.INTEGER: int, FactType.TEXT: str, FactType.CHOICE: str}
    known = 0
    for name, item in FACTS.items():
        if item.scope is Scope.ACCOUNT and isinstance(found := facts.fact(name), Known):
            known += 1
            assert found.evidence, name
            if found.value is None:
                assert item.absent is not None, name
            else:
                assert type(found.value) is types[item.type], name
            assert not item.choices or found.value in item.choices
    assert known > 30


def test_evidence_names_file_place_and_raw_value(here: Path) -> None:
    facts = account(complete_snapshot()).facts
    found = facts.fact("root.mfa_enabled")
    assert isinstance(found, Known)
    assert found.evidence == (
        Evidence("s/credential-report.json", "line 2, column mfa_active", "true"),
        Evidence("s/account-summary.json", "/SummaryMap/AccountMFAEnabled", 1),
    )


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        ({"a.json": caller()}, "exports.made_by_root", False),
        ({"a.json": caller(f"arn:aws:iam::{ACCOUNT}:root")}, "exports.made_by_root", True),
        ({f"{ACCOUNT}/a.json": summary()}, "exports.made_by_root", MissingReason.NOT_EXPORTED),
        (
            {"a.json": caller(), "b.json": virtual_devices("a", partition="aws-cn")},
            "account.partition",
            MissingReason.SOURCES_DISAGREE,
        ),
        ({f"{ACCOUNT}/a.json": summary()}, "account.partition", MissingReason.NOT_EXPORTED),
        ({f"{ACCOUNT}/a.json": summary()}, "root.exists", MissingReason.NOT_EXPORTED),
        ({f"{ACCOUNT}/a.json": summary()}, "contacts.kept_here", MissingReason.NOT_EXPORTED),
        ({"a.json": caller(f"arn:aws-cn:iam::{ACCOUNT}:user/x")}, "root.exists", MissingReason.NOT_EXPORTED),
        ({"a.csv": report_csv(root_row("aws-cn"))}, "root.exists", True),
        ({"a.csv": report_csv(user_row("a", "aws-cn"))}, "root.exists", False),
        ({"a.csv": report_csv(user_row("a", "aws-cn")) + "\nragged"}, "root.exists", MissingReason.INCOMPLETE),
        ({"a.csv": report_csv(root_row("aws-us-gov"))}, "root.has_password", False),
        ({"a.csv": report_csv(root_row(), root_row())}, "root.mfa_enabled", MissingReason.INVALID),
        ({"a.csv": report_csv(root_row(mfa_active="maybe"))}, "root.mfa_enabled", MissingReason.INVALID),
        ({"a.json": caller(), "s.json": summary(mfa=2)}, "root.mfa_enabled", MissingReason.INVALID),
        (
            {"a.json": caller(), "s.json": {"SummaryMap": {"AccountMFAEnabled": "1"}}},
            "root.mfa_enabled",
            MissingReason.INVALID,
        ),
        ({"a.json": caller(), "s.json": summary(keys=2)}, "root.has_access_key", True),
        (
            {"a.json": report_json(root_row()), "s.json": {"SummaryMap": {"Users": "x", "UsersQuota": 1}}},
            "credential_report.complete",
            MissingReason.INVALID,
        ),
        (
            {"a.csv": report_csv(root_row(password_enabled="not_supported", password_last_changed="N/A"))},
            "root.password_age_days",
            MissingReason.NOT_REPORTED,
        ),
        (
            {"a.csv": report_csv(root_row(password_enabled="false", password_last_changed="N/A"))},
            "root.password_age_days",
            None,
        ),
        (
            {"a.json": caller(), "c.json": contact("BILLING"), "d.json": contact("BILLING", Name=" ")},
            "contacts.billing",
            MissingReason.SOURCES_DISAGREE,
        ),
        ({"a.json": caller(), "c.json": contact("BILLING"), "d.json": contact("BILLING")}, "contacts.billing", True),
        (
            {"a.json": caller(), "s.json": summary(mfa=1), "t.json": summary(mfa=0)},
            "root.mfa_enabled",
            MissingReason.SOURCES_DISAGREE,
        ),
    ],
)
def test_facts_of_accounts(here: Path, content: dict[str, Any], name: str, expected: object) -> None:
    assert value(content, name) == expected


def test_of_two_dated_exports_of_one_kind_the_newer_speaks_and_says_so(here: Path) -> None:
    files = [
        {"path": "new.json", "captured_at": "2026-10-02T00:00:00Z"},
        {"path": "old.json", "captured_at": "2026-10-01T00:00:00Z"},
    ]
    found = account(
        {
            "new.json": summary(mfa=0),
            "old.json": summary(mfa=1),
            "m.json": {"kind": "snapshot-manifest", "account": ACCOUNT, "files": files},
        }
    ).facts.fact("root.mfa_enabled")
    assert isinstance(found, Known)
    assert found.value is False
    assert found.notes == ("s/new.json of 2026-10-02T00:00:00Z decides; it differs from the older s/old.json",)


def test_ages_without_a_capture_time_lie_between_two_ends(here: Path) -> None:
    rows = (root_row(password_last_used="2026-10-01T00:00:00Z", password_next_rotation="2027-01-01T00:00:00Z"),)
    assert value({"a.csv": report_csv(*rows)}, "root.password_unused_days") == Span(0, 32)
    assert str(Span(0, 32)) == "between 0 and 32"


def test_there_are_no_cells_without_a_report() -> None:
    with pytest.raises(TypeError, match="there is no report"):
        _ = ReportSource(Sources((), AS_OF)).cells


ACTIVE = {"access_key_1_active": "true", "access_key_1_last_rotated": "2026-10-02T08:00:00Z"}
USERS: list[tuple[dict[str, str], str, object]] = [
    ({}, "user.console_enabled", False),
    ({"password_enabled": "not_supported"}, "user.console_enabled", MissingReason.NOT_REPORTED),
    ({"mfa_active": "true"}, "user.mfa_active", True),
    ({}, "user.has_active_credential", False),
    (ACTIVE, "user.has_active_credential", True),
    ({"access_key_2_active": "?"}, "user.has_active_credential", MissingReason.INVALID),
    ({}, "user.password_age_days", None),
    ({"password_enabled": "?"}, "user.password_age_days", MissingReason.INVALID),
    ({"password_enabled": "true", "password_last_changed": "2026-10-02T08:00:00+00:00"}, "user.password_age_days", 30),
    ({"password_enabled": "true", "password_last_changed": "2026-10-02T08:00:00.123Z"}, "user.password_age_days", 30),
    ({"password_enabled": "true", "password_last_changed": "N/A"}, "user.password_age_days", MissingReason.INVALID),
    (
        {"password_enabled": "true", "password_last_changed": "2026-10-02"},
        "user.password_age_days",
        MissingReason.INVALID,
    ),
    (
        {
            "password_enabled": "true",
            "password_last_used": "no_information",
            "password_last_changed": "2026-10-02T08:00:00Z",
        },
        "user.password_unused_days",
        30,
    ),
    ({"password_enabled": "true", "password_last_used": "2026-10-31T08:00:00Z"}, "user.password_unused_days", 1),
    ({}, "user.password_unused_days", None),
    ({}, "user.active_access_keys", 0),
    (ACTIVE, "user.active_access_keys", 1),
    ({**ACTIVE, "access_key_2_active": "TRUE"}, "user.active_access_keys", 2),
    ({"access_key_2_active": "?"}, "user.active_access_keys", MissingReason.INVALID),
    ({}, "user.has_unused_initial_key", False),
    ({**ACTIVE, "password_enabled": "true"}, "user.has_unused_initial_key", True),
    (
        {**ACTIVE, "password_enabled": "true", "access_key_1_last_used_date": "2026-10-03T08:00:00Z"},
        "user.has_unused_initial_key",
        False,
    ),
    (
        {**ACTIVE, "password_enabled": "true", "access_key_1_last_used_date": "?"},
        "user.has_unused_initial_key",
        MissingReason.INVALID,
    ),
    (ACTIVE, "user.has_unused_initial_key", False),
    ({"cert_1_last_rotated": "2019-01-01T00:00:00Z"}, "user.has_signing_certificate", True),
    ({}, "user.has_signing_certificate", False),
    ({}, "user.access_key_1_age_days", None),
    (ACTIVE, "user.access_key_1_age_days", 30),
    (ACTIVE, "user.access_key_2_age_days", None),
    ({"access_key_1_active": "true"}, "user.access_key_1_age_days", MissingReason.INVALID),
    (ACTIVE, "user.access_key_1_unused_days", 30),
    ({**ACTIVE, "access_key_1_last_used_date": "2026-10-31T08:00:00Z"}, "user.access_key_1_unused_days", 1),
    (
        {**ACTIVE, "access_key_1_last_used_date": "2026-11-01T08:06:00Z"},
        "user.access_key_1_unused_days",
        MissingReason.INVALID,
    ),
    ({**ACTIVE, "access_key_1_last_used_date": "2026-11-01T08:04:00Z"}, "user.access_key_1_unused_days", 0),
]


@pytest.mark.parametrize(("cells", "name", "expected"), USERS)
def test_facts_of_users(here: Path, cells: dict[str, str], name: str, expected: object) -> None:
    facts = account(
        {"r.json": report_json(root_row(**ACTIVE), user_row("alice", **cells)), "s.json": summary(users=1)}
    ).facts
    population = facts.population("user")
    assert not isinstance(population, Missing)
    assert (population.gaps, population.notes) == ((), ())
    (member,) = population.members((name,))
    assert (member.subject, member.export, member.pointer) == ("alice", "s/r.json", "line 3")
    found = member.fact(0)
    assert (found.value if isinstance(found, Known) else found.reason) == expected


def members(content: dict[str, Any], population: str, *names: str) -> dict[str, list[object]]:
    found = account(content).facts.population(population)
    assert not isinstance(found, Missing)
    values: dict[str, list[object]] = {}
    for member in found.members(names):
        row = [member.fact(index) for index in range(len(names))]
        values[member.subject] = [item.value if isinstance(item, Known) else item.reason for item in row]
    return values


def test_keys_and_certificates_are_members_when_they_exist_or_when_nobody_can_say(here: Path) -> None:
    rows = (
        root_row(**ACTIVE),
        user_row("a", **ACTIVE, access_key_2_last_rotated="2026-10-01T08:00:00Z", cert_2_active="true"),
        user_row("b", access_key_1_active="?"),
    )
    content = {"r.json": report_json(*rows), "s.json": summary(users=2)}
    assert members(content, "access-key", "access_key.active", "access_key.age_days", "access_key.unused_days") == {
        "a/access-key-1": [True, 30, 30],
        "a/access-key-2": [False, 31, 31],
        "b/access-key-1": [MissingReason.INVALID, MissingReason.INVALID, MissingReason.INVALID],
    }
    assert members(content, "signing-certificate", "signing_certificate.active", "signing_certificate.age_days") == {
        "a/certificate-2": [True, MissingReason.INVALID]
    }


def test_a_population_says_what_it_lacks(here: Path) -> None:
    complete = account({"r.json": report_json(root_row(), user_row("a"))}).facts.population("user")
    assert not isinstance(complete, Missing)
    assert complete.notes == (
        "whether the report holds every user was not verified: the account summary was not exported",
    )
    lacking = account({"r.json": report_json(root_row(), user_row("a")), "s.json": summary(users=2)}).facts.population(
        "user"
    )
    assert not isinstance(lacking, Missing)
    assert [gap.reason for gap in lacking.gaps] == [MissingReason.INCOMPLETE]
    assert "the account summary counts 2" in lacking.gaps[0].detail


def test_without_a_report_nobody_knows_the_members(here: Path) -> None:
    found = account({"w.json": caller()}).facts.population("user")
    assert isinstance(found, Missing)
    assert found.reason is MissingReason.NOT_EXPORTED


def _values() -> st.SearchStrategy[FactValue]:
    known = st.booleans().map(lambda item: Known(item, (Evidence("e", "p", item),)))
    return st.one_of(known, st.sampled_from(MissingReason).map(lambda reason: Missing(reason, reason)))


def _gist(found: FactValue) -> object:
    return found.value if isinstance(found, Known) else found.reason


@given(
    st.lists(st.builds(Observation, _values(), st.sampled_from([None, EARLY, LATE])), min_size=1, max_size=4),
    st.randoms(),
)
def test_what_sources_say_together_does_not_hang_on_their_order(observations: list[Observation], random: Any) -> None:
    shuffled = list(observations)
    random.shuffle(shuffled)
    first = settle(observations)
    assert _gist(first) == _gist(settle(shuffled))
    known = [item for item in observations if isinstance(item.value, Known)]
    if {_gist(item.value) for item in known} == {True}:
        assert _gist(first) is True
    if isinstance(first, Known) and len({_gist(item.value) for item in known}) == 2:
        assert all(item.captured_at for item in known)
        assert "the newer one decides" in first.notes[0]


@given(st.lists(_values(), min_size=1, max_size=4))
def test_any_of_is_the_three_valued_or(values: list[FactValue]) -> None:
    found = any_of(values)
    gists = [item.value if isinstance(item, Known) else None for item in values]
    expected = True if True in gists else None if None in gists else False
    assert (found.value if isinstance(found, Known) else None) is expected


SAFE = {
    "root.mfa_enabled": True,
    "root.has_active_access_key": False,
    "root.has_access_key": False,
    "root.has_signing_certificate": False,
    "password_policy.configured": True,
    "contacts.billing": True,
    "credential_report.complete": True,
}


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_no_mutation_makes_an_unsafe_account_look_safer(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Start from an account where everything is bad, take evidence away: nothing may turn good."""
    bad = root_row(mfa_active="false", **ACTIVE, cert_1_active="true", cert_1_last_rotated="2019-01-01T00:00:00Z")
    drop = data.draw(st.sets(st.sampled_from(COLUMNS[2:])))
    columns = [name for name in COLUMNS if name not in drop]
    garbled = data.draw(
        st.dictionaries(st.sampled_from(COLUMNS[2:]), st.sampled_from(["", "?", "not_supported"]), max_size=4)
    )
    rows = data.draw(st.permutations([bad | garbled, user_row("a"), user_row("b")]))
    content: dict[str, Any] = {
        "r.json": report_json(*rows, columns=columns, captured=data.draw(st.sampled_from([None, CAPTURED]))),
        "s.json": summary(mfa=0, keys=1, certificates=1, users=3),
        "w.json": caller(),
    }
    for name in data.draw(st.sets(st.sampled_from(["r.json", "s.json"]))):
        del content[name]
    directory = tmp_path_factory.mktemp("m")
    write(directory, content)
    (found,) = build_snapshots((directory,), SchemaChecker(), AS_OF).accounts
    for name, safe in SAFE.items():
        fact = found.facts.fact(name)
        assert not (isinstance(fact, Known) and fact.value is safe), name

"""Users, access keys and signing certificates of the credential report: section 8 of the truth table."""

from pathlib import Path
from typing import Any

import pytest

from accounts import account, gist, members, places
from baselint.evidence import MANY, Missing, MissingReason, Population, Span
from builders import COLUMNS, caller, error_text, report_csv, report_json, root_row, summary, user_row

INVALID, NOT_REPORTED, INCOMPLETE = MissingReason.INVALID, MissingReason.NOT_REPORTED, MissingReason.INCOMPLETE
MADE = "2026-10-02T08:00:00Z"
ON = {"password_enabled": "true", "password_last_changed": MADE}
KEY = {"access_key_1_active": "true", "access_key_1_last_rotated": MADE}
SECOND = {"access_key_2_active": "TRUE", "access_key_2_last_rotated": "2026-09-02T08:00:00Z"}


def used(when: str, slot: int = 1) -> dict[str, str]:
    return {f"access_key_{slot}_last_used_date": when}


USERS: list[tuple[str, dict[str, str], object]] = [
    ("console_enabled", {}, False),
    ("console_enabled", {"password_enabled": "TRUE"}, True),
    ("console_enabled", {"password_enabled": "not_supported"}, NOT_REPORTED),
    ("console_enabled", {"password_enabled": ""}, INVALID),
    ("mfa_active", {"mfa_active": "true"}, True),
    ("mfa_active", {"mfa_active": "not_supported"}, NOT_REPORTED),
    ("has_active_credential", {}, False),
    ("has_active_credential", ON, True),
    ("has_active_credential", SECOND, True),
    ("has_active_credential", {"access_key_2_active": "?"}, INVALID),
    ("has_active_credential", {"password_enabled": "not_supported"}, NOT_REPORTED),
    ("has_active_credential", {"password_enabled": "not_supported", **KEY}, True),
    ("password_age_days", {}, None),
    ("password_age_days", ON, 30),
    ("password_age_days", {**ON, "password_last_changed": "2026-10-02T08:00:00.5+00:00"}, 30),
    ("password_age_days", {"password_enabled": "?", "password_last_changed": MADE}, INVALID),
    ("password_age_days", {"password_enabled": "not_supported", "password_last_changed": MADE}, NOT_REPORTED),
    *(
        ("password_age_days", {**ON, "password_last_changed": text}, INVALID)
        for text in ("N/A", "", "no_information", "2026-10-02", "2026-11-01T08:05:01Z")
    ),
    ("password_age_days", {**ON, "password_last_changed": "not_supported"}, NOT_REPORTED),
    ("password_unused_days", {}, None),
    ("password_unused_days", {**ON, "password_last_used": "2026-10-31T08:00:00Z"}, 1),
    ("password_unused_days", {**ON, "password_last_used": "no_information"}, 30),
    ("password_unused_days", {**ON, "password_last_used": "N/A"}, 30),
    ("password_unused_days", {**ON, "password_last_used": "?"}, INVALID),
    ("password_unused_days", {**ON, "password_last_used": "N/A", "password_last_changed": "N/A"}, INVALID),
    ("password_unused_days", {"password_enabled": "?"}, INVALID),
    ("active_access_keys", {}, 0),
    ("active_access_keys", KEY, 1),
    ("active_access_keys", {**KEY, **SECOND}, 2),
    ("active_access_keys", {"access_key_1_last_rotated": MADE}, 0),
    ("active_access_keys", {**KEY, "access_key_2_active": "?"}, Span(1, 2)),
    ("active_access_keys", {"access_key_2_active": "?"}, Span(0, 1)),
    ("active_access_keys", {"access_key_1_active": "not_supported", "access_key_2_active": "?"}, INVALID),
    ("access_key_1_age_days", {}, None),
    ("access_key_1_age_days", KEY, 30),
    ("access_key_2_age_days", {**KEY, **SECOND}, 60),
    ("access_key_2_age_days", KEY, None),
    ("access_key_1_age_days", {"access_key_1_last_rotated": MADE}, None),
    ("access_key_1_age_days", {"access_key_1_active": "true"}, INVALID),
    ("access_key_1_age_days", {"access_key_1_active": "?", "access_key_1_last_rotated": MADE}, INVALID),
    ("access_key_1_unused_days", KEY, 30),
    ("access_key_1_unused_days", {**KEY, **used("2026-10-31T08:00:00Z")}, 1),
    ("access_key_1_unused_days", {**KEY, **used("2026-11-01T08:05:00Z")}, 0),
    ("access_key_1_unused_days", {**KEY, **used("2026-11-01T08:05:01Z")}, INVALID),
    ("access_key_1_unused_days", {**KEY, **used("no_information")}, INVALID),
    ("access_key_1_unused_days", {"access_key_1_active": "true"}, INVALID),
    ("access_key_1_unused_days", {"access_key_1_active": "true", **used("2026-10-31T08:00:00Z")}, 1),
    ("access_key_2_unused_days", SECOND, 60),
    ("has_unused_initial_key", {}, False),
    ("has_unused_initial_key", {**ON, **KEY}, True),
    ("has_unused_initial_key", {**ON, **SECOND}, True),
    ("has_unused_initial_key", KEY, False),
    ("has_unused_initial_key", ON, False),
    ("has_unused_initial_key", {**ON, **KEY, **used("2026-10-03T08:00:00Z")}, False),
    ("has_unused_initial_key", {**ON, **KEY, **used("2026-10-03T08:00:00Z"), **SECOND}, True),
    ("has_unused_initial_key", {**ON, **KEY, **used("?")}, INVALID),
    ("has_unused_initial_key", {**KEY, **used("?")}, False),
    ("has_unused_initial_key", {**ON, "access_key_1_active": "?"}, INVALID),
    ("has_unused_initial_key", {**KEY, "password_enabled": "?"}, INVALID),
    ("has_unused_initial_key", {**KEY, **used(MADE), "password_enabled": "?"}, False),
    ("has_signing_certificate", {}, False),
    ("has_signing_certificate", {"cert_1_active": "true"}, True),
    ("has_signing_certificate", {"cert_2_last_rotated": MADE}, True),
    ("has_signing_certificate", {"cert_2_active": "?"}, INVALID),
]


def group(directory: Path, files: dict[str, Any], name: str = "user") -> Population:
    found = account(directory, files).facts.population(name)
    assert not isinstance(found, Missing)
    return found


@pytest.mark.parametrize(("name", "cells", "expected"), USERS)
def test_a_fact_of_a_user(tmp_path: Path, name: str, cells: dict[str, str], expected: object) -> None:
    report = report_json(root_row(**KEY), user_row("alice", **cells))
    (member,) = group(tmp_path, {"r.json": report}).members((f"user.{name}",))
    assert gist(member.fact(0)) == expected


def test_a_fact_of_a_user_shows_the_cells_that_decided(tmp_path: Path) -> None:
    report = report_json(root_row(), user_row("alice", **ON, **KEY))
    names = ("user.password_unused_days", "user.access_key_2_age_days", "user.active_access_keys")
    (member,) = group(tmp_path, {"r.json": report}).members(names)
    assert (member.subject, Path(member.export).name, member.pointer) == ("alice", "r.json", "line 3")
    assert places(member.fact(0)) == [("r.json", "line 3, column password_last_changed", MADE)]
    assert places(member.fact(1)) == [("r.json", "line 3, column access_key_2_active", "false")]
    assert [place[1:] for place in places(member.fact(2))] == [
        ("line 3, column access_key_1_active", "true"),
        ("line 3, column access_key_2_active", "false"),
    ]


def test_neither_root_nor_its_keys_are_members(tmp_path: Path) -> None:
    files = {"r.json": report_json(root_row(**KEY, cert_1_active="true"), user_row("alice"))}
    found = account(tmp_path, files)
    assert [members(found, name, ()) for name in ("user", "access-key", "signing-certificate")] == [
        {"alice": []},
        {},
        {},
    ]


def test_a_user_named_like_root_is_a_user(tmp_path: Path) -> None:
    rows = (user_row("root"), user_row("x") | {"user": "<root_account>"})
    found = account(tmp_path, {"r.json": report_json(root_row(), *rows)})
    assert list(members(found, "user", ())) == ["root", "<root_account>"]


def test_keys_are_members_when_they_exist_or_when_nobody_can_say(tmp_path: Path) -> None:
    rows = (
        user_row("a", **KEY, access_key_2_last_rotated="2026-10-01T08:00:00Z", **used("2026-10-31T08:00:00Z", 2)),
        user_row("b", access_key_1_active="?"),
        user_row("c", access_key_2_active="true"),
        user_row("d"),
    )
    found = account(tmp_path, {"r.json": report_json(root_row(), *rows)})
    names = ("access_key.active", "access_key.age_days", "access_key.unused_days")
    assert members(found, "access-key", names) == {
        "a/access-key-1": [True, 30, 30],
        "a/access-key-2": [False, 31, 1],
        "b/access-key-1": [INVALID, INVALID, INVALID],
        "c/access-key-2": [True, INVALID, INVALID],
    }


def test_certificates_are_members_when_they_exist_or_when_nobody_can_say(tmp_path: Path) -> None:
    rows = (
        user_row("a", cert_1_active="true", cert_1_last_rotated=MADE, cert_2_last_rotated="2026-09-02T08:00:00Z"),
        user_row("b", cert_2_active="not_supported"),
        user_row("c", cert_2_active="true"),
    )
    found = account(tmp_path, {"r.json": report_json(root_row(), *rows)})
    assert members(found, "signing-certificate", ("signing_certificate.active", "signing_certificate.age_days")) == {
        "a/certificate-1": [True, 30],
        "a/certificate-2": [False, 60],
        "b/certificate-2": [NOT_REPORTED, INVALID],
        "c/certificate-2": [True, INVALID],
    }


def test_columns_that_lack_make_facts_and_members_unclear(tmp_path: Path) -> None:
    columns = [name for name in COLUMNS if not name.startswith(("access_key_2", "cert")) and name != "mfa_active"]
    found = account(tmp_path, {"r.csv": report_csv(root_row(), user_row("a", **KEY), columns=columns)})
    names = ("user.mfa_active", "user.access_key_2_age_days", "user.active_access_keys", "user.has_signing_certificate")
    assert members(found, "user", names) == {"a": [INCOMPLETE, INCOMPLETE, Span(1, 2), INCOMPLETE]}
    assert members(found, "access-key", ("access_key.active",)) == {
        "a/access-key-1": [True],
        "a/access-key-2": [INCOMPLETE],
    }


FURTHER = "additional_credentials_info"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("1 more", [Span(0, MANY), INCOMPLETE, INCOMPLETE, True]),
        *((none, [0, False, False, True]) for none in ("N/A", "")),
    ],
)
def test_credentials_beyond_the_slots_are_never_taken_for_none(
    tmp_path: Path, told: str, expected: list[object]
) -> None:
    rows = (root_row(**{FURTHER: "N/A"}), user_row("a", **ON, **{FURTHER: told}), user_row("b", **{FURTHER: "N/A"}))
    found = account(tmp_path, {"r.csv": report_csv(*rows, columns=[*COLUMNS, FURTHER]), "s.json": summary(users=2)})
    names = tuple(
        f"user.{name}"
        for name in ("active_access_keys", "has_signing_certificate", "has_unused_initial_key", "has_active_credential")
    )
    values = members(found, "user", names)
    assert values["a"] == expected
    assert values["b"] == [0, False, False, False]
    lacking = told == "1 more"
    for name in ("access-key", "signing-certificate", "user"):
        population = found.facts.population(name)
        assert not isinstance(population, Missing)
        details = [gap.detail for gap in population.gaps]
        assert len(details) == (1 if lacking and name != "user" else 0)
        assert all("keys or certificates beyond the two slots" in detail for detail in details)


def test_keys_beyond_the_slots_are_added_to_those_that_are_seen(tmp_path: Path) -> None:
    rows = (root_row(**{FURTHER: ""}), user_row("a", **KEY, **{"access_key_2_active": "?", FURTHER: "2"}))
    found = account(tmp_path, {"r.csv": report_csv(*rows, columns=[*COLUMNS, FURTHER])})
    (value,) = members(found, "user", ("user.active_access_keys",))["a"]
    assert isinstance(value, Span)
    assert (str(value), value.cause and value.cause.reason) == ("1 or more", INVALID)


def test_ages_without_a_capture_time_are_spans(tmp_path: Path) -> None:
    report = report_csv(root_row(), user_row("a", **ON, password_last_used="2026-10-12T08:00:00Z", **SECOND))
    names = ("user.password_age_days", "user.password_unused_days", "user.access_key_2_unused_days")
    assert members(account(tmp_path, {"r.csv": report}), "user", names) == {
        "a": [Span(10, 31), Span(0, 21), Span(40, 61)]
    }


def test_doubled_rows_are_both_judged_and_the_population_is_not_complete(tmp_path: Path) -> None:
    rows = (user_row("a", mfa_active="true"), user_row("a"))
    found = group(tmp_path, {"r.json": report_json(root_row(), *rows), "s.json": summary(users=2)})
    assert [(item.subject, item.pointer, gist(item.fact(0))) for item in found.members(("user.mfa_active",))] == [
        ("a", "line 3", True),
        ("a", "line 4", False),
    ]
    (gap,) = found.gaps
    assert gap.reason is INCOMPLETE
    assert "the report has 1 user(s) in 2 rows, the account summary counts 2" in gap.detail


TWO = report_json(root_row(), user_row("a"), user_row("b"))
NOT_VERIFIED = "whether the report holds every user was not verified: "


@pytest.mark.parametrize("name", ["user", "access-key", "signing-certificate"])
@pytest.mark.parametrize(
    ("files", "gap", "note"),
    [
        ({"r.json": TWO, "s.json": summary(users=2)}, "", ""),
        ({"r.csv": report_csv(user_row("a"), user_row("b")), "s.json": summary(users=2)}, "", ""),
        ({"r.json": TWO, "s.json": summary(users=3)}, "the account summary counts 3; the report is cached", ""),
        ({"r.json": TWO, "s.json": summary(users=1)}, "the account summary counts 1; the report is cached", ""),
        ({"r.csv": report_csv(root_row()) + "\nx,y"}, "r.csv has 1 row(s) that cannot be read", ""),
        ({"r.json": TWO}, "", NOT_VERIFIED + "there is no export of the account summary"),
        (
            {"r.json": TWO, "s.err": error_text("AccessDenied", "GetAccountSummary", "no")},
            "",
            NOT_VERIFIED + "AWS refused GetAccountSummary",
        ),
    ],
)
def test_a_population_says_what_it_lacks(tmp_path: Path, files: dict[str, Any], gap: str, note: str, name: str) -> None:
    found = group(tmp_path, files, name)
    assert [item.reason for item in found.gaps] == ([INCOMPLETE] if gap else [])
    assert len(found.notes) == bool(note)
    assert gap in "".join(item.detail for item in found.gaps)
    assert note in "".join(found.notes)


@pytest.mark.parametrize("name", ["user", "access-key", "signing-certificate"])
@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"w.json": caller()}, MissingReason.NOT_EXPORTED),
        ({"r.err": error_text("ReportNotPresent", "GetCredentialReport", "Unknown")}, MissingReason.NOT_AN_ANSWER),
        ({"r.json": TWO, "q.json": report_json(root_row(), captured=None)}, MissingReason.SOURCES_DISAGREE),
    ],
)
def test_without_a_report_nobody_knows_the_members(
    tmp_path: Path, files: dict[str, Any], reason: MissingReason, name: str
) -> None:
    found = account(tmp_path, files).facts.population(name)
    assert isinstance(found, Missing)
    assert found.reason is reason

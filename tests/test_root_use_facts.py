"""Whether root has credentials at all, when they were used, and how old its password is: sections 1, 4 and 5."""

from pathlib import Path
from typing import Any

import pytest

from accounts import NEWER, OLDER, account, fact, gist, places
from baselint.evidence import Missing, MissingReason, Span
from builders import COLUMNS, caller, report_csv, report_json, root_row, summary, user_row

DISAGREE, INVALID = MissingReason.SOURCES_DISAGREE, MissingReason.INVALID
NOT_REPORTED, NOT_EXPORTED = MissingReason.NOT_REPORTED, MissingReason.NOT_EXPORTED
INCOMPLETE = MissingReason.INCOMPLETE
STAMP = "2024-05-01T08:00:00Z"
NO_PASSWORD = {"password_enabled": "false", "password_last_used": "N/A", "password_last_changed": "N/A"}
KEY, OFF_KEY = (
    {"access_key_1_active": "true", "access_key_1_last_rotated": STAMP},
    {"access_key_1_last_rotated": STAMP},
)
CERTIFICATE = {"cert_1_last_rotated": STAMP}


def report(captured: str | None = "2026-11-01T08:00:00Z", partition: str = "aws", **cells: str) -> dict[str, Any]:
    return {"r.json": report_json(root_row(partition, **cells), captured=captured)}


def counts(**numbers: Any) -> dict[str, Any]:
    return {"s.json": summary(**numbers)}


CREDENTIALS: list[tuple[str, dict[str, Any], tuple[object, object]]] = [
    ("nothing left", report(**NO_PASSWORD), (False, False)),
    ("nothing left, by the summary", counts(password=0), (False, False)),
    ("password only", report(), (True, True)),
    ("active key only", report(**NO_PASSWORD, **KEY), (True, True)),
    ("inactive key only", report(**NO_PASSWORD, **OFF_KEY), (False, True)),
    ("certificate only", report(**NO_PASSWORD, **CERTIFICATE), (False, True)),
    ("summary counts a key only", counts(password=0, keys=1), (NOT_EXPORTED, True)),
    ("summary counts a certificate only", counts(password=0, certificates=1), (False, True)),
    ("password unseen, no key", report(password_enabled="not_supported"), (NOT_EXPORTED, NOT_EXPORTED)),
    (
        "password not reported by anything",
        {**report(password_enabled="not_supported"), **counts(password=None)},
        (NOT_REPORTED, NOT_REPORTED),
    ),
    ("password unseen, key seen", report(password_enabled="not_supported", **KEY), (True, True)),
    ("password disagrees", {**report(**NO_PASSWORD), **counts(password=1)}, (DISAGREE, DISAGREE)),
    ("key slot garbled", report(**NO_PASSWORD, access_key_2_active="?"), (INVALID, INVALID)),
    ("GovCloud without keys", report(partition="aws-us-gov", password_enabled="not_supported"), (False, False)),
    ("GovCloud with a key", report(partition="aws-us-gov", **KEY), (True, True)),
    ("nothing given", {"w.json": caller()}, (NOT_EXPORTED, NOT_EXPORTED)),
]


@pytest.mark.parametrize(("files", "expected"), [c[1:] for c in CREDENTIALS], ids=[c[0] for c in CREDENTIALS])
def test_whether_root_has_anything_to_sign_in_with(
    tmp_path: Path, files: dict[str, Any], expected: tuple[object, object]
) -> None:
    facts = account(tmp_path, files).facts
    names = ("root.has_usable_credentials", "root.has_credentials")
    assert tuple(gist(facts.fact(name)) for name in names) == expected


def test_no_credentials_shows_every_place_that_was_looked_at(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.has_usable_credentials", {**report(**NO_PASSWORD), **counts(password=0)})
    assert [place[1].removeprefix("line 2, column ") for place in places(found)] == [
        "password_enabled",
        "/SummaryMap/AccountPasswordPresent",
        "access_key_1_active",
        "access_key_2_active",
        "/SummaryMap/AccountAccessKeysPresent",
    ]


WITHOUT_USE = [name for name in COLUMNS if "last_used" not in name]
UNUSED: list[tuple[str, dict[str, Any], tuple[object, object, object]]] = [
    ("password used", report(password_last_used="2026-10-31T08:00:00Z"), (1, None, None)),
    (
        "keys used, one of them off",
        report(
            password_last_used="no_information",
            access_key_1_last_used_date="2026-10-31T08:00:01Z",
            access_key_2_last_used_date="2026-10-02T08:00:00Z",
        ),
        (None, 0, 30),
    ),
    ("never used", report(password_last_used="N/A"), (None, None, None)),
    ("old report", report(password_last_used="not_supported"), (NOT_REPORTED, None, None)),
    (
        "garbled",
        report(password_last_used="?", access_key_1_last_used_date="no_information", access_key_2_last_used_date=""),
        (INVALID, INVALID, INVALID),
    ),
    (
        "after the capture",
        report(password_last_used="2026-11-01T08:05:01Z", access_key_1_last_used_date="2026-11-01T08:05:00Z"),
        (INVALID, 0, None),
    ),
    ("columns lack", {"r.csv": report_csv(root_row(), columns=WITHOUT_USE)}, (INCOMPLETE,) * 3),
    ("no root row", {"r.csv": report_csv(user_row("a"))}, (INCOMPLETE,) * 3),
    ("summary only", counts(), (NOT_EXPORTED,) * 3),
    (
        "capture unknown",
        report(None, password_last_used="2026-10-01T00:00:00Z", access_key_2_last_used_date="2026-10-11T00:00:00Z"),
        (Span(10, 32), None, Span(0, 22)),
    ),
]


@pytest.mark.parametrize(("files", "expected"), [c[1:] for c in UNUSED], ids=[c[0] for c in UNUSED])
def test_days_since_root_was_used(tmp_path: Path, files: dict[str, Any], expected: tuple[object, ...]) -> None:
    facts = account(tmp_path, files).facts
    names = ("root.password_unused_days", "root.access_key_1_unused_days", "root.access_key_2_unused_days")
    assert tuple(gist(facts.fact(name)) for name in names) == expected


AGES: list[tuple[str, dict[str, Any], object]] = [
    ("a date", report(password_last_changed="2026-10-02T08:00:00Z"), 30),
    (
        "a date although the password is not supported",
        report(password_last_changed="2026-10-02T08:00:00+00:00", password_enabled="not_supported"),
        30,
    ),
    ("no password", report(**NO_PASSWORD), None),
    ("no password, by the summary too", {**report(**NO_PASSWORD), **counts(password=0)}, None),
    ("no password, but the summary counts one", {**report(**NO_PASSWORD), **counts(password=1)}, DISAGREE),
    ("not supported", report(password_last_changed="not_supported"), NOT_REPORTED),
    ("N/A, not supported", report(password_last_changed="N/A", password_enabled="not_supported"), NOT_REPORTED),
    ("N/A although enabled", report(password_last_changed="N/A"), INVALID),
    ("N/A, garbled", report(password_last_changed="N/A", password_enabled="?"), INVALID),
    ("no_information", report(password_last_changed="no_information"), INVALID),
    ("garbled", report(password_last_changed="yesterday"), INVALID),
    ("after the capture", report(password_last_changed="2026-11-01T09:00:00Z"), INVALID),
    (
        "column lacks",
        {"r.csv": report_csv(root_row(), columns=[name for name in COLUMNS if name != "password_last_changed"])},
        INCOMPLETE,
    ),
    (
        "enabled lacks",
        {
            "r.csv": report_csv(
                root_row(**NO_PASSWORD), columns=[name for name in COLUMNS if name != "password_enabled"]
            )
        },
        INCOMPLETE,
    ),
    ("no report", counts(), NOT_EXPORTED),
    ("capture unknown", report(None, password_last_changed="2026-10-31T00:00:00Z"), Span(0, 2)),
]


@pytest.mark.parametrize(("files", "expected"), [c[1:] for c in AGES], ids=[c[0] for c in AGES])
def test_the_age_of_roots_password(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "root.password_age_days", files)) == expected


def test_a_password_set_after_the_report_has_no_known_age(tmp_path: Path) -> None:
    files = {**report(OLDER, **NO_PASSWORD), **counts(password=1)}
    found = fact(tmp_path, "root.password_age_days", files, captured={"s.json": NEWER})
    assert isinstance(found, Missing)
    assert (found.reason, "the newer account summary counts a password" in found.detail) == (DISAGREE, True)
    gone = fact(tmp_path, "root.password_age_days", files, captured={"s.json": "2026-09-01T00:00:00Z"})
    assert gist(gone) is None


@pytest.mark.parametrize("used", ["N/A", "no_information", "2026-09-30T00:00:00Z"])
@pytest.mark.parametrize(
    ("moment", "lacks"), [(NEWER, True), (OLDER, True), (None, True), ("2026-09-01T00:00:00Z", False)]
)
def test_the_use_of_a_password_that_the_report_lacks_was_not_seen(
    tmp_path: Path, used: str, moment: str | None, lacks: bool
) -> None:
    files = {**report(OLDER, **{**NO_PASSWORD, "password_last_used": used}), **counts(password=1)}
    captured = {"s.json": moment} if moment else {}
    found = gist(fact(tmp_path, "root.password_unused_days", files, captured=captured))
    if used.startswith("2026"):
        assert found == (Span(0, 1) if lacks else 1)
    else:
        assert found is (DISAGREE if lacks else None)


def test_a_contradiction_about_the_password_shows_where(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.password_age_days", report(password_last_changed="N/A"))
    assert isinstance(found, Missing)
    assert places(found) == [("r.json", "line 2, column password_last_changed", "N/A")]
    assert "password_last_changed is N/A although the password is enabled" in found.detail

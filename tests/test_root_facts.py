"""What credentials the root user has: sections 1 and 3 of the truth table."""

from pathlib import Path
from typing import Any

import pytest

from accounts import NEWER, OLDER, account, fact, gist, places
from baselint.evidence import ExportKind, Known, Missing, MissingReason
from builders import COLUMNS, caller, report_csv, report_json, root_row, summary, user_row, virtual_devices

DISAGREE, INVALID = MissingReason.SOURCES_DISAGREE, MissingReason.INVALID
NOT_REPORTED, NOT_EXPORTED, INCOMPLETE = (
    MissingReason.NOT_REPORTED,
    MissingReason.NOT_EXPORTED,
    MissingReason.INCOMPLETE,
)
STAMP = "2024-05-01T08:00:00Z"
KEY, OFF_KEY = (
    {"access_key_1_active": "true", "access_key_1_last_rotated": STAMP},
    {"access_key_2_last_rotated": STAMP},
)
GOV = {"w.json": caller("arn:aws-us-gov:sts::111122223333:assumed-role/a/b")}


def report(captured: str | None = None, partition: str = "aws", **cells: str) -> dict[str, Any]:
    return {"r.json": report_json(root_row(partition, **cells), captured=captured)}


def counts(**numbers: Any) -> dict[str, Any]:
    return {"s.json": summary(**numbers)}


EXISTS: list[tuple[str, dict[str, Any], object]] = [
    ("partition aws", {"w.json": caller()}, True),
    ("aws, filtered report", {"r.csv": report_csv(user_row("a"))}, True),
    ("partition aws-us-gov", GOV, True),
    ("aws-cn with a root row", {"r.csv": report_csv(root_row("aws-cn"))}, True),
    ("aws-cn without a root row", {"r.csv": report_csv(user_row("a", "aws-cn"))}, False),
    ("aws-cn, complete", {"r.csv": report_csv(user_row("a", "aws-cn")), **counts(users=1)}, False),
    ("aws-cn, rows lack", {"r.csv": report_csv(user_row("a", "aws-cn")), **counts(users=2)}, INCOMPLETE),
    ("aws-cn, ragged", {"r.csv": report_csv(user_row("a", "aws-cn")) + "\nragged"}, INCOMPLETE),
    (
        "aws-cn, row without ARN",
        {"r.csv": report_csv(user_row("a", "aws-cn"), user_row("b") | {"arn": "?"})},
        INCOMPLETE,
    ),
    ("aws-cn, two root rows", {"r.csv": report_csv(root_row("aws-cn"), root_row("aws-cn"))}, True),
    ("aws-cn without a report", {"w.json": caller("arn:aws-cn:iam::111122223333:user/x")}, NOT_EXPORTED),
    ("partition unknown", counts(), NOT_EXPORTED),
    (
        "two partitions",
        {"r.csv": report_csv(user_row("a", "aws-cn")), "v.json": virtual_devices("a")},
        DISAGREE,
    ),
    ("two partitions, root row", {**report(), "v.json": virtual_devices("a", partition="aws-cn")}, True),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in EXISTS], ids=[case[0] for case in EXISTS])
def test_whether_there_is_a_root_user(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "root.exists", files)) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [({"w.json": caller()}, True), (GOV, False), (report(partition="aws-cn"), True), (counts(), NOT_EXPORTED)],
)
def test_whether_root_can_sign_in(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "root.console_sign_in_possible", files)) == expected


PASSWORD: list[tuple[str, dict[str, Any], object]] = [
    ("report true", report(), True),
    ("report false", report(password_enabled="false"), False),
    ("report upper case", report(password_enabled="FALSE"), False),
    ("old report", report(password_enabled="not_supported"), NOT_EXPORTED),
    ("old report, summary 1", {**report(password_enabled="not_supported"), **counts(password=1)}, True),
    ("old report, summary 0", {**report(password_enabled="not_supported"), **counts(password=0)}, False),
    ("old report, old summary", {**report(password_enabled="not_supported"), **counts(password=None)}, NOT_REPORTED),
    ("summary 1", counts(password=1), True),
    ("summary 0", counts(password=0), False),
    ("summary lacks the key", counts(password=None), NOT_EXPORTED),
    ("summary out of range", counts(password=2), INVALID),
    ("summary as text", {"s.json": {"SummaryMap": {"UsersQuota": 1, "AccountPasswordPresent": "0"}}}, INVALID),
    ("summary as boolean", {"s.json": {"SummaryMap": {"UsersQuota": 1, "AccountPasswordPresent": False}}}, INVALID),
    ("summary negative", {"s.json": {"SummaryMap": {"UsersQuota": 1, "AccountPasswordPresent": -1}}}, INVALID),
    ("they disagree", {**report(password_enabled="false"), **counts(password=1)}, DISAGREE),
    ("filtered report, summary", {"r.csv": report_csv(user_row("a")), **counts(password=0)}, False),
    ("filtered report", {"r.csv": report_csv(user_row("a"))}, INCOMPLETE),
    ("GovCloud", {**GOV, **counts(password=None)}, False),
    ("GovCloud report", report(partition="aws-us-gov", password_enabled="not_supported"), False),
    ("nothing", {"w.json": caller()}, NOT_EXPORTED),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in PASSWORD], ids=[case[0] for case in PASSWORD])
def test_whether_root_has_a_password(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "root.has_password", files)) == expected


NAMES = ("root.has_active_access_key", "root.has_access_key")
WITHOUT_DATES = [name for name in COLUMNS if "last_rotated" not in name]
KEYS: list[tuple[str, dict[str, Any], tuple[object, object]]] = [
    ("a slot active", report(**KEY), (True, True)),
    ("active without a date", report(access_key_2_active="true"), (True, True)),
    ("inactive but present", report(**OFF_KEY), (False, True)),
    ("both slots empty", report(), (False, False)),
    ("both empty, summary 0", {**report(), **counts()}, (False, False)),
    ("summary 0 only", counts(), (False, False)),
    ("summary counts only", counts(keys=1), (NOT_EXPORTED, True)),
    ("summary counts two", counts(keys=2), (NOT_EXPORTED, True)),
    ("both inactive, summary counts", {**report(**OFF_KEY), **counts(keys=1)}, (False, True)),
    ("empty, summary counts", {**report(), **counts(keys=1)}, (False, DISAGREE)),
    ("active, summary 0", {**report(**KEY), **counts()}, (True, DISAGREE)),
    ("inactive, summary 0", {**report(**OFF_KEY), **counts()}, (False, DISAGREE)),
    ("active, summary counts", {**report(**KEY), **counts(keys=1)}, (True, True)),
    ("no dates in the report", {"r.csv": report_csv(root_row(), columns=WITHOUT_DATES)}, (False, INCOMPLETE)),
    ("no dates, active", {"r.csv": report_csv(root_row(**KEY), columns=WITHOUT_DATES)}, (True, True)),
    ("no dates, summary 0", {"r.csv": report_csv(root_row(), columns=WITHOUT_DATES), **counts()}, (False, False)),
    ("a garbled slot", report(access_key_1_active="?"), (INVALID, INVALID)),
    ("a garbled slot, the other active", report(access_key_2_active="?", **KEY), (True, True)),
    ("a garbled slot, summary 0", {**report(access_key_1_active="?"), **counts()}, (False, False)),
    ("a garbled slot, summary counts", {**report(access_key_1_active="?"), **counts(keys=1)}, (INVALID, True)),
    ("a garbled date", report(access_key_1_last_rotated="?"), (False, INVALID)),
    ("filtered report, summary 0", {"r.csv": report_csv(user_row("a")), **counts()}, (False, False)),
    ("filtered report, summary counts", {"r.csv": report_csv(user_row("a")), **counts(keys=1)}, (INCOMPLETE, True)),
    ("filtered report", {"r.csv": report_csv(user_row("a"))}, (INCOMPLETE, INCOMPLETE)),
    ("GovCloud, active", report(partition="aws-us-gov", **KEY), (True, True)),
    ("nothing", {"w.json": caller()}, (NOT_EXPORTED, NOT_EXPORTED)),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in KEYS], ids=[case[0] for case in KEYS])
def test_keys_of_root(tmp_path: Path, files: dict[str, Any], expected: tuple[object, object]) -> None:
    facts = account(tmp_path, files).facts
    assert tuple(gist(facts.fact(name)) for name in NAMES) == expected


@pytest.mark.parametrize(
    ("cells", "keys", "report_time", "summary_time", "expected"),
    [
        (KEY, 0, OLDER, NEWER, (False, False)),
        (KEY, 0, NEWER, OLDER, (True, True)),
        (KEY, 0, NEWER, NEWER, (DISAGREE, DISAGREE)),
        ({}, 1, OLDER, NEWER, (DISAGREE, True)),
        ({}, 1, NEWER, OLDER, (False, False)),
        ({}, 1, NEWER, NEWER, (False, DISAGREE)),
        (OFF_KEY, 1, OLDER, NEWER, (False, True)),
        (OFF_KEY, 0, OLDER, NEWER, (False, False)),
        (OFF_KEY, 0, NEWER, OLDER, (False, True)),
        ({"access_key_1_last_rotated": "?"}, 1, OLDER, NEWER, (False, True)),
        (KEY, 1, OLDER, NEWER, (True, True)),
    ],
)
def test_of_a_dated_report_and_a_dated_summary_the_newer_decides_on_keys(
    tmp_path: Path,
    cells: dict[str, str],
    keys: int,
    report_time: str,
    summary_time: str,
    expected: tuple[object, object],
) -> None:
    files = {**report(report_time, **cells), **counts(keys=keys)}
    facts = account(tmp_path, files, captured={"s.json": summary_time}).facts
    assert tuple(gist(facts.fact(name)) for name in NAMES) == expected


def test_a_key_made_after_the_report_is_told(tmp_path: Path) -> None:
    files = {**report(OLDER), **counts(keys=1)}
    found = fact(tmp_path, "root.has_active_access_key", files, captured={"s.json": NEWER})
    assert isinstance(found, Missing)
    assert found.detail.startswith("the newer account summary counts an access key that the credential report lacks")
    assert found.needs == (ExportKind.CREDENTIAL_REPORT,)
    assert ("s.json", "/SummaryMap/AccountAccessKeysPresent", 1) in places(found)
    assert ("r.json", "line 2, column access_key_1_last_rotated", "N/A") in places(found)


def test_active_keys_are_named_with_their_last_use(tmp_path: Path) -> None:
    cells = {**KEY, "access_key_2_active": "TRUE", "access_key_2_last_used_date": "2026-10-31T08:00:00Z"}
    found = fact(tmp_path, "root.has_active_access_key", report(**cells))
    assert isinstance(found, Known)
    assert found.notes == (
        "access key 1 is active, last used: N/A",
        "access key 2 is active, last used: 2026-10-31T08:00:00Z",
    )
    assert places(found) == [("r.json", "line 2, column access_key_1_active", "true")]
    columns = [name for name in COLUMNS if "last_used" not in name]
    short = fact(tmp_path / "x", "root.has_active_access_key", {"r.csv": report_csv(root_row(**KEY), columns=columns)})
    assert isinstance(short, Known)
    assert short.notes == ("access key 1 is active, last used: not in the report",)


def test_a_summary_that_counts_a_key_says_nothing_of_active(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.has_active_access_key", counts(keys=1))
    assert isinstance(found, Missing)
    assert found.notes == ("the account summary counts an access key, but does not say whether it is active",)
    assert found.needs == (ExportKind.CREDENTIAL_REPORT,)


CERTIFICATES: list[tuple[str, dict[str, Any], object]] = [
    ("none", report(), False),
    ("active", report(cert_1_active="true"), True),
    ("inactive but present", report(cert_2_last_rotated=STAMP), True),
    ("summary 0", counts(), False),
    ("summary counts", counts(certificates=1), True),
    ("none, summary counts", {**report(), **counts(certificates=1)}, DISAGREE),
    ("present, summary 0", {**report(cert_1_last_rotated=STAMP), **counts()}, DISAGREE),
    ("no columns", {"r.csv": report_csv(root_row(), columns=COLUMNS[:18])}, INCOMPLETE),
    ("no columns, summary 0", {"r.csv": report_csv(root_row(), columns=COLUMNS[:18]), **counts()}, False),
    ("garbled", report(cert_1_active="?"), INVALID),
]


@pytest.mark.parametrize(("files", "expected"), [c[1:] for c in CERTIFICATES], ids=[c[0] for c in CERTIFICATES])
def test_signing_certificates_of_root(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "root.has_signing_certificate", files)) == expected

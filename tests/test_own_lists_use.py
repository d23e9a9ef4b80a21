"""When root's keys were last used, by its own lists alone and beside a credential report."""

from pathlib import Path
from typing import Any

import pytest

from accounts import OLDER, ROOT, fact, gist
from baselint.evidence import ExportKind, MissingReason
from builders import report_json, root_row, summary
from snapshotting import export_of, manifest, recognise_all

DISAGREE, INVALID = MissingReason.SOURCES_DISAGREE, MissingReason.INVALID
NOT_EXPORTED = MissingReason.NOT_EXPORTED
KEYS = "k.json"
CUT = {"IsTruncated": True, "Marker": "AAE"}
STAMP = "2024-05-01T08:00:00Z"
ONE, TWO = "AKIAIOSFODNN7EXAMPL1", "AKIAIOSFODNN7EXAMPL2"
USED_ONE, USED_TWO = f"last-used-{ONE}.json", f"last-used-{TWO}.json"
TWO_KEYS = {
    "AccessKeyMetadata": [
        {"AccessKeyId": ONE, "Status": "Inactive"},
        {"AccessKeyId": TWO, "Status": "Active"},
    ]
}


def keys(*states: str, **more: Any) -> dict[str, Any]:
    return {"AccessKeyMetadata": [{"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": state} for state in states], **more}


def used(stamp: str | None) -> dict[str, Any]:
    last = {"ServiceName": "N/A", "Region": "N/A"} if stamp is None else {"LastUsedDate": stamp, "ServiceName": "s3"}
    return {"UserName": "root", "AccessKeyLastUsed": last}


def unused(directory: Path, files: dict[str, Any], **captured: str) -> list[object]:
    more = {"callers": dict.fromkeys((KEYS, USED_ONE, USED_TWO), ROOT), "captured": captured}
    return [gist(fact(directory, f"root.access_key_{slot}_unused_days", files, **more)) for slot in (1, 2)]


USE: list[tuple[str, dict[str, Any], list[object]]] = [
    ("both", {KEYS: TWO_KEYS, USED_ONE: used("2026-09-01T00:00:00Z"), USED_TWO: used("2026-09-30T00:00:00Z")}, [30, 1]),
    ("never used", {KEYS: TWO_KEYS, USED_ONE: used(None), USED_TWO: used("2026-09-30T00:00:00Z")}, [None, 1]),
    ("no key", {KEYS: keys()}, [None, None]),
    ("one key", {KEYS: {"AccessKeyMetadata": TWO_KEYS["AccessKeyMetadata"][:1]}, USED_ONE: used(None)}, [None, None]),
    ("not exported", {KEYS: TWO_KEYS, USED_TWO: used(None)}, [NOT_EXPORTED, None]),
    ("list cut", {KEYS: keys(**CUT)}, [NOT_EXPORTED, NOT_EXPORTED]),
    ("keys without ids", {KEYS: {"AccessKeyMetadata": [{"Status": "Active"}]}, USED_ONE: used(None)}, [NOT_EXPORTED, None]),
    ("date after the answer", {KEYS: TWO_KEYS, USED_ONE: used("2026-10-05T00:00:00Z"), USED_TWO: used(None)}, [INVALID, None]),
    ("the report lacks one", {KEYS: TWO_KEYS, USED_ONE: used(None), "r.json": report_json(root_row())}, [None, DISAGREE]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in USE], ids=[case[0] for case in USE])
def test_how_long_the_keys_were_unused(tmp_path: Path, files: dict[str, Any], expected: list[object]) -> None:
    stamps = {name: OLDER for name in (USED_ONE, USED_TWO) if name in files}
    assert unused(tmp_path, files, **stamps) == expected


LATER = "2026-11-01T08:00:00Z"
RECENT, OLD = "2026-10-31T00:00:00Z", "2026-01-01T00:00:00Z"
ONE_KEY = {"AccessKeyMetadata": TWO_KEYS["AccessKeyMetadata"][:1]}
HELD = {"access_key_1_active": "true", "access_key_1_last_rotated": STAMP}
HELD_TWO = {name.replace("_1_", "_2_"): cell for name, cell in HELD.items()}
USED_LONG_AGO = {"access_key_1_last_used_date": OLD}


def made(stamp: str) -> dict[str, Any]:
    return {"AccessKeyMetadata": [{"AccessKeyId": ONE, "Status": "Active", "CreateDate": stamp}]}


BESIDE: list[tuple[str, dict[str, str], dict[str, Any], str | None, list[object]]] = [
    ("the report lacks the key, its use was seen", {}, {KEYS: ONE_KEY, USED_ONE: used(RECENT)}, LATER, [1, None]),
    ("the report lacks the key, its use was not seen", {}, {KEYS: ONE_KEY}, LATER, [None, DISAGREE]),
    ("the same, undated", {}, {KEYS: ONE_KEY}, None, [None, DISAGREE]),
    ("the list is older: the key is gone", {}, {KEYS: ONE_KEY}, "2026-09-01T00:00:00Z", [None, None]),
    ("the key is in the report, its use is newer", HELD, {KEYS: ONE_KEY, USED_ONE: used(RECENT)}, LATER, [1, None]),
    ("the use in the report is newer", {**HELD, "access_key_1_last_used_date": OLDER}, {KEYS: ONE_KEY, USED_ONE: used(OLD)}, OLDER, [0, None]),
    ("the report knows the key, nobody asked for its use", HELD | USED_LONG_AGO, {KEYS: ONE_KEY}, LATER, [273, None]),
    ("the report lacks one of two", HELD | USED_LONG_AGO, {KEYS: TWO_KEYS, USED_TWO: used(RECENT)}, LATER, [1, DISAGREE]),
    ("the report has the second slot only", HELD_TWO, {KEYS: TWO_KEYS, USED_TWO: used(RECENT)}, LATER, [DISAGREE, 1]),
    ("no list, but an answer of root's", {}, {USED_ONE: used(RECENT)}, LATER, [1, None]),
    ("a use beside an unreadable one", {"access_key_1_last_used_date": "?"}, {USED_ONE: used(RECENT)}, LATER, ["between 0 and 1", None]),
    ("an unreadable answer", {}, {KEYS: ONE_KEY, USED_ONE: used(LATER)}, OLDER, [None, DISAGREE]),
    ("an unreadable answer on a key that the report has", HELD, {KEYS: ONE_KEY, USED_ONE: used(LATER)}, OLDER, [INVALID, None]),
    ("a list that is cut", HELD, {KEYS: ONE_KEY | CUT, USED_ONE: used(RECENT)}, LATER, [1, None]),
    ("lists that differ", {}, {KEYS: ONE_KEY, "k2.json": keys(), USED_ONE: used(RECENT)}, None, ["between 0 and 2", None]),
    ("another key than the report's", HELD | USED_LONG_AGO, {KEYS: made(LATER)}, LATER, [273, DISAGREE]),
    ("another key than the report's, its use was seen", HELD | USED_LONG_AGO, {KEYS: made(LATER), USED_ONE: used(None)}, LATER, [273, None]),
    ("the key of the report, by its date", HELD | USED_LONG_AGO, {KEYS: made(STAMP)}, LATER, [273, None]),
    ("another key, in a report without a date", {}, {KEYS: made("?")}, LATER, [None, DISAGREE]),
    ("the summary counts a key", {}, {"s.json": summary(keys=1)}, LATER, [None, DISAGREE]),
    ("the summary counts a key, undated", {}, {"s.json": summary(keys=1)}, None, [None, DISAGREE]),
    ("the summary is older", {}, {"s.json": summary(keys=1)}, "2026-09-01T00:00:00Z", [None, None]),
    ("one of two summaries counts a key", {}, {"s.json": summary(keys=1), "s2.json": summary()}, None, [None, DISAGREE]),
    ("the list tells of the key that the summary counts", {}, {KEYS: ONE_KEY, USED_ONE: used(RECENT), "s.json": summary(keys=1)}, LATER, [1, None]),
    ("both slots are taken, more is counted", HELD | HELD_TWO, {"s.json": summary(keys=3)}, LATER, [None, DISAGREE]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "files", "moment", "expected"), [case[1:] for case in BESIDE], ids=[case[0] for case in BESIDE]
)
def test_when_keys_were_used_by_a_report_of_the_first_of_october_and_other_sources(
    tmp_path: Path, cells: dict[str, str], files: dict[str, Any], moment: str | None, expected: list[object]
) -> None:
    more = {
        "callers": {name: ROOT for name in files if not name.startswith("s")},
        "captured": {name: moment for name in files if moment},
    }
    everything = {**files, "r.json": report_json(root_row(**cells), captured=OLDER)}
    found = [gist(fact(tmp_path, f"root.access_key_{slot}_unused_days", everything, **more)) for slot in (1, 2)]
    assert [item if item is None or isinstance(item, MissingReason | int) else str(item) for item in found] == expected


def test_beside_an_undated_report_any_use_counts(tmp_path: Path) -> None:
    files = {KEYS: made(LATER), USED_ONE: used(RECENT), "r.json": report_json(root_row(**HELD), captured=None)}
    found = fact(tmp_path, "root.access_key_1_unused_days", files, callers={KEYS: ROOT, USED_ONE: ROOT})
    assert str(gist(found)) == "between 0 and 2"


@pytest.mark.parametrize("name", ["alice", "root"])
def test_root_may_ask_for_the_keys_of_others(tmp_path: Path, name: str) -> None:
    files = {USED_ONE: {**used(RECENT), "UserName": name}, "r.json": report_json(root_row(), captured=OLDER)}
    more = {"callers": {USED_ONE: ROOT}, "captured": {USED_ONE: LATER}}
    assert gist(fact(tmp_path, "root.access_key_1_unused_days", files, **more)) == (1 if name == "root" else None)


def test_without_a_time_of_the_answer_the_age_lies_between_two_ends(tmp_path: Path) -> None:
    (first, _) = unused(tmp_path, {KEYS: TWO_KEYS, USED_ONE: used("2026-10-31T00:00:00Z")})
    assert str(first) == "between 0 and 2"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (used(None), "last-used.json", MissingReason.NOT_AN_ANSWER),
        (used(None), f"{ONE}-{TWO}.json", MissingReason.NOT_AN_ANSWER),
        (used("yesterday"), USED_ONE, INVALID),
        ({"AccessKeyLastUsed": {"LastUsedDate": 5}}, USED_ONE, INVALID),
        ({"AccessKeyLastUsed": None}, USED_ONE, INVALID),
    ],
)
def test_a_last_use_that_cannot_be_read_says_why(content: Any, name: str, reason: MissingReason) -> None:
    failure = export_of(content, name).reading.failure
    assert failure is not None
    assert failure.reason is reason


def test_the_key_is_told_by_the_command_or_the_name(tmp_path: Path) -> None:
    command = f"aws iam get-access-key-last-used --access-key-id {TWO}"
    export = recognise_all({USED_ONE: used(None), "m.json": manifest({"path": USED_ONE, "command": command})})[
        USED_ONE
    ].export
    assert export is not None
    assert (export.reading.variant, export.kind) == (TWO, ExportKind.ACCESS_KEY_LAST_USED)
    assert export.reading.payload is not None
    assert export.reading.payload.records is None
    assert export_of(used(None), USED_ONE).reading.variant == ONE

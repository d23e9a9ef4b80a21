"""Root's own lists: the devices, keys, certificates and login profile that only root, or a privileged session, can list."""

from pathlib import Path
from typing import Any

import pytest

from accounts import NEWER, OLDER, ROOT, fact, gist, places
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.login_profile import LoginProfile
from baselint.snapshot.own_credentials import OwnCredentials
from builders import error_text, report_json, root_row, summary
from snapshotting import export_of, manifest, recognise_all

KEYS, CERTIFICATES, LOGIN = "k.json", "c.json", "l.json"
NO_PASSWORD = error_text("NoSuchEntity", "GetLoginProfile", "Login Profile for User root cannot be found.")
PASSWORD = {"LoginProfile": {"UserName": "root", "CreateDate": "2020-01-01T00:00:00Z"}}
BY_ROOT = {"callers": dict.fromkeys((KEYS, CERTIFICATES, LOGIN), ROOT)}
CUT = {"IsTruncated": True, "Marker": "AAE"}
INCOMPLETE, DISAGREE = MissingReason.INCOMPLETE, MissingReason.SOURCES_DISAGREE
NOT_EXPORTED, INVALID = MissingReason.NOT_EXPORTED, MissingReason.INVALID


def keys(*states: Any, **more: Any) -> dict[str, Any]:
    return {"AccessKeyMetadata": [{"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": state} for state in states], **more}


def certificates(*states: Any, **more: Any) -> dict[str, Any]:
    return {"Certificates": [{"CertificateId": "TA7SMP42", "Status": state} for state in states], **more}


@pytest.mark.parametrize(
    ("listed", "held", "active"),
    [
        (keys(), False, False),
        (keys("Inactive"), True, False),
        (keys("Expired"), True, False),
        (keys("Inactive", "Active"), True, True),
        (keys(**CUT), INCOMPLETE, INCOMPLETE),
        (keys("Active", **CUT), True, True),
        (keys("Inactive", **CUT), True, INCOMPLETE),
    ],
)
def test_what_the_list_of_keys_tells(tmp_path: Path, listed: Any, held: object, active: object) -> None:
    assert gist(fact(tmp_path, "root.has_access_key", {KEYS: listed}, **BY_ROOT)) == held
    assert gist(fact(tmp_path, "root.has_active_access_key", {KEYS: listed}, **BY_ROOT)) == active


@pytest.mark.parametrize(
    ("listed", "held"),
    [(certificates(), False), (certificates("Inactive"), True), (certificates(**CUT), INCOMPLETE)],
)
def test_what_the_list_of_certificates_tells(tmp_path: Path, listed: Any, held: object) -> None:
    assert gist(fact(tmp_path, "root.has_signing_certificate", {CERTIFICATES: listed}, **BY_ROOT)) == held


@pytest.mark.parametrize(("answer", "held"), [(PASSWORD, True), (NO_PASSWORD, False)])
def test_what_the_login_profile_tells(tmp_path: Path, answer: Any, held: object) -> None:
    found = fact(tmp_path, "root.has_password", {LOGIN: answer}, **BY_ROOT)
    assert gist(found) == held
    pointer, raw = ("/LoginProfile/CreateDate", "present") if held else ("error text", "NoSuchEntity")
    assert places(found) == [(LOGIN, pointer, raw)]


@pytest.mark.parametrize("callers", [None, {KEYS: "arn:aws:iam::111122223333:user/root"}, {KEYS: "root"}])
def test_a_list_whose_caller_was_not_root_tells_nothing_of_root(tmp_path: Path, callers: Any) -> None:
    files = {KEYS: keys()}
    assert gist(fact(tmp_path, "root.has_access_key", files, callers=callers)) == NOT_EXPORTED


@pytest.mark.parametrize(
    ("command", "of_root"),
    [
        ("aws iam list-access-keys", True),
        ("aws iam list-access-keys --user-name alice", False),
        ("aws iam list-access-keys --user-name=alice", False),
        ("aws --user-name", False),
        ("aws iam list-access-keys --profile the--user-name-x", True),
    ],
)
def test_a_list_that_root_asked_for_a_user_is_not_of_root(command: str, of_root: bool) -> None:
    for content in (keys(), PASSWORD, NO_PASSWORD):
        entry = manifest({"path": "x", "command": command, "caller": ROOT})
        export = recognise_all({"x": content, "m.json": entry})["x"].export
        assert export is not None
        assert isinstance(export.reading.payload, OwnCredentials | LoginProfile)
        assert export.reading.payload.of_root is of_root
        assert export.reading.accounts == ({"111122223333"} if of_root else frozenset())


@pytest.mark.parametrize(
    ("content", "kind", "records"),
    [
        (keys("Active", "Active"), ExportKind.ACCESS_KEYS, 2),
        (certificates(), ExportKind.SIGNING_CERTIFICATES, 0),
        (PASSWORD, ExportKind.LOGIN_PROFILE, 1),
        (NO_PASSWORD, ExportKind.LOGIN_PROFILE, 0),
    ],
)
def test_the_lists_are_recognised_by_content(content: Any, kind: ExportKind, records: int) -> None:
    export = export_of(content)
    assert export.kind is kind
    assert export.reading.payload is not None
    assert export.reading.payload.records == records


@pytest.mark.parametrize(
    "content",
    [
        {"AccessKeyMetadata": {}},
        {"AccessKeyMetadata": [1]},
        keys("active"),
        keys(None),
        keys(True),
        {"Certificates": None},
        certificates("On"),
        {"LoginProfile": {}},
        {"LoginProfile": None},
    ],
)
def test_lists_as_aws_never_gives_them_are_invalid(content: Any) -> None:
    failure = export_of(content).reading.failure
    assert failure is not None
    assert failure.reason is INVALID


def test_an_error_that_is_no_answer_tells_nothing() -> None:
    failure = export_of(error_text("AccessDenied", "GetLoginProfile", "no")).reading.failure
    assert failure is not None
    assert failure.reason is MissingReason.ACCESS_DENIED


@pytest.mark.parametrize(
    ("name", "counts"), [("root", True), ("111122223333", True), ("<root_account>", True), ("alice", False), (5, False)]
)
def test_an_answer_that_names_another_user_is_not_roots(tmp_path: Path, name: Any, counts: bool) -> None:
    files = {
        KEYS: {"AccessKeyMetadata": [{"UserName": name, "Status": "Active"}]},
        CERTIFICATES: {"Certificates": [{"UserName": name, "Status": "Active"}]},
        LOGIN: {"LoginProfile": {"UserName": name, "CreateDate": OLDER}},
    }
    for fact_name in ("root.has_active_access_key", "root.has_signing_certificate", "root.has_password"):
        assert gist(fact(tmp_path, fact_name, files, **BY_ROOT)) == (True if counts else NOT_EXPORTED)


def test_a_contradiction_between_manifest_and_answer_is_told() -> None:
    error = error_text("NoSuchEntity", "GetLoginProfile", "Login Profile for User alice cannot be found.")
    entry = manifest({"path": "x", "caller": ROOT})
    for content in (error, {"AccessKeyMetadata": [{"UserName": "alice", "Status": "Active"}]}):
        export = recognise_all({"x": content, "m.json": entry})["x"].export
        assert export is not None
        assert export.reading.failure is not None
        assert export.reading.failure.reason is INVALID
        assert "the manifest names root as the caller, but" in export.reading.failure.detail


def test_an_error_text_without_a_name_is_the_callers(tmp_path: Path) -> None:
    error = error_text("NoSuchEntity", "GetLoginProfile", "not found")
    assert gist(fact(tmp_path, "root.has_password", {LOGIN: error}, **BY_ROOT)) is False


PAGES: list[tuple[str, Any, Any, dict[str, str], object, object]] = [
    ("an active key on the older page", keys("Active", **CUT), keys(), {KEYS: OLDER, "k2.json": NEWER}, True, True),
    ("an inactive key on the newer page", keys(**CUT), keys("Inactive"), {KEYS: OLDER, "k2.json": NEWER}, True, INCOMPLETE),
    ("two empty pages", keys(**CUT), keys(), {}, INCOMPLETE, INCOMPLETE),
    ("two whole lists, dated", keys("Active"), keys(), {KEYS: OLDER, "k2.json": NEWER}, False, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "captured", "held", "active"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES]
)
def test_two_lists_of_keys(
    tmp_path: Path, first: Any, second: Any, captured: dict[str, str], held: object, active: object
) -> None:
    more = {"captured": captured, "callers": {KEYS: ROOT, "k2.json": ROOT}}
    files = {KEYS: first, "k2.json": second}
    assert gist(fact(tmp_path, "root.has_access_key", files, **more)) == held
    assert gist(fact(tmp_path, "root.has_active_access_key", files, **more)) == active


@pytest.mark.parametrize("option", ["--starting-token abc", "--no-paginate --marker=abc", "--max-items 1"])
def test_a_list_that_its_command_cut_does_not_show_absence(tmp_path: Path, option: str) -> None:
    lists = {KEYS: (keys(), "root.has_access_key"), CERTIFICATES: (certificates(), "root.has_signing_certificate")}
    for name, (content, asked) in lists.items():
        entry = manifest({"path": name, "caller": ROOT, "command": f"aws iam list-x {option}"})
        assert gist(fact(tmp_path, asked, {name: content, "m.json": entry})) == INCOMPLETE


STAMP = "2024-05-01T08:00:00Z"
ACTIVE, OFF = {"access_key_1_active": "true", "access_key_1_last_rotated": STAMP}, {"access_key_1_last_rotated": STAMP}
AGREEMENTS: list[tuple[str, dict[str, Any], dict[str, str], object, object]] = [
    ("list and report, neither dated", {"r.json": report_json(root_row(**ACTIVE), captured=None)}, {}, DISAGREE, True),
    ("list newer than the report", {"r.json": report_json(root_row(**ACTIVE), captured=OLDER)}, {KEYS: NEWER}, False, False),
    ("report newer than the list", {"r.json": report_json(root_row(**ACTIVE), captured=NEWER)}, {KEYS: OLDER}, True, True),
    ("the list and a report that agree", {"r.json": report_json(root_row(), captured=None)}, {}, False, False),
    ("the summary counts a key", {"s.json": summary(keys=1)}, {}, DISAGREE, False),
    ("the summary counts none", {"s.json": summary()}, {}, False, False),
    ("another list of root's", {"k2.json": keys("Active")}, {}, DISAGREE, DISAGREE),
    ("another list of root's, a report", {"k2.json": keys("Active"), "r.json": report_json(root_row())}, {}, DISAGREE, DISAGREE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "captured", "held", "active"), [case[1:] for case in AGREEMENTS], ids=[case[0] for case in AGREEMENTS]
)
def test_an_empty_list_of_keys_beside_other_sources(
    tmp_path: Path, files: dict[str, Any], captured: dict[str, str], held: object, active: object
) -> None:
    more = {"captured": captured, "callers": {KEYS: ROOT, "k2.json": ROOT}}
    everything = {KEYS: keys(), **files}
    assert gist(fact(tmp_path, "root.has_access_key", everything, **more)) == held
    assert gist(fact(tmp_path, "root.has_active_access_key", everything, **more)) == active


ONE, TWO = "AKIAIOSFODNN7EXAMPL1", "AKIAIOSFODNN7EXAMPL2"
USED_ONE, USED_TWO = f"last-used-{ONE}.json", f"last-used-{TWO}.json"
TWO_KEYS = {
    "AccessKeyMetadata": [
        {"AccessKeyId": ONE, "Status": "Inactive"},
        {"AccessKeyId": TWO, "Status": "Active"},
    ]
}


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

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

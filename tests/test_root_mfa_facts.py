"""Root's MFA, its kind and its backup: section 2 of the truth table."""

from pathlib import Path
from typing import Any

import pytest

from accounts import NEWER, OLDER, ROOT, account, fact, gist, places
from baselint.evidence import ExportKind, Known, Missing, MissingReason
from builders import ACCOUNT, caller, report_json, root_row, summary, user_row, virtual_devices

DISAGREE, INVALID = MissingReason.SOURCES_DISAGREE, MissingReason.INVALID
NOT_EXPORTED, NOT_REPORTED = MissingReason.NOT_EXPORTED, MissingReason.NOT_REPORTED
INCOMPLETE = MissingReason.INCOMPLETE
VIRTUAL = f"arn:aws:iam::{ACCOUNT}:mfa/phone"
PASSKEY = f"arn:aws:iam::{ACCOUNT}:u2f/root/key-1"
TOKEN, OTHER_TOKEN = "GAHT12345678", "GAHT87654321"


def report(mfa: str = "true", captured: str | None = None) -> dict[str, Any]:
    return {"r.json": report_json(root_row(mfa_active=mfa), user_row("alice"), captured=captured)}


def counted(mfa: Any = 1) -> dict[str, Any]:
    return {"s.json": summary(mfa=mfa, users=1)}


def listed(*owners: str | None, **extra: Any) -> dict[str, Any]:
    return {"v.json": virtual_devices(*owners, **extra)}


def renamed(owner: str, name: str) -> dict[str, Any]:
    devices = virtual_devices(owner)
    devices["VirtualMFADevices"][0]["SerialNumber"] = f"arn:aws:iam::{ACCOUNT}:mfa/{name}"
    return {"v.json": devices}


def devices(*serials: str, **extra: Any) -> dict[str, Any]:
    entries = [{"UserName": ACCOUNT, "SerialNumber": serial, "EnableDate": OLDER} for serial in serials]
    return {"d.json": {"MFADevices": entries, **extra}}


BOTH = {**report(), **counted()}
OFF = {**report("false"), **counted(0)}
DEFAULT_NAME = "root-account-mfa-device"
CASES: list[tuple[str, dict[str, Any], tuple[object, object]]] = [
    ("no MFA", {**OFF, **listed("alice")}, (False, "none")),
    ("virtual, default name", {**BOTH, **renamed("root", DEFAULT_NAME)}, (True, "virtual")),
    ("virtual, any other name", {**BOTH, **renamed("root", "phone")}, (True, "virtual")),
    ("a user owns the default name", {**BOTH, **renamed("alice", DEFAULT_NAME)}, (True, "not-virtual")),
    ("users with names like root", {**BOTH, **listed("rootbeer", "groot", "team/root")}, (True, "not-virtual")),
    ("one of two is virtual", {**BOTH, **listed("alice", "root")}, (True, "virtual")),
    ("an unassigned device only", {**BOTH, **listed(None)}, (True, "not-virtual")),
    ("an empty list", {**BOTH, **listed()}, (True, "not-virtual")),
    ("no list", BOTH, (True, NOT_EXPORTED)),
    ("list cut", {**BOTH, **listed("alice", IsTruncated=True)}, (True, INCOMPLETE)),
    ("list paged", {**BOTH, **listed("alice", NextToken="x")}, (True, INCOMPLETE)),
    ("list says it is whole", {**BOTH, **listed("alice", IsTruncated=False)}, (True, "not-virtual")),
    ("list cut, root's entry is in it", {**BOTH, **listed("root", IsTruncated=True)}, (True, "virtual")),
    ("sources disagree", {**report("false"), **counted(1), **listed("alice")}, (DISAGREE, DISAGREE)),
    ("report only", report(), (True, NOT_EXPORTED)),
    ("summary only", counted(), (True, NOT_EXPORTED)),
    ("summary 0 only", counted(0), (False, "none")),
    ("list only, root's entry in it", listed("root"), (NOT_EXPORTED, "virtual")),
    ("list only, without root's entry", listed("alice"), (NOT_EXPORTED, NOT_EXPORTED)),
    ("off, yet root's entry in the list", {**OFF, **listed("root")}, (False, "virtual")),
    ("garbled cell", report("maybe"), (INVALID, INVALID)),
    ("garbled cell, summary tells", {**report("maybe"), **counted(0)}, (False, "none")),
    ("number out of range", counted(2), (INVALID, INVALID)),
    ("number as text", counted("1"), (INVALID, INVALID)),
    ("number as boolean", counted(True), (INVALID, INVALID)),
    ("nothing given", {"w.json": caller()}, (NOT_EXPORTED, NOT_EXPORTED)),
]
NAMES = ("root.mfa_enabled", "root.mfa_kind")


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_mfa_and_its_kind(tmp_path: Path, files: dict[str, Any], expected: tuple[object, object]) -> None:
    facts = account(tmp_path, files).facts
    assert tuple(gist(facts.fact(name)) for name in NAMES) == expected


def test_mfa_shows_both_sources(tmp_path: Path) -> None:
    assert places(fact(tmp_path, "root.mfa_enabled", BOTH)) == [
        ("r.json", "line 2, column mfa_active", "true"),
        ("s.json", "/SummaryMap/AccountMFAEnabled", 1),
    ]


def test_not_virtual_is_said_to_be_inferred(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.mfa_kind", {**BOTH, **listed("alice", None)})
    assert isinstance(found, Known)
    assert found.notes == ("inferred: MFA is on, and the complete list of virtual devices has none of root's",)
    assert places(found)[-1] == ("v.json", "/VirtualMFADevices", "2 device(s), none of root's")


def test_virtual_shows_the_entry_of_root(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.mfa_kind", {**BOTH, **listed("alice", "root")})
    assert places(found) == [("v.json", "/VirtualMFADevices/1/User/Arn", "root")]


def test_a_cut_list_says_how_to_export_it_whole(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.mfa_kind", {**BOTH, **listed("alice", Marker="x")})
    assert isinstance(found, Missing)
    assert found.needs == (ExportKind.VIRTUAL_MFA_DEVICES,)
    assert "is one page of several; export the list without --max-items" in found.detail


def test_mfa_off_although_the_list_names_a_device_of_root_is_noted(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.mfa_enabled", {**OFF, **listed("root")})
    assert isinstance(found, Known)
    assert "(/VirtualMFADevices/0/User/Arn) names a virtual device of root, which disagrees" in found.notes[0]


@pytest.mark.parametrize(
    ("time", "enabled", "kind"), [(NEWER, True, "not-virtual"), ("2026-09-01T00:00:00Z", False, "none")]
)
def test_of_dated_sources_that_disagree_the_newer_decides(tmp_path: Path, time: str, enabled: bool, kind: str) -> None:
    files = {**report("false", OLDER), **counted(1), **listed("alice")}
    facts = account(tmp_path, files, captured={"s.json": time}).facts
    for name, expected in zip(NAMES, (enabled, kind), strict=True):
        found = facts.fact(name)
        assert isinstance(found, Known)
        assert found.value == expected
        assert "contradict each other; the newer one decides" in found.notes[0]


@pytest.mark.parametrize("captured", [{}, {"a.json": OLDER, "b.json": NEWER}, {"a.json": NEWER, "b.json": OLDER}])
@pytest.mark.parametrize("cut", [{}, {"NextToken": "x"}])
def test_roots_entry_in_any_of_several_virtual_lists_decides(
    tmp_path: Path, captured: dict[str, str], cut: dict[str, Any]
) -> None:
    files = {**BOTH, "a.json": virtual_devices("root", **cut), "b.json": virtual_devices("alice")}
    found = fact(tmp_path, "root.mfa_kind", files, captured=captured)
    assert isinstance(found, Known)
    assert found.value == "virtual"
    assert "b.json lacks it; where that is the newer whole list, keep it alone" in found.notes[-1]
    assert places(found) == [("a.json", "/VirtualMFADevices/0/User/Arn", "root")]


def test_beside_a_page_of_a_list_another_list_may_be_its_last_page(tmp_path: Path) -> None:
    files = {**BOTH, "a.json": virtual_devices("bob", NextToken="x"), "b.json": virtual_devices("alice")}
    found = fact(tmp_path, "root.mfa_kind", files, captured={"a.json": OLDER, "b.json": NEWER})
    assert gist(found) == INCOMPLETE


def test_of_two_dated_virtual_lists_without_root_the_newer_decides_and_says_so(tmp_path: Path) -> None:
    files = {**BOTH, "old.json": virtual_devices("bob"), "new.json": virtual_devices()}
    found = fact(tmp_path, "root.mfa_kind", files, captured={"old.json": OLDER, "new.json": NEWER})
    assert isinstance(found, Known)
    assert found.value == "not-virtual"
    assert "new.json of 2026-10-02T00:00:00Z decides" in found.notes[0]


@pytest.mark.parametrize("entry", [{}, {"User": None}])
@pytest.mark.parametrize("unwrapped", [False, True])
def test_a_device_in_use_by_nobody_may_be_roots(tmp_path: Path, entry: dict[str, Any], unwrapped: bool) -> None:
    answer = virtual_devices("alice", None)
    answer["VirtualMFADevices"][1] |= {"EnableDate": OLDER, **entry}
    content = answer["VirtualMFADevices"] if unwrapped else answer
    told = {"path": "v.json", "command": "aws iam list-virtual-mfa-devices"}
    files = {**BOTH, "v.json": content, "m.json": {"kind": "snapshot-manifest", "files": [told]}}
    found = fact(tmp_path, "root.mfa_kind", files)
    assert isinstance(found, Missing)
    assert found.reason is INCOMPLETE
    assert "names no user of it" in found.detail


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ("", "not-virtual"),
        ("--no-paginate", "not-virtual"),
        ("--page-size 50", "not-virtual"),
        ("--max-items 10", INCOMPLETE),
        ("--starting-token eyJ", INCOMPLETE),
        ("--no-paginate --marker AAE", INCOMPLETE),
        ("--cli-input-json file://x.json", INCOMPLETE),
    ],
)
def test_a_list_that_its_command_cut_is_one_page(tmp_path: Path, options: str, kind: object) -> None:
    told = {"path": "v.json", "command": f"aws iam list-virtual-mfa-devices {options}".strip()}
    files = {**BOTH, **listed("alice"), "m.json": {"kind": "snapshot-manifest", "files": [told]}}
    assert gist(fact(tmp_path, "root.mfa_kind", files)) == kind


OWN: list[tuple[str, dict[str, Any], tuple[object, object, object]]] = [
    ("none, alone", devices(), (False, "none", NOT_REPORTED)),
    ("none, off", {**OFF, **devices()}, (False, "none", NOT_REPORTED)),
    ("none, yet on", {**BOTH, **devices()}, (DISAGREE, DISAGREE, NOT_REPORTED)),
    ("one token", {**BOTH, **devices(TOKEN)}, (True, "not-virtual", NOT_REPORTED)),
    ("one passkey, alone", devices(PASSKEY), (True, "not-virtual", NOT_REPORTED)),
    ("one virtual", {**BOTH, **devices(VIRTUAL)}, (True, "virtual", NOT_REPORTED)),
    ("two tokens", {**BOTH, **devices(TOKEN, OTHER_TOKEN)}, (True, "not-virtual", True)),
    ("a passkey and a virtual one", {**BOTH, **devices(PASSKEY, VIRTUAL)}, (True, "virtual", True)),
    ("the same twice", {**BOTH, **devices(TOKEN, TOKEN)}, (True, "not-virtual", NOT_REPORTED)),
    ("token, yet off", {**OFF, **devices(TOKEN)}, (DISAGREE, DISAGREE, NOT_REPORTED)),
    ("virtual, yet off", {**OFF, **devices(VIRTUAL)}, (DISAGREE, "virtual", NOT_REPORTED)),
    (
        "token, but the virtual list has root's entry",
        {**BOTH, **devices(TOKEN), **listed("root")},
        (True, "virtual", NOT_REPORTED),
    ),
    (
        "token, virtual list cut",
        {**BOTH, **devices(TOKEN), **listed(NextToken="x")},
        (True, "not-virtual", NOT_REPORTED),
    ),
    ("cut", {**BOTH, **devices(TOKEN, OTHER_TOKEN, IsTruncated=True)}, (True, NOT_EXPORTED, True)),
    ("cut, alone", devices(TOKEN, IsTruncated=True), (True, NOT_EXPORTED, NOT_REPORTED)),
    ("cut, empty", devices(IsTruncated=True), (NOT_EXPORTED, NOT_EXPORTED, NOT_REPORTED)),
    (
        "cut, a virtual one in it, the virtual list lacks it",
        {**BOTH, **devices(VIRTUAL, IsTruncated=True), **listed("alice")},
        (True, "virtual", NOT_REPORTED),
    ),
    ("redacted account, virtual", {**BOTH, **devices("arn:aws:iam::****:mfa/x")}, (True, "virtual", NOT_REPORTED)),
    ("redacted account, passkey", {**BOTH, **devices("arn:aws:iam::****:u2f/x")}, (True, NOT_EXPORTED, NOT_REPORTED)),
    ("no serial", {**counted(), **devices("")}, (True, NOT_EXPORTED, NOT_REPORTED)),
    ("blank serials, alone", devices(" ", "  "), (NOT_EXPORTED, NOT_EXPORTED, NOT_REPORTED)),
]
ALL = (*NAMES, "root.mfa_has_backup")


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in OWN], ids=[case[0] for case in OWN])
def test_roots_own_device_list(tmp_path: Path, files: dict[str, Any], expected: tuple[object, ...]) -> None:
    facts = account(tmp_path, files, callers={"d.json": ROOT}).facts
    assert tuple(gist(facts.fact(name)) for name in ALL) == expected


@pytest.mark.parametrize(
    "arn", [None, f"arn:aws:iam::{ACCOUNT}:user/root", f"arn:aws:sts::{ACCOUNT}:assumed-role/root/x"]
)
def test_the_device_list_of_anybody_else_says_nothing_of_root(tmp_path: Path, arn: str | None) -> None:
    callers = {"d.json": arn} if arn else {}
    facts = account(tmp_path, {**counted(0), **devices(TOKEN, OTHER_TOKEN)}, callers=callers).facts
    assert tuple(gist(facts.fact(name)) for name in ALL) == (False, "none", NOT_REPORTED)


def test_roots_list_is_found_among_those_of_others(tmp_path: Path) -> None:
    files = {**BOTH, **devices(TOKEN, OTHER_TOKEN), "e.json": {"MFADevices": []}}
    facts = account(tmp_path, files, callers={"d.json": ROOT}).facts
    assert tuple(gist(facts.fact(name)) for name in ALL) == (True, "not-virtual", True)
    assert places(facts.fact("root.mfa_has_backup")) == [("d.json", "/MFADevices", "2 device(s)")]


def test_the_newer_of_two_lists_of_root_decides_and_says_so(tmp_path: Path) -> None:
    files = {**devices(TOKEN, OTHER_TOKEN), "e.json": {"MFADevices": [{"SerialNumber": VIRTUAL}]}}
    times = {"d.json": NEWER, "e.json": OLDER}
    facts = account(tmp_path, files, captured=times, callers={"d.json": ROOT, "e.json": ROOT}).facts
    for name, expected in zip(ALL, (True, "not-virtual", True), strict=True):
        found = facts.fact(name)
        assert isinstance(found, Known)
        assert found.value == expected
        assert "d.json of 2026-10-02T00:00:00Z decides" in found.notes[0]


TWO_LISTS: list[tuple[str, list[str], dict[str, Any], list[str], dict[str, str], tuple[object, object]]] = [
    ("pages", [VIRTUAL], {"IsTruncated": True}, [TOKEN], {"d.json": OLDER, "e.json": NEWER}, (True, "virtual")),
    ("pages without a virtual one", [TOKEN], {"Marker": "x"}, [], {"d.json": OLDER, "e.json": NEWER}, (True, NOT_EXPORTED)),
    ("undated", [VIRTUAL], {}, [TOKEN], {}, (True, "virtual")),
    ("undated, one is empty", [], {}, [TOKEN], {}, (DISAGREE, DISAGREE)),
    ("undated, none is virtual", [OTHER_TOKEN], {}, [TOKEN], {}, (True, NOT_EXPORTED)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "cut", "second", "captured", "expected"), [case[1:] for case in TWO_LISTS], ids=[c[0] for c in TWO_LISTS]
)
def test_two_lists_of_roots_devices(
    tmp_path: Path,
    first: list[str],
    cut: dict[str, Any],
    second: list[str],
    captured: dict[str, str],
    expected: tuple[object, object],
) -> None:
    files = {**counted(), **devices(*first, **cut), "e.json": devices(*second)["d.json"]}
    facts = account(tmp_path, files, captured=captured, callers={"d.json": ROOT, "e.json": ROOT}).facts
    assert tuple(gist(facts.fact(name)) for name in NAMES) == expected


@pytest.mark.parametrize(
    ("name", "counts"), [("root", True), (ACCOUNT, True), (None, True), ("alice", False), ([], False)]
)
def test_a_device_list_that_names_another_user_is_not_roots(tmp_path: Path, name: Any, counts: bool) -> None:
    content = {"MFADevices": [{"UserName": name, "SerialNumber": TOKEN}]}
    found = fact(tmp_path, "root.mfa_enabled", {"d.json": content}, callers={"d.json": ROOT})
    assert gist(found) == (True if counts else NOT_EXPORTED)


def test_one_device_says_nothing_of_a_sealed_backup(tmp_path: Path) -> None:
    found = fact(tmp_path, "root.mfa_has_backup", devices(TOKEN), callers={"d.json": ROOT})
    assert isinstance(found, Missing)
    assert "no export shows a sealed backup" in found.detail

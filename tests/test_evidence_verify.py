"""Verifying evidence: any byte that changed is noticed, forged packs are judged again, and nothing hostile gets far."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baselint.evidence_pack import verify as verifying
from baselint.evidence_pack.archive import BrokenPackError, read_members
from packs import AS_OF, forge, members_of, run_pack, write_members
from whole_project import project

KEYS = "policy/own/controls/g/keys.yaml"
POLICY = "exports/s/111122223333/password-policy.yaml"


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of the whole project: several baselines, decisions, YAML exports and a zipped snapshot."""
    place = project(tmp_path_factory.mktemp("whole"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        arguments = ("-b", "base", "-b", "other", "--as-of", AS_OF, "s", "t.zip")
        code, _, _ = run_pack("pack", *arguments, "--output", "pack.zip")
    assert code == 0
    return place / "pack.zip"


def verify(path: Path, *arguments: str) -> tuple[int, str]:
    code, out, err = run_pack("verify", str(path), *arguments)
    assert err == ""
    return code, out


def test_a_pack_is_verified_wherever_it_lies(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.parent.rglob("*"))
    code, out = verify(pack)
    recorded = hashlib.sha256(pack.read_bytes()).hexdigest()
    assert code == 0
    assert "30 files as they were packed by baselint" in out
    assert "the same verdicts come out as of 2026-11-02T23:59:59Z" in out
    assert f"SHA-256 {recorded}: compare it" in out
    assert set(tmp_path.parent.rglob("*")) == before
    code, out = verify(pack, "--sha256", recorded.upper())
    assert (code, "compare it" in out) == (0, False)


def test_a_change_of_any_byte_is_noticed(pack: Path) -> None:
    content = pack.read_bytes()
    members = read_members(io.BytesIO(content), len(content))
    within = {place for member in members for place in range(member.start, member.start + member.size)}
    places = [place for place in range(len(content)) if place not in within or place % 41 == 0]
    assert len(places) > 5_000
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        try:
            found = read_members(io.BytesIO(bytes(changed)), len(content))
        except BrokenPackError:
            continue
        broken = [member for member in found if not member.is_whole]
        assert [member.start <= place < member.start + member.size for member in broken] == [True]


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_to_the_bytes_the_command_says_so(pack: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = pack.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    removed = data.draw(st.integers(0, 5))
    changed = content[:start] + data.draw(st.binary(max_size=5)) + content[start + removed :]
    (tmp_path / "c.zip").write_bytes(changed)
    code, _, _ = run_pack("verify", str(tmp_path / "c.zip"))
    assert code == 0 if changed == content else code in {1, 2}


def test_a_file_that_changed_is_named(pack: Path, tmp_path: Path) -> None:
    content = pack.read_bytes().replace(b"MinimumPasswordLength: 14", b"MinimumPasswordLength: 99")
    (tmp_path / "c.zip").write_bytes(content)
    code, out = verify(tmp_path / "c.zip")
    assert code == 1
    assert f"changed: {POLICY}: does not fit its checksum\n" in out
    assert f"changed: {POLICY}: it was changed; its SHA-256 is not that of the manifest\n" in out
    assert "NOT verified: 2 change(s); the accounts were not judged again" in out


def renamed(pack: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]], target: Path) -> str:
    """Verify a well built pack whose manifest stayed as it was."""
    code, out = verify(write_members(target, change(members_of(pack))))
    assert code == 1
    return out


def test_files_that_are_missing_added_or_in_another_order_are_named(pack: Path, tmp_path: Path) -> None:
    target = tmp_path / "c.zip"
    without = renamed(pack, lambda all_: {name: item for name, item in all_.items() if name != KEYS}, target)
    assert f"changed: {KEYS}: it is missing\n" in without
    assert "changed: a.txt: it was added; the manifest does not know it\n" in renamed(
        pack, lambda all_: {"a.txt": b""} | all_, target
    )
    backwards = renamed(pack, lambda all_: dict(reversed(all_.items())), target)
    assert "changed: manifest.json: the files stand in another order\n" in backwards
    no_manifest = renamed(
        pack, lambda all_: {name: item for name, item in all_.items() if name != "manifest.json"}, target
    )
    assert "changed: manifest.json: the pack does not hold this file\n" in no_manifest


def test_a_forged_export_gives_other_verdicts(pack: Path, tmp_path: Path) -> None:
    weak = members_of(pack)[POLICY].replace(b"MinimumPasswordLength: 14", b"MinimumPasswordLength: 6")
    code, out = verify(forge(pack, tmp_path / "f.zip", {POLICY: weak}))
    assert code == 1
    assert "changed: report.json: it is not what these exports and this policy give\n" in out
    assert (
        "changed: report.json: account 111122223333, base/length: pass (expectation-met) there, "
        "fail (expectation-not-met) now\n" in out
    )
    assert "; the accounts were not judged again" not in out


def test_a_forged_report_is_not_what_the_exports_give(pack: Path, tmp_path: Path) -> None:
    report = members_of(pack)["report.json"].replace(b'"status": "unknown"', b'"status": "pass"')
    _, out = verify(forge(pack, tmp_path / "f.zip", {"report.json": report}))
    assert "account 444455556666, base/length: pass (not-exported) there, unknown (not-exported) now" in out
    html = members_of(pack)["report.html"] + b" "
    code, out = verify(forge(pack, tmp_path / "f.zip", {"report.html": html}))
    assert (code, out.count("changed: ")) == (1, 1)
    assert "changed: report.html: it is not what these exports and this policy give" in out


def test_a_verdict_on_one_side_only_is_named(pack: Path, tmp_path: Path) -> None:
    report = json.loads(members_of(pack)["report.json"])
    del report["accounts"][1]
    report["accounts"][0]["id"] = "999900001111"
    _, out = verify(forge(pack, tmp_path / "f.zip", {"report.json": json.dumps(report).encode()}))
    assert "account 999900001111, base/keys: excepted (expectation-not-met) there, no verdict now" in out
    assert "account 444455556666, base/review: no verdict there, manual (no-attestation) now" in out


def test_a_forger_who_makes_everything_anew_needs_the_recorded_sum_to_be_found(pack: Path, tmp_path: Path) -> None:
    recorded = hashlib.sha256(pack.read_bytes()).hexdigest()
    readme = forge(pack, tmp_path / "f.zip", manifest=lambda document: document["versions"].update(python="2.7"))
    assert verify(readme)[0] == 0
    code, out = verify(readme, "--sha256", recorded)
    assert code == 1
    assert out.startswith("changed: ")
    assert "not the one that was recorded" in out


def test_another_version_compares_verdicts_only(pack: Path, tmp_path: Path) -> None:
    older = forge(
        pack,
        tmp_path / "o.zip",
        {"README.txt": b"older\n"},
        lambda document: document["versions"].update(baselint="0.0.9"),
    )
    code, out = verify(older)
    assert code == 0
    assert "note: made by baselint 0.0.9, judged again by" in out
    weak = members_of(pack)[POLICY].replace(b"MinimumPasswordLength: 14", b"MinimumPasswordLength: 6")
    assert verify(forge(older, tmp_path / "f.zip", {POLICY: weak}))[0] == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda document: document.update(kind="other"), "this is not what baselint writes"),
        (
            lambda document: document["arguments"].update(as_of="yesterday"),
            "the accounts cannot be judged again: --as-of",
        ),
        (
            lambda document: document["arguments"].update(baselines=["none"]),
            "cannot be judged again: there is no baseline",
        ),
        (
            lambda document: document["arguments"].update(baselines=["x.yaml"]),
            "x.yaml: the pack does not hold this file",
        ),
        (lambda document: document["exports"][0].update(place="/etc/passwd"), "is no place from a working directory"),
        (
            lambda document: document["exports"][0].update(member="exports/none"),
            "the manifest uses it, and does not list",
        ),
        (lambda document: document["policy"].clear(), "cannot be judged again"),
        (lambda document: document["exports"].clear(), "cannot be judged again"),
        (lambda document: document["exports"].pop(0), ": nothing in a pack has this name"),
        (lambda document: document["members"].reverse(), "the files stand in another order"),
    ],
)
def test_a_forged_manifest_is_refused(
    pack: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    code, out = verify(forge(pack, tmp_path / "f.zip", manifest=change))
    assert code == 1
    assert told in out


@pytest.mark.parametrize(
    "content", [b"", b"[" * 100_000, b'"\xff"', b"{}", b"[]", b"1", b'{"kind": "evidence-pack"}', b"9" * 10_000]
)
def test_a_manifest_that_is_none_is_refused(pack: Path, tmp_path: Path, content: bytes) -> None:
    members = members_of(pack) | {"manifest.json": content}
    code, out = verify(write_members(tmp_path / "f.zip", members))
    assert code == 1
    assert "changed: manifest.json: this is " in out


def test_a_manifest_in_other_bytes_is_refused(pack: Path, tmp_path: Path) -> None:
    members = members_of(pack)
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"])).encode()
    assert "it says the same in other bytes" in verify(write_members(tmp_path / "f.zip", members))[1]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"accounts": [1]}', b'{"accounts": 7}', b"[" * 100_000])
def test_a_report_that_is_none_is_told(pack: Path, tmp_path: Path, content: bytes) -> None:
    code, out = verify(forge(pack, tmp_path / "f.zip", {"report.json": content}))
    assert code == 1
    assert "changed: report.json: this is no report of baselint\n" in out


def test_members_that_should_be_there_are_missed(pack: Path, tmp_path: Path) -> None:
    code, out = verify(forge(pack, tmp_path / "f.zip", {"report.csv": None}))
    assert (code, "report.csv: it is not what" in out) == (1, True)


def test_what_is_too_large_is_not_read(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "LARGEST_POLICY", 500)
    code, out = verify(pack)
    assert code == 1
    assert "it is larger than" in out


def test_many_other_verdicts_are_told_in_part(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "_MOST_TOLD", 1)
    report = members_of(pack)["report.json"].replace(b'"status": "', b'"status": "x')
    _, out = verify(forge(pack, tmp_path / "f.zip", {"report.json": report}))
    assert "changed: report.json: and 6 verdicts more\n" in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("none.zip",), "none.zip: cannot be read (No such file or directory); check the path"),
        (("notes.txt",), "notes.txt: this is no evidence pack, or its first bytes were changed"),
        (("notes.txt", "--sha256", "12"), "--sha256: '12' is no SHA-256; write its 64 digits"),
    ],
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    assert run_pack("verify", *arguments) == (2, "", f"baselint: {told}\n")
    assert run_pack("verify", "notes.txt", "--sha256", "0" * 64)[0] == 1

"""Packing evidence: what is in a pack, that it is always the same, and what is refused."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from baselint.evidence_pack import archive
from baselint.evidence_pack.names import Names
from builders import ACCOUNT, caller, write
from conftest import Cli
from linting import exports, settle
from packs import AS_OF, forge, members_of, run_pack
from policytree import tree
from whole_project import project


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def here(whole: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(whole)
    return whole


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tree(settle(tmp_path)) / "s", exports())
    return tmp_path


def pack(*arguments: str, output: str = "../pack.zip") -> tuple[int, str, str]:
    return run_pack("pack", "--as-of", AS_OF, "--output", output, *arguments)


def test_a_pack_holds_everything_that_took_part_as_it_was(here: Path) -> None:
    code, out, err = pack("-b", "base", "-b", "other", "s", "t.zip")
    path = here / "../pack.zip"
    assert (code, err) == (
        0,
        "baselint: s/111122223333/notes.txt: it is no export that was read; look into it before you hand the pack on\n",
    )
    assert f"SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}\n" in out
    assert "2 accounts: 3 pass, 0 fail, 2 unknown, 1 manual, 0 not-applicable, 1 excepted" in out
    found = members_of(path)
    originals = [*sorted((here / "s").rglob("*.*")), here / "t.zip"]
    for original in originals:
        assert found[f"exports/{original.relative_to(here).as_posix()}"] == original.read_bytes()
    assert sum(name.startswith("exports/") for name in found) == len(originals) == 15
    assert {name for name in found if name.startswith("policy/")} == {
        *(f"policy/own/controls/g/{name}.yaml" for name in ("keys", "length", "old", "review")),
        *(f"policy/own/baselines/{name}.yaml" for name in ("base", "other")),
        "policy/own/frameworks/standard-1.yaml",
        "policy/own/attestations/all.yaml",
        "policy/named/policies/shared/parent.yaml",
        "policy/resolved.json",
    }
    assert [name for name in found if "/" not in name] == [
        *("report.json", "report.html", "report.csv", "README.txt", "manifest.json")
    ]


def test_the_reports_are_those_of_lint(here: Path, cli: Cli) -> None:
    pack("s", "t.zip")
    found = members_of(here / "../pack.zip")
    for name, format_ in (("report.json", "json"), ("report.html", "html"), ("report.csv", "csv")):
        linted = cli("lint", "--as-of", AS_OF, "--format", format_, "s", "t.zip")
        assert found[name] == linted.out.encode("utf-8")
    assert len(list(csv.reader(io.StringIO(found["report.csv"].decode("utf-8-sig"))))) > 6
    resolved = json.loads(found["policy/resolved.json"])["baselines"]
    assert [item["parameters"] for item in resolved[0]["controls"]] == [{"minimum": 12}, {}, {"days": 90}]
    assert resolved[0]["excluded"] == [{"id": "old", "reason": "it ended"}]


def test_the_manifest_says_how_it_was_made_and_hashes_every_other_file(here: Path) -> None:
    pack("-b", "policies/baselines/base.yaml", "--captured-at", "2026-11-01T09:00:00Z", "s", "t.zip")
    found = members_of(here / "../pack.zip")
    manifest = json.loads(found.pop("manifest.json"))
    assert manifest["arguments"] == {
        "baselines": ["policies/baselines/base.yaml"],
        "as_of": "2026-11-02T23:59:59Z",
        "captured_at": "2026-11-01T09:00:00Z",
        "directory": "",
        "accounts": None,
    }
    assert manifest["settings"] == {
        "policies": "policies",
        "library": False,
        "baseline": "base",
        "longest_exception_days": 366,
    }
    assert manifest["versions"].keys() == {"baselint", "python", "report_schema"}
    assert [(item["name"], item["size"], item["sha256"]) for item in manifest["members"]] == [
        (name, len(content), hashlib.sha256(content).hexdigest()) for name, content in found.items()
    ]
    assert str(here) not in json.dumps(manifest)


def test_the_same_input_gives_the_same_bytes(here: Path) -> None:
    pack("s", "t.zip")
    first = (here / "../pack.zip").read_bytes()
    pack("s", "t.zip")
    assert (here / "../pack.zip").read_bytes() == first
    assert len(first) < 200_000


def test_other_programs_open_it(here: Path) -> None:
    pack("s", "t.zip")
    with zipfile.ZipFile(here / "../pack.zip") as archive:
        assert archive.testzip() is None
        assert "report.html" in archive.namelist()


@pytest.mark.parametrize(
    ("name", "content", "held"),
    [
        ("v.json", '{"VirtualMFADevice": {"Base32StringSeed": "QUJDREVGR0g="}}', "the seed of an MFA device"),
        ("qr.png", b"\x89PNG\r\n\x1a\nxx", "a picture, which may be the QR code of an MFA device"),
        (
            "k.json",
            '{"AccessKey": {"SecretAccessKey": "abcdefghijklmnopqrstuvwxyz0123456789ABCD"}}',
            "the secret of an access key",
        ),
    ],
)
def test_a_secret_is_refused_with_its_file_and_leaves_nothing_behind(
    small: Path, name: str, content: str | bytes, held: str
) -> None:
    (small / "s" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    code, out, err = pack("s", output="pack.zip")
    assert (code, out) == (2, "")
    assert f"no pack was made, since what is in a pack is handed on:\nbaselint:   s/{name}: it holds {held}" in err
    assert "replace what was exposed" in err
    assert {path.name for path in small.iterdir()} == {"s", "policies", "pyproject.toml"}


def test_a_secret_within_an_archive_is_refused_too(small: Path) -> None:
    with zipfile.ZipFile(small / "t.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", json.dumps(caller()))
        archive.writestr("inner.txt", "aws_secret_access_key = abcdefghijklmnopqrstuvwxyz0123456789ABCD\n")
        archive.writestr("more.zip", b"PK\x03\x04 whatever")
        archive.writestr("../out.json", "{}")
    code, _, err = pack("s", "t.zip", output="pack.zip")
    assert code == 2
    assert "t.zip/inner.txt: it holds the secret of an access key" in err
    assert "t.zip/more.zip: it holds an archive within an archive, which cannot be looked into" in err


def test_many_secrets_are_told_in_part(small: Path) -> None:
    for number in range(23):
        (small / "s" / f"k{number:02}.txt").write_text("-----BEGIN RSA PRIVATE KEY-----\n")
    _, _, err = pack("s", output="pack.zip")
    assert "s/k19.txt: it holds a private key" in err
    assert "and 3 more" in err
    assert "k20" not in err


def test_a_secret_in_a_policy_file_is_refused(small: Path) -> None:
    control = small / "policies/controls/g/length.yaml"
    control.write_text(control.read_text() + "rationale: -----BEGIN PRIVATE KEY-----\n")
    code, _, err = pack("s", output="pack.zip")
    assert code == 2
    assert "policies/controls/g/length.yaml: it holds a private key" in err


def test_a_pack_is_no_part_of_its_snapshot(small: Path) -> None:
    code, _, err = pack("s", output="s/pack.zip")
    assert code == 2
    assert (
        err
        == "baselint: --output: s/pack.zip lies in the snapshot s, and would become a part of it; write it elsewhere\n"
    )
    assert pack("s", output="nowhere/pack.zip")[0] == 2
    assert "nowhere/pack.zip: cannot be written" in pack("s", output="nowhere/pack.zip")[2]


def test_what_lint_refuses_is_refused(small: Path) -> None:
    assert pack("-b", "nothing", "s", output="p.zip")[0] == 2
    assert pack("no-such-place", output="p.zip")[0] == 2
    (small / "policies/baselines/base.yaml").write_text(
        (small / "policies/baselines/base.yaml").read_text() + 'applies_to: {accounts: ["999900001111"]}\n'
    )
    assert pack("s", output="p.zip")[0] == 3
    assert not (small / "p.zip").exists()


def test_the_moment_is_now_unless_one_is_named(small: Path) -> None:
    run_pack("pack", "s", "--output", "p.zip")
    manifest = json.loads(members_of(small / "p.zip")["manifest.json"])
    assert manifest["arguments"]["as_of"][:4] >= "2026"


def test_names_of_members_are_plain_and_each_is_there_once() -> None:
    names = Names()
    paths = [
        "a/b.json",
        "A/B.json",
        "../x/é ü.json",
        "../../.hidden",
        "a",
        "a/b.json/c",
        "\udcff",
        "a\\b",
        "n" * 200,
        "x/...",
    ]
    assert [names.give("exports", path) for path in paths] == [
        "exports/a/b.json",
        "exports-2/A/B.json",
        "exports/__/x/___.json",
        "exports/__/__/_hidden",
        "exports-3/a",
        "exports-4/a/b.json/c",
        "exports/_",
        "exports/a_b",
        f"exports/{'n' * 80}",
        "exports/x/___",
    ]


def test_snapshots_in_a_directory_that_names_their_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / ACCOUNT
    tree(settle_in(place))
    write(place / "s", {"password-policy.json": exports()["password-policy.json"]})
    monkeypatch.chdir(place)
    assert pack("s", output="../p.zip")[0] == 0
    monkeypatch.chdir(tmp_path)
    code, out, _ = run_pack("verify", "p.zip")
    assert (code, "the same verdicts come out" in out) == (0, True)


def settle_in(place: Path) -> Path:
    place.mkdir()
    return settle(place)


def test_the_list_of_expected_accounts_is_packed_and_counts_again(small: Path) -> None:
    (small / "all.txt").write_text("111122223333\n444455556666\n")
    assert pack("--accounts", "all.txt", "s", output="p.zip")[0] == 0
    found = members_of(small / "p.zip")
    assert found["accounts/expected"] == b"111122223333\n444455556666\n"
    assert json.loads(found["report.json"])["missing_accounts"] == ["444455556666"]
    assert run_pack("verify", "p.zip")[0] == 0
    wrong = forge(small / "p.zip", small / "f.zip", {"accounts/expected": b"111122223333\n"})
    assert "report.json: it is not what these exports and this policy give" in run_pack("verify", str(wrong))[1]
    assert pack("--accounts", "none.txt", "s", output="p.zip")[0] == 2


def test_files_that_cannot_be_read_are_recorded_and_judged_the_same(small: Path) -> None:
    (small / "s" / "link").symlink_to("nowhere")
    (small / "s" / "empty" / "444455556666").mkdir(parents=True)
    assert pack("s", output="p.zip")[0] == 0
    manifest = json.loads(members_of(small / "p.zip")["manifest.json"])
    refused = {item["place"]: item["refusal"] for item in manifest["exports"] if item["member"] is None}
    assert refused == {
        "s/link": "it is no regular file",
        "s/empty/444455556666": "the directory is empty: nothing was exported for this account",
    }
    assert run_pack("verify", "p.zip")[0] == 0


def test_a_pack_that_would_be_too_large_is_not_made(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    code, _, err = pack("s", output="p.zip")
    assert code == 2
    assert err == "baselint: the pack cannot be made: it would hold more than 3 files; make a pack for each account\n"

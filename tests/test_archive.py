"""Archives are unpacked within bounds, and never where their names lead."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from baselint.snapshot import archive as archives
from baselint.snapshot import files as snapshot_files
from baselint.snapshot.archive import ArchiveMember, BrokenArchiveError, unpack_gzip, unpack_zip
from baselint.snapshot.files import read_files


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def refusals(content: bytes, maximum: int = 1000) -> dict[str, str | None]:
    return {member.name: member.refusal for member in unpack_zip(content, maximum)}


def test_a_gzip_file_is_unpacked_with_all_its_parts() -> None:
    assert unpack_gzip(gzip.compress(b"one") + gzip.compress(b"two"), 6) == b"onetwo"
    assert unpack_gzip(gzip.compress(b""), 0) == b""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(b"seven b"), "it holds more than 0 MiB"),
        (gzip.compress(b"one") + gzip.compress(b"four"), "it holds more than 0 MiB"),
        (gzip.compress(b"0" * 100_000_000), "it holds more than 0 MiB"),
        (gzip.compress(b"one")[:-4], "the gzip file is cut"),
        (gzip.compress(b"one") + b"\x1f\x8b", "the gzip file is cut"),
        (b"\x1f\x8bno gzip at all", "the gzip file is broken"),
        (gzip.compress(b"one")[:-8] + b"12345678", "the gzip file is broken"),
    ],
)
def test_a_gzip_file_that_is_too_large_or_broken_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(BrokenArchiveError, match=words):
        unpack_gzip(content, 6)


def test_the_files_of_an_archive_come_sorted_without_its_directories() -> None:
    content = packed({"b/2": b"two", "a": b"one", "b/": b""})
    assert list(unpack_zip(content, 6)) == [ArchiveMember("a", b"one"), ArchiveMember("b/2", b"two")]


@pytest.mark.parametrize(
    "name", ["../a", "/a", "b/../../a", "b//a", "..\\a", "C:/a", "c:a", "b/.../a", "./a", "b/. /a", "b/.. "]
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    refusal = refusals(packed({name: b"x", "good": b"x"}))
    assert refusal.pop("good") is None
    (reason,) = refusal.values()
    assert reason is not None
    assert reason.startswith("its name leads out of the archive")


def test_what_macos_adds_is_named() -> None:
    assert refusals(packed({"__MACOSX/._a": b"x"})) == {
        "__MACOSX/._a": "macOS adds it to archives; it holds nothing of an account"
    }


def test_two_files_of_one_name_are_both_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", b"good")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a", b"bad")
    found = list(unpack_zip(stream.getvalue(), 100))
    assert [(member.content, member.refusal) for member in found] == [
        (b"", "the archive holds two files of this name")
    ] * 2


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = packed({"a": b"x" * 600, "b": b"0" * 50_000_000, "c": b"x" * 401, "d": b"x" * 400})
    assert {name: bool(refusal) for name, refusal in refusals(content).items()} == {
        "a": False,
        "b": True,
        "c": True,
        "d": False,
    }


def test_a_size_that_lies_unpacks_no_more_than_it_states() -> None:
    content = packed({"a": b"0" * 5000})
    for size in (5000,):
        content = content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (member,) = unpack_zip(content, 100)
    assert member == ArchiveMember("a", b"", "it cannot be unpacked; copy the archive again")


def test_an_encrypted_file_is_refused() -> None:
    content = bytearray(packed({"a": b"secret"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusals(bytes(content)) == {"a": "it is encrypted; unpack the archive, and give the directory"}


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_ENTRIES", 2)
    assert len(refusals(packed({"a": b"", "b": b""}))) == 2
    with pytest.raises(BrokenArchiveError, match="holds more than 2 files"):
        refusals(packed({"a": b"", "b": b"", "c": b""}))


def test_an_office_document_is_no_archive_of_exports() -> None:
    with pytest.raises(BrokenArchiveError, match="it is an Office document"):
        refusals(packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b""}))


@pytest.mark.parametrize("content", [b"PK\x03\x04", packed({"a": b"x" * 100})[:-30], b"PK\x03\x04" + b"x" * 100])
def test_a_broken_archive_is_refused(content: bytes) -> None:
    with pytest.raises(BrokenArchiveError, match="the zip archive is cut or broken"):
        refusals(content)


def test_a_broken_file_in_a_good_archive_is_refused() -> None:
    content = bytearray(packed({"a": b"x" * 100}))
    content[33:36] = b"\xff\xff\xff"
    assert refusals(bytes(content)) == {"a": "it cannot be unpacked; copy the archive again"}


def test_an_archive_is_read_as_a_directory_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inner = gzip.compress(b"{}")
    Path("s.zip").write_bytes(packed({"111122223333/a.json": b"{}", "b.json.gz": inner, "../c": b"{}"}))
    Path("d.json.gz").write_bytes(gzip.compress(b"{}"))
    Path("cut.json.gz").write_bytes(inner[:-4])
    Path("broken.zip").write_bytes(b"PK\x03\x04")
    found = {file.shown: file for file in read_files((Path(),))}
    assert {name: (file.content, file.refusal) for name, file in found.items()} == {
        "s.zip/../c": (b"", "its name leads out of the archive, so it is not read; unpack the archive and look at it"),
        "s.zip/111122223333/a.json": (b"{}", None),
        "s.zip/b.json.gz": (b"{}", None),
        "d.json.gz": (b"{}", None),
        "cut.json.gz": (inner[:-4], None),
        "broken.zip": (b"", "the zip archive is cut or broken; copy it again"),
    }
    assert found["s.zip/111122223333/a.json"].path == tmp_path / "s.zip/111122223333/a.json"
    assert found["d.json.gz"].sha256 != found["s.zip/111122223333/a.json"].sha256


def test_an_archive_within_the_bound_of_a_file_may_hold_no_more_than_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(snapshot_files, "MAXIMUM_BYTES", 1000)
    Path("s.zip").write_bytes(packed({"a": b"0" * 2000}))
    (file,) = read_files((Path("s.zip"),))
    assert file.refusal == "the archive holds too many bytes; unpack it, and give the directory"

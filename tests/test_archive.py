"""Archives are unpacked within bounds, and never where their names lead."""

import gzip
import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from baselint.snapshot import archive as archives
from baselint.snapshot import files as snapshot_files
from baselint.snapshot.archive import ArchiveMember, BrokenArchiveError, Budget, unpack_gzip, unpack_zip
from baselint.snapshot.files import read_files


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def refusals(content: bytes, maximum: int = 1000) -> dict[str, str | None]:
    return {member.name: member.refusal for member in unpack_zip(content, bound(maximum))}


def bound(maximum: int) -> Budget:
    return Budget("it unpacks to", maximum)


def test_a_gzip_file_is_unpacked_with_all_its_parts() -> None:
    assert unpack_gzip(gzip.compress(b"one") + gzip.compress(b"two"), bound(6)) == b"onetwo"
    assert unpack_gzip(gzip.compress(b""), bound(0)) == b""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(b"seven b", mtime=0), "it unpacks to more than 0 MiB"),
        (gzip.compress(b"one", mtime=0) + gzip.compress(b"four", mtime=0), "it unpacks to more than 0 MiB"),
        (gzip.compress(b"0" * 100_000_000, mtime=0), "it unpacks to more than 0 MiB"),
        (gzip.compress(b"one", mtime=0)[:-4], "the gzip file is cut"),
        (gzip.compress(b"one", mtime=0) + b"\x1f\x8b", "the gzip file is cut"),
        (b"\x1f\x8bno gzip at all", "the gzip file is broken"),
        (gzip.compress(b"one", mtime=0)[:-8] + b"12345678", "the gzip file is broken"),
    ],
)
def test_a_gzip_file_that_is_too_large_or_broken_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(BrokenArchiveError, match=words):
        unpack_gzip(content, bound(6))


def test_the_files_of_an_archive_come_sorted_without_its_directories() -> None:
    content = packed({"b/2": b"two", "a": b"one", "b/": b""})
    assert list(unpack_zip(content, bound(6))) == [ArchiveMember("a", b"one"), ArchiveMember("b/2", b"two")]


@pytest.mark.parametrize(
    "name", ["../a", "/a", "b/../../a", "b//a", "..\\a", "C:/a", "c:a", "b/.../a", "./a", "b/. /a", "b/.. "]
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str) -> None:
    refusal = refusals(packed({name: b"x", "good": b"x"}))
    assert refusal.pop("good") is None
    (reason,) = refusal.values()
    assert reason is not None
    assert reason.startswith("its name leads out of the archive")


@pytest.mark.parametrize("name", ["__MACOSX/a", "b/__MACOSX/a", ".DS_Store", "b/.DS_Store", "b/._a"])
def test_what_macos_adds_is_named(name: str) -> None:
    (member,) = unpack_zip(packed({name: b"x"}), bound(1000))
    assert member == ArchiveMember(
        name, b"", "macOS adds it to archives and directories; it holds nothing of an account", is_foreign=True
    )


def test_an_archive_without_a_file_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for content in (packed({}), packed({"a/": b""})):
        Path("s.zip").write_bytes(content)
        assert [file.refusal for file in read_files((Path("s.zip"),))] == ["the zip archive is empty: it holds no file"]


def test_two_files_of_one_name_are_both_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a", b"good")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a", b"bad")
    found = list(unpack_zip(stream.getvalue(), bound(100)))
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
    (member,) = unpack_zip(content, bound(100))
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


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_broken_file_is_refused_however_it_is_packed(method: int) -> None:
    whole = packed({"a": b"{}" * 5000}, method)
    assert refusals(whole, 10_000) == {"a": None}
    start = 31 + (9 if method == zipfile.ZIP_LZMA else 4)
    content = bytearray(whole)
    content[start : start + 20] = b"\xff" * 20
    assert refusals(bytes(content), 10_000) == {"a": "it cannot be unpacked; copy the archive again"}


def test_a_size_that_lies_takes_no_memory_however_the_file_is_packed() -> None:
    content = bytearray(packed({"a": b"0" * (256 << 20)}, zipfile.ZIP_LZMA))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 1000)
    tracemalloc.start()
    refusals(bytes(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 100 << 20


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
        "cut.json.gz": (b"", "the gzip file is cut; copy it again"),
        "broken.zip": (b"", "the zip archive is cut or broken; copy it again"),
    }
    assert found["s.zip/111122223333/a.json"].path == tmp_path / "s.zip/111122223333/a.json"
    assert found["d.json.gz"].sha256 != found["s.zip/111122223333/a.json"].sha256


MIB = 1024 * 1024
CURE = "; unpack it yourself, and give the directory"


def read_all(monkeypatch: pytest.MonkeyPatch, *, each: int, run: int) -> dict[str, str | None]:
    monkeypatch.setattr(snapshot_files, "MAXIMUM_BYTES", each * MIB)
    monkeypatch.setattr(snapshot_files, "MAXIMUM_UNPACKED", run * MIB)
    return {file.shown: file.refusal for file in read_files((Path(),))}


def test_an_archive_unpacks_to_no_more_than_a_file_may_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inner = gzip.compress(b"0" * MIB)
    Path("s.zip").write_bytes(packed({"a.gz": inner, "b.gz": inner, "c": b"{}", "d": b"0" * 3 * MIB}))
    too_much = f"the zip archive unpacks to more than 2 MiB{CURE}"
    assert read_all(monkeypatch, each=2, run=100) == {
        "s.zip/a.gz": None, "s.zip/b.gz": too_much, "s.zip/c": None, "s.zip/d": too_much,
    }  # fmt: skip


def test_a_run_unpacks_no_more_than_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in "abc":
        Path(f"{name}.gz").write_bytes(gzip.compress(b"0" * MIB))
    Path("d.gz").write_bytes(gzip.compress(b"{}"))
    Path("e.zip").write_bytes(packed({"f": b"0" * 2 * MIB, "g": b"{}"}))
    Path("h.gz").write_bytes(gzip.compress(b"0" * 6 * MIB))
    too_much = f"the packed files of this run unpack to more than 4 MiB{CURE}"
    assert read_all(monkeypatch, each=5, run=4) == {
        "a.gz": None, "b.gz": None, "c.gz": None, "d.gz": None,
        "e.zip/f": too_much, "e.zip/g": None, "h.gz": too_much,
    }  # fmt: skip


def test_a_file_larger_than_one_may_be_says_which_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("h.gz").write_bytes(gzip.compress(b"0" * 6 * MIB))
    assert read_all(monkeypatch, each=5, run=100) == {"h.gz": f"the gzip file unpacks to more than 5 MiB{CURE}"}


def test_names_of_files_stay_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a\nb.json").write_bytes(b"{}")
    Path("s.zip").write_bytes(packed({"c\nd\x1b[2J": b"{}"}))
    assert list(read_all(monkeypatch, each=1, run=1)) == ["a\\nb.json", "s.zip/c\\nd\\x1b[2J"]

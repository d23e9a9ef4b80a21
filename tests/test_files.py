"""Which files a snapshot holds, and what is said of those that are not read."""

import errno
import hashlib
import os
from pathlib import Path

import pytest

from baselint.errors import UsageError
from baselint.snapshot import files as snapshot_files
from baselint.snapshot.files import MAXIMUM_BYTES, SnapshotFile, read_files
from builders import write


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(*arguments: str | Path) -> list[SnapshotFile]:
    return list(read_files(tuple(map(Path, arguments))))


def refusals(*arguments: str | Path) -> dict[str, str | None]:
    return {file.shown: file.refusal for file in read(*arguments)}


def test_files_come_sorted_with_content_and_hash(here: Path) -> None:
    write(Path("s"), {"b/2.json": "two", "a.json": "one", "b/1.json": b"\x00", ".hidden": "h"})
    found = read("s")
    assert [(file.shown, file.content, file.refusal) for file in found] == [
        ("s/.hidden", b"h", None),
        ("s/a.json", b"one", None),
        ("s/b/1.json", b"\x00", None),
        ("s/b/2.json", b"two", None),
    ]
    assert found[1].path == here / "s" / "a.json"
    assert found[1].sha256 == hashlib.sha256(b"one").hexdigest()


def test_a_file_named_several_ways_is_read_once(here: Path) -> None:
    write(Path("s"), {"a.json": "one", "t/b.json": "two"})
    found = read("s/a.json", "s", "./s/t/../a.json", here / "s" / "a.json", "s/t")
    assert [(file.shown, file.path) for file in found] == [
        ("s/a.json", here / "s/a.json"),
        ("s/t/b.json", here / "s/t/b.json"),
    ]


def test_paths_outside_the_working_directory_are_shown_from_it(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"s/a.json": "one", "work/x": ""})
    monkeypatch.chdir(tmp_path / "work")
    assert [file.shown for file in read(tmp_path / "s")] == ["../s/a.json"]


def test_an_empty_directory_holds_no_files(here: Path) -> None:
    Path("s/t").mkdir(parents=True)
    assert read("s") == []


def test_what_is_no_readable_file_is_listed_with_the_reason(here: Path) -> None:
    write(Path("s"), {"a.json": "one"})
    write(Path("elsewhere"), {"b.json": "two"})
    os.mkfifo("s/pipe")
    Path("s/broken").symlink_to("nowhere")
    Path("s/loop").symlink_to("loop")
    Path("s/long").symlink_to("n" * 300)
    Path("s/out").symlink_to(here / "elsewhere")
    Path("s/up").symlink_to("..")
    with Path("s/huge.json").open("wb") as stream:
        stream.truncate(MAXIMUM_BYTES + 1)
    elsewhere = "it is a link to a directory elsewhere, which is not followed; give that directory itself"
    found = read("s")
    assert {file.shown: file.refusal for file in found} == {
        "s/a.json": None,
        "s/broken": "it is no regular file",
        "s/huge.json": "it is larger than 256 MiB",
        "s/long": "it cannot be read (File name too long)",
        "s/loop": f"it cannot be read ({os.strerror(errno.ELOOP)})",
        "s/out": elsewhere,
        "s/pipe": "it is no regular file",
        "s/up": elsewhere,
    }
    assert {file.content for file in found} == {b"one", b""}


def test_a_link_to_a_directory_that_is_read_anyway_needs_no_word(here: Path) -> None:
    write(Path("s"), {"a/1.json": "one", "b/2.json": "two"})
    Path("s/a/self").symlink_to(here / "s")
    Path("s/a/beside").symlink_to("../b")
    Path("s/a/2.json").symlink_to("../b/2.json")
    found = read("s")
    assert [(file.shown, file.content, file.refusal) for file in found] == [
        ("s/a/1.json", b"one", None),
        ("s/a/2.json", b"two", None),
        ("s/b/2.json", b"two", None),
    ]


def test_a_link_to_a_directory_is_followed_as_an_argument(here: Path) -> None:
    write(Path("elsewhere"), {"b.json": "two"})
    Path("s").symlink_to("elsewhere")
    assert [(file.shown, file.content) for file in read("s")] == [("s/b.json", b"two")]


def test_names_that_are_no_text_are_shown_as_escapes(here: Path) -> None:
    Path("s").mkdir()
    name = os.fsdecode(b"caf\xe9.json")
    Path("s", name).write_bytes(b"one")
    (file,) = read("s")
    assert (file.shown, file.content, file.path.name) == ("s/caf\\xe9.json", b"one", name)
    assert file.shown.encode() == b"s/caf\\xe9.json"


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("nowhere", "nowhere: there is no such file or directory; check the path"),
        ("s/a.json/b", "s/a.json/b: there is no such file or directory"),
        ("s/broken", "s/broken: there is no such file or directory"),
        ("n" * 300, f"{'n' * 300}: cannot be read (File name too long); check the path"),
        ("s/loop", f"s/loop: cannot be read ({os.strerror(errno.ELOOP)})"),
        ("s/pipe", "s/pipe: is no regular file; check the path and its permissions"),
        (os.fsdecode(b"\xff"), "\\xff: there is no such file"),
    ],
)
def test_an_argument_that_cannot_be_read_ends_the_run(here: Path, argument: str, words: str) -> None:
    write(Path("s"), {"a.json": "one"})
    os.mkfifo("s/pipe")
    Path("s/loop").symlink_to("loop")
    Path("s/broken").symlink_to("nowhere")
    with pytest.raises(UsageError) as caught:
        read("s/a.json", argument)
    assert words in str(caught.value)


def test_a_directory_that_cannot_be_listed_ends_the_run(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("s").mkdir()
    monkeypatch.chdir("s")
    for _ in range(17):  # deeper than any path may be long
        Path("d" * 250).mkdir()
        monkeypatch.chdir("d" * 250)
    monkeypatch.chdir(here)
    with pytest.raises(UsageError, match=r"d: cannot be read \(File name too long\); check its permissions\Z"):
        read(here / "s")


def test_what_macos_adds_to_directories_is_no_file_of_the_snapshot(here: Path) -> None:
    write(
        Path("s"), {"__MACOSX/._account-summary.json": "x", "a/.DS_Store": b"\0", "a/._b.json": "x", "a/b.json": "one"}
    )
    found = read("s")
    assert {file.shown: (file.content, file.is_foreign) for file in found} == {
        "s/__MACOSX/._account-summary.json": (b"", True),
        "s/a/.DS_Store": (b"", True),
        "s/a/._b.json": (b"", True),
        "s/a/b.json": (b"one", False),
    }
    assert read("s/a/.DS_Store")[0].content == b"\0"


def test_too_many_files_end_the_run(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("s"), {str(number): "x" for number in range(4)})
    monkeypatch.setattr(snapshot_files, "MAXIMUM_FILES", 4)
    assert len(read("s", "s")) == 4
    monkeypatch.setattr(snapshot_files, "MAXIMUM_FILES", 3)
    with pytest.raises(UsageError, match=r"\As: more than 3 files; give a smaller directory\Z"):
        read("s")


def test_the_empty_directory_of_an_account_is_told(here: Path) -> None:
    for name in ("s/111122223333", "s/444455556666", "s/empty", "s/777788889999/deeper"):
        Path(name).mkdir(parents=True)
    write(Path("s"), {"444455556666/a.json": "one"})
    assert refusals("s") == {
        "s/111122223333/": "the directory is empty: nothing was exported for this account",
        "s/444455556666/a.json": None,
    }

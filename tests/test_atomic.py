"""Files written whole or not at all."""

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from baselint import atomic
from baselint.errors import UsageError


def test_text_is_written_as_it_is_into_directories_made_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "report.txt"
    atomic.write(path, ["one\n", "zwö\r\n"])
    assert path.read_bytes() == b"one\nzw\xc3\xb6\r\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_was_there_is_replaced_with_the_usual_rights(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old" * 1000)
    path.chmod(0o600)
    before = os.umask(0o027)
    try:
        atomic.write(path, ["new"])
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("wrong", [OSError("gone"), ValueError("broken"), KeyboardInterrupt()])
def test_pieces_that_break_off_leave_the_old_file_and_nothing_else(tmp_path: Path, wrong: BaseException) -> None:
    path = tmp_path / "report.txt"
    path.write_text("old")

    def pieces() -> Iterator[str]:
        yield "half"
        raise wrong

    with pytest.raises(UsageError if isinstance(wrong, OSError) else type(wrong)):
        atomic.write(path, pieces())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_text_that_cannot_be_encoded_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        atomic.write(tmp_path / "report.txt", ["\ud800"])
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_a_directory_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"file/report\.txt: cannot be written \(.+\); check the directory"):
        atomic.write(tmp_path / "file" / "report.txt", ["x"])
    assert (tmp_path / "file").read_text() == ""


def test_a_directory_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    with pytest.raises(UsageError, match="d: cannot be written"):
        atomic.write(tmp_path / "d", ["x"])
    assert [path.name for path in tmp_path.iterdir()] == ["d"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(path.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    atomic.write(path, ["one ", "two"])
    reader.join(timeout=10)
    assert read == ["one two"]
    assert stat.S_ISFIFO(path.stat().st_mode)

"""Finds, reads and unpacks the files of a snapshot: bounded, sorted, nothing skipped in silence."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from baselint.errors import UsageError
from baselint.snapshot.archive import (
    EMPTY_ZIP,
    GZIP,
    MACOS,
    ZIP,
    BrokenArchiveError,
    Budget,
    is_of_macos,
    unpack_gzip,
    unpack_zip,
)

MAXIMUM_BYTES = 256 * 1024 * 1024
MAXIMUM_UNPACKED = 512 * 1024 * 1024
"""The most that one run unpacks, from all files together."""
MAXIMUM_FILES = 200_000
_ACCOUNT = re.compile(r"[0-9]{12}\Z")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A file of a snapshot as it was read; ``refusal`` says why it was not."""

    path: Path
    """Absolute and without ``..``, so that equal places are equal paths."""
    shown: str
    """Path relative to the working directory, with ``/``, fit to be printed; that of an empty directory ends with ``/``."""
    content: bytes
    refusal: str | None = None
    packed: bytes | None = None
    """What lies in the file, where that is the content's compressed form."""
    is_foreign: bool = False
    """Whether it is no file of the snapshot, whatever its name says."""

    @property
    def from_working_directory(self) -> str:
        """Return the path from the working directory, with ``/``; its bytes, where they are no text, as Python holds them."""
        return Path(os.path.relpath(self.path)).as_posix()

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of what lies in the file, in hexadecimal."""
        return hashlib.sha256(self.content if self.packed is None else self.packed).hexdigest()


def read_files(arguments: tuple[Path, ...]) -> Iterator[SnapshotFile]:
    """Yield every file of the arguments, each a file, a directory or a zip archive, once and in order.

    Raises:
        UsageError: an argument is not there or cannot be read, or there are too many files.
    """
    return unpack(read_packed(arguments))


def read_packed(arguments: tuple[Path, ...]) -> Iterator[SnapshotFile]:
    """Yield every file of the arguments as it lies there: archives are not unpacked.

    Raises:
        UsageError: an argument is not there or cannot be read, or there are too many files.
    """
    seen: set[Path] = set()
    for argument in arguments:
        for path in _paths(argument):
            place = Path(os.path.normpath(path.absolute()))
            if place in seen:
                continue
            seen.add(place)
            if len(seen) > MAXIMUM_FILES:
                raise UsageError(f"{_shown(argument)}: more than {MAXIMUM_FILES} files; give a smaller directory")
            if path != argument and is_of_macos(path.relative_to(argument).parts):
                yield SnapshotFile(place, _shown(path), b"", MACOS, is_foreign=True)
                continue
            file = _read(path, place)
            if file.refusal and path == argument:
                raise UsageError(
                    f"{file.shown}: {file.refusal.removeprefix('it ')}; check the path and its permissions"
                )
            yield file


def unpack(files: Iterable[SnapshotFile]) -> Iterator[SnapshotFile]:
    """Yield the files of a run with archives unpacked, within what one run may unpack."""
    budget = Budget("the packed files of this run unpack to", MAXIMUM_UNPACKED)
    for file in files:
        yield from _unpack(file, budget)


def _paths(argument: Path) -> Iterator[Path]:
    try:
        is_directory = S_ISDIR(argument.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(f"{_shown(argument)}: there is no such file or directory; check the path") from error
    except OSError as error:
        raise UsageError(f"{_shown(argument)}: cannot be read ({error.strerror}); check the path") from error
    if not is_directory:
        yield argument
        return

    def refuse(error: OSError) -> None:
        raise UsageError(f"{_shown(Path(error.filename))}: cannot be read ({error.strerror}); check its permissions")

    top = argument.resolve()
    for directory, names, files in os.walk(argument, onerror=refuse):
        names.sort()
        if not names and not files and _ACCOUNT.match(Path(directory).name):
            yield Path(directory)
        links = (name for name in names if _leads_out(Path(directory, name), top))
        for name in sorted((*files, *links)):
            yield Path(directory, name)


def _leads_out(path: Path, top: Path) -> bool:
    """Tell whether a directory is a link to one that is not read anyway; links are not followed, since they may loop."""
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(top)
    except OSError:  # the walk itself tells of a directory that cannot be read
        return False


def _shown(path: Path) -> str:
    """Return a path as reports carry it; bytes of a name that are no text become escapes."""
    return _printable(os.fsencode(Path(os.path.relpath(path)).as_posix()))


def _printable(name: bytes) -> str:
    """Return a name in one line; its control characters become escapes, so that two names never look like one."""
    text = name.decode("utf-8", "backslashreplace")
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _read(path: Path, place: Path) -> SnapshotFile:
    shown = _shown(path)
    try:
        status = path.stat()
        if S_ISDIR(status.st_mode) and not path.is_symlink():
            empty = "the directory is empty: nothing was exported for this account"
            return SnapshotFile(place, f"{shown}/", b"", empty, is_foreign=True)
        refusal = _refusal(status)
        content = b"" if refusal else path.read_bytes()
        return SnapshotFile(place, shown, content, refusal, is_foreign=S_ISDIR(status.st_mode))
    except FileNotFoundError:  # a link that leads nowhere
        return SnapshotFile(place, shown, b"", "it is no regular file")
    except OSError as error:
        return SnapshotFile(place, shown, b"", f"it cannot be read ({error.strerror})")


def _refusal(status: os.stat_result) -> str | None:
    if S_ISDIR(status.st_mode):
        return "it is a link to a directory elsewhere, which is not followed; give that directory itself"
    if not S_ISREG(status.st_mode):
        return "it is no regular file"
    return f"it is larger than {MAXIMUM_BYTES // 1024 // 1024} MiB" if status.st_size > MAXIMUM_BYTES else None


def _unpack(file: SnapshotFile, run: Budget) -> Iterator[SnapshotFile]:
    """Yield the files of an archive as if they lay in a directory of its name, and any other file as it is."""
    if not file.content.startswith((ZIP, EMPTY_ZIP)):
        yield _unpacked(file, Budget("the gzip file unpacks to", MAXIMUM_BYTES, run))
        return
    budget = Budget("the zip archive unpacks to", MAXIMUM_BYTES, run)
    try:
        for member in unpack_zip(file.content, budget):
            name = _printable(member.name.encode("utf-8", "backslashreplace"))
            place, shown = file.path / name, f"{file.shown}/{name}"
            found = SnapshotFile(place, shown, member.content, member.refusal, is_foreign=member.is_foreign)
            yield _unpacked(found, budget)
    except BrokenArchiveError as error:
        yield SnapshotFile(file.path, file.shown, b"", str(error))


def _unpacked(file: SnapshotFile, budget: Budget) -> SnapshotFile:
    if not file.content.startswith(GZIP):
        return file
    try:
        content = unpack_gzip(file.content, budget)
    except BrokenArchiveError as error:
        return SnapshotFile(file.path, file.shown, b"", str(error), packed=file.content)
    return SnapshotFile(file.path, file.shown, content, packed=file.content)

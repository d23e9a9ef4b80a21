"""Finds and reads the files of a snapshot: bounded, sorted, nothing skipped in silence."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baselint.errors import UsageError

MAXIMUM_BYTES = 256 * 1024 * 1024
MAXIMUM_FILES = 200_000


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """A file of a snapshot as it was read; ``refusal`` says why it was not."""

    path: Path
    shown: str
    """Path relative to the working directory, with ``/``."""
    content: bytes
    refusal: str | None = None

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the content, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def read_files(arguments: tuple[Path, ...]) -> Iterator[SnapshotFile]:
    """Yield every file of the arguments, each a file or a directory, once and in order.

    Raises:
        UsageError: an argument is not there or cannot be read, or there are too many files.
    """
    seen: set[Path] = set()
    for argument in arguments:
        for path in _paths(argument):
            absolute = path.absolute()
            if absolute not in seen:
                seen.add(absolute)
                if len(seen) > MAXIMUM_FILES:
                    raise UsageError(
                        f"{argument.as_posix()}: more than {MAXIMUM_FILES} files; give a smaller directory"
                    )
                yield _read(path, strict=path == argument)


def _paths(argument: Path) -> Iterator[Path]:
    if not argument.exists():
        raise UsageError(f"{argument.as_posix()}: there is no such file or directory; check the path")
    if not argument.is_dir():
        yield argument
        return

    def refuse(error: OSError) -> None:
        raise UsageError(f"{_shown(Path(error.filename))}: cannot be read ({error.strerror}); check its permissions")

    for directory, names, files in os.walk(argument, onerror=refuse):
        names.sort()
        for name in sorted(files):
            yield Path(directory, name)


def _shown(path: Path) -> str:
    return Path(os.path.relpath(path)).as_posix()


def _read(path: Path, *, strict: bool) -> SnapshotFile:
    shown = _shown(path)
    if not path.is_file():
        return SnapshotFile(path, shown, b"", "it is no regular file")
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            return SnapshotFile(path, shown, b"", f"it is larger than {MAXIMUM_BYTES // 1024 // 1024} MiB")
        return SnapshotFile(path, shown, path.read_bytes())
    except OSError as error:
        if strict:
            raise UsageError(f"{shown}: cannot be read ({error.strerror}); check its permissions") from error
        return SnapshotFile(path, shown, b"", f"it cannot be read ({error.strerror})")

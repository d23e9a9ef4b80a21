"""Writes new files into a directory: all of them or none, and never over another."""

import contextlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from baselint import atomic
from baselint.errors import BaselintError, UsageError


def refuse_existing(directory: Path, names: Iterable[str]) -> None:
    """Refuse to write over anything.

    Raises:
        UsageError: the directory is a file or cannot be read, or some of the files are there; all of these are named.
    """
    try:
        if directory.exists() and not directory.is_dir():
            raise UsageError(f"{directory.as_posix()}: this is no directory; name another")
        paths = [directory / name for name in names]
        present = [path.as_posix() for path in paths if path.exists() or path.is_symlink()]
    except OSError as error:
        raise UsageError(
            f"{directory.as_posix()}: cannot be read ({error.strerror}); name another directory"
        ) from error
    if present:
        raise UsageError(f"{', '.join(present)}: already there, so nothing was written; name an empty directory")


def write(directory: Path, files: Mapping[str, str], more: Callable[[], Mapping[str, str]]) -> tuple[Path, ...]:
    """Write files, then those that can only be made when the first are there; return what was written.

    Raises:
        BaselintError: one cannot be made or written; those before it are gone again.
    """
    written: list[Path] = []
    try:
        _write(directory, files, written)
        _write(directory, more(), written)
    except BaselintError:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        raise
    return tuple(written)


def _write(directory: Path, files: Mapping[str, str], written: list[Path]) -> None:
    for name, text in files.items():
        atomic.write(directory / name, [text])
        written.append(directory / name)

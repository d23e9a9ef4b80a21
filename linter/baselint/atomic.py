"""Writes files whole or not at all."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from baselint.errors import UsageError


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write text to a file through a temporary one beside it, so that nobody ever reads half of it.

    A device or a pipe is written to as it is.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(pieces)
        else:
            _replace(path, pieces)
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be written ({error.strerror}); check the directory") from error


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside a path, which takes its place at the end, unless something went wrong.

    Raises:
        OSError: the file cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _replace(path: Path, pieces: Iterable[str]) -> None:
    with replacing(path) as stream:
        stream.writelines(piece.encode("utf-8") for piece in pieces)

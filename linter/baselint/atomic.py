"""Writes files whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

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


def _replace(path: Path, pieces: Iterable[str]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

"""Writes files whole or not at all."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from baselint.errors import UsageError


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write text to a file through a temporary one beside it, so that nobody ever reads half of it.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be written ({error.strerror}); check the directory") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise UsageError(f"{path.as_posix()}: cannot be written ({error.strerror})") from error

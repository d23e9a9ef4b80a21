"""The notes that people keep on controls, one file for each: read, never written."""

from collections.abc import Collection, Mapping
from pathlib import Path

from baselint.errors import UsageError
from baselint.suggestion import did_you_mean
from baselint.yamlsource import MAXIMUM_BYTES

_SUFFIX = ".md"
_ABOUT = "README.md"
"""Says what the directory is for, and is no note."""


def read(directory: Path, controls: Collection[str]) -> Mapping[str, str]:
    """Return the notes of a directory by control.

    Raises:
        UsageError: a note is of no control, lies in a directory below, or cannot be read.
    """
    notes: dict[str, str] = {}
    for path in sorted(directory.rglob(f"*{_SUFFIX}")):
        if path.name == _ABOUT:
            continue
        if path.parent != directory:
            raise UsageError(f"{path.as_posix()}: notes lie in {directory.as_posix()} itself; move it there")
        if path.stem not in controls:
            raise UsageError(
                f"{path.as_posix()}: a note is named after its control, and there is no control {path.stem!r} "
                f"(the setting 'notes' can name another directory){did_you_mean(path.stem, controls)}"
            )
        notes[path.stem] = _text(path)
    return notes


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if len(content) > MAXIMUM_BYTES:
            raise UsageError(f"{path.as_posix()}: the file is larger than {MAXIMUM_BYTES} bytes")
        return content.decode("utf-8")
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.as_posix()}: this is not UTF-8 text; save it as UTF-8") from error

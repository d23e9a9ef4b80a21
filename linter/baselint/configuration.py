"""Reads ``[tool.baselint]`` of the nearest pyproject.toml, or baselint.toml, upward from a directory."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from baselint.errors import UsageError
from baselint.suggestion import did_you_mean

DEFAULT_BASELINE = "aws-root-hardening"
DEFAULT_TREE = "policies"
DEFAULT_NOTES = "notes"
DEFAULT_LONGEST_EXCEPTION_DAYS = 366
OWN_FILE = "baselint.toml"
"""Name of a file that holds nothing but settings of baselint."""

_PLACES = ((OWN_FILE, ()), ("pyproject.toml", ("tool", "baselint")))
FILES = tuple(name for name, _ in _PLACES)
"""Names of the files that may hold settings."""

_MAXIMUM_BYTES = 1_048_576
_MAXIMUM_EXCEPTION_DAYS = 3660
_ADDRESS = re.compile(r"https://[^\s\"'()<>\\#?]+/")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the user's project says; paths are absolute or relative to the working directory."""

    policies: Path | None
    """The user's own policy tree; None when there is none."""
    library: bool = True
    """Whether the shipped controls, frameworks and baselines are there beside the user's."""
    baseline: str = DEFAULT_BASELINE
    longest_exception_days: int = DEFAULT_LONGEST_EXCEPTION_DAYS
    """How many days after its approval an exception may end at the latest."""
    notes: Path | None = None
    """Directory of the notes that people keep on controls; None when there is none."""
    repository: str | None = None
    """Where the files below ``root`` can be read and edited: an address that a path follows."""
    root: Path = field(default=Path(), compare=False)
    """Directory of the settings."""

    @property
    def longest_exception(self) -> timedelta:
        """Return how long an exception may hold at most."""
        return timedelta(days=self.longest_exception_days)

    @property
    def notes_place(self) -> Path:
        """Return where notes on controls lie, or would lie."""
        return self.notes or (self.policies or Path(DEFAULT_TREE)).parent / DEFAULT_NOTES


@dataclass(frozen=True, slots=True)
class _Setting:
    """What one setting may be: in words, and as a question."""

    words: str
    fits: Callable[[object], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_number_of_days(value: object) -> bool:
    # Python takes true for the number 1; nobody who writes true means one day.
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MAXIMUM_EXCEPTION_DAYS


def _is_address(value: object) -> bool:
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


_SETTINGS: Mapping[str, _Setting] = {
    "policies": _Setting("a text, the path of a directory", _is_text),
    "library": _Setting("true or false", lambda value: isinstance(value, bool)),
    "baseline": _Setting("a text, the id of a baseline", _is_text),
    "longest_exception_days": _Setting(f"a whole number from 1 to {_MAXIMUM_EXCEPTION_DAYS}", _is_number_of_days),
    "notes": _Setting("a text, the path of a directory", _is_text),
    "repository": _Setting("an address that begins with https:// and ends with /", _is_address),
}


def find(directory: Path) -> Configuration:
    """Return the configuration that holds in a directory.

    Raises:
        UsageError: a configuration file is broken, has an unknown key, names a tree that is not there, or stands
            beside another one.
    """
    for parent in (directory, *directory.parents):
        found = settings_in(parent, directory)
        if len(found) > 1:
            own, other = (_relative(path, directory).as_posix() for path in found)
            raise UsageError(f"{own}: {other} has settings of baselint too; keep them in one of the two files")
        for path, settings in found.items():
            return _configure(settings, path, directory)
    if not (directory / DEFAULT_TREE).is_dir():
        return Configuration(None)
    return Configuration(
        Path(DEFAULT_TREE), notes=Path(DEFAULT_NOTES) if (directory / DEFAULT_NOTES).is_dir() else None
    )


def settings_in(directory: Path, origin: Path) -> Mapping[Path, dict[str, Any]]:
    """Return the files of a directory that hold settings of baselint, and these; errors name files as seen from ``origin``.

    Raises:
        UsageError: a file that may hold settings is broken.
    """
    found = {}
    for name, table in _PLACES:
        path = directory / name
        settings = _read(path, table, _relative(path, origin)) if path.is_file() else None
        if settings is not None:
            found[path] = settings
    return found


def _read(path: Path, table: tuple[str, ...], shown: Path) -> dict[str, Any] | None:
    try:
        content = path.read_bytes()
        if len(content) > _MAXIMUM_BYTES:
            raise UsageError(f"{shown.as_posix()}: the file is larger than {_MAXIMUM_BYTES} bytes")
        settings: Any = tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise UsageError(f"{shown.as_posix()}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{shown.as_posix()}: this is not TOML ({error}); mend it") from error
    for key in table:
        settings = settings.get(key) if isinstance(settings, dict) else None
    if settings is None or isinstance(settings, dict):
        return settings
    raise UsageError(f"{shown.as_posix()}: [{'.'.join(table)}] must be a table of settings")


def _configure(settings: dict[str, Any], path: Path, directory: Path) -> Configuration:
    shown = _relative(path, directory).as_posix()
    for key, value in settings.items():
        if key not in _SETTINGS:
            allowed = ", ".join(_SETTINGS)
            raise UsageError(
                f"{shown}: the setting {key!r} is not known; allowed: {allowed}{did_you_mean(key, _SETTINGS)}"
            )
        if not _SETTINGS[key].fits(value):
            raise UsageError(f"{shown}: the setting {key!r} must be {_SETTINGS[key].words}; it is {_words(value)}")
    policies = path.parent / settings.get("policies", DEFAULT_TREE)
    notes = path.parent / settings["notes"] if "notes" in settings else policies.parent / DEFAULT_NOTES
    for key, place, what in (("policies", policies, "policy tree"), ("notes", notes, "directory of notes")):
        if key in settings and not place.is_dir():
            raise UsageError(f"{shown}: the {what} {settings[key]!r} is not a directory; make it, or mend {key!r}")
    return Configuration(
        policies=_relative(policies, directory) if policies.is_dir() else None,
        library=settings.get("library", True),
        baseline=settings.get("baseline", DEFAULT_BASELINE),
        longest_exception_days=settings.get("longest_exception_days", DEFAULT_LONGEST_EXCEPTION_DAYS),
        notes=_relative(notes, directory) if notes.is_dir() else None,
        repository=settings.get("repository"),
        root=_relative(path.parent, directory),
    )


def _words(value: object) -> str:
    """Return a value as TOML writes it, as far as one line can show it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value!r}" if value else "empty"
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return str(value)


def _relative(path: Path, directory: Path) -> Path:
    return Path(os.path.relpath(path, directory))

"""Reads ``[tool.baselint]`` of the nearest pyproject.toml, or baselint.toml, upward from a directory."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baselint.errors import UsageError
from baselint.suggestion import did_you_mean

DEFAULT_BASELINE = "aws-root-hardening"
DEFAULT_TREE = "policies"
_KEYS = {"policies": str, "library": bool, "baseline": str}
_MAXIMUM_BYTES = 1_048_576


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the user's project says; paths are absolute or relative to the working directory."""

    policies: Path | None
    """The user's own policy tree; None when there is none."""
    library: bool = True
    """Whether the shipped controls, frameworks and baselines are there beside the user's."""
    baseline: str = DEFAULT_BASELINE


def find(directory: Path) -> Configuration:
    """Return the configuration that holds in a directory.

    Raises:
        UsageError: a configuration file is broken, has an unknown key, or names a tree that is not there.
    """
    for parent in (directory, *directory.parents):
        for name, table in (("baselint.toml", ()), ("pyproject.toml", ("tool", "baselint"))):
            path = parent / name
            settings = _read(path, table) if path.is_file() else None
            if settings is not None:
                return _configure(settings, path, directory)
    default = directory / DEFAULT_TREE
    return Configuration(Path(DEFAULT_TREE) if default.is_dir() else None)


def _read(path: Path, table: tuple[str, ...]) -> dict[str, Any] | None:
    try:
        content = path.read_bytes()
        if len(content) > _MAXIMUM_BYTES:
            raise UsageError(f"{path.name}: the file is larger than {_MAXIMUM_BYTES} bytes")
        settings: Any = tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise UsageError(f"{path.name}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{path.name}: this is not TOML ({error}); mend it") from error
    for key in table:
        settings = settings.get(key) if isinstance(settings, dict) else None
    if settings is None or isinstance(settings, dict):
        return settings
    raise UsageError(f"{path.name}: [{'.'.join(table)}] must be a table of settings")


def _configure(settings: dict[str, Any], path: Path, directory: Path) -> Configuration:
    for key, value in settings.items():
        if key not in _KEYS:
            allowed = ", ".join(_KEYS)
            raise UsageError(
                f"{path.name}: the setting {key!r} is not known; allowed: {allowed}{did_you_mean(key, _KEYS)}"
            )
        if not isinstance(value, _KEYS[key]):
            wanted = "true or false" if _KEYS[key] is bool else "a text"
            raise UsageError(f"{path.name}: the setting {key!r} must be {wanted}")
    policies = path.parent / settings.get("policies", DEFAULT_TREE)
    if "policies" in settings and not policies.is_dir():
        raise UsageError(
            f"{path.name}: the policy tree {settings['policies']!r} is not a directory; make it, or mend 'policies'"
        )
    return Configuration(
        policies=_relative(policies, directory) if policies.is_dir() else None,
        library=settings.get("library", True),
        baseline=settings.get("baseline", DEFAULT_BASELINE),
    )


def _relative(path: Path, directory: Path) -> Path:
    return Path(os.path.relpath(path, directory))

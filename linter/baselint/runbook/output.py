"""The files of a runbook in a directory: which are as they must be, and what stands against writing the others."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from baselint import atomic
from baselint.errors import UsageError
from baselint.runbook.notice import Origin, origin, sha256

MANIFEST = ".baselint-files.json"
"""Holds the hash of each file that has no notice. Site builders leave out files whose name begins with a dot."""

_PAGE = ".md"


class Standing(StrEnum):
    """How a file stands to what the policy makes."""

    CURRENT = "current"
    STALE = "stale"
    MISSING = "missing"
    ORPHANED = "orphaned"
    """Ours, and no policy file makes it any more."""
    EDITED = "edited"
    """Ours, and somebody changed it: to write or remove it would lose that."""
    FOREIGN = "foreign"
    """Of somebody else's making."""


@dataclass(frozen=True, slots=True)
class Output:
    """A directory of pages, compared with what the policy makes."""

    directory: Path
    made: Mapping[str, str]
    standings: Mapping[str, Standing]
    """Of every path that is made, or lies there and takes part."""

    def paths(self, *standings: Standing) -> list[str]:
        """Return the paths that stand in one of some ways, sorted."""
        return sorted(path for path, standing in self.standings.items() if standing in standings)

    def write(self) -> tuple[int, int]:
        """Write what is not current, remove what nothing makes, and return both numbers.

        Only what changed is written, so that site builders keep what they have cached; the manifest comes last.
        """
        changed = [path for path in self.made if self.standings[path] is not Standing.CURRENT]
        removed = [path for path in self.standings if path not in self.made]
        for path in sorted(changed, key=lambda path: (path == MANIFEST, path)):
            atomic.write(self.directory / path, [self.made[path]])
        for path in removed:
            try:
                (self.directory / path).unlink()
            except OSError as error:
                raise UsageError(
                    f"{(self.directory / path).as_posix()}: cannot be removed ({error.strerror})"
                ) from error
        return len(changed), len(removed)


def with_manifest(made: Mapping[str, str]) -> Mapping[str, str]:
    """Return the files that are made, and the manifest of those among them that have no notice."""
    hashes = {path: sha256(text) for path, text in sorted(made.items()) if not path.endswith(_PAGE)}
    return {**made, MANIFEST: json.dumps({"sha256": hashes}, indent=2) + "\n"}


def compare(directory: Path, made: Mapping[str, str]) -> Output:
    """Compare a directory with the files that are made, the manifest among them.

    Every Markdown file takes part, and every other one that is made or that the manifest names.

    Raises:
        UsageError: the directory is a file, or a file in it cannot be read.
    """
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory.as_posix()}: this is no directory; name another")
    hashes = _hashes(_read(directory / MANIFEST))
    found = {path.relative_to(directory).as_posix() for path in directory.rglob(f"*{_PAGE}")}
    standings: dict[str, Standing] = {}
    for path in sorted({*made, *found, *hashes}):
        text = _read(directory / path)
        if text is not None or path in made:
            standings[path] = _standing(text, made.get(path), _origin(path, text or "", hashes))
    return Output(directory, made, standings)


def _standing(text: str | None, made: str | None, by: Origin) -> Standing:
    if text is None:
        return Standing.MISSING
    if text == made:
        return Standing.CURRENT
    if by is not Origin.OWN:
        return Standing.EDITED if by is Origin.EDITED else Standing.FOREIGN
    return Standing.ORPHANED if made is None else Standing.STALE


def _origin(path: str, text: str, hashes: Mapping[str, str]) -> Origin:
    if path.endswith(_PAGE):
        return origin(text)
    if path == MANIFEST or hashes.get(path) == sha256(text):
        return Origin.OWN
    return Origin.EDITED if path in hashes else Origin.FOREIGN


def _hashes(manifest: str | None) -> Mapping[str, str]:
    """Return what a manifest says; one that cannot be read says nothing, and no path in it leads outside."""
    try:
        document: Any = json.loads(manifest or "{}")
    except (ValueError, RecursionError):
        return {}
    hashes = document.get("sha256") if isinstance(document, dict) else None
    pairs: Iterable[tuple[Any, Any]] = hashes.items() if isinstance(hashes, dict) else ()
    return {path: value for path, value in pairs if isinstance(value, str) and _is_inside(path)}


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    return path != MANIFEST and not path.endswith(_PAGE) and ".." not in parts and "" not in parts and "\\" not in path


def _read(path: Path) -> str | None:
    """Return the text of a file, whatever ends its lines; None where there is none."""
    try:
        return path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n") if path.is_file() else None
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be read ({error.strerror})") from error

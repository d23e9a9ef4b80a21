"""Reads the manifest of a snapshot, which says when, how and by whom its files were made."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING, Any

from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import Reading, fail
from baselint.snapshot.form import BrokenForm, Form, JsonForm

if TYPE_CHECKING:
    from baselint.policy.schema_check import SchemaChecker

SCHEMA = "snapshot-manifest"
_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What a manifest says of one file."""

    account: str | None
    command: str | None
    caller: str | None
    captured_at: datetime | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest: what holds for every file beside it, and what is said of single files."""

    default: ManifestEntry
    files: Mapping[str, ManifestEntry]

    @property
    def records(self) -> int | None:
        """Return how many files it names."""
        return len(self.files)


def is_manifest(form: Form, name: str) -> bool:
    """Tell whether a file says that it is a manifest, or is a broken one by its name, or as JSON that says it.

    Any other text may speak of manifests: the script that makes them does.
    """
    if isinstance(form, JsonForm):
        return isinstance(form.data, dict) and form.data.get("kind") == SCHEMA
    if not isinstance(form, BrokenForm):
        return False
    return name.lower() == _NAME or (form.text.lstrip().startswith("{") and f'"{SCHEMA}"' in form.text)


def read_manifest(form: Form, checker: "SchemaChecker") -> Reading:
    """Read a manifest; one that does not fit its schema, or contradicts itself, says nothing at all."""
    if not isinstance(form, JsonForm):
        return _refuse(getattr(form, "detail", "the manifest cannot be read"))
    flaw = next(iter(checker.errors(form.data, SCHEMA)), None)
    if flaw is not None:
        place = flaw.json_path.removeprefix("$") or "the top"
        return _refuse(
            f"the manifest does not fit its schema at {place} ({flaw.validator}); see 'baselint schema {SCHEMA}'"
        )
    data: dict[str, Any] = form.data
    items = data.get("files", [])
    for stamp in filter(None, (item.get("captured_at") for item in (data, *items))):
        if parse_stamp(stamp) is None:
            return _refuse(f"the manifest says captured_at {stamp}, and there is no such time; mend it")
    files: dict[str, ManifestEntry] = {}
    for item in items:
        path = normpath(item["path"])
        if path in files:
            return _refuse(f"the manifest names the file {path} twice; keep one entry")
        files[path] = _entry(item, data)
    return Reading(Manifest(_entry(data, {}), files))


def _refuse(detail: str) -> Reading:
    return Reading(failure=fail(ExportKind.MANIFEST, MissingReason.INVALID, detail))


def _entry(item: Mapping[str, Any], parent: Mapping[str, Any]) -> ManifestEntry:
    stamp = item.get("captured_at", parent.get("captured_at"))
    return ManifestEntry(
        account=item.get("account", parent.get("account")),
        command=item.get("command"),
        caller=item.get("caller", parent.get("caller")),
        captured_at=parse_stamp(stamp) if stamp else None,
        sha256=item.get("sha256"),
    )


class Manifests:
    """Every manifest of a run, by the directory it speaks for."""

    def __init__(self, readings: Mapping[Path, Reading], files: Collection[Path]) -> None:
        by_directory: dict[Path, dict[Path, Reading]] = defaultdict(dict)
        for path, reading in readings.items():
            by_directory[path.parent][path] = reading
        self.readings: dict[Path, Reading] = {}
        """What each manifest says, beside the others and the files that are there."""
        self._speaking: dict[Path, Manifest | None] = {}
        for directory, beside in by_directory.items():
            settled = _settle(beside)
            payloads = [reading.payload for reading in settled.values()]
            self._speaking[directory] = payloads[0] if isinstance(payloads[0], Manifest) else None
            self.readings |= {path: _miss(reading, directory, files) for path, reading in settled.items()}

    def entry(self, path: Path) -> ManifestEntry | None:
        """Return what the nearest manifest above a file says of it; behind a broken one nobody speaks."""
        directory = next((parent for parent in path.parents if parent in self._speaking), None)
        manifest = self._speaking[directory] if directory else None
        if directory is None or manifest is None:
            return None
        return manifest.files.get(path.relative_to(directory).as_posix(), manifest.default)


def _settle(beside: dict[Path, Reading]) -> dict[Path, Reading]:
    """Silence the manifests of one directory that say different things."""
    first, *others = (reading.payload for reading in beside.values())
    if all(other == first for other in others):
        return beside
    refused = _refuse("several manifests lie in this directory and say different things; keep one")
    return {path: reading if reading.failure else refused for path, reading in beside.items()}


def _miss(reading: Reading, directory: Path, files: Collection[Path]) -> Reading:
    """Note the files that a manifest names and that are not there."""
    named = reading.payload.files if isinstance(reading.payload, Manifest) else ()
    missing = sorted(name for name in named if directory / name not in files)
    if not missing:
        return reading
    listing = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
    message = f"the manifest names {len(missing)} file(s) that are not there: {listing}"
    return replace(reading, problems=((MissingReason.INCOMPLETE, message),))

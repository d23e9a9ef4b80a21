"""Runs the parts of snapshot reading that tests look at one by one: recognition of files, and grouping."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from baselint.policy.schema_check import SchemaChecker
from baselint.snapshot.build import SnapshotSet, build_snapshots
from baselint.snapshot.export import Export
from baselint.snapshot.files import SnapshotFile, read_files
from baselint.snapshot.group import Grouping, group
from baselint.snapshot.recognise import RecognisedFile, recognise
from builders import write

AS_OF = datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC)
CHECKER = SchemaChecker()
OTHER = "444455556666"


def as_bytes(content: Any) -> bytes:
    """A file's content: texts and bytes as they are, everything else as JSON."""
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def recognise_all(
    files: dict[str, Any], *, captured_at: datetime | None = None, as_of: datetime = AS_OF
) -> dict[str, RecognisedFile]:
    """What each file is, by its name; the files lie under ``/x`` and need not exist."""
    everything = [SnapshotFile(Path("/x", name), name, as_bytes(content)) for name, content in files.items()]
    return {file.shown: file for file in recognise(everything, CHECKER, captured_at, as_of)}


def recognise_one(content: Any, name: str = "x", **options: Any) -> RecognisedFile:
    """What one file is."""
    return recognise_all({name: content}, **options)[name]


def export_of(content: Any, name: str = "x", **options: Any) -> Export:
    """The export that one file is."""
    export = recognise_one(content, name, **options).export
    assert export is not None
    return export


def manifest(*files: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A snapshot manifest."""
    return {"kind": "snapshot-manifest", "files": list(files), **more}


def group_in(directory: Path, files: dict[str, Any]) -> Grouping:
    """The files of a directory, grouped by account."""
    return group(recognise(read_files((write(directory, files),)), CHECKER, None, AS_OF), Path.cwd().name)


def build_in(
    directory: Path, files: dict[str, Any], *, as_of: datetime = AS_OF, captured_at: datetime | None = None
) -> SnapshotSet:
    """The snapshots of a directory's files."""
    return build_snapshots((write(directory, files),), CHECKER, as_of, captured_at)

"""Reads the manifest of a snapshot, which says when, how and by whom its files were made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import Reading, fail
from baselint.snapshot.form import BrokenForm, Form, JsonForm

if TYPE_CHECKING:
    from baselint.policy.schema_check import SchemaChecker

SCHEMA = "snapshot-manifest"


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


def is_manifest(form: Form) -> bool:
    """Tell whether a file says that it is a manifest, or is a broken one."""
    if isinstance(form, JsonForm):
        return isinstance(form.data, dict) and form.data.get("kind") == SCHEMA
    return isinstance(form, BrokenForm) and f'"{SCHEMA}"' in form.text


def read_manifest(form: Form, checker: "SchemaChecker") -> Reading:
    """Read a manifest; one that does not fit its schema says nothing at all."""
    if not isinstance(form, JsonForm):
        detail = getattr(form, "detail", "the manifest cannot be read")
        return Reading(failure=fail(ExportKind.MANIFEST, MissingReason.INVALID, detail))
    flaw = next(iter(checker.errors(form.data, SCHEMA)), None)
    if flaw is not None:
        place = flaw.json_path.removeprefix("$")
        detail = f"the manifest does not fit its schema at {place or 'the top'} ({flaw.validator}); see 'baselint schema {SCHEMA}'"
        return Reading(failure=fail(ExportKind.MANIFEST, MissingReason.INVALID, detail))
    data: dict[str, Any] = form.data
    default = _entry(data, {})
    files = {item["path"]: _entry(item, data) for item in data.get("files", ())}
    return Reading(Manifest(default, files))


def _entry(item: Mapping[str, Any], parent: Mapping[str, Any]) -> ManifestEntry:
    stamp = item.get("captured_at", parent.get("captured_at"))
    return ManifestEntry(
        account=item.get("account", parent.get("account")),
        command=item.get("command"),
        caller=item.get("caller", parent.get("caller")),
        captured_at=parse_stamp(stamp) if stamp else None,
        sha256=item.get("sha256"),
    )

"""The pages of statuses, reasons and exit codes, and of the fields of a report."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from baselint import resources
from baselint.finding import Status
from baselint.runbook.book import Book, Page
from baselint.verdict_words import CURES, EXIT_CODES, FAILING, REASONS, STATUSES


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the report: where it stands, what it may be and what it says."""

    path: str
    type: str
    description: str


def pages(_book: Book) -> Iterator[Page]:
    """Yield the page of statuses and the page of the report."""
    reasons_of = {status: [reason for reason, (under, _) in REASONS.items() if status in under] for status in Status}
    values = {
        "statuses": STATUSES,
        "cures": CURES,
        "failing": FAILING,
        "reasons": REASONS,
        "reasons_of": reasons_of,
        "exit_codes": EXIT_CODES,
    }
    yield Page("reference/statuses.md", "statuses.md.j2", values)
    yield Page("reference/report.md", "report.md.j2", {"groups": _groups()})


def _groups() -> Mapping[str, list[Field]]:
    """Return the fields of the report: those of the run, of an account and of a finding."""
    schema = json.loads(resources.read_text("schema", "report.schema.json"))
    groups: dict[str, list[Field]] = {"The run": [], "Each account": [], "Each finding": []}
    for field in _fields(schema, ""):
        name = "The run"
        if field.path.startswith("accounts[]."):
            name = "Each finding" if field.path.startswith("accounts[].findings[].") else "Each account"
        groups[name].append(field)
    return groups


def _fields(schema: Mapping[str, Any], prefix: str) -> Iterator[Field]:
    for name, inner in schema.get("properties", {}).items():
        path = f"{prefix}{name}"
        yield Field(path, _type(inner), inner["description"])
        yield from _fields(inner, f"{path}.")
        yield from _fields(inner.get("items", {}), f"{path}[].")


def _type(schema: Mapping[str, Any]) -> str:
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return "one of " + ", ".join("null" if item is None else str(item) for item in schema["enum"])
    types = schema.get("type", "anything")
    return types if isinstance(types, str) else " or ".join(types)

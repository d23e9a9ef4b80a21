"""A page for each baseline: its controls in the order of work, the origin of each value, its decisions and its standing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from baselint import placeholders, wording
from baselint.baseline import ControlException
from baselint.errors import Location
from baselint.model import Severity
from baselint.policy.coverage import CoverageStatus
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl
from baselint.runbook.anchors import exception_anchor
from baselint.runbook.book import Book, Page


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    resolved: ResolvedControl
    requirement: str
    exceptions: tuple[ControlException, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a control in force, and the line that sets it."""

    control: str
    title: str
    words: str
    is_default: bool
    """Whether no baseline sets it: it stands in the control."""
    place: Location


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of every baseline."""
    for resolved in book.policy.baselines:
        yield Page(book.addresses[resolved.baseline.id], "baseline.md.j2", _values(book, resolved))


def _values(book: Book, resolved: ResolvedBaseline) -> Mapping[str, Any]:
    exceptions = resolved.baseline.exceptions
    items = [_item(found, exceptions) for found in resolved.controls]
    standings = [
        (view, standing) for view in book.frameworks for standing in view.standings if standing.baseline is resolved
    ]
    active = [item for item in resolved.controls if not item.control.retired]
    counts = {level: sum(item.severity is level for item in active) for level in Severity}
    return {
        "resolved": resolved,
        "baseline": resolved.baseline,
        "items": items,
        "counts": {level: number for level, number in counts.items() if number},
        "set_values": [value for item in active for value in _set_values(item)],
        "standings": standings,
        "statuses": CoverageStatus,
        "repository": book.policy.repository,
        "anchor": exception_anchor,
    }


def _item(found: ResolvedControl, exceptions: tuple[ControlException, ...]) -> Item:
    own = tuple(item for item in exceptions if item.control == found.control.id)
    return Item(found, wording.requirement(found.control.check, found.parameters), own)


def _set_values(item: ResolvedControl) -> Iterator[Value]:
    for name, value in item.parameters.items():
        parameter = item.control.parameters[name]
        unit = f" {parameter.unit}" if parameter.unit and value is not None else ""
        words = f"{placeholders.word(value)}{unit}"
        yield Value(item.control.id, parameter.title, words, item.is_default(name), item.origins[name])
    if not item.has_own_severity:
        yield Value(item.control.id, "Severity", str(item.severity), False, item.severity_origin)

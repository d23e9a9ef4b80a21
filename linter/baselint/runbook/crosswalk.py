"""Controls beside standards: which requirement of each edition a control serves, one table for each family of editions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baselint.framework import Relation
from baselint.runbook.book import Book, Page
from baselint.runbook.control_view import ControlView
from baselint.runbook.framework_view import FrameworkView


@dataclass(frozen=True, slots=True)
class Mapped:
    """A requirement in a cell, and where it stands on the page of its edition."""

    id: str
    anchor: str
    decides: bool
    """Whether meeting the control meets it, as far as it goes; else the control contributes evidence."""


@dataclass(frozen=True, slots=True)
class Row:
    """A control with the requirements that it serves in each edition of a family."""

    view: ControlView
    cells: tuple[tuple[Mapped, ...], ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The editions of one standard, and the controls that any of them asks for, by group."""

    title: str
    editions: tuple[FrameworkView, ...]
    groups: Mapping[str, list[Row]]

    @property
    def is_mixed(self) -> bool:
        """Tell whether some requirements are decided and others get evidence only."""
        cells = (item for rows in self.groups.values() for row in rows for cell in row.cells for item in cell)
        return len({item.decides for item in cells}) > 1


def pages(book: Book) -> Iterator[Page]:
    """Yield the matrix, where there are standards."""
    if book.frameworks:
        found = families(book)
        unasked = [view for view in _ordered(book) if not view.served]
        yield Page("frameworks/crosswalk.md", "crosswalk.md.j2", {"families": found, "unasked": unasked})


def families(book: Book) -> tuple[Family, ...]:
    """Return the standards, the editions of one title together, in the order of the first of each."""
    by_title: dict[str, list[FrameworkView]] = {}
    for view in book.frameworks:
        by_title.setdefault(view.framework.title, []).append(view)
    return tuple(Family(title, tuple(items), _groups(book, items)) for title, items in by_title.items())


def _ordered(book: Book) -> list[ControlView]:
    """Return the controls that are judged, by group, and the worst of each first."""
    active = (view for view in book.views.values() if not view.control.retired)
    return sorted(active, key=lambda view: (view.control.group, view.severity.rank, view.control.id))


def _groups(book: Book, editions: list[FrameworkView]) -> Mapping[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for view in _ordered(book):
        cells = tuple(tuple(_cell(view, edition)) for edition in editions)
        if any(cells):
            groups.setdefault(view.control.group, []).append(Row(view, cells))
    return groups


def _cell(view: ControlView, edition: FrameworkView) -> Iterator[Mapped]:
    for served in view.served:
        if served.framework is edition.framework:
            requirement = served.requirement
            decides = requirement.relation is Relation.DECIDES
            yield Mapped(requirement.id, edition.anchors[requirement.id], decides)

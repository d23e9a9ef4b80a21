"""The list of controls, and a page for each."""

from collections.abc import Iterator

from baselint.runbook.book import Book, Page
from baselint.runbook.control_view import ControlView


def pages(book: Book) -> Iterator[Page]:
    """Yield the list of controls by group, and the page of every control."""
    groups: dict[str, list[ControlView]] = {}
    for view in sorted(book.views.values(), key=lambda view: (view.control.group, view.severity.rank, view.control.id)):
        groups.setdefault(view.control.group, []).append(view)
    yield Page("controls/index.md", "controls.md.j2", {"groups": groups})
    for view in book.views.values():
        yield Page(book.addresses[view.control.id], "control.md.j2", {"view": view, "control": view.control})

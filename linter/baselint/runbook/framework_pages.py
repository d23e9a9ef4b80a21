"""The list of standards, a page for each, and what nobody can meet together."""

from collections.abc import Iterator

from baselint.facts import FACTS
from baselint.policy.contradictions import contradictions
from baselint.policy.coverage import CoverageStatus
from baselint.runbook import contradiction_view
from baselint.runbook.anchors import exception_anchor
from baselint.runbook.book import Book, Page


def pages(book: Book) -> Iterator[Page]:
    """Yield the pages of standards, where there are any."""
    if not book.frameworks:
        return
    yield Page("frameworks/index.md", "frameworks.md.j2", {"frameworks": book.frameworks, "statuses": CoverageStatus})
    for view in book.frameworks:
        values = {
            "view": view,
            "framework": view.framework,
            "statuses": CoverageStatus,
            "anchor": exception_anchor,
        }
        yield Page(book.addresses[view.framework.id], "framework.md.j2", values)
    found = contradictions(book.policy.frameworks, lambda name: book.controls[name])
    shown = contradiction_view.contradiction_views(found, book.policy.baselines)
    values = {
        "contradictions": shown,
        "apart": contradiction_view.standards_apart(shown),
        "titles": {item.id: f"{item.title} {item.edition}" for item in book.policy.frameworks},
        "anchors": book.anchors,
        "facts": FACTS,
    }
    yield Page("frameworks/contradictions.md", "contradictions.md.j2", values)

"""The home page: where to start."""

from collections.abc import Iterator

from baselint.model import Severity
from baselint.runbook.book import Book, Page


def pages(book: Book) -> Iterator[Page]:
    """Yield the home page."""
    yield Page("index.md", "index.md.j2", {"policy": book.policy, "views": book.views, "severities": list(Severity)})

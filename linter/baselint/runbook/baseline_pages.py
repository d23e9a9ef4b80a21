"""A page for each baseline: its controls in the order of work, its decisions and how it stands to standards."""

from collections.abc import Iterator

from baselint import wording
from baselint.policy.coverage import CoverageStatus
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook.book import Book, Page


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of every baseline."""
    for resolved in book.policy.baselines:
        yield _page(book, resolved)


def _page(book: Book, resolved: ResolvedBaseline) -> Page:
    requirements = {
        item.control.id: wording.requirement(item.control.check, item.parameters) for item in resolved.controls
    }
    standings = [
        (view, standing) for view in book.frameworks for standing in view.standings if standing.baseline is resolved
    ]
    values = {
        "resolved": resolved,
        "baseline": resolved.baseline,
        "requirements": requirements,
        "standings": standings,
        "statuses": CoverageStatus,
    }
    return Page(book.addresses[resolved.baseline.id], "baseline.md.j2", values)

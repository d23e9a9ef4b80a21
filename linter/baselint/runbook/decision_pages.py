"""The decisions that the logs of all baselines hold, by day."""

from collections.abc import Iterable, Iterator
from datetime import date

from baselint.baseline import Baseline, Change
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook.book import Book, Page


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of decisions."""
    yield Page("changes.md", "changes.md.j2", {"decisions": decisions(book.policy.baselines)})


def decisions(baselines: Iterable[ResolvedBaseline]) -> list[tuple[date, list[tuple[Baseline, Change]]]]:
    """Return the entries of every log by day, the newest first."""
    days: dict[date, list[tuple[Baseline, Change]]] = {}
    for item in baselines:
        for change in item.baseline.changes:
            days.setdefault(change.date, []).append((item.baseline, change))
    return sorted(days.items(), reverse=True)

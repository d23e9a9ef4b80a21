"""The page of what commits changed in each baseline."""

from collections.abc import Iterator

from baselint.policy.change_kind import ChangeKind
from baselint.policy.change_words import short, title
from baselint.runbook.book import Book, Page


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of the history, which without git's data says how to get them."""
    values = {
        "history": book.policy.history,
        "baselines": [item.baseline for item in book.policy.baselines],
        "title": title,
        "short": short,
        "kinds": ChangeKind,
    }
    yield Page("history.md", "history.md.j2", values)

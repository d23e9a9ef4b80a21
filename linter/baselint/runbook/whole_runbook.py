"""All controls of the first baseline on one page, for paper."""

from collections.abc import Iterator

from baselint.runbook.book import Book, Page


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of the whole runbook: what is asked, and how to do it, in the order of the baseline."""
    resolved = next(iter(book.policy.baselines), None)
    asked = (item.control for item in resolved.controls) if resolved else ()
    selected = [control for control in asked if control.retired is None and control.id in book.views]
    shown = [(book.views[control.id], book.policy.notes.get(control.id)) for control in selected]
    yield Page("print.md", "print.md.j2", {"resolved": resolved, "shown": shown})

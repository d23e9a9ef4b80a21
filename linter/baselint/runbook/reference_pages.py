"""Reference pages for those who write policy files and read verdicts."""

from collections.abc import Iterator, Mapping

from baselint.exports import commands
from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition
from baselint.runbook.book import Book, Page
from baselint.runbook.control_view import ControlView


def pages(book: Book) -> Iterator[Page]:
    """Yield the page of facts."""
    values = {"scopes": _scopes(), "asked_by": _asked_by(book.views), "commands": commands}
    yield Page("reference/facts.md", "facts.md.j2", values)


def _scopes() -> Mapping[str, list[FactDefinition]]:
    scopes: dict[str, list[FactDefinition]] = {}
    for fact in FACTS.values():
        scopes.setdefault(fact.scope.replace("-", " "), []).append(fact)
    return scopes


def _asked_by(views: Mapping[str, ControlView]) -> Mapping[str, list[ControlView]]:
    asking: dict[str, list[ControlView]] = {name: [] for name in FACTS}
    for view in views.values():
        for name in view.facts:
            asking[name].append(view)
    return asking

"""The home page: what to do at night, what applies to which account, what changed lately, and what is where."""

from collections.abc import Iterator

from baselint.model import Severity
from baselint.runbook.account_kinds import kind_views
from baselint.runbook.book import Book, Page
from baselint.runbook.decision_pages import decisions
from baselint.runbook.menu import AT_NIGHT

_NAMED = (Severity.CRITICAL, Severity.HIGH)
"""The severities whose controls the page names; of the others it gives the number."""
_DAYS = 3
"""How many days of decisions the page shows."""


def pages(book: Book) -> Iterator[Page]:
    """Yield the home page."""
    values = {
        "policy": book.policy,
        "views": book.views,
        "at_night": [path for path in AT_NIGHT if path in book.policy.guides],
        "kinds": kind_views(book.policy.baselines),
        "named": _NAMED,
        "lately": decisions(book.policy.baselines)[:_DAYS],
    }
    yield Page("index.md", "index.md.j2", values)

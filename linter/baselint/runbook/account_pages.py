"""Pages of accounts, made only where a report is given: an overview, and a page for each account."""

from collections.abc import Iterator, Mapping
from typing import Any

from baselint.comparison.changes import MEANINGS, Change, FindingChange
from baselint.comparison.formats import fact_words
from baselint.exports import EXPORTS
from baselint.finding import Status
from baselint.help_sections import section
from baselint.report.document import FindingDocument
from baselint.report.shown import MISSING_TEXT, WORST_FIRST, scope_line, value_words
from baselint.runbook.account_view import INDEX, OPEN, FleetView, fleet
from baselint.runbook.book import Book, Page
from baselint.verdict_words import STATUSES

_COLUMNS, _ROWS = 20, 100
"""So many controls and accounts stand in the table of both; the lists above it have all of them."""
_MOST = 50
"""So many users and keys, places of evidence, and changes of one kind a page names; it counts the others."""
_TREND = tuple(kind for kind in Change if kind is not Change.UNCHANGED)
_TOLD = tuple(kind for kind in _TREND if kind is not Change.STILL_OPEN)
"""Of these kinds each finding is named; what is still open stands on the pages anyway."""
_ADVICE = {
    Status.FAIL.value: "the steps that mend it",
    Status.UNKNOWN.value: "how to show it",
    Status.MANUAL.value: "how to attest it, with a form",
    Status.EXCEPTED.value: "how exceptions from it are written",
}
"""What the page of a control has for whoever comes from such a finding."""


def pages(book: Book) -> Iterator[Page]:
    """Yield the overview of the accounts and the page of each; nothing without a report."""
    if book.policy.accounts is None:
        return
    view = fleet(book.policy.accounts, {item.baseline.id: item.sha256 for item in book.policy.baselines})
    values = {"fleet": view, "header": view.report.header, "tools": _tools(view, book)}
    yield Page("robots.txt", "robots.txt.j2")
    table = {"columns": view.columns[:_COLUMNS], "rows": view.accounts[:_ROWS]}
    yield Page(INDEX, "accounts.md.j2", {**values, **table, "scope": scope_line(view.report.header)})
    for account in view.accounts:
        yield Page(account.path, "account.md.j2", {**values, "view": account, "account": account.account})


def _tools(view: FleetView, book: Book) -> Mapping[str, Any]:
    """Return what the pieces of the pages need besides what they show."""
    anchors = {
        (account.account["id"], *item.key): item.anchor for account in view.accounts for item in account.findings
    }
    paths = {account.account["id"]: account.path for account in view.accounts}

    def place_of(change: FindingChange) -> tuple[str, str] | None:
        anchor = anchors.get((change.account, change.baseline, change.control))
        return (paths[change.account], anchor) if anchor else None

    return {
        "index": INDEX,
        "statuses": WORST_FIRST,
        "open": OPEN,
        "kinds": _TOLD,
        "trend": _TREND,
        "advice": _ADVICE,
        "meanings": MEANINGS,
        "words": STATUSES,
        "exports": EXPORTS,
        "missing_text": MISSING_TEXT,
        "most": _MOST,
        "paths": paths,
        "value_words": value_words,
        "fact_words": fact_words,
        "place_of": place_of,
        "page_of": lambda finding: _place(finding, book),
    }


def _place(finding: FindingDocument, book: Book) -> tuple[str, str] | None:
    """Return the page of a finding's control, and the section that helps; None where the policy has no such control.

    The report may be of an older policy: the section is one that the page has now.
    """
    control = book.controls.get(finding["control"])
    if control is None:
        return None
    step = next((item for item in control.procedure.cli if finding["help_section"] == f"cli-{item.id}"), None)
    return book.addresses[control.id], section(control, Status(finding["status"]), step)

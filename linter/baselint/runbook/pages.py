"""Renders resolved policy into the pages of a runbook: pure, plain Markdown, knows no site engine."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from baselint.runbook import (
    account_pages,
    baseline_pages,
    control_pages,
    controls_feed,
    crosswalk,
    decision_pages,
    diagrams,
    framework_pages,
    history_pages,
    home,
    reference_pages,
    register_pages,
    rule_reference,
    verdict_reference,
    whole_runbook,
)
from baselint.runbook.book import Book, Page, RunbookPolicy, book
from baselint.runbook.notice import signed
from baselint.runbook.templating import PageContext, environment, tidy

Section: TypeAlias = Callable[[Book], Iterator[Page]]

SECTIONS: tuple[Section, ...] = (
    home.pages,
    control_pages.pages,
    baseline_pages.pages,
    framework_pages.pages,
    crosswalk.pages,
    controls_feed.pages,
    decision_pages.pages,
    history_pages.pages,
    register_pages.pages,
    reference_pages.pages,
    rule_reference.pages,
    verdict_reference.pages,
    whole_runbook.pages,
    account_pages.pages,
)
"""What yields pages from a book; a new kind of page is one module and one line here."""


def pages(policy: RunbookPolicy) -> Mapping[str, str]:
    """Return every page of the runbook, and what it holds for other tools: path below the output directory, and text."""
    made_of = book(policy)
    sources = made_of.sources
    templates = environment()
    made: dict[str, str] = {}
    for section in SECTIONS:
        for item in section(made_of):
            context = PageContext(item.path, made_of.addresses)
            text = templates.get_template(item.template).render(page=context, **item.values)
            if item.path in sources:
                text += policy.repository.footer(sources[item.path])
            made[item.path] = signed(tidy(text)) if item.path.endswith(".md") else text
    drawn = made_of.diagrams
    made.update({path: signed(tidy(diagrams.placed(text, drawn))) for path, text in policy.guides.items()})
    return dict(sorted(made.items()))

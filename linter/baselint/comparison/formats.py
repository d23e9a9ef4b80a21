"""Writes what changed between two reports: as text for a terminal, as JSON, and as Markdown for a ticket."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TypeAlias

from baselint.comparison.changes import MEANINGS, Change, Comparison, FactChange, FindingChange
from baselint.markdown import code_span, plain
from baselint.report.document import ValueDocument
from baselint.terminal import Painter, Style, one_line, wrap

_STYLES = {
    Change.NEW: Style.BAD,
    Change.WORSE: Style.BAD,
    Change.NEWLY_UNKNOWN: Style.BAD,
    Change.NO_LONGER_JUDGED: Style.BAD,
    Change.NEWLY_MANUAL: Style.WARN,
    Change.NEWLY_EXCEPTED: Style.WARN,
    Change.STILL_OPEN: Style.WARN,
    Change.FIXED: Style.GOOD,
    Change.SETTLED: Style.GOOD,
}
_BRIEF = (Change.STILL_OPEN,)
_SUBJECTS = 10
_INDENT = " " * 4
_LABEL = 10

Writer: TypeAlias = Callable[[Comparison, Painter], Iterator[str]]


def write_text(found: Comparison, painter: Painter) -> Iterator[str]:
    """Yield the changes, those that need somebody first; the last line holds every count."""
    yield one_line(f"old: {found.old.path}, as of {found.old.as_of}") + "\n"
    yield one_line(f"new: {found.new.path}, as of {found.new.as_of}") + "\n\n"
    for caveat in found.caveats:
        yield painter.paint(Style.WARN, wrap(caveat, "mind: ", " " * 6)) + "\n"
    yield "\n" if found.caveats else ""
    for title, accounts in _account_lists(found):
        yield wrap(", ".join(accounts), f"{title}: ", _INDENT) + "\n"
    yield "\n" if any(accounts for _, accounts in _account_lists(found)) else ""
    for kind, changes in groupby(found.findings, key=lambda item: item.kind):
        style = _STYLES.get(kind, Style.DIM)
        yield f"{painter.paint(Style.BOLD, kind.upper())}  {painter.paint(Style.DIM, MEANINGS[kind])}\n"
        for change in changes:
            yield from _text_change(change, found, painter, style)
        yield "\n"
    yield _summary(found) + "\n"


def _text_change(change: FindingChange, found: Comparison, painter: Painter, style: Style) -> Iterator[str]:
    status = painter.paint(style, f"{change.old_status or 'not judged'} -> {change.new_status or 'not judged'}")
    yield f"  {change.severity}  {one_line(change.account)}  {painter.paint(Style.BOLD, found.name(change))}  {status}\n"
    for label, text in _details(change):
        yield wrap(text, f"{_INDENT}{label:<{_LABEL}}", " " * (len(_INDENT) + _LABEL)) + "\n"


def _details(change: FindingChange) -> Iterator[tuple[str, str]]:
    """Yield what is to be said of a change, each with its label; of what stayed open no more than what differs."""
    if change.kind not in _BRIEF and change.old_observed != change.new_observed:
        if change.old_observed is not None:
            yield "was", change.old_observed
        if change.new_observed is not None:
            yield "is", change.new_observed
    if change.note:
        yield "why", change.note
    for fact in change.facts:
        yield "fact", fact_words(fact)
    for label, subjects in (("added", change.subjects_added), ("gone", change.subjects_gone)):
        if subjects:
            more = f", and {len(subjects) - _SUBJECTS} more" if len(subjects) > _SUBJECTS else ""
            yield label, ", ".join(subjects[:_SUBJECTS]) + more


def fact_words(change: FactChange) -> str:
    """Say in one line how a fact changed."""
    return f"{change.fact}: {_values(change.old)} -> {_values(change.new)}"


def write_json(found: Comparison, _painter: Painter) -> Iterator[str]:
    """Yield one JSON document, described by ``schema/comparison.schema.json``."""
    document = {
        "schema_version": 1,
        "old": asdict(found.old),
        "new": asdict(found.new),
        "policy": [asdict(item) for item in found.policy],
        "caveats": found.caveats,
        "accounts": {"added": found.added, "removed": found.removed, "missing": found.missing},
        "findings": [asdict(item) for item in found.findings],
        "summary": found.counts(),
    }
    yield json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def write_markdown(found: Comparison, _painter: Painter) -> Iterator[str]:
    """Yield Markdown for a ticket or a pull request; every text of a report is escaped."""
    yield f"### {plain(found.old.path)} → {plain(found.new.path)}\n\n"
    yield f"As of {plain(found.old.as_of)} → {plain(found.new.as_of)}. {_summary(found)}.\n\n"
    for caveat in found.caveats:
        yield f"- **Mind:** {plain(caveat)}\n"
    for title, accounts in _account_lists(found):
        yield f"- **{title[0].upper()}{title[1:]}:** {', '.join(map(code_span, accounts))}\n"
    for kind, changes in groupby(found.findings, key=lambda item: item.kind):
        yield f"\n#### {_title(kind)}\n\n{MEANINGS[kind][0].upper()}{MEANINGS[kind][1:]}.\n\n"
        for change in changes:
            before, now = change.old_status or "not judged", change.new_status or "not judged"
            yield f"- **{before} → {now}**, {change.severity}: {code_span(found.name(change))} in {code_span(change.account)}\n"
            for label, text in _details(change):
                yield f"    - {label}: {plain(text)}\n"


COMPARISON_FORMATS: Mapping[str, Writer] = {"text": write_text, "json": write_json, "markdown": write_markdown}
"""Every format of a comparison, by name."""


def _account_lists(found: Comparison) -> Sequence[tuple[str, tuple[str, ...]]]:
    lists = (
        ("accounts expected, and missing", found.missing),
        ("accounts no longer there", found.removed),
        ("accounts not there before", found.added),
    )
    return [(title, accounts) for title, accounts in lists if accounts]


def _title(kind: Change) -> str:
    return kind[0].upper() + kind[1:].replace("-", " ")


def _values(values: tuple[ValueDocument, ...]) -> str:
    return ", ".join(map(_value, values)) or "not told"


def _value(value: ValueDocument) -> str:
    if value is None:
        return "no value"
    if isinstance(value, dict):
        return f"between {value['low']} and {value['high']}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _summary(found: Comparison) -> str:
    counts = ", ".join(f"{number} {kind}" for kind, number in found.counts().items() if number)
    accounts = len(found.removed), len(found.missing), len(found.added)
    words = f"{accounts[0]} account(s) gone, {accounts[1]} missing, {accounts[2]} added" if any(accounts) else ""
    return "; ".join(part for part in (counts or "nothing changed", words) if part)

"""Writes the registers of exceptions and attestations for ``baselint list``: rows for machines, lines for people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from baselint.commands.policy_access import chosen_baselines, open_here
from baselint.errors import Location
from baselint.policy.kinds import PolicyKind
from baselint.policy.registers import (
    AttestationEntry,
    Counting,
    ExceptionEntry,
    attestation_register,
    exception_register,
)
from baselint.terminal import one_line, wrap

Row: TypeAlias = Mapping[str, Any]
Entry: TypeAlias = tuple[tuple[str, ...], str]
"""The cells of an entry, and what else is told of it."""

_INDENT = " " * 4
_NAMED = 3


def exceptions(baseline: str | None, day: date, within: timedelta) -> tuple[list[Row], Iterator[str]]:
    """Return the register of exceptions, of one baseline or of all, as rows and as lines."""
    _, library = open_here()
    names = library.ids(PolicyKind.BASELINE) if baseline is None else (baseline,)
    entries = exception_register(chosen_baselines(names, library), day, within)
    return [_exception(entry) for entry in entries], _lines([_exception_entry(entry) for entry in entries])


def attestations(day: date, within: timedelta) -> tuple[list[Row], Iterator[str]]:
    """Return the register of attestations as rows and as lines."""
    _, library = open_here()
    entries = attestation_register(library, day, within)
    return [_attestation(entry) for entry in entries], _lines([_attestation_entry(entry) for entry in entries])


def _exception(entry: ExceptionEntry) -> Row:
    item = entry.exception
    return {
        "id": item.id,
        "state": entry.state,
        "days_left": entry.days_left,
        "baseline": entry.baseline,
        "control": item.control,
        "accounts": list(item.accounts),
        "subjects": list(item.subjects),
        "reason": item.reason,
        "owner": item.owner,
        "approved_by": item.approved.by,
        "approved": item.approved.date.isoformat(),
        "expires": item.expires.isoformat(),
        "compensating_control": item.compensating_control,
        "ticket": item.ticket,
        "location": _location(item.location),
    }


def _attestation(entry: AttestationEntry) -> Row:
    item = entry.attestation
    return {
        "id": item.control,
        "state": entry.state,
        "days_left": entry.days_left,
        "accounts": list(item.accounts),
        "replaced_for": list(entry.replaced_for),
        "outcome": item.outcome,
        "statement": item.statement,
        "by": item.by,
        "date": item.date.isoformat(),
        "answers": dict(item.answers),
        "evidence": [{"title": proof.title, "url": proof.url, "sha256": proof.sha256} for proof in item.evidence],
        "counts": [
            {
                "baseline": part.baseline,
                "days": part.days,
                "through": part.through.isoformat() if part.through else None,
            }
            for part in entry.counts
        ],
        "location": _location(item.location),
    }


def _location(place: Location) -> Row:
    return {"path": place.path, "line": place.line, "column": place.column}


def _exception_entry(entry: ExceptionEntry) -> Entry:
    item = entry.exception
    number = len(item.subjects)
    subjects = f" ({number} subject{'' if number == 1 else 's'})" if number else ""
    approved = f"approved by {item.approved.by} on {item.approved.date}"
    return (
        (item.id, entry.words, f"through {item.expires}", f"{entry.baseline}/{item.control}"),
        f"{_names(item.accounts)}{subjects}; owner {item.owner}; {approved}",
    )


def _attestation_entry(entry: AttestationEntry) -> Entry:
    item = entry.attestation
    through = _through(entry.counts[0]) if entry.counts else ""
    partly = 0 < len(entry.replaced_for) < len(item.accounts)
    replaced = f" (replaced for {_names(entry.replaced_for)})" if partly else ""
    return (
        (item.control, entry.words, f"{item.outcome} of {item.date}", through),
        f"{_names(item.accounts)}{replaced}; by {item.by}",
    )


def _through(part: Counting) -> str:
    if part.through is None:
        return "until a newer one"
    return f"through {part.through} by {part.baseline or 'default'}"


def _names(accounts: Sequence[str]) -> str:
    more = len(accounts) - _NAMED
    return ", ".join(accounts[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    """Align the cells of all entries; the id begins a line, and what else is told of it follows indented."""
    cleaned = [[one_line(cell) for cell in cells] for cells, _ in entries]
    widths = [max(map(len, column)) for column in zip(*cleaned, strict=True)]
    for cells, (_, more) in zip(cleaned, entries, strict=True):
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip() + "\n"
        yield wrap(more, _INDENT, _INDENT) + "\n"

"""Writes what differs between two baselines: as text for a terminal, as JSON, and as Markdown for a review."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from baselint.errors import Location
from baselint.markdown import code_span, plain
from baselint.model import ParameterValue
from baselint.placeholders import word
from baselint.policy.broken_requirements import BrokenRequirement, broken_by
from baselint.policy.change_kind import ChangeKind
from baselint.policy.change_words import short, title
from baselint.policy.differences import Change, Difference
from baselint.policy.resolve import ResolvedBaseline
from baselint.policy.strictness import Direction
from baselint.terminal import Painter, Style, clean, one_line, wrap

_STYLES = {
    Direction.WEAKER: Style.BAD,
    Direction.DIFFERENT: Style.WARN,
    Direction.STRICTER: Style.GOOD,
    Direction.EQUAL: Style.DIM,
}
_NOTHING = "nothing that decides a verdict differs"
_WIDTH = len(Direction.DIFFERENT)
_INDENT = " " * (_WIDTH + 4)

Broken: TypeAlias = tuple[BrokenRequirement, ...]
Writer: TypeAlias = Callable[[Difference, Broken, Painter], Iterator[str]]


def write_text(found: Difference, broken: Broken, painter: Painter) -> Iterator[str]:
    """Yield the changes as lines, what may weaken first, each with both places and what it breaks."""
    yield one_line(f"{_baseline(found.old)} -> {_baseline(found.new)}") + "\n"
    for change in found.changes:
        way = painter.paint(_STYLES[change.direction], f"{change.direction:<{_WIDTH}}")
        subject = "" if change.kind is ChangeKind.APPLIES_TO else f"{painter.paint(Style.BOLD, change.subject)}  "
        yield f"  {way}  {subject}{title(change)}: {short(change)}\n"
        if change.kind is ChangeKind.CHECK:
            yield wrap(word(change.old), f"{_INDENT}it asked  ", f"{_INDENT}          ") + "\n"
            yield wrap(word(change.new), f"{_INDENT}it asks   ", f"{_INDENT}          ") + "\n"
        yield f"{_INDENT}{clean(str(change.new_place))}, was {clean(str(change.old_place))}\n"
        for item in broken_by(change, broken):
            yield wrap(_breaks(item), _INDENT, f"{_INDENT}  ") + "\n"
    yield f"{painter.paint(_STYLES[found.direction], found.direction)}: {_summary(found)}\n"


def write_json(found: Difference, broken: Broken, _painter: Painter) -> Iterator[str]:
    """Yield one JSON document; its shape changes only with ``schema_version``."""
    document = {
        "schema_version": 1,
        "old": _identity(found.old),
        "new": _identity(found.new),
        "direction": found.direction,
        "changes": [_change(change, broken) for change in found.changes],
        "summary": _counts(found),
    }
    yield json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def write_markdown(found: Difference, broken: Broken, _painter: Painter) -> Iterator[str]:
    """Yield Markdown for the comment of a review; every text from a file is escaped."""
    yield f"### {plain(_name(found.old))} → {plain(_name(found.new))}: {found.direction}\n\n"
    if not found.changes:
        yield f"{_NOTHING[0].upper()}{_NOTHING[1:]}.\n"
        return
    yield "| | Where | What | Old | New |\n|---|---|---|---|---|\n"
    for change in found.changes:
        mark = f"**{change.direction}**" if change.direction.may_weaken else str(change.direction)
        cells = (
            code_span(change.subject),
            plain(title(change)),
            plain(_side(change, change.old)),
            plain(_side(change, change.new)),
        )
        yield f"| {mark} | {' | '.join(_cell(item) for item in cells)} |\n"
    yield f"\n{_summary(found)}.\n"
    if broken:
        yield "\nWhat it does to requirements of published standards:\n\n"
        for item in broken:
            claimed = " (claimed)" if item.claimed else ""
            yield f"- {item.effect} {code_span(item.name)}{claimed} {plain(item.requirement.title)}: {plain(item.needs)}\n"


DIFFERENCE_FORMATS: Mapping[str, Writer] = {"text": write_text, "json": write_json, "markdown": write_markdown}
"""Every format of a difference, by name."""


def _cell(text: str) -> str:
    return text.replace("\n", " ")


def _name(item: ResolvedBaseline) -> str:
    return f"{item.baseline.id} {item.baseline.version}"


def _baseline(item: ResolvedBaseline) -> str:
    return f"baseline {_name(item)} ({item.baseline.location.path})"


def _side(change: Change, value: ParameterValue) -> str:
    return "none" if value is None and change.kind is ChangeKind.EXCEPTION else word(value)


def _breaks(item: BrokenRequirement) -> str:
    return f"{item.effect} {item.name}{', which it claims' if item.claimed else ''}: {item.needs}"


def _counts(found: Difference) -> Mapping[str, int]:
    counted = Counter(change.direction for change in found.changes)
    return {str(way): counted[way] for way in Direction}


def _summary(found: Difference) -> str:
    if not found.changes:
        return _NOTHING
    number = len(found.changes)
    counts = ", ".join(f"{count} {way}" for way, count in _counts(found).items())
    return f"{number} change{'' if number == 1 else 's'}: {counts}"


def _identity(item: ResolvedBaseline) -> Mapping[str, Any]:
    baseline = item.baseline
    return {
        "id": baseline.id,
        "version": baseline.version,
        "path": baseline.location.path,
        "resolved_sha256": item.sha256,
    }


def _change(change: Change, broken: Broken) -> Mapping[str, Any]:
    return {
        "kind": change.kind,
        "direction": change.direction,
        "subject": change.subject,
        "name": change.name,
        "old": _value(change.old),
        "new": _value(change.new),
        "old_location": _location(change.old_place),
        "new_location": _location(change.new_place),
        "breaks": [
            {
                "framework": item.framework.id,
                "requirement": item.requirement.id,
                "title": item.requirement.title,
                "needs": item.needs,
                "relation": item.requirement.relation,
                "claimed": item.claimed,
            }
            for item in broken_by(change, broken)
        ],
    }


def _value(value: ParameterValue) -> object:
    return list(value) if isinstance(value, tuple) else value


def _location(place: Location) -> Mapping[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}

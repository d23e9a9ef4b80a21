"""Draws a flow as SVG that stands in a page: stages from top to bottom, with a way out to the right of each."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

_WIDTH = 388
_SPINE = 204
_ASIDE_LEFT = 252
_LINE = 18
_PADDING = 11
_GAP = 34
_CHARACTERS = 24
_ASIDE_CHARACTERS = 13
_MIDDLE = _SPINE // 2


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a flow: what is done or asked, what leads out of it to the right, and what leads on."""

    say: str
    exit: str | None = None
    outcome: str | None = None
    onward: str | None = None


@dataclass(frozen=True, slots=True)
class Flow:
    """Stages in their order, and where whoever passes all of them ends."""

    name: str
    title: str
    description: str
    stages: tuple[Stage, ...]
    end: str
    after: str | None = None
    facts: frozenset[str] = frozenset()
    """The page of a control that asks for one of these facts shows the flow."""


def svg(flow: Flow) -> str:
    """Return a flow as one figure without an empty line; colours are those of the text around it."""
    shapes: list[str] = []
    top = 2
    for stage in flow.stages:
        height = max(_height(stage.say, _CHARACTERS), _height(stage.outcome or "", _ASIDE_CHARACTERS))
        shapes += _box(1, top, _SPINE - 1, height, stage.say, "stage", _CHARACTERS)
        if stage.outcome:
            shapes += _aside(top, height, stage)
        shapes += _onward(top + height, stage.onward)
        top += height + _GAP
    height = _height(flow.end, _CHARACTERS)
    shapes += _box(1, top, _SPINE - 1, height, flow.end, "outcome", _CHARACTERS)
    names = f"bl-{flow.name}-title bl-{flow.name}-description"
    return "\n".join(
        (
            '<figure class="bl-diagram">',
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top + height + 2}" role="img" '
            f'aria-labelledby="{names}" fill="none" stroke="currentColor" font-size="14">',
            f'<title id="bl-{flow.name}-title">{escape(flow.title)}</title>',
            f'<desc id="bl-{flow.name}-description">{escape(flow.description)}</desc>',
            *shapes,
            "</svg>",
            "</figure>",
        )
    )


def _lines(text: str, characters: int) -> list[str]:
    return textwrap.wrap(text, characters, break_on_hyphens=False)


def _height(text: str, characters: int) -> int:
    return len(_lines(text, characters)) * _LINE + 2 * _PADDING


def _box(left: int, top: int, width: int, height: int, text: str, kind: str, characters: int) -> Iterator[str]:
    """Yield a box with its text in the middle; what ends the flow has round ends and a thicker line."""
    ends = kind == "outcome"
    yield (
        f'<rect class="bl-diagram-{kind}" x="{left}" y="{top}" width="{width}" height="{height}" '
        f'rx="{14 if ends else 3}" stroke-width="{2.5 if ends else 1.25}"/>'
    )
    lines = _lines(text, characters)
    first = top + (height - len(lines) * _LINE) / 2 + 13
    for number, line in enumerate(lines):
        yield _text(left + width / 2, first + number * _LINE, line, "middle", bold=ends)


def _aside(top: int, height: int, stage: Stage) -> Iterator[str]:
    """Yield the way out to the right: its word above an arrow, and where it ends."""
    middle = top + height / 2
    yield _arrow(f"M{_SPINE} {middle:g}H{_ASIDE_LEFT - 2}", "m-6 -4l6 4l-6 4")
    yield _text((_SPINE + _ASIDE_LEFT) / 2 - 2, middle - 6, stage.exit or "", "middle")
    own = _height(stage.outcome or "", _ASIDE_CHARACTERS)
    width = _WIDTH - _ASIDE_LEFT - 2
    yield from _box(_ASIDE_LEFT, round(middle - own / 2), width, own, stage.outcome or "", "outcome", _ASIDE_CHARACTERS)


def _onward(top: int, word: str | None) -> Iterator[str]:
    yield _arrow(f"M{_MIDDLE} {top}V{top + _GAP - 2}", "m-4 -6l4 6l4 -6")
    if word:
        yield _text(_MIDDLE + 8, top + 21, word, "start")


def _arrow(line: str, head: str) -> str:
    return f'<path d="{line}{head}" stroke-width="1.25"/>'


def _text(x: float, y: float, text: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="currentColor" stroke="none"{weight}>'
        f"{escape(text)}</text>"
    )

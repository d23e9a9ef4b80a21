"""The page of the HTML report: its templates and its style sheet, and how texts get into it."""

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Protocol, cast

from baselint.report.shown import value_words
from baselint.terminal import UNSAFE

_NO_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef]|["
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Code points that no HTML document may hold."""

Piece = Callable[..., str]


class Page(Protocol):
    """The pieces of the page, each a template of its own."""

    opening: Piece
    account: Piece
    accounts: Piece
    exports: Piece
    exports_heading: Piece
    unread: Piece
    problems: Piece
    summary: Piece
    controls_heading: Piece
    control: Piece
    result: Piece
    table_end: Piece
    closing: Piece


def load() -> Page:
    """Return the pieces; every text that goes into one is escaped, and what would hide in it is written out."""
    from jinja2 import DictLoader, Environment, StrictUndefined
    from markupsafe import Markup

    room = files(__name__)
    sources = {item.name: item.read_text(encoding="utf-8") for item in room.iterdir() if item.name.endswith(".j2")}
    made = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    made.filters["value"] = value_words
    made.globals["style"] = Markup(room.joinpath("style.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    return cast("Page", made.get_template("page.html.j2").module)


def _visible(value: object) -> object:
    """Write out what would hide or turn text, and what no HTML document may hold; pieces of the page stay as they are."""
    if type(value) is not str:
        return value
    return _NO_CHARACTERS.sub(_escape, UNSAFE.sub(_escape, value))


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")

"""Makes text safe for a terminal, and colours it where that is wanted."""

import os
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TextIO

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line break
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # marks that reorder or hide text
    "\ud800-\udfff]"  # halves of characters, which cannot be encoded
)
"""What can make a line say on screen what it does not; each is one character of the basic plane."""


class Style(StrEnum):
    """ANSI codes by purpose."""

    BAD = "31;1"
    WARN = "33"
    GOOD = "32"
    DIM = "2"
    BOLD = "1"


def clean(text: str) -> str:
    """Strip what could steer a terminal out of text from a file."""
    return UNSAFE.sub("", text)


def spelt_out(text: str) -> str:
    """Write what could steer a terminal as the escape that JSON has for it."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def one_line(text: str) -> str:
    """Clean a text and fold it into one line."""
    return clean(" ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Painter:
    """Colours text, or leaves it as it is."""

    coloured: bool

    def paint(self, style: Style, text: str) -> str:
        """Return the text in a style."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.coloured else text


def wants_colour(stream: TextIO, environment: Mapping[str, str] | None = None) -> bool:
    """Tell whether a stream gets colour: ``NO_COLOR``, then ``FORCE_COLOR``, then whether it is a terminal."""
    variables = os.environ if environment is None else environment
    if variables.get("NO_COLOR"):
        return False
    return bool(variables.get("FORCE_COLOR")) or stream.isatty()


def wrap(text: str, first: str, following: str, width: int = 110) -> str:
    """Wrap a text behind a label, later lines indented; words and addresses are never broken."""
    return "\n".join(
        textwrap.wrap(
            one_line(text),
            width=width,
            initial_indent=first,
            subsequent_indent=following,
            break_long_words=False,
            break_on_hyphens=False,
        )
        or [first.rstrip()]
    )

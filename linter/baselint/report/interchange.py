"""What the formats of other people's standards share: texts that are safe there, references, lines of JSON."""

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from baselint.terminal import spelt_out

_LINE_OF_FILE = re.compile(r"line ([1-9][0-9]{0,8})(?:,|\Z)")


def visible(text: str) -> str:
    """Return a text with everything spelt out that would steer, reorder or hide it, or that cannot be encoded."""
    if text.isascii() and text.isprintable():
        return text
    return spelt_out(text)


def single_line(text: str) -> str:
    """Return a text as one line that is not empty, without space at its ends."""
    return visible(" ".join(text.split())) or "-"


def reference(path: str) -> str:
    """Return a path as a relative URI reference: no part of a name can be read as a scheme, a query or a fragment."""
    return quote(path, safe="/.-_~+,=@()", errors="backslashreplace") or "."


def line_of(pointer: str | None) -> int | None:
    """Return the line that a place in an export names, where it names one."""
    found = _LINE_OF_FILE.match(pointer or "")
    return int(found[1]) if found else None


def dump(value: object) -> str:
    """Write a piece of JSON on one line, in ASCII."""
    return json.dumps(value)


def listed(items: Iterable[object]) -> Iterator[str]:
    """Yield the items of a JSON list, each on a line of its own, without the brackets."""
    separator = "\n"
    for item in items:
        yield separator + dump(item)
        separator = ",\n"

"""Wraps the Markdown texts of policy files for a terminal: paragraphs and list items, code as it is."""

import re
from collections.abc import Iterator

from baselint.terminal import wrap

_ITEM = re.compile(r"( *)(?:[-*+]|[0-9]+\.) +")


def paragraphs(text: str, indent: str = "  ") -> Iterator[str]:
    """Wrap the paragraphs and list items of a Markdown text; code keeps its lines."""
    item: list[str] = []
    fenced = False
    for line in (*text.strip().split("\n"), ""):
        fence = line.lstrip().startswith(("```", "~~~"))
        if item and (fence or not line.strip() or _ITEM.match(line)):
            yield _item(item, indent)
            item = []
        if fence:
            fenced = not fenced
        elif fenced:
            yield f"{indent}  {line}"
        elif line.strip():
            item.append(line)
        else:
            yield ""


def _item(lines: list[str], indent: str) -> str:
    marker = _ITEM.match(lines[0])
    outside, inside = (marker[1], " " * len(marker[0])) if marker else ("", "")
    return wrap(" ".join(lines), indent + outside, indent + inside)

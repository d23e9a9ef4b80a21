"""Judges HTML by what a browser would make of it: which elements and attributes there are, and in which order they close."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "br"}
CLOSED_SETS = {
    "status",
    "underlying",
    "severity",
    "outcome",
    "sha256",
    "resolved_sha256",
    "captured_at",
    "as_of",
    "baseline",
}
"""Keys whose values baselint chooses itself, or that a test looks up."""


class Judge(HTMLParser):
    """Collects elements, attributes, ids and text, and refuses what closes in the wrong order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings: list[int] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.text = " ".join(self.text.split())
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update((tag, name) for name, _ in attrs)
        values = dict(attrs)
        self.ids.extend(filter(None, [values.get("id")]))
        self.links.extend(filter(None, [values.get("href")]))
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data} " if self._open and self._open[-1] != "style" else ""


def replaced(value: Any, change: Callable[[str], str], key: str = "") -> Any:
    """A document with each text that comes from outside changed; keys stay, but those of answers."""
    if isinstance(value, dict):
        return {
            (change(name) if key == "answers" else name): replaced(item, change, name) for name, item in value.items()
        }
    if isinstance(value, list):
        return [replaced(item, change, key) for item in value]
    return change(value) if isinstance(value, str) and key not in CLOSED_SETS else value

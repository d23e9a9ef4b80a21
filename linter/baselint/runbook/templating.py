"""What templates may use: links, texts made safe, and how Markdown is tidied."""

import posixpath
from collections.abc import Mapping
from functools import cache
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined

from baselint import markdown, placeholders, resources
from baselint.runbook import step_label


class PageContext:
    """What a template asks about the page it makes: links are relative to it, placeholders filled for a control."""

    def __init__(self, path: str, addresses: Mapping[str, str]) -> None:
        self._path = path
        self._addresses = addresses

    def link(self, identifier: str) -> str | None:
        """Return the relative address of an id's page, or None for an id without one, or for this very page."""
        target = self._addresses.get(identifier)
        return self.to(target) if target and target != self._path else None

    def to(self, target: str) -> str:
        """Return a path relative to this page."""
        return quote(posixpath.relpath(target, posixpath.dirname(self._path) or "."))

    def named(self, identifier: str) -> str:
        """Return an id as code, linked to its page where it has one."""
        target = self.link(identifier)
        return f"[{markdown.code_span(identifier)}]({target})" if target else markdown.code_span(identifier)

    def text(self, text: str, words: Mapping[str, str] | None = None) -> str:
        """Return a Markdown text of a policy file, safe and with placeholders filled."""
        return markdown.block(placeholders.fill(text, words) if words else text, self.link)

    def code(self, text: str, words: Mapping[str, str], language: str) -> str:
        """Return a command or program as a fenced block, placeholders filled."""
        return markdown.code_block(placeholders.fill(text, words), language)


@cache
def environment() -> Environment:
    """Return the templates with their filters; every text that is printed passes one of them.

    They are compiled once: that takes longer than all the rest of a small runbook, and live reload makes it again and again.
    """
    made = Environment(
        loader=FunctionLoader(lambda name: resources.read_text("site", "templates", name)),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the pages are Markdown; every text passes baselint.markdown
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["plain"] = markdown.plain
    made.filters["address"] = markdown.address
    made.filters["span"] = markdown.code_span
    made.filters["fence"] = lambda text: markdown.code_block(text, "sh")
    made.filters["under"] = lambda text, spaces: markdown.indent(text, spaces).lstrip(" ")
    made.filters["shift"] = markdown.indent
    made.filters["word"] = placeholders.word
    made.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
    made.filters["opening"] = step_label.opening
    made.filters["heading"] = lambda name: name.replace("-", " ").capitalize()
    return made


def tidy(text: str) -> str:
    """Drop spaces at line ends, and more than one empty line in a row; code keeps its empty lines."""
    lines: list[str] = []
    fence = ""
    for line in (line.rstrip() for line in text.split("\n")):
        mark = line.lstrip()
        if fence:
            fence = "" if mark == fence else fence
        elif mark.startswith("```"):
            fence = mark[: len(mark) - len(mark.lstrip("`"))]
        if line or fence or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"

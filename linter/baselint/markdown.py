"""Makes texts of policy files safe inside Markdown pages: raw HTML stays text, only https and page links work."""

import re
from collections.abc import Callable

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#|~=^+!$-])")
_FENCE = re.compile(r"^(?P<indent> *)(?P<mark>`{3,}|~{3,})(?P<language>[A-Za-z0-9]*)\s*$")
_CODE = re.compile(r"(?<!`)(?P<ticks>`{1,2})(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)]*)\)")
_SAFE_TARGET = re.compile(r"(?:https://[^\s\"'<>]+|[A-Za-z0-9_./#-]+)\Z")
_DEFINITION = re.compile(r"^( {0,3})\[", re.MULTILINE)
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_BLOCK_QUOTE = re.compile(r"^( *)&gt; ", re.MULTILINE)
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*\Z")


def escape_html(text: str) -> str:
    """Escape a text for HTML."""
    return "".join(_HTML.get(character, character) for character in text)


def plain(text: str) -> str:
    """Return a one-line text that Markdown shows exactly as it is."""
    return _SPECIAL.sub(r"\\\1", _escape_tags(" ".join(text.split())))


def _escape_tags(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code_block(text: str, language: str = "") -> str:
    """Return a fenced block that nothing inside can close."""
    longest = max((len(found) for found in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def code_span(text: str) -> str:
    """Return inline code; where HTML or backticks stand in it, as an element with everything escaped."""
    flat = " ".join(text.split())
    if not re.search(r"[`<>&]", flat) and flat:
        return f"`{flat}`"
    entities = (
        f"&#{ord(character)};" if not character.isalnum() and character != " " else character for character in flat
    )
    return f"<code>{''.join(entities)}</code>"


def block(text: str, link: Callable[[str], str | None] = lambda _identifier: None) -> str:
    """Return a Markdown text with raw HTML neutralised, images and unsafe links broken, and known ids linked.

    ``link`` gives the address of the page of an id that stands in backticks, or None.
    """
    parts: list[str] = []
    lines = text.rstrip().split("\n")
    position = 0
    prose: list[str] = []
    while position < len(lines):
        opening = _FENCE.match(lines[position])
        if opening is None:
            prose.append(lines[position])
            position += 1
            continue
        parts.append(_prose("\n".join(prose), link))
        prose = []
        position, fenced = _fenced(lines, position + 1, opening["mark"])
        parts.append(indent(code_block(fenced, opening["language"]), len(opening["indent"])))
    parts.append(_prose("\n".join(prose), link))
    return "\n".join(part for part in parts if part)


def _fenced(lines: list[str], start: int, mark: str) -> tuple[int, str]:
    for position in range(start, len(lines)):
        if lines[position].strip().startswith(mark) and not lines[position].strip().strip(mark[0]):
            return position + 1, "\n".join(lines[start:position])
    return len(lines), "\n".join(lines[start:])


def _prose(text: str, link: Callable[[str], str | None]) -> str:
    pieces: list[str] = []
    end = 0
    for found in _CODE.finditer(text):
        pieces.append(_inert(text[end : found.start()]))
        pieces.append(_code(found["code"], link))
        end = found.end()
    pieces.append(_inert(text[end:]))
    return "".join(pieces)


def _code(text: str, link: Callable[[str], str | None]) -> str:
    address = link(text) if _IDENTIFIER.match(text) else None
    return f"[`{text}`]({address})" if address else code_span(text)


def _inert(text: str) -> str:
    safe = _BLOCK_QUOTE.sub(r"\1> ", _escape_tags(text)).replace("![", "\\!\\[")
    safe = _DEFINITION.sub(r"\1\\[", safe) if "]:" in safe else safe
    return _LINK.sub(
        lambda found: found.group() if _SAFE_TARGET.match(found["target"]) else f"]\\({found['target']})", safe
    )


def indent(text: str, spaces: int) -> str:
    """Indent every line that is not empty."""
    prefix = " " * spaces
    return "\n".join(prefix + line if line else line for line in text.split("\n"))

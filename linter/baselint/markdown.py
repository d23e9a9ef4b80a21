"""Makes texts of policy files safe inside Markdown pages: raw HTML stays text, only https and page links work.

Every piece is written in one canonical form that leaves a site engine nothing to read differently: code spans and
fences are made anew, every other backtick becomes an entity, and a bracket opens a link only before a safe target.
"""

import re
from collections.abc import Callable
from urllib.parse import quote

from baselint.terminal import clean

_ESCAPED = re.compile(r"[\\`*_{}#]|\A[+!-]")
_NO_ESCAPE = re.compile(r"[\[\]|~^$=]|\A(?P<number>[0-9]+)(?P<mark>[.)])(?=\s|\Z)")
_FENCE = re.compile(r"(?P<indent> *)(?P<mark>`{3,}|~{3,}) *(?P<language>[A-Za-z0-9]*)[^`]*\Z")
_TOKEN = re.compile(
    r"\\(?P<escaped>[\\`])"
    r"|(?<!`)(?P<ticks>`{1,3})(?!`)(?P<code>(?:(?!\n *\n).)+?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<loose>`+)",
    re.DOTALL,
)
_UNSAFE_LINK = re.compile(r"\]\((?!(?:https://[^\s\"'()<>\\]+|(?!/)[A-Za-z0-9_./#-]+)\))")
_IMAGE = re.compile(r"!(?=\[|\Z)")
_BLOCK_QUOTE = re.compile(r"^( *)&gt; ", re.MULTILINE)
_HEADING = re.compile(
    r"^(?P<before>(?:[ >]|[-*+] |[0-9]+[.)] )*)(?P<mark>#|[=-](?=[=-]*[ ]*$)|=(?===[!+]*[ ]))", re.MULTILINE
)
"""A page's outline is its template's: what a text calls a heading or a tab, or underlines, is none."""
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*\Z")
_NOTHING_VISIBLE = "&#8203;"


def plain(text: str) -> str:
    """Return a one-line text that Markdown shows exactly as it is."""
    flat = _escape_tags(" ".join(clean(text).split()))
    marked = _ESCAPED.sub(r"\\\g<0>", flat)
    return _NO_ESCAPE.sub(lambda found: (found["number"] or "") + _entity(found["mark"] or found[0]), marked)


def address(url: str) -> str:
    """Return an address as a link's target; what could end the link there is percent-encoded."""
    return quote(url, safe=":/?#@!$*+,;=%._~&-").replace("&", "&amp;")


def code_block(text: str, language: str = "") -> str:
    """Return a fenced block that nothing inside can close."""
    safe = clean(text).rstrip()
    longest = max((len(found) for found in re.findall(r"`+", safe)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{safe}\n{fence}"


def code_span(text: str) -> str:
    """Return inline code; where HTML or backticks stand in it, as an element with everything escaped."""
    flat = " ".join(clean(text).split())
    if flat and not re.search(r"[`<>&]", flat):
        return f"`{flat}`"
    entities = (character if character.isalnum() or character == " " else _entity(character) for character in flat)
    return f"<code>{''.join(entities)}</code>"


def block(text: str, link: Callable[[str], str | None] = lambda _identifier: None) -> str:
    """Return a Markdown text with raw HTML neutralised, images and unsafe links broken, and known ids linked.

    ``link`` gives the address of the page of an id that stands in backticks, or None.
    """
    parts: list[str] = []
    prose: list[str] = []
    lines = clean(text).expandtabs(4).rstrip().split("\n")
    position = 0
    while position < len(lines):
        opening = _FENCE.match(lines[position])
        position += 1
        if opening is None:
            prose.append(lines[position - 1])
            continue
        # A fence opens only at the start of a line, and whoever places the text may put words before it.
        parts.append(_prose("\n".join(prose), link) or ("" if parts else f"{_NOTHING_VISIBLE}\n"))
        prose = []
        position, fenced = _fenced(lines, position, opening)
        parts.append(indent(code_block(fenced, opening["language"]), len(opening["indent"])))
    parts.append(_prose("\n".join(prose), link))
    text = "\n".join(part for part in parts if part)
    # A fence closes only at the end of a line, and whoever places the text may put words behind it.
    return text if prose else text + "\n"


def indent(text: str, spaces: int) -> str:
    """Indent every line that is not empty."""
    prefix = " " * spaces
    return "\n".join(prefix + line if line else line for line in text.split("\n"))


def _fenced(lines: list[str], start: int, opening: re.Match[str]) -> tuple[int, str]:
    """Return where reading goes on behind a fence, and the code in it without the indentation of the fence."""
    mark, margin = opening["mark"], re.compile(f"^ {{0,{len(opening['indent'])}}}")
    end = next(
        (
            position
            for position, line in enumerate(lines[start:], start)
            if line.strip().startswith(mark) and not line.strip().strip(mark[0])
        ),
        len(lines),
    )
    return end + 1, "\n".join(margin.sub("", line) for line in lines[start:end])


def _prose(text: str, link: Callable[[str], str | None]) -> str:
    pieces: list[str] = []
    end = 0
    for found in _TOKEN.finditer(text):
        pieces.append(_inert(text[end : found.start()]))
        if found["code"] is not None:
            pieces.append(_code(found["code"], link))
        else:
            pieces.extend(map(_entity, found["escaped"] or found["loose"]))
        end = found.end()
    pieces.append(_inert(text[end:]))
    return "".join(pieces)


def _code(text: str, link: Callable[[str], str | None]) -> str:
    target = link(text) if _IDENTIFIER.match(text) else None
    return f"[`{text}`]({target})" if target else code_span(text)


def _inert(text: str) -> str:
    """Take the power out of prose: tags, attribute lists, images, link definitions and unsafe links."""
    # A brace becomes an entity, not "\\{": behind a backslash of the text that would be an escaped backslash and a brace.
    safe = _BLOCK_QUOTE.sub(r"\1> ", _escape_tags(text)).replace("{", "&#123;").replace("]:", "]&#58;")
    safe = _HEADING.sub(lambda found: found["before"] + _entity(found["mark"]), safe)
    return _UNSAFE_LINK.sub(r"]\(", _IMAGE.sub("&#33;", safe))


def _escape_tags(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _entity(character: str) -> str:
    return f"&#{ord(character)};"

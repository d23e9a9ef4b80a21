"""Judges Markdown as a reader's browser gets it: rendered by the engine and the extensions of ``mkdocs.yml``."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import yaml
from markdown import Markdown

_CONFIGURATION = Path(__file__).parents[1] / "mkdocs.yml"
_OF_MKDOCS = ("toc", "tables", "fenced_code")
"""The extensions that MkDocs switches on by itself."""

_TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "input",
        "label",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SHAPES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td", "input", "label"])
_ATTRIBUTES = frozenset(
    [
        "aria-label",
        "checked",
        "class",
        "data-bl-framework",
        "data-bl-frameworks",
        "data-bl-group",
        "data-bl-severity",
        "data-bl-status",
        "data-bl-tick",
        "data-tabs",
        "for",
        "href",
        "id",
        "name",
        "start",
        "title",
        "type",
        "style",
    ]
)
_TARGET = re.compile(r"(?:https://[^\s]+|#[\w:-]*|(?!/)[A-Za-z0-9_./#%-]+)\Z")

HOSTILE = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<p onclick=alert(1)>x</p>",
    "<a href='javascript:alert(1)' onmouseover=alert(1)>x</a>",
    "<svg/onload=alert(1)>",
    "<!-- --><script>alert(1)</script>",
    "<?php x ?><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt; &#60;script&#62;alert(1)",
    "[x](javascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](\tjavascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&#x3a;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](//evil.example/)",
    "[x](/absolute)",
    "[x](https://ok.example/a)b](javascript:alert(1))",
    "[x](https://ok.example/ 'onclick=alert(1)')",
    "[x](javascript:`a`alert(1))",
    "[x\\](y)](javascript:alert(1))",
    "[x]\x02(javascript:alert(1))",
    "[x]\x03(javascript:alert(1))",
    "\\`[x](javascript:alert(1))`",
    "\\`a` [x](javascript:alert(1)) `b`",
    "`` a ` [x](javascript:alert(1)) ` b",
    "`a\n\n[x](javascript:alert(1)) b`",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[y][]\n\n    [y]: javascript:alert(1)",
    "- [y]\n    [y]: javascript:alert(1)",
    "1. [y]: javascript:alert(1)\n\n[y]",
    "> [y]: javascript:alert(1)\n\n[y]",
    "[y]:\n  javascript:alert(1)\n\n[y]",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "!\x02[x](https://evil.example/pixel.png)",
    "\\![x](https://evil.example/pixel.png)",
    "!`root-mfa`",
    "![x][y]\n\n[y]: https://evil.example/pixel.png",
    "```html\n<script>alert(1)</script>\n```",
    "```html\n\n<script>alert(1)</script>\n\n```",
    "x\n```\n\n<script>alert(1)</script>\n",
    "``` {.x}\nfoo\n```\n<script>alert(1)</script>\n```",
    '```sh title="a"\nfoo\n```\n<script>alert(1)</script>\n```',
    "> ```\n> a\n> ```\n<script>alert(1)</script>\n```",
    "~~~\n```\n~~~\n<script>alert(1)</script>",
    "~~~ x y\n~~~\n<script>alert(1)</script>\n~~~",
    "````\n```\n<script>alert(1)</script>\n````",
    "```\n`````\n<script>alert(1)</script>\n`````\n",
    "   ```html\n<script>alert(1)</script>\n```\n<script>alert(2)</script>",
    "\t```\n\t<script>alert(1)</script>",
    "text\n\r```\n<script>alert(1)</script>",
    "\x0b```\n<script>alert(1)</script>\u2028```",
    "x{: onclick=alert(1) }",
    "x\n{: onclick=alert(1) #index }",
    "[x](https://ok.example/){ onclick=alert(1) }",
    "`x`{ onclick=alert(1) }",
    "# x { onclick=alert(1) }",
    "x\\{: onclick=alert(1) #index .x }",
    "x\\\\{: onclick=alert(1) #index .x }",
    "x\n\\{: onclick=alert(1) }",
    "- x\n{: onclick=alert(1) }",
    "*x*\\{: onclick=alert(1) }",
    "**x**{: onclick=alert(1) }",
    "> x\n> {: onclick=alert(1) }",
    "| a | b |\n|---|---|\n| c {: onclick=alert(1) } | d |",
    "``` { .sh onclick=alert(1) }\nfoo\n```",
    "<div markdown onclick=alert(1)>x</div>",
    "*[x]: y\n\n{{ 7*7 }} {% raw %} {# x #}",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02106\x03",
    "!!! danger onclick=alert(1)\n    <script>alert(1)</script>",
    '=== "<script>"\n    <img src=x onerror=alert(1)>',
    "</code></pre></li></ol><script>alert(1)</script>",
    "a\n---\n***\n===",
)


@cache
def _engine(more: tuple[str, ...]) -> Markdown:
    names = [*_OF_MKDOCS]
    settings: dict[str, dict[str, object]] = {}
    for item in yaml.safe_load(_CONFIGURATION.read_text(encoding="utf-8"))["markdown_extensions"]:
        found = item if isinstance(item, dict) else {item: {}}
        names.extend(found)
        settings.update(found)
    return Markdown(extensions=[*names, *more], extension_configs=settings)


def render(text: str, *more: str) -> str:
    """Return the HTML of a page; ``more`` are extensions beside those of ``mkdocs.yml``."""
    return _engine(more).reset().convert(text)


def dangers(html: str) -> list[str]:
    """Return every tag, attribute and address in the HTML that no text of a policy file may bring about."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge.found


def shown(html: str) -> str:
    """Return the text that a reader of the HTML sees, spaces folded."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return " ".join("".join(judge.text).split())


def outline(html: str) -> list[str]:
    """Return what gives a page its shape, in order: headings, anchors, tables with their cells, and boxes to tick."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge.outline


class _Judge(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text: list[str] = []
        self.outline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.found.append(f"<{tag}>")
        self.found.extend(_attributes(tag, attrs))
        anchor = dict(attrs).get("id")
        if anchor or tag in _SHAPES:
            self.outline.append(f"{tag} {anchor or ''}".rstrip())

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")


def _attributes(tag: str, attributes: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attributes:
        if name not in _ATTRIBUTES:
            yield f"{tag} {name}={value}"
        elif name == "href" and not _TARGET.match(value or ""):
            yield f"{tag} leads to {value}"

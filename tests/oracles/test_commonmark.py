"""markdown-it, which reads CommonMark and GitHub's dialect, judges the Markdown reports: no text in them is markup."""

import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from baselint.report.formats import FORMATS
from whole_reports import whole

NAMES = ("markdown", "github-summary")
TAGS = frozenset(("h1", "h2", "p", "ul", "li", "strong", "code", "pre", "details", "summary"))
HOSTILE = (
    *(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</details>",
        "</summary><b>x",
        "<!-- x",
        "<?php ?>",
        "<![CDATA[",
    ),
    *(
        "[x](javascript:alert(1))",
        "![x](https://evil.example/p.png)",
        "[x]: https://evil.example",
        "<https://evil.example>",
    ),
    *(
        "# x",
        "\n\n# x",
        "\n---\n",
        "| a |\n|---|",
        "> x",
        "1. x",
        "- x",
        "    code",
        "```\nx",
        "~~~",
        "***x***",
        "__x__",
        "~~x~~",
    ),
    *(
        "`",
        "``",
        "`x",
        "\\`x`",
        "&lt;b&gt;",
        "&#60;b&#62;",
        "\\",
        "\\<b>",
        "[ ] x",
        "[^1]",
        "$x$",
        "$$",
        ":x:",
        "\t",
        "\u2028# x",
    ),
    *("@alice", "@org/team", "#12", "GH-12", "owner/repo#12", "\x00<b>", "\x1b[31m", "\u202ex"),
)


class Judge(HTMLParser):
    """Collects what is not ours, and the text outside of code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text: list[str] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code += tag == "code"
        if tag not in TAGS or attrs not in ([], [("class", "language-sh")]):
            self.found.append(f"{tag} {attrs}")

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "code"

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"instruction {data}")


def mistakes(text: str) -> list[str]:
    """Return every tag, attribute, mention and reference that a report has no business with."""
    judge = Judge()
    judge.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    judge.close()
    return [*judge.found, *re.findall(r"(?<![\w&])(?:@|#|GH-)\w+", " ".join(judge.text))]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bad", HOSTILE, ids=ascii)
def test_no_text_is_markup(name: str, bad: str) -> None:
    for change in (lambda text: bad + text, lambda text: f"{text} {bad}", lambda text: text + bad):
        assert mistakes("".join(FORMATS[name].write(whole(change, accounts=1)))) == []


@pytest.mark.parametrize(
    "bad", ["<b>x</b>", "[x](y)", "![x](y)", "ask @alice", "see #12", "<!-- x -->", "1. x", "> x", "~~x~~"]
)
def test_the_judge_is_awake(bad: str) -> None:
    assert mistakes(bad) != []

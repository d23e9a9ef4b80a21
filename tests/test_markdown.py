"""Texts of policy files stay texts: judged in HTML made by the engine and the extensions of ``mkdocs.yml``."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint import markdown
from baselint.terminal import clean
from markdown_judge import HOSTILE, dangers, render, shown

# Extensions that other sites switch on, and that give a text more ways to come alive.
ELSEWHERE = ("attr_list", "md_in_html", "tables", "footnotes", "abbr", "pymdownx.details", "pymdownx.tilde")
PLACES = ("", "1.  ", "*Expect:* ", "- **name**: ", "  <br>")
BEHIND = " *(approved by somebody)*"
PARTS = (
    *"<>&[]()!{}\\`*_|#:'\" \t\r\x02\x03\x0bx",
    *(
        "``",
        "```",
        "~~~",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "> ",
        "](",
        "![",
        "]:",
        "&#",
        "106;",
        "&colon;",
        "<!--",
        "-->",
    ),
    *(
        "javascript:alert(1)",
        "https://ok.example/",
        "{: onclick=x }",
        "<script>",
        "<?",
        "<![CDATA[",
        "`a`",
        "`root-mfa`",
    ),
    *("```html\n<script>alert(1)</script>\n```", '=== "a"\n', "!!! a\n", "html"),
)
TEXTS = st.lists(st.sampled_from(PARTS), max_size=20).map("".join)


def _link(identifier: str) -> str | None:
    return "../root-user/root-mfa.md" if identifier == "root-mfa" else None


def _placed(place: str, text: str) -> str:
    """Put a text where templates put it: behind words on the same line, later lines indented."""
    width = 4 if place else 0
    return place + markdown.indent(markdown.block(text, _link), width).lstrip(" " * width)


def test_the_judge_sees_what_the_engine_lets_through() -> None:
    live = render("<script>x</script>\n\n[x](javascript:y) ![z](https://e) <b onclick=z>w</b>\n\n<!-- c -->")
    expected = {"<script>", "a leads to javascript:y", "<img>", "img src=https://e", "<b>", "b onclick=z", "<!-- c -->"}
    assert expected <= set(dangers(live))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_text_comes_alive(text: str, place: str) -> None:
    assert dangers(render(_placed(place, text))) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_text_comes_alive_where_words_follow(text: str) -> None:
    assert dangers(render(_placed("1.  ", text) + BEHIND)) == []


@pytest.mark.parametrize("extension", ELSEWHERE)
def test_no_hostile_text_comes_alive_with_an_extension_that_other_sites_use(extension: str) -> None:
    alive = {text: found for text in HOSTILE if (found := dangers(render(markdown.block(text, _link), extension)))}
    assert alive == {}


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(PLACES))
def test_no_text_at_all_comes_alive(text: str, place: str) -> None:
    assert dangers(render(_placed(place, text))) == []
    assert dangers(render(_placed(place, text), "attr_list")) == []


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from([("", ""), ("# ", ""), ("- ", ""), ("- **name**: ", "name: ")]))
def test_a_plain_text_is_shown_exactly_as_it_is(text: str, place: tuple[str, str]) -> None:
    before, words = place
    html = render(before + markdown.plain(text), "attr_list")
    assert dangers(html) == []
    assert shown(html).removesuffix("¶").strip() == " ".join(f"{words}{clean(text)}".split())


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_inline_code_is_shown_exactly_as_it_is(text: str) -> None:
    html = render(f"a {markdown.code_span(text)} z", "attr_list")
    assert dangers(html) == []
    assert shown(html) == " ".join(f"a {clean(text)} z".split())


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_nothing_in_a_code_block_closes_it(text: str) -> None:
    html = render(f"{markdown.code_block(f'x{text}', 'sh')}\n\nbehind")
    assert dangers(html) == []
    assert html.endswith("<p>behind</p>")
    assert shown(html) == " ".join(f"x{clean(text)} behind".split())


@pytest.mark.parametrize(
    "url", ["https://e.example/a)[x](javascript:alert(1)", "https://e.example/`'\"\\<>{: onclick=x}"]
)
def test_an_address_cannot_leave_its_link(url: str) -> None:
    html = render(f"[title]({markdown.address(url)}) behind", "attr_list")
    assert dangers(html) == []
    assert shown(html) == "title behind"
    assert html.count("<a ") == 1


def test_an_address_keeps_what_addresses_are_made_of() -> None:
    url = "https://docs.example.com/a-b/c_d.html?x=1&y=%20#part~1"
    assert f'href="{url.replace("&", "&amp;")}"' in render(f"[x]({markdown.address(url)})")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one `two` **three** *four*", "<p>one <code>two</code> <strong>three</strong> <em>four</em></p>"),
        ("see `root-mfa`", '<p>see <a href="../root-user/root-mfa.md"><code>root-mfa</code></a></p>'),
        ("[here](https://ok.example/?a=1&b=2)", '<p><a href="https://ok.example/?a=1&amp;b=2">here</a></p>'),
        ("[there](../guides/x.md#y)", '<p><a href="../guides/x.md#y">there</a></p>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("`a <b> c`", "<p><code>a &#60;b&#62; c</code></p>"),
        ("{{ 7*7 }} and a < b & c", "<p>&#123;&#123; 7*7 }} and a &lt; b &amp; c</p>"),
        ("a \\` b \\\\ c ` d", "<p>a &#96; b &#92; c &#96; d</p>"),
        ("![alt](https://ok.example/x.png)", '<p>&#33;<a href="https://ok.example/x.png">alt</a></p>'),
        ("[x](javascript:y)", "<p>[x](javascript:y)</p>"),
        ("# a\n\n  ## b", "<p>&#35; a</p>\n<p>&#35;# b</p>"),
        ("a\n---\nb\n\n- c\n  ===", "<p>a\n&#45;--\nb</p>\n<ul>\n<li>c\n  &#61;==</li>\n</ul>"),
        ("> # a\n\n1. # b", "<blockquote>\n<p>&#35; a</p>\n</blockquote>\n<ol>\n<li>&#35; b</li>\n</ol>"),
    ],
)
def test_a_text_keeps_the_markdown_it_may_have(text: str, html: str) -> None:
    assert render(markdown.block(text, _link)) == html


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("a\n```sh\nb <c>\n```\nd", "a\n```sh\nb <c>\n```\nd"),
        ("a\n~~~\n```\n~~~", "a\n````\n```\n````\n"),
        ("a\n  ```\n  b\n    c\n d\n  ```", "a\n  ```\n  b\n    c\n  d\n  ```\n"),
        ("a\n```sh title='x'\nnever closed", "a\n```sh\nnever closed\n```\n"),
        ("a\n```\none\n```\n```\ntwo\n```", "a\n```\none\n```\n```\ntwo\n```\n"),
        ("```\nfirst\n```", "&#8203;\n\n```\nfirst\n```\n"),
    ],
)
def test_a_fence_is_made_anew(text: str, page: str) -> None:
    assert markdown.block(text) == page


def test_a_fence_behind_words_still_is_one() -> None:
    html = render(_placed("1.  ", "```sh\nls <dir>\n```\nthen"))
    assert "<li>" in html
    assert shown(html) == "\u200b ls <dir> then"


def test_indenting_leaves_empty_lines_empty() -> None:
    assert markdown.indent("a\n\n b", 2) == "  a\n\n   b"

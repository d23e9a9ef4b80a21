"""Whatever stands in a user name or a policy text is inert in every format."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.report.formats import FORMATS
from baselint.report.spreadsheet import rows
from format_readers import READERS, mistakes, shape
from markdown_judge import HOSTILE
from whole_reports import whole

FRAGMENTS = (
    *HOSTILE,
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "'=1",
        "\uff1d1",
        '="0"',
        '","=1',
        "=cmd|' /C calc'!A0",
    ),
    *(
        "\r\n::error::x",
        "::set-output name=a::b",
        "##[error]x",
        "%0A::error::x",
        "::stop-commands::x",
        ",file=x",
        ":",
        "%",
    ),
    *(
        "]]>",
        "<![CDATA[",
        "</failure>",
        "</testcase>",
        "<!DOCTYPE x>",
        "&#0;",
        "&",
        '"',
        "'",
        "\ufffe",
        "\uffff",
        "\x00",
    ),
    *(
        "\x1b[31m",
        "\x9b2J",
        "\u202ex\u2066",
        "\u200b",
        "\u2028",
        "\u2029",
        "\x85",
        "\x0b",
        "\x0c",
        "\ud800",
        "\udc80",
        "\x7f",
    ),
    *(
        "</details>",
        "</summary>",
        "<summary>",
        "<details>",
        "\n\n</details>\n\n# x",
        "| a | b |\n|---|---|",
        "\n    code",
        "- x",
    ),
    *(
        "@alice",
        "@org/team",
        "#12",
        "GH-12",
        "owner/repo#1",
        "a@b.example",
        "_@x",
        "\n1 account: 9 pass",
        "{}",
        "\\",
        "\\u0000",
    ),
    *("e", "", " ", "\n", "zoë", "日本", "😀"),
)
TEXTS = st.one_of(
    st.sampled_from(FRAGMENTS), st.lists(st.sampled_from(FRAGMENTS), max_size=3).map("".join), st.text(max_size=20)
)
PLACES = st.sampled_from((0, 1, 2))


def told(name: str, bad: str, place: int = 1) -> str:
    """A report in a format, with a bad text before, behind or within each text."""
    changes = (lambda text: bad + text, lambda text: text + bad, lambda text: text[:1] + bad + text[1:])
    return "".join(FORMATS[name].write(whole(changes[place], accounts=1)))


@settings(max_examples=60, deadline=None)
@given(TEXTS, PLACES)
def test_no_text_has_power_over_any_format(bad: str, place: int) -> None:
    found = {name: mistakes(name, told(name, bad, place)) for name in FORMATS}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("bad", FRAGMENTS, ids=ascii)
def test_nothing_known_to_be_dangerous_has_power(bad: str) -> None:
    found = {name: mistakes(name, told(name, bad, 0)) for name in READERS}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_the_form_of_what_programs_read_does_not_depend_on_the_texts(bad: str) -> None:
    for name in ("json", "gitlab"):
        assert shape(json.loads(told(name, bad))) == shape(json.loads(told(name, "")))
    lines = told("ndjson", bad).split("\n")[:-1]
    assert [shape(json.loads(line)) for line in lines] == [
        shape(json.loads(line)) for line in told("ndjson", "").split("\n")[:-1]
    ]
    tags = [[item.tag for item in ElementTree.fromstring(told("junit", text)).iter()] for text in (bad, "")]
    assert tags[0] == tags[1]
    for name in ("csv", "csv-subjects"):
        counted = [len(list(csv.reader(io.StringIO(told(name, text), newline="")))) for text in (bad, "")]
        assert counted[0] == counted[1]
    assert told("github", bad).count("\n") == told("github", "").count("\n")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.integers(), st.text(st.characters(categories=("L", "N", "P", "S", "Z")))), min_size=1
    )
)
def test_a_cell_comes_back_but_for_our_apostrophe(values: list[Any]) -> None:
    ((*back,),) = csv.reader(io.StringIO(rows([values]), newline=""))
    for value, cell in zip(values, back, strict=True):
        assert cell.removeprefix("'") in {"" if value is None else str(value), _seen(value)}


def _seen(value: object) -> str:
    from baselint.terminal import clean

    return clean(str(value))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("csv", '"a","b"\n"=1","x"\n'),
        ("csv-subjects", '"a","b"\n"x"\n'),
        ("ndjson", '{"record": "else"}\n'),
        ("gitlab", '[{"description": "x"}]\n'),
        ("junit", '<testsuites tests="2" failures="0" errors="0" skipped="0"><odd/></testsuites>\n'),
        ("github", "::error title=a::b\nplain\n"),
        ("github", "::error other=a::b\n"),
        ("github", "::notice title=a::b\n" * 11),
        ("markdown", "<script>alert(1)</script>\n"),
        ("markdown", "[x](https://evil.example/)\n"),
        ("markdown", "ask @alice\n"),
        ("github-summary", "<details><summary><b>x</b></summary>\n\n</details>\n"),
        ("text", "1 account: x\n1 account: y\n"),
        ("json", "{}\u202e"),
    ],
)
def test_each_reader_is_awake(name: str, broken: str) -> None:
    try:
        assert mistakes(name, broken) != []
    except ValueError:
        assert name == "json"

"""Text made safe, wrapped and coloured."""

import unicodedata
from typing import TextIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.terminal import Painter, Style, clean, one_line, wants_colour, wrap

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = "\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff"
UNSAFE_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize("character", [*BIDI, *HIDDEN, *map(chr, (0, 7, 8, 0x0B, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x9F))])
def test_what_steers_or_hides_is_stripped(character: str) -> None:
    assert clean(f"a{character}b") == "ab"


@pytest.mark.parametrize("half", [0xD800, 0xDBFF, 0xDC80, 0xDFFF])
def test_what_cannot_be_encoded_is_stripped(half: int) -> None:
    assert clean(f"a{chr(half)}b").encode() == b"ab"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=())))
def test_no_text_keeps_a_control_character_or_breaks_its_line(text: str) -> None:
    cleaned = clean(text)
    assert {unicodedata.category(item) for item in cleaned if item not in "\t\n"}.isdisjoint(UNSAFE_CATEGORIES)
    assert clean(cleaned) == cleaned
    folded = one_line(text)
    assert not set(folded) & set("\t\n")
    assert folded.encode().decode() == folded


def test_other_text_stays() -> None:
    assert clean("Zoë\t日本語\n— €\U0001f600") == "Zoë\t日本語\n— €\U0001f600"
    assert one_line(" a\r\n b\t c ") == "a b c"
    assert one_line("a\u2028b\x85c") == "a b c"


ON, OFF = "\x1b[31;1m", "\x1b[0m"


def test_paint_is_there_or_not() -> None:
    assert Painter(coloured=True).paint(Style.BAD, "fail") == f"{ON}fail{OFF}"
    assert Painter(coloured=False).paint(Style.BAD, "fail") == "fail"


class Stream:
    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
    ],
)
def test_colour_is_wanted_by_environment_then_terminal(
    environment: dict[str, str], terminal: bool, expected: bool
) -> None:
    assert wants_colour(cast("TextIO", Stream(terminal)), environment) is expected


def test_colour_looks_at_the_real_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert wants_colour(cast("TextIO", Stream(terminal=False))) is True


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("", "label:"),
        ("\u202e", "label:"),
        ("one two", "label: one two"),
        ("one two three four", "label: one two\n   three four"),
        ("x" * 30 + " y", "label: " + "x" * 30 + "\n   y"),
        ("one\ntwo-three-four-five", "label: one\n   two-three-four-five"),
    ],
)
def test_text_is_wrapped_and_words_are_never_broken(text: str, wrapped: str) -> None:
    assert wrap(text, "label: ", "   ", width=15) == wrapped

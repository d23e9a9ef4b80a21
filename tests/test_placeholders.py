"""Placeholders in texts of policy files are replaced literally, once, and nothing else is touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint import placeholders


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("at least {$minimum} characters", ["minimum"]),
        ("{$a}{$b} and {$a}", ["a", "b", "a"]),
        ("run aws {$password-policy-options}", ["password-policy-options"]),
        ("{$Minimum_2}", ["Minimum_2"]),
        ("{$}", [""]),
        ("$minimum {minimum} {{ minimum }} ${minimum} {% if %} { $minimum } {$min imum}", []),
        ("{{$a}}", ["a"]),
        ("", []),
    ],
)
def test_only_a_dollar_and_a_name_in_braces_is_a_placeholder(text: str, names: list[str]) -> None:
    assert list(placeholders.names(text)) == names


def test_a_placeholder_becomes_its_value() -> None:
    text = "Set {$minimum} of {$unit}; {{ jinja }} and ${SHELL} and {$minimum} stay what they are."
    filled = placeholders.fill(text, {"minimum": "14", "unit": "characters", "SHELL": "no"})
    assert filled == "Set 14 of characters; {{ jinja }} and ${SHELL} and 14 stay what they are."


def test_a_value_is_never_a_template_nor_a_pattern() -> None:
    assert placeholders.fill("{$a}{$b}", {"a": "{$b}", "b": r"\1\g<0>"}) == r"{$b}\1\g<0>"


def test_a_placeholder_without_a_value_stops_the_rendering() -> None:
    with pytest.raises(KeyError, match="minimun"):
        placeholders.fill("{$minimun}", {"minimum": "14"})


@given(text=st.text(alphabet="{}$ab \\\n"))
@settings(max_examples=200, deadline=None)
def test_text_around_placeholders_is_untouched(text: str) -> None:
    names = set(placeholders.names(text))
    filled = placeholders.fill(text, {name: f"<{name}>" for name in names})
    for name in names:
        filled = filled.replace(f"<{name}>", f"{{${name}}}")
    assert filled == text


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, "(not set)"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (14, "14"),
        ("", ""),
        ("text", "text"),
        ((), ""),
        (("*@example.com", "*@example.org"), "*@example.com, *@example.org"),
    ],
)
def test_a_value_of_a_parameter_as_texts_show_it(value: object, word: str) -> None:
    assert placeholders.word(value) == word  # type: ignore[arg-type]


def test_the_password_policy_is_a_derived_placeholder() -> None:
    assert {"password-policy-options", "password-policy-arguments"} == placeholders.DERIVED

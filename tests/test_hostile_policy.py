"""No text of a policy has power over a page: every field of every type, judged in HTML as the site's engine makes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from baselint import resources
from baselint.baseline import Baseline, ControlException
from baselint.errors import Location
from baselint.framework import Framework, Operator, Relation
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Control,
    ParameterReference,
    ParameterType,
    Retirement,
)
from baselint.policy.history import Step as HistoryStep
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl
from baselint.runbook.book import RunbookPolicy
from baselint.runbook.pages import pages
from baselint.runbook.repository import Repository
from filled import filled
from markdown_judge import HOSTILE, dangers, outline, render, shown

PLACE = Location("policies/file.yaml", 1, 1)
FIXED: Mapping[str, Any] = {
    # Ids, names and groups of fields: the schemas allow words of small letters only.
    **dict.fromkeys(("Control.id", "Selection.control", "MappedControl.id", "ControlException.control"), "control"),
    **dict.fromkeys(("Change.control", "Retirement.replaced_by"), "control"),
    **dict.fromkeys(("Parameter.name", "Bound.parameter", "key"), "words"),
    "Baseline.id": "baseline",
    "Framework.id": "framework",
    "Step.id": "step",
    "ControlException.id": "exception",
    "Control.group": "group",
    "Baseline.satisfies": ("framework",),
    # What decides how the rest is read.
    "Control.retired": None,
    "Parameter.type": ParameterType.TEXT,
    "Bound.operator": Operator.EQUALS,
    "Requirement.relation": Relation.DECIDES,
    "Selection.exclude": False,
    "Step.broken": False,
    "ControlException.expires": date(2026, 6, 30),
    # Digits, partitions and kinds, as the schema lists them.
    "ControlException.accounts": ("111122223333",),
    "AppliesTo.accounts": ("111122223333",),
    "AppliesTo.partitions": ("aws",),
    "AppliesTo.kinds": ("member",),
    "ResolvedBaseline.sha256": "0" * 64,
    **{f"{name}.location": PLACE for name in ("Control", "Baseline", "Selection", "ResolvedControl", "Parent")},
}
LONG = (
    "a" * 1_000,
    "word " * 2_000,
    "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c",
    "\U0001f600 \U0001f469\u200d\U0001f4bb",
    "---\ntitle: x\n---",
)
JINJA = ("{{ 7*7 }}", "{% raw %}", "{# x #}", "{$minimum}", "{{ page.link('x') }}")


def _check(text: str) -> Check:
    """A check with a text wherever a control's author may write one."""
    guard = Condition("root.mfa_enabled", Operator.EQUALS, operand=True, otherwise=text)
    expect = Condition("contacts.billing_email", Operator.MATCHES, (text,))
    own = Condition("contacts.security_email", Operator.EQUALS, ParameterReference("words"))
    return Check((guard,), expect=(expect, own), or_attest=AttestationRequirement(90, {"trigger": (text,)}))


def _policy(text: str) -> RunbookPolicy:
    """Two controls, a baseline with both, and a framework that asks for both: each text is the one given."""
    # A text with a placeholder of nobody is refused before it comes here; the braces are for Markdown to see.
    text = text.replace("{$", "{ $")
    url = "https://ok.example/" + re.sub(r'[\s<>"]', "", text)
    addresses = (
        "AttestedEvidence.url",
        "Reference.url",
        "Framework.url",
        "MappingSource.url",
        "ControlException.ticket",
    )
    fixed = {**FIXED, **dict.fromkeys(addresses, url), "Control.check": _check(text)}
    control = filled(Control, text, fixed)
    gone = replace(control, id="gone", check=None, retired=filled(Retirement, text, fixed))
    baseline = filled(Baseline, text, fixed)
    baseline = replace(baseline, exceptions=(filled(ControlException, text, fixed),))
    chosen = filled(ResolvedControl, text, fixed | {"ResolvedControl.control": control})
    retired = replace(chosen, control=gone)
    resolved = filled(
        ResolvedBaseline,
        text,
        fixed | {"ResolvedBaseline.baseline": baseline, "ResolvedBaseline.controls": (chosen, retired)},
    )
    framework = filled(Framework, text, fixed)
    return filled(
        RunbookPolicy,
        text,
        fixed
        | {
            "RunbookPolicy.baselines": (resolved,),
            "RunbookPolicy.controls": (control, gone),
            "RunbookPolicy.frameworks": (framework,),
            "RunbookPolicy.guides": {},
            "RunbookPolicy.accounts": None,  # test_account_pages judges them
            "RunbookPolicy.notes": {"control": text},
            "History.steps": {"baseline": (filled(HistoryStep, text, fixed),)},
            "History.is_whole": False,
            "RunbookPolicy.repository": Repository("https://ok.example/"),
        },
    )


def _judged(text: str) -> dict[str, str]:
    """Return the HTML of every page on which texts of the policy stand, without our own pictures and the last line's notice."""
    made = pages(_policy(text))
    return {
        path: render(page.rsplit("\n<!--", 1)[0])
        for path, page in made.items()
        if path.endswith(".md") and not path.startswith("reference/")
    }


@pytest.fixture(scope="module")
def harmless() -> dict[str, list[str]]:
    return {path: outline(html) for path, html in _judged("word").items()}


CHOSEN = [text for number, text in enumerate(HOSTILE) if number % 4 == 0 or "```" in text or "{" in text]
"""What depends on where a template puts a text; ``test_markdown`` tries all of them."""


@pytest.mark.parametrize("text", [*CHOSEN, *LONG, *JINJA], ids=lambda text: ascii(text[:40]))
def test_no_field_of_any_type_has_power_over_a_page(text: str, harmless: dict[str, list[str]]) -> None:
    for path, html in _judged(text).items():
        assert dangers(html) == [], path
        if path.startswith("controls/group/") and "|---|" not in text:
            # But for the title's own anchor, which is made from the title.
            assert outline(html)[1:] == harmless[path][1:], path


@pytest.mark.parametrize("text", ["a | b | c", "a || b", "a `|` b", "a \\| b", "|", "| a | b |"])
def test_a_table_keeps_its_columns_and_what_stands_in_them(text: str, harmless: dict[str, list[str]]) -> None:
    for path, html in _judged(text).items():
        if "|" in text and not path.startswith("controls/index"):
            assert _cells(outline(html)) == _cells(harmless[path]), path
        if path == "frameworks/framework.md":
            assert text.replace("\\|", "|") in shown(html).replace("\\|", "|"), path


def _cells(found: list[str]) -> list[str]:
    return [item for item in found if item in {"tr", "th", "td"}]


def test_what_is_short_is_shown_as_it_was_written() -> None:
    for text in ("{{ 7*7 }}", "x {: onclick=alert(1) }", "# x {#steps}", "a `b` *c* _d_ <e>", "| a |", "\\{: .x }"):
        title = render(pages(_policy(text))["controls/group/control.md"].split("\n")[0])
        assert shown(title).removesuffix("¶") == text


def test_every_page_has_one_title_whatever_the_texts_call_a_heading() -> None:
    for path, html in _judged("# a\n\nb\n===\n\n# c {#steps}\n\n> # d\n\n- # e\n\n1. # f").items():
        assert [item.split()[0] for item in outline(html)].count("h1") == 1, path


def test_the_judge_is_awake() -> None:
    live = render("# x {: onclick=alert(1) }\n\ny\n{: #steps onmouseover=alert(1) }\n\n| a | b |\n|---|---|\n| c | d |")
    assert dangers(live) == ["h1 onclick=alert(1)", "p onmouseover=alert(1)"]
    assert outline(live) == ["h1 x", "p steps", "tr", "th", "th", "tr", "td", "td"]


def test_texts_in_lists_stand_where_a_fence_still_is_one() -> None:
    """Two spaces are enough for words of a list item, and too few for code: what is in a fence there would be alive."""
    widths = {
        (name, int(width))
        for name, text in resources.texts("site", "templates")
        for width in re.findall(r"(?:under|shift)\((\d+)\)", text)
    }
    assert widths
    assert {(name, width) for name, width in widths if width % 4} == set()


def test_a_field_of_tomorrow_is_filled_as_well() -> None:
    @dataclass(frozen=True)
    class Tomorrow:
        text: str
        maybe: str | None
        several: tuple[str, ...]
        named: Mapping[str, str]
        number: int

    made = filled(Tomorrow, "bad", {"key": "name", "Tomorrow.text": "good"})
    assert made == Tomorrow("good", "bad", ("bad",), {"name": "bad"}, 3)

"""Diagrams: drawn from data, named and described, readable in any colours, with the same in words below."""

from xml.etree import ElementTree

import pytest

from baselint.runbook import diagrams
from baselint.runbook.drawing import Flow, Stage, svg

FLOW = Flow(
    "f",
    "Title & more",
    "What <it> shows",
    (Stage("Do it"), Stage("Look", "if not", "stop"), Stage("Sure?", "no", "wait", "yes")),
    "Done",
    "After.",
)


def test_a_diagram_is_named_described_and_drawn_in_the_colour_of_the_text() -> None:
    figure = ElementTree.fromstring(svg(FLOW))
    (picture,) = figure
    space = "{http://www.w3.org/2000/svg}"
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "bl-f-title bl-f-description"
    named = {item.get("id"): item.text for item in picture if item.get("id")}
    assert named == {"bl-f-title": "Title & more", "bl-f-description": "What <it> shows"}
    colours = {item.get(name) for item in picture.iter() for name in ("fill", "stroke") if item.get(name)}
    assert colours == {"none", "currentColor"}
    assert [item.text for item in picture.iter(f"{space}text")] == [
        "Do it",
        "Look",
        "if not",
        "stop",
        "Sure?",
        "no",
        "wait",
        "yes",
        "Done",
    ]
    assert "\n\n" not in svg(FLOW)


def test_nothing_of_a_shipped_diagram_lies_outside_or_upon_another_box() -> None:
    assert set(diagrams.flows()) == {"export-to-verdict", "root-decision"}
    for flow in diagrams.flows().values():
        (picture,) = ElementTree.fromstring(svg(flow))
        _, _, width, height = map(float, (picture.get("viewBox") or "").split())
        boxes = [
            [float(item.get(name) or 0) for name in ("x", "y", "width", "height")]
            for item in picture
            if item.tag.endswith("rect")
        ]
        assert width <= 390
        assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)
        for number, (x, y, w, h) in enumerate(boxes):
            for x2, y2, w2, h2 in boxes[number + 1 :]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y, flow.name


def test_the_words_below_a_diagram_say_what_it_shows() -> None:
    words = diagrams.shown(FLOW).split("</figure>\n\n")[1]
    assert words == (
        "The same in words:\n\n1.  Do it.\n1.  Look. If not: **stop**.\n1.  Sure? No: **wait**. Yes: go on.\n1.  **Done**.\n\nAfter."
    )


def test_a_guide_asks_for_a_diagram_by_its_name() -> None:
    assert diagrams.placed("a\n\n<!-- diagram: f -->\n\nb", {"f": FLOW}) == f"a\n\n{diagrams.shown(FLOW)}\n\nb"
    with pytest.raises(KeyError):
        diagrams.placed("<!-- diagram: g -->", {"f": FLOW})

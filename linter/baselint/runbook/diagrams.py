"""The diagrams of the runbook: read from `site/diagrams`, put into pages with the same in words below."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from baselint import markdown, resources, yamlsource
from baselint.runbook.drawing import Flow, Stage, svg

_PLACE = re.compile(r"^<!-- diagram: (?P<name>[a-z-]+) -->$", re.MULTILINE)


def flows() -> Mapping[str, Flow]:
    """Return every diagram by its name."""
    read = (
        (name.removesuffix(".yaml"), yamlsource.load(text.encode("utf-8"), name).data)
        for name, text in resources.texts("site", "diagrams")
    )
    return {name: _flow(name, data) for name, data in read}


def shown(flow: Flow) -> str:
    """Return a diagram as it stands in a page: the picture, and the list that says the same."""
    return f"{svg(flow)}\n\nThe same in words:\n\n" + "\n".join(_words(flow))


def about(facts: Iterable[str], known: Mapping[str, Flow]) -> tuple[Flow, ...]:
    """Return the diagrams for the page of a control that asks for some facts."""
    asked = frozenset(facts)
    return tuple(flow for flow in known.values() if flow.facts & asked)


def placed(text: str, known: Mapping[str, Flow]) -> str:
    """Put diagrams into a hand-written page where a line ``<!-- diagram: NAME -->`` asks for one.

    Raises:
        KeyError: there is no diagram of that name.
    """
    return _PLACE.sub(lambda found: shown(known[found["name"]]), text)


def _words(flow: Flow) -> Iterator[str]:
    for stage in flow.stages:
        said = markdown.plain(stage.say)
        if stage.outcome is None:
            yield f"1.  {said}."
        elif stage.onward is None:
            yield f"1.  {said}. {_start(stage.exit)}: **{markdown.plain(stage.outcome)}**."
        else:
            yield (
                f"1.  {said} {_start(stage.exit)}: **{markdown.plain(stage.outcome)}**. {_start(stage.onward)}: go on."
            )
    yield f"1.  **{markdown.plain(flow.end)}**."
    if flow.after:
        yield f"\n{markdown.plain(flow.after)}"


def _start(word: str | None) -> str:
    return (word or "").capitalize()


def _flow(name: str, data: Any) -> Flow:
    return Flow(
        name,
        data["title"],
        data["description"],
        tuple(Stage(**stage) for stage in data["stages"]),
        data["end"],
        data.get("after"),
        frozenset(data.get("facts", ())),
    )

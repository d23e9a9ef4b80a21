"""The report for an auditor: one HTML file that needs nothing else, population first, then each control with its evidence."""

from collections.abc import Iterator, Mapping, Sequence

from baselint.report import html_page
from baselint.report.document import Report, RequirementDocument
from baselint.report.gathering import Gathering
from baselint.report.html_collection import ACCOUNTS, EXPORTS, Key, collect


def write(report: Report) -> Iterator[str]:
    """Yield the report in pieces; the pieces together are one HTML document.

    Nothing is left out for its severity: evidence is whole. One pass goes over the accounts, and what it writes is brought
    together by control in a file without a name, so that memory does not grow with what accounts say.
    """
    page = html_page.load()
    header = report.header
    requirements = report.requirements()
    with Gathering[Key]() as gathered:
        controls = collect(report, page, gathered)
        yield page.opening(header).lstrip()
        yield page.accounts(header)
        yield from gathered.pieces(ACCOUNTS)
        yield page.table_end()
        yield page.exports_heading()
        yield from gathered.pieces(EXPORTS)
        yield page.problems(header)
        yield page.summary(header, controls)
        yield page.controls_heading()
        for control in controls:
            asked = _asked(requirements.get(control.key, ()))
            yield page.control(control, header["summary"]["accounts"], asked)
            yield from gathered.pieces(control.key)
            yield page.table_end()
        yield page.closing(header)


Asked = tuple[str, Sequence[tuple[str, Sequence[str]]]]
"""How some requirements stand to a control, in words; then the ids by edition."""


def _asked(requirements: Sequence[RequirementDocument]) -> Sequence[Asked]:
    """Say what a pass is worth to each requirement, the most first."""
    found: dict[str, dict[str, list[str]]] = {words: {} for words in _WORTH.values()}
    for item in requirements:
        worth = _WORTH[item["decides"], item["within"]]
        identifier = f"{item['requirement']} (in part)" if item["in_part"] and item["decides"] else item["requirement"]
        found[worth].setdefault(item["framework"], []).append(identifier)
    return [(words, tuple(editions.items())) for words, editions in found.items() if editions]


_WORTH: Mapping[tuple[bool, bool], str] = {
    (True, True): "A pass meets the bound of",
    (False, True): "A pass contributes to",
    (True, False): "Asks for more than these values",
    (False, False): "Asks for more than these values",
}
"""By whether the standard decides, and whether the baseline's values are within what it needs."""

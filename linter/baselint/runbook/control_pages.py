"""The list of controls, and a page for each."""

from collections.abc import Iterator, Mapping
from typing import Any

from baselint.baseline import Baseline, Change, ControlException
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook import diagrams, evidence_view, forms
from baselint.runbook.book import Book, Page
from baselint.runbook.control_view import ControlView
from baselint.runbook.parameter_view import parameters
from baselint.runbook.samples import Sample, samples


def pages(book: Book) -> Iterator[Page]:
    """Yield the list of controls by group, and the page of every control."""
    groups: dict[str, list[ControlView]] = {}
    for view in sorted(book.views.values(), key=lambda view: (view.control.group, view.severity.rank, view.control.id)):
        groups.setdefault(view.control.group, []).append(view)
    yield Page("controls/index.md", "controls.md.j2", {"groups": groups})
    for view in book.views.values():
        yield Page(book.addresses[view.control.id], "control.md.j2", _values(book, view))


def _values(book: Book, view: ControlView) -> Mapping[str, Any]:
    control = view.control
    baselines = [item.baseline for item in book.policy.baselines]
    return {
        "view": view,
        "control": control,
        "parameters": parameters(view),
        "reads": evidence_view.reads(view.facts),
        "exports": evidence_view.exports(view.facts),
        "samples": _samples(view),
        "diagrams": [diagrams.shown(flow) for flow in diagrams.about(view.facts, book.diagrams)],
        "waiver": forms.exception_form(control) if control.retired is None else None,
        "attestation": forms.attestation_form(control) if control.retired is None else None,
        "exceptions": _exceptions(baselines, control.id),
        "longest_exception_days": book.policy.longest_exception_days,
        "note": book.policy.notes.get(control.id),
        "changes": _changes(baselines, control.id),
        "anchors": book.anchors,
    }


def _samples(view: ControlView) -> tuple[Sample, ...]:
    """Return sample verdicts by the baseline whose values the page shows."""
    followed: ResolvedBaseline | None = view.chosen[0].baseline if view.chosen else None
    if followed is None:
        return ()
    return next(samples(item, followed) for item in followed.controls if item.control.id == view.control.id)


def _exceptions(baselines: list[Baseline], control: str) -> list[tuple[Baseline, ControlException]]:
    found = [(item, exception) for item in baselines for exception in item.exceptions if exception.control == control]
    return sorted(found, key=lambda pair: (pair[1].expires, pair[0].id, pair[1].id))


def _changes(baselines: list[Baseline], control: str) -> list[tuple[Baseline, Change]]:
    """Return the decisions on a control that baselines record, the newest first."""
    found = [(item, change) for item in baselines for change in item.changes if change.control == control]
    return sorted(found, key=lambda pair: (-pair[1].date.toordinal(), pair[0].id))

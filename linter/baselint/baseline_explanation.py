"""Explains a baseline as it is judged: every control with its values, and the place that each value comes from."""

from collections.abc import Iterator

from baselint import wording
from baselint.baseline import Baseline
from baselint.placeholders import word
from baselint.policy.inherit import ancestors
from baselint.policy.library import PolicyLibrary
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl, resolve
from baselint.terminal import one_line, wrap
from baselint.terminal_text import paragraphs

_COLUMN = 36


def baseline_lines(baseline: Baseline, library: PolicyLibrary) -> Iterator[str]:
    """Yield the lines that explain a baseline.

    Raises:
        PolicyError: it cannot be resolved.
    """
    resolved = resolve(baseline, library)
    yield from _head(baseline, library)
    if baseline.description:
        yield from paragraphs(baseline.description)
    yield f"CONTROLS ({len(resolved.controls)}), each value with the place it comes from"
    for item in resolved.controls:
        yield from _control(item)
    yield from _excluded(resolved)
    yield from _exceptions(baseline)
    if baseline.changes:
        yield "DECISIONS"
        for change in sorted(baseline.changes, key=lambda entry: entry.date, reverse=True):
            by = f", approved by {change.approved_by}" if change.approved_by else ""
            yield wrap(f"{change.date} {change.control}: {change.reason}{by}", "  ", "    ")
        yield ""
    yield f"policy hash: {resolved.sha256}"


def _head(baseline: Baseline, library: PolicyLibrary) -> Iterator[str]:
    yield one_line(f"baseline {baseline.id} {baseline.version}: {baseline.title}")
    yield one_line(f"owner: {baseline.owner}")
    if baseline.approved is not None:
        yield one_line(f"approved by {baseline.approved.by} on {baseline.approved.date}")
    if baseline.review_by is not None:
        yield f"review by {baseline.review_by}"
    places = (("accounts", baseline.applies_to.accounts), ("partitions", baseline.applies_to.partitions))
    for name, values in (*places, ("kinds", baseline.applies_to.kinds)):
        if values:
            yield f"applies to {name}: {', '.join(values)}"
    for parent in ancestors(baseline, library)[1:]:
        yield one_line(f"stands on {parent.id} {parent.version} ({parent.location.path})")
    if baseline.satisfies:
        yield f"claims: {', '.join(baseline.satisfies)}"
    yield ""


def _control(item: ResolvedControl) -> Iterator[str]:
    retired = item.control.retired
    state = f"retired on {retired.date}" if retired is not None else str(item.severity)
    where = "the control's own" if item.has_own_severity else str(item.severity_origin)
    yield _row(f"  {item.control.id}", state, where if retired is None else str(item.control.location))
    if retired is None:
        yield wrap(wording.requirement(item.control.check, item.parameters), "    ", "      ")
    for name, value in item.parameters.items():
        default = "the control's default, " if item.is_default(name) else ""
        yield _row(f"    {name}", word(value), f"{default}{item.origins[name]}")
    if item.reason:
        yield wrap(item.reason, "    why: ", "      ")


def _row(name: str, value: str, place: str) -> str:
    return f"{name:<{_COLUMN}} {one_line(f'{value} ({place})')}"


def _excluded(resolved: ResolvedBaseline) -> Iterator[str]:
    yield ""
    if resolved.excluded:
        yield "LEFT OUT ON PURPOSE"
        for selection in resolved.excluded:
            yield "  " + one_line(f"{selection.control} ({selection.location})")
            yield wrap(selection.reason or "", "    why: ", "      ")
        yield ""


def _exceptions(baseline: Baseline) -> Iterator[str]:
    if baseline.exceptions:
        yield "EXCEPTIONS"
        for item in baseline.exceptions:
            subjects = f" ({', '.join(item.subjects)})" if item.subjects else ""
            yield "  " + one_line(f"{item.id}: {item.control}, {', '.join(item.accounts)}{subjects} ({item.location})")
            text = f"{item.approved.date} through {item.expires}, approved by {item.approved.by}, owner {item.owner}"
            yield wrap(f"{text}: {item.reason}", "    ", "      ")
        yield ""

"""The registers of exceptions and of attestations: who decided what until when, and what people must look at how often."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from baselint import wording
from baselint.baseline import Baseline
from baselint.model import AttestationRequirement, Check
from baselint.policy.registers import ExceptionEntry, exception_register
from baselint.runbook.anchors import exception_anchor
from baselint.runbook.book import Book, Page
from baselint.runbook.control_view import ControlView

_SOON = timedelta(days=30)
"""From when on a register says that an entry ends."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A control that a person attests, how often by each baseline, and what must be answered."""

    view: ControlView
    requirement: AttestationRequirement
    cadences: Mapping[int, list[str]]
    """Baselines by the number of days, the shortest first."""
    always: bool
    """Whether no export can decide it at the values of any baseline."""
    recorded: int
    """How many attestations of it there are."""


def pages(book: Book) -> Iterator[Page]:
    """Yield the two registers."""
    policy = book.policy
    baselines = {item.baseline.id: item.baseline for item in policy.baselines}
    values = {"as_of": policy.as_of, "longest_exception_days": policy.longest_exception_days, "baselines": baselines}
    told = {**values, "entries": _exceptions(baselines, policy.as_of), "anchor": exception_anchor}
    yield Page("exceptions.md", "exceptions.md.j2", told)
    entries = {**values, "entries": policy.attestations, "duties": _duties(book), "views": book.views}
    yield Page("attestations.md", "attestations.md.j2", entries)


def _exceptions(baselines: Mapping[str, Baseline], day: date | None) -> list[ExceptionEntry]:
    """Return the exceptions of all baselines, first those that end first."""
    entries = exception_register(baselines.values(), day or date.max, _SOON)
    return sorted(entries, key=lambda entry: entry.exception.expires)


def _duties(book: Book) -> list[Duty]:
    """Return the controls that a baseline lets a person attest, first those that are due most often."""
    found = (_duty(view, book) for view in book.views.values() if view.chosen and not view.control.retired)
    duties = [duty for duty in found if duty is not None]
    return sorted(duties, key=lambda duty: (not duty.always, *list(duty.cadences)[:1], duty.view.control.id))


def _duty(view: ControlView, book: Book) -> Duty | None:
    check = view.control.check
    requirement = check.attestation if check is not None else None
    if check is None or requirement is None:
        return None
    cadences: dict[int, list[str]] = {}
    for item in sorted(view.chosen, key=lambda item: wording.within_days(requirement, item.values)):
        days = wording.within_days(requirement, item.values)
        cadences.setdefault(days, []).append(item.baseline.baseline.id)
    recorded = sum(entry.attestation.control == view.control.id for entry in book.policy.attestations)
    return Duty(view, requirement, cadences, _always(check, view), recorded)


def _always(check: Check, view: ControlView) -> bool:
    return check.attest is not None or all(wording.asks_nothing(check, item.values) for item in view.chosen)

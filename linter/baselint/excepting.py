"""Applies the exceptions of a baseline to a verdict: dated, approved decisions, shown wherever they touch it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from baselint.baseline import Baseline, ControlException
from baselint.evidence import Problem
from baselint.finding import ExceptionView, Status
from baselint.judging import Decision

Decide: TypeAlias = Callable[[frozenset[str]], Decision]
"""Decides a control without the members named."""

_NEEDING = frozenset((Status.FAIL, Status.MANUAL, Status.UNKNOWN))


@dataclass(frozen=True, slots=True)
class Excepted:
    """A decision with what exceptions make of it."""

    status: Status
    decision: Decision
    view: ExceptionView | None
    notes: tuple[str, ...]
    further: tuple[ExceptionView, ...] = ()
    """Views of the other exceptions that act on the decision as well."""


def unused(baselines: Iterable[Baseline], accounts: Collection[str], day: date) -> tuple[Problem, ...]:
    """Name every exception in force for accounts of which none is in the run: an id may be mistyped."""
    return tuple(
        Problem(
            item.location.path,
            None,
            "exception-unused",
            f"exception {item.id} is for {', '.join(item.accounts)}, and no such account is in this run",
        )
        for baseline in baselines
        for item in baseline.exceptions
        if item.in_force(day) and not set(item.accounts).intersection(accounts)
    )


def ignored(baselines: Iterable[Baseline], day: date) -> tuple[Problem, ...]:
    """Say of each baseline that its exceptions count for nothing in this run."""
    numbers = ((item, sum(exception.in_force(day) for exception in item.exceptions)) for item in baselines)
    return tuple(
        Problem(
            baseline.location.path,
            None,
            "exceptions-ignored",
            f"this is not the report to act on: --ignore-exceptions leaves out every exception, and {baseline.id} has "
            f"{number or 'none'} in force",
        )
        for baseline, number in numbers
    )


def judge(exceptions: Sequence[ControlException], day: date, decide: Decide) -> Excepted:
    """Turn a fail or manual into excepted where an exception holds; an unknown stays unknown, with it shown.

    An exception that names subjects leaves them out, and the rest decides.
    """
    holding = [item for item in exceptions if item.in_force(day)]
    decision = decide(frozenset(subject for item in holding for subject in item.subjects))
    over_all = any(not item.subjects for item in holding)
    excepted = over_all and decision.status in {Status.FAIL, Status.MANUAL}
    status = Status.EXCEPTED if excepted else decision.status
    notes = tuple(_note(item, decision, day) for item in exceptions)
    if not exceptions:
        return Excepted(status, decision, None, notes)
    without = decide(frozenset()) if decision.excluded else decision
    views = sorted(
        (_view(item, day, decision, without.status) for item in exceptions),
        key=lambda view: _weight(view, decision),
        reverse=True,
    )
    further = tuple(view for view in views[1:] if any(_weight(view, decision)[:2]))
    return Excepted(status, decision, views[0], notes, further)


def ignore(exceptions: Sequence[ControlException], day: date, decide: Decide) -> Excepted:
    """Judge as if there were no exception; what each in force would say is told, as ignored."""
    told = judge(exceptions, day, decide).notes
    notes = tuple(
        f"ignored in this run: {note}" if item.in_force(day) else note
        for item, note in zip(exceptions, told, strict=True)
    )
    decision = decide(frozenset())
    return Excepted(decision.status, decision, None, notes)


def _view(item: ControlException, day: date, decision: Decision, underlying: Status) -> ExceptionView:
    holds = item.in_force(day)
    left_out = _left_out(item, decision) if holds else ()
    return ExceptionView(item, holds, underlying, left_out, _said(item, decision, day))


def _weight(view: ExceptionView, decision: Decision) -> tuple[bool, bool, bool]:
    """Rank exceptions by what they do: over the whole verdict, over some subjects, in force, or none of these."""
    needed = decision.status in _NEEDING
    return view.in_force and needed and not view.exception.subjects, bool(view.excluded_subjects), view.in_force


def _left_out(item: ControlException, decision: Decision) -> tuple[str, ...]:
    return tuple(subject for subject in decision.excluded if subject in item.subjects)


def _note(item: ControlException, decision: Decision, day: date) -> str:
    absent = [subject for subject in item.subjects if subject in decision.absent and item.in_force(day)]
    lacking = f"; the report has no such subject: {', '.join(absent)}" if absent else ""
    return _said(item, decision, day) + lacking


def _said(item: ControlException, decision: Decision, day: date) -> str:
    if day < item.approved.date:
        return f"exception {item.id} is not in force before its approval on {item.approved.date}"
    if day > item.expires:
        return f"exception {item.id} lapsed on {item.expires}"
    if left_out := _left_out(item, decision):
        return f"exception {item.id} leaves out {', '.join(left_out)} until {item.expires}: {item.reason.strip()}"
    if decision.status is Status.UNKNOWN:
        return f"exception {item.id} is in force until {item.expires}, but what is unknown stays unknown"
    if item.subjects:
        return f"exception {item.id} is not needed here: nobody it names fails"
    if decision.status in {Status.FAIL, Status.MANUAL}:
        return f"excepted by {item.id} until {item.expires}: {item.reason.strip()}"
    return f"exception {item.id} is not needed here"

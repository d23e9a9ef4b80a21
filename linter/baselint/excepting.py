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


@dataclass(frozen=True, slots=True)
class Excepted:
    """A decision with what exceptions make of it."""

    status: Status
    decision: Decision
    view: ExceptionView | None
    notes: tuple[str, ...]


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


def judge(exceptions: Sequence[ControlException], day: date, decide: Decide) -> Excepted:
    """Turn a fail or manual into excepted where an exception holds; an unknown stays unknown, with it shown.

    An exception that names subjects leaves them out, and the rest decides.
    """
    holding = [item for item in exceptions if item.in_force(day)]
    decision = decide(frozenset(subject for item in holding for subject in item.subjects))
    over_all = any(not item.subjects for item in holding)
    excepted = over_all and decision.status in {Status.FAIL, Status.MANUAL}
    notes = tuple(_note(item, decision, day) for item in exceptions)
    return Excepted(
        Status.EXCEPTED if excepted else decision.status, decision, _view(exceptions, day, decision, decide), notes
    )


def _view(
    exceptions: Sequence[ControlException], day: date, decision: Decision, decide: Decide
) -> ExceptionView | None:
    """Show the exception that does most: over the whole verdict, over some subjects, in force, or none of these."""
    if not exceptions:
        return None
    needed = decision.status in {Status.FAIL, Status.MANUAL, Status.UNKNOWN}

    def weight(item: ControlException) -> tuple[bool, bool, bool]:
        holds = item.in_force(day)
        return holds and needed and not item.subjects, holds and bool(_left_out(item, decision)), holds

    chosen = max(exceptions, key=weight)
    without = decide(frozenset()) if decision.excluded else decision
    left_out = _left_out(chosen, decision) if chosen.in_force(day) else ()
    return ExceptionView(chosen, chosen.in_force(day), without.status, left_out)


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

"""An exception of a baseline names a control that the baseline selects, ends after its approval, and within 366 days of it.

``subjects`` stand only where the control judges members of a population. A log entry of ``changes`` names a control that exists.
An exception for a control that the baseline and its parents do not require gets a warning: it has no effect.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from baselint.baseline import Baseline, ControlException
from baselint.errors import Diagnostic
from baselint.policy.inherit import required_controls
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.rules.rule import Context, Rule, mistake, warning
from baselint.policy.source import PolicyFile
from baselint.suggestion import did_you_mean, nearest
from baselint.yamldocument import Path

LONGEST = timedelta(days=366)


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    library = context.library
    baseline: Baseline = file.model
    seen: set[str] = set()
    for index, exception in enumerate(baseline.exceptions):
        path: Path = ("exceptions", index)
        if exception.id in seen:
            yield mistake(file, (*path, "id"), "duplicate-exception", f"the exception {exception.id!r} stands twice")
        seen.add(exception.id)
        yield from _dates(file, exception, path)
        yield from _control(file, exception, path, library)
    for index, change in enumerate(baseline.changes):
        if library.entry(PolicyKind.CONTROL, change.control) is None:
            guess = did_you_mean(change.control, library.ids(PolicyKind.CONTROL))
            message = f"there is no control {change.control!r}{guess}"
            yield mistake(file, ("changes", index, "control"), "unknown-control", message)
    if baseline.exceptions:
        yield from _without_effect(file, baseline, library)


def _dates(file: PolicyFile[Any], exception: ControlException, path: Path) -> Iterator[Diagnostic]:
    if exception.expires < exception.approved.date:
        message = f"the exception ends on {exception.expires}, before its approval on {exception.approved.date}"
        yield mistake(file, (*path, "expires"), "exception-dates", message)
    elif exception.expires - exception.approved.date > LONGEST:
        message = f"the exception lasts more than {LONGEST.days} days from its approval; approve it again when it ends"
        yield mistake(file, (*path, "expires"), "exception-dates", message)


def _control(
    file: PolicyFile[Any], exception: ControlException, path: Path, library: PolicyLibrary
) -> Iterator[Diagnostic]:
    if library.entry(PolicyKind.CONTROL, exception.control) is None:
        guess = did_you_mean(exception.control, library.ids(PolicyKind.CONTROL))
        message = f"there is no control {exception.control!r}{guess}"
        yield mistake(file, (*path, "control"), "unknown-control", message)
        return
    check = library.control(exception.control).check if exception.subjects else None
    if exception.subjects and (check is None or check.each is None):
        message = f"{exception.control} judges the account as a whole, so the exception cannot name 'subjects'"
        yield mistake(file, (*path, "subjects"), "exception-subjects", message, key=True)


def _without_effect(file: PolicyFile[Any], baseline: Baseline, library: PolicyLibrary) -> Iterator[Diagnostic]:
    required = required_controls(baseline, library)
    known = library.ids(PolicyKind.CONTROL)
    misspelt = {nearest(name, known) for name in required.difference(known)}
    for index, exception in enumerate(baseline.exceptions):
        if exception.control in known and exception.control not in required | misspelt:
            message = f"{baseline.id} does not require {exception.control}, so this exception has no effect"
            yield warning(file, ("exceptions", index, "control"), "exception-without-effect", message)


RULE = Rule(
    ids=("duplicate-exception", "exception-without-effect", "exception-dates", "exception-subjects", "unknown-control"),
    kinds=(PolicyKind.BASELINE,),
    check=_check,
    page=__doc__,
)

"""Tells the changes of one kind that weaken a baseline against an earlier revision; no rule of its own, shared by several."""

from collections.abc import Iterator

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Location, PolicyError
from baselint.placeholders import word
from baselint.policy.broken_requirements import BrokenRequirement
from baselint.policy.differences import Change, ChangeKind
from baselint.policy.earlier import Earlier, Weakening
from baselint.policy.rules.rule import Context
from baselint.policy.strictness import Direction

_MOST_BROKEN = 12


def weakened(baseline: Baseline, kind: ChangeKind, rule: str, context: Context) -> Iterator[Diagnostic]:
    """Yield a mistake for each change of a kind that weakens a baseline and that no new entry of ``changes`` explains."""
    if context.earlier is None:
        return
    try:
        found = context.earlier.comparison(baseline, context.library)
    except PolicyError:  # told by not-compared, and by the rules on the broken file
        return
    for item in found.unexplained if found is not None else ():
        if item.change.kind is kind:
            yield _mistake(baseline, item, rule, context.earlier, context)


def entry_to_add(subject: str, context: Context) -> str:
    """Return the entry of ``changes`` that would explain a decision, for a person to complete."""
    day = context.today.isoformat() if context.today is not None else "YYYY-MM-DD"
    return f'- {{date: "{day}", control: {subject}, reason: WHY, approved_by: WHO}}'


def breaks(broken: tuple[BrokenRequirement, ...]) -> Iterator[str]:
    """Say which requirements are broken, a line each while they are few; those that nobody claims in one line beside others."""
    claimed = [item for item in broken if item.claimed]
    shown = claimed or broken[:_MOST_BROKEN]
    for item in shown:
        mark = ", which this baseline claims" if item.claimed else ""
        yield f"{item.effect} {item.name}{mark}: {item.needs}"
    rest: dict[str, list[str]] = {}
    for item in broken:
        if item not in shown:
            rest.setdefault(item.effect, []).append(item.name)
    for effect, names in rest.items():
        yield f"{effect} {len(names)} more{', not claimed' if claimed else ''}: {', '.join(names)}"


def _mistake(baseline: Baseline, item: Weakening, rule: str, earlier: Earlier, context: Context) -> Diagnostic:
    change = item.change
    worse = "is weaker" if change.direction is Direction.WEAKER else "may let through what was refused"
    logs = " or ".join(f"'changes' of {log.location.path}" for log in item.logs if _is_own(log.location))
    message = (
        f"{_said(change, earlier.name)}, which {worse}; "
        f"take it back, or add to {logs or 'a baseline of your own'} who decided it and why"
    )
    details = (f"it was set at {change.old_place}", *breaks(item.broken))
    place = change.new_place if _is_own(change.new_place) else baseline.location
    return Diagnostic(place, rule, message, details=details, correction=entry_to_add(change.subject, context))


def _is_own(place: Location) -> bool:
    """Tell whether a place is in a file of the user's, not in the shipped library."""
    return not place.path.startswith("<")


def _said(change: Change, revision: str) -> str:
    old, new = word(change.old), word(change.new)
    match change.kind:
        case ChangeKind.PARAMETER:
            return f"{change.subject}: {change.name} is {new}, and was {old} at {revision}"
        case ChangeKind.CONTROL:
            return f"{change.subject} is {new}, and was {old} at {revision}"
        case ChangeKind.SEVERITY:
            return f"{change.subject}: the severity is {new}, and was {old} at {revision}"
        case ChangeKind.CHECK:
            return f"{change.subject} asks: {new}; at {revision} it asked: {old}"
        case ChangeKind.APPLIES_TO:
            return f"the {change.name} it applies to are {new}, and were {old} at {revision}"
    if change.old is None:
        return f"exception {change.name} for {change.subject} ({new}) was not there at {revision}"
    return f"exception {change.name} for {change.subject} is for {new}, and was for {old} at {revision}"

"""Compares two resolved baselines: every change of a control, parameter, severity, scope or exception, and its direction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from baselint import wording
from baselint.baseline import AppliesTo, ControlException
from baselint.errors import Location
from baselint.model import Check, ParameterValue
from baselint.policy.change_kind import ChangeKind
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl
from baselint.policy.strictness import (
    NOTHING,
    Demand,
    Direction,
    can_be_said,
    compare,
    compare_parameter,
    demand,
    direction,
    together,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two baselines."""

    kind: ChangeKind
    direction: Direction
    subject: str
    """Id of the control; the baseline's own where it is about ``applies_to``."""
    name: str | None
    """The parameter, the exception, or the key of ``applies_to``."""
    old: ParameterValue
    new: ParameterValue
    old_place: Location
    new_place: Location

    @property
    def mirrored(self) -> "Change":
        """The same change, seen from the new to the old."""
        return replace(
            self,
            direction=self.direction.mirrored,
            old=self.new,
            new=self.old,
            old_place=self.new_place,
            new_place=self.old_place,
        )

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Sort key: what may weaken first, then by subject."""
        worst_first = (Direction.WEAKER, Direction.DIFFERENT, Direction.STRICTER, Direction.EQUAL)
        return worst_first.index(self.direction), self.subject, list(ChangeKind).index(self.kind), self.name or ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs between two baselines."""

    old: ResolvedBaseline
    new: ResolvedBaseline
    changes: tuple[Change, ...]

    @property
    def direction(self) -> Direction:
        """How the new baseline stands to the old one as a whole."""
        return together(change.direction for change in self.changes)

    @property
    def may_weaken(self) -> bool:
        """Tell whether an account that the old baseline refused may pass the new one."""
        return any(change.direction.may_weaken for change in self.changes)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two baselines, by control."""

    resolved: ResolvedBaseline

    @property
    def controls(self) -> Mapping[str, ResolvedControl]:
        return {item.control.id: item for item in self.resolved.controls}

    @property
    def excluded(self) -> Mapping[str, Location]:
        return {item.control: item.location for item in self.resolved.excluded}


def difference(old: ResolvedBaseline, new: ResolvedBaseline) -> Difference:
    """Return what changed from one resolved baseline to another."""
    before, after = _Side(old), _Side(new)
    found = [
        *_controls(before, after),
        *_scope(old, new),
        *_exceptions(before, after),
    ]
    return Difference(old, new, tuple(sorted(found, key=lambda change: change.order)))


def asked(item: ResolvedControl | None) -> Demand:
    """Return what a resolved control asks; one that is not there, or retired, asks nothing."""
    if item is None or item.control.check is None or item.control.retired is not None:
        return NOTHING
    return demand(item.control.check, item.parameters)


def _controls(before: _Side, after: _Side) -> Iterator[Change]:
    old_controls, new_controls = before.controls, after.controls
    for name in sorted({*old_controls, *new_controls}):
        old, new = old_controls.get(name), new_controls.get(name)
        if old is None or new is None or bool(old.control.retired) != bool(new.control.retired):
            yield _presence(name, before, after)
        else:
            yield from _asked(old, new)
            yield from _severity(old, new)


def _presence(name: str, before: _Side, after: _Side) -> Change:
    way = compare(asked(before.controls.get(name)), asked(after.controls.get(name)))
    (old, old_place), (new, new_place) = (_standing(side, name) for side in (before, after))
    return Change(ChangeKind.CONTROL, way, name, None, old, new, old_place, new_place)


def _standing(side: _Side, name: str) -> tuple[str, Location]:
    """Say what a baseline does with a control, and where."""
    item = side.controls.get(name)
    if item is not None:
        retired = item.control.retired is not None
        return ("retired", item.control.location) if retired else ("required", item.location)
    if name in side.excluded:
        return "excluded", side.excluded[name]
    return "not selected", side.resolved.baseline.location


def _severity(old: ResolvedControl, new: ResolvedControl) -> Iterator[Change]:
    """Compare the severities of a control that both sides ask; one that asks nothing has none that counts."""
    if old.severity is new.severity or asked(old).asks_nothing or asked(new).asks_nothing:
        return
    way = Direction.STRICTER if new.severity.rank < old.severity.rank else Direction.WEAKER
    places = old.severity_origin, new.severity_origin
    yield Change(ChangeKind.SEVERITY, way, new.control.id, None, old.severity, new.severity, *places)


def _asked(old: ResolvedControl, new: ResolvedControl) -> Iterator[Change]:
    """Tell the parameters that changed; where they do not explain all, what the check asks as a whole."""
    whole = compare(asked(old), asked(new))
    alike = _structure(old.control.check) == _structure(new.control.check)
    changes = tuple(_as_part(change, whole) for change in _parameters(old, new)) if alike else ()
    yield from changes
    weakens = any(item.direction.may_weaken for item in changes)
    strengthens = any(item.mirrored.direction.may_weaken for item in changes)
    if (whole.may_weaken and not weakens) or (whole.mirrored.may_weaken and not strengthens):
        before, after = _words(old), _words(new)
        places = old.control.location, new.control.location
        yield Change(ChangeKind.CHECK, whole, new.control.id, None, before, after, *places)


def _words(item: ResolvedControl) -> str:
    check = item.control.check
    if check is not None and can_be_said(check, item.parameters):
        return wording.requirement(item.control.check, item.parameters)
    return "a check that is broken"


def _as_part(change: Change, whole: Direction) -> Change:
    """Let a change say no more than the control as a whole: where another condition asks more, it has no effect."""
    said = change.direction
    hidden = (said.may_weaken and not whole.may_weaken) or (said.mirrored.may_weaken and not whole.mirrored.may_weaken)
    return replace(change, direction=whole if said is Direction.DIFFERENT else Direction.EQUAL) if hidden else change


def _structure(check: Check | None) -> Check | None:
    """Return a check without the texts that decide nothing."""
    if check is None:
        return None
    return replace(check, applies_when=tuple(replace(item, otherwise=None) for item in check.applies_when))


def _parameters(old: ResolvedControl, new: ResolvedControl) -> Iterator[Change]:
    """Yield the values that changed, of parameters that both have; the check is the same on both sides."""
    for name in sorted(old.parameters.keys() & new.parameters.keys()):
        before, after = old.parameters[name], new.parameters[name]
        if (type(before), before) != (type(after), after):
            way = compare_parameter(new.control.check, name, before, after)
            places = old.origins[name], new.origins[name]
            yield Change(ChangeKind.PARAMETER, way, new.control.id, name, before, after, *places)


def _scope(old: ResolvedBaseline, new: ResolvedBaseline) -> Iterator[Change]:
    for name in AppliesTo.__dataclass_fields__:
        before, after = (frozenset(getattr(item.baseline.applies_to, name)) for item in (old, new))
        if before != after:
            way = direction(new_holds_old=_means(after, before), old_holds_new=_means(before, after))
            places = old.baseline.location, new.baseline.location
            words = tuple(sorted(before)) or ("all",), tuple(sorted(after)) or ("all",)
            yield Change(ChangeKind.APPLIES_TO, way, new.baseline.id, name, *words, *places)


def _means(wider: frozenset[str], narrower: frozenset[str]) -> bool:
    """Tell whether one list of ``applies_to`` means all that another means; an empty one means all."""
    return not wider or (bool(narrower) and narrower <= wider)


def _exceptions(before: _Side, after: _Side) -> Iterator[Change]:
    """Compare exceptions by id; one that came under a new id, and that an old one covers, changes nothing."""
    old = {item.id: item for item in before.resolved.baseline.exceptions}
    new = {item.id: item for item in after.resolved.baseline.exceptions}
    nowhere = before.resolved.baseline.location, after.resolved.baseline.location
    for name in sorted({*old, *new}):
        one, other = old.get(name), new.get(name)
        if one is not None and other is not None and one.control == other.control:
            if _terms(one) != _terms(other):
                way = direction(new_holds_old=_is_harmless(other, before), old_holds_new=_is_harmless(one, after))
                terms = _terms(one), _terms(other)
                yield Change(ChangeKind.EXCEPTION, way, one.control, name, *terms, one.location, other.location)
            continue
        if one is not None:
            way = Direction.EQUAL if _is_harmless(one, after) else Direction.STRICTER
            yield Change(ChangeKind.EXCEPTION, way, one.control, name, _terms(one), None, one.location, nowhere[1])
        if other is not None:
            way = Direction.EQUAL if _is_harmless(other, before) else Direction.WEAKER
            yield Change(
                ChangeKind.EXCEPTION, way, other.control, name, None, _terms(other), nowhere[0], other.location
            )


def _terms(item: ControlException) -> str:
    """Say for whom and when an exception holds."""
    subjects = f", only {', '.join(sorted(item.subjects))}" if item.subjects else ""
    return f"{', '.join(sorted(item.accounts))}{subjects}, {item.approved.date} through {item.expires}"


def _is_harmless(item: ControlException, other: _Side) -> bool:
    """Tell whether an exception excuses nothing that the other side would not: it asks nothing there, or excuses it too.

    An exception for named subjects is not covered by one for all: it also leaves out subjects of which nothing is known,
    which stay unknown under the other.
    """
    if asked(other.controls.get(item.control)).asks_nothing:
        return True
    return any(
        item.control == wider.control
        and frozenset(item.accounts) <= frozenset(wider.accounts)
        and bool(item.subjects) == bool(wider.subjects)
        and frozenset(item.subjects) <= frozenset(wider.subjects)
        and wider.approved.date <= item.approved.date
        and item.expires <= wider.expires
        for wider in other.resolved.baseline.exceptions
    )

"""Merges a baseline with its parents: values in order, the child's word last, and disagreements told with both places."""

import posixpath
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath

from baselint.baseline import Baseline, Parent, Selection
from baselint.errors import Diagnostic, PolicyError, UsageError
from baselint.model import ParameterValue
from baselint.placeholders import word
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.suggestion import did_you_mean, only_meant

_DEEPEST = 16


def merged_selections(baseline: Baseline, library: PolicyLibrary) -> Mapping[str, Selection]:
    """Return the selections of a baseline and its parents, by control, excluded ones too; reads no control it can leave unread.

    Raises:
        PolicyError: the parents cannot be merged.
    """
    return _merge(baseline, library, (Parent(baseline.id, baseline.location),))


def inherited_selections(
    baseline: Baseline, library: PolicyLibrary
) -> tuple[tuple[Baseline, Mapping[str, Selection]], ...]:
    """Return each direct parent of a baseline with its own merged selections, in their order.

    Raises:
        PolicyError: a parent is not there, or the parents of one cannot be merged.
    """
    chain = (Parent(baseline.id, baseline.location),)
    parents = ((parent, _parent(baseline, parent, library, chain)) for parent in baseline.extends)
    return tuple((found, _merge(found, library, (*chain, Parent(found.id, at.location)))) for at, found in parents)


def ancestors(baseline: Baseline, library: PolicyLibrary) -> tuple[Baseline, ...]:
    """Return a baseline, its parents, their parents and so on, each once, the nearest first.

    Raises:
        PolicyError: a parent is not there, or they go in a circle.
    """
    found: dict[str, Baseline] = {}

    def visit(item: Baseline, chain: tuple[Parent, ...]) -> None:
        found.setdefault(item.location.path, item)
        for parent in item.extends:
            above = _parent(item, parent, library, chain)
            visit(above, (*chain, Parent(above.id, parent.location)))

    visit(baseline, (Parent(baseline.id, baseline.location),))
    return tuple(found.values())


def _merge(baseline: Baseline, library: PolicyLibrary, chain: tuple[Parent, ...]) -> dict[str, Selection]:
    """Merge the parents in order, then the baseline's own selections; the child's word is final."""
    merged: dict[str, Selection] = {}
    own = {selection.control: selection for selection in baseline.selections}
    mistakes: list[Diagnostic] = []
    for parent in baseline.extends:
        found = _parent(baseline, parent, library, chain)
        for selection in _merge(found, library, (*chain, Parent(found.id, parent.location))).values():
            earlier = merged.get(selection.control)
            if earlier is None:
                merged[selection.control] = selection
            else:
                differences = tuple(_disagreement(earlier, selection, own.get(selection.control), library))
                mistakes.extend(_told(baseline, parent, selection.control, differences))
                merged[selection.control] = _join(earlier, selection)
    if mistakes:
        raise PolicyError(tuple(mistakes))
    for selection in baseline.selections:
        merged[selection.control] = _combine(merged.get(selection.control), selection)
    return merged


def _parent(baseline: Baseline, parent: Parent, library: PolicyLibrary, chain: tuple[Parent, ...]) -> Baseline:
    name = parent.name
    by_path = "/" in name or name.endswith(".yaml")
    if not by_path and library.entry(PolicyKind.BASELINE, name) is None:
        known = library.ids(PolicyKind.BASELINE)
        guess = did_you_mean(name, known)
        message = f"'extends' names {name!r}, which is no baseline; see 'baselint list baselines'{guess}"
        correction = only_meant(name, known)
        raise PolicyError((Diagnostic(parent.location, "unknown-baseline", message, correction=correction),))
    try:
        found = library.baseline(_beside(baseline, name) if by_path else name)
    except UsageError as error:
        message = f"'extends' names {name!r}, a file that is no baseline: {error}"
        raise PolicyError((Diagnostic(parent.location, "unknown-baseline", message),)) from error
    steps = (*chain, Parent(found.id, parent.location))
    if found.id in {item.name for item in chain}:
        message = f"'extends' goes in a circle: {_path(steps)}; take one of these lines out"
        raise PolicyError((Diagnostic(parent.location, "extends-circle", message, details=_places(steps)),))
    if len(chain) > _DEEPEST:
        message = f"'extends' goes through more than {_DEEPEST} baselines: {_path(steps)}; name fewer parents"
        raise PolicyError((Diagnostic(parent.location, "extends-circle", message),))
    return found


def _path(steps: tuple[Parent, ...]) -> str:
    return " -> ".join(item.name for item in steps)


def _places(steps: tuple[Parent, ...]) -> tuple[str, ...]:
    return tuple(f"{child.name} extends {parent.name}: {parent.location}" for child, parent in pairwise(steps))


def _beside(baseline: Baseline, path: str) -> str:
    """Return a path that a baseline names, seen from the directory of the baseline's own file."""
    return posixpath.normpath(PurePosixPath(baseline.location.path).parent / path)


def _told(
    baseline: Baseline, parent: Parent, control: str, differences: tuple[tuple[str, str], ...]
) -> Iterator[Diagnostic]:
    """Tell what the parents of a baseline disagree on, at the parent that came later."""
    if differences:
        names = ", ".join(name for name, _ in differences)
        message = f"the parents of {baseline.id} disagree on {control}: {names}; set it in this baseline"
        places = tuple(place for _, place in differences)
        yield Diagnostic(parent.location, "parents-disagree", message, details=places)


def _disagreement(
    first: Selection, second: Selection, own: Selection | None, library: PolicyLibrary
) -> Iterator[tuple[str, str]]:
    """Yield what two parents say differently, and where; parents are overruled by the child, never by their order."""
    if first.exclude or second.exclude:
        if first.exclude != second.exclude and own is None:
            one, other = (first, second) if first.exclude else (second, first)
            yield "whether it is excluded", f"excluded: {one.location}; required: {other.location}"
    elif own is None or not own.exclude:
        settled = own.parameters if own is not None else {}
        yield from _different_values(first, second, set(settled), library)
        if own is None or own.severity is None:
            yield from _different_severity(first, second, library)


def _different_values(
    first: Selection, second: Selection, settled: Set[str], library: PolicyLibrary
) -> Iterator[tuple[str, str]]:
    """Yield the parameters that two selections set differently; one that is not set has the control's default."""
    names = sorted({*first.parameters, *second.parameters} - settled)
    known = library.outline(first.control).parameters if names else {}
    for name in names:
        default = known[name].default if name in known else None
        one, other = (selection.parameters.get(name, default) for selection in (first, second))
        if (type(one), one) != (type(other), other):
            places = f"{_at(one, name, first)}, and {_at(other, name, second)}"
            yield f"parameter {name!r}", f"{name} is {places}"


def _different_severity(first: Selection, second: Selection, library: PolicyLibrary) -> Iterator[tuple[str, str]]:
    if first.severity is second.severity:
        return
    own = library.outline(first.control).severity
    one, other = (selection.severity or own for selection in (first, second))
    if one is not other:
        places = [f"{item.severity or own}: {item.severity_place or item.location}" for item in (first, second)]
        yield "severity", f"severity is {places[0]}, and {places[1]}"


def _at(value: ParameterValue, name: str, selection: Selection) -> str:
    """Say a value and where it is set; one that is not set is the control's default, taken by the selection."""
    if name in selection.places:
        return f"{word(value)}: {selection.places[name]}"
    return f"{word(value)} by default: {selection.location}"


def _join(earlier: Selection, later: Selection) -> Selection:
    """Join what two parents say; the values of one that excludes the control do not count."""
    if later.exclude:
        return earlier
    return later if earlier.exclude else _combine(earlier, later)


def _combine(earlier: Selection | None, later: Selection) -> Selection:
    if earlier is None:
        return later
    return replace(
        later,
        parameters={**earlier.parameters, **later.parameters},
        places={**earlier.places, **later.places},
        severity=later.severity or earlier.severity,
        severity_place=later.severity_place or earlier.severity_place,
        section=later.section or earlier.section,
    )

"""Resolves a baseline: parents merged, parameters filled in, exclusions applied, the result hashed."""

import hashlib
import json
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import PurePosixPath

from baselint.baseline import Baseline, Selection
from baselint.errors import Diagnostic, Location, PolicyError, UsageError
from baselint.model import Check, Control, ParameterReference, ParameterValue, Severity
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.parameters import value_mistake
from baselint.suggestion import did_you_mean

_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class ResolvedControl:
    """A control of a baseline with every parameter set."""

    control: Control
    parameters: Mapping[str, ParameterValue]
    severity: Severity
    location: Location
    """The line of the baseline that selects the control."""
    reason: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedBaseline:
    """A baseline as it is judged: no parents, no defaults left to look up."""

    baseline: Baseline
    controls: tuple[ResolvedControl, ...]
    excluded: tuple[Selection, ...]
    sha256: str


def resolve(baseline: Baseline, library: PolicyLibrary) -> ResolvedBaseline:
    """Resolve a baseline against the library that holds its controls and parents.

    Raises:
        PolicyError: an unknown control, parameter or parent, a value out of range, or parents that disagree.
    """
    selections = merged_selections(baseline, library)
    mistakes = tuple(_mistakes(selections, library))
    if mistakes:
        raise PolicyError(mistakes)
    controls = tuple(_resolve_control(selection, library) for selection in selections.values() if not selection.exclude)
    excluded = tuple(selection for selection in selections.values() if selection.exclude)
    return ResolvedBaseline(baseline, controls, excluded, _hash(baseline, controls, excluded))


def selection_mistakes(baseline: Baseline, library: PolicyLibrary) -> tuple[Diagnostic, ...]:
    """Return what would keep a baseline from being resolved; reads only the controls whose parameters it sets."""
    try:
        return tuple(_mistakes(merged_selections(baseline, library), library))
    except PolicyError as error:
        return error.diagnostics


def merged_selections(baseline: Baseline, library: PolicyLibrary) -> Mapping[str, Selection]:
    """Return the selections of a baseline and its parents, by control, excluded ones too; reads no control it can leave unread.

    Raises:
        PolicyError: the parents cannot be merged.
    """
    return _merge(baseline, library, (baseline.id,))


def required_controls(baseline: Baseline, library: PolicyLibrary) -> frozenset[str]:
    """Return the ids of the controls that a baseline and its parents require; reads no control that it can leave unread.

    Raises:
        PolicyError: the parents cannot be merged.
    """
    merged = merged_selections(baseline, library)
    return frozenset(selection.control for selection in merged.values() if not selection.exclude)


def _mistakes(selections: Mapping[str, Selection], library: PolicyLibrary) -> Iterator[Diagnostic]:
    for selection in selections.values():
        if library.entry(PolicyKind.CONTROL, selection.control) is None:
            guess = did_you_mean(selection.control, library.ids(PolicyKind.CONTROL))
            message = f"there is no control {selection.control!r}; see 'baselint list controls'{guess}"
            yield Diagnostic(selection.location, "unknown-control", message)
        elif selection.parameters and not selection.exclude:
            try:
                control = library.outline(selection.control)
            except PolicyError as error:
                yield from error.diagnostics
            else:
                yield from _parameter_mistakes(selection, control)


def _parameter_mistakes(selection: Selection, control: Control) -> Iterator[Diagnostic]:
    for name, value in selection.parameters.items():
        parameter = control.parameters.get(name)
        if parameter is None:
            known = ", ".join(control.parameters) or "it has none"
            guess = did_you_mean(name, control.parameters)
            message = f"{control.id} has no parameter {name!r}; allowed: {known}{guess}"
            yield Diagnostic(selection.location, "unknown-parameter", message)
        elif mistake := value_mistake(parameter, value) or _cadence_mistake(control, name, value):
            yield Diagnostic(selection.location, "parameter-value", f"{control.id}: {mistake}")


def _cadence_mistake(control: Control, name: str, value: ParameterValue) -> str | None:
    """An attestation that holds for no stated time would hold for ever."""
    attestation = control.check.attestation if control.check else None
    if value is None and attestation is not None and attestation.within_days == ParameterReference(name):
        return f"{name!r} cannot be null: it says how long an attestation holds"
    return None


def _resolve_control(selection: Selection, library: PolicyLibrary) -> ResolvedControl:
    control = library.control(selection.control)
    values = {name: selection.parameters.get(name, parameter.default) for name, parameter in control.parameters.items()}
    severity = selection.severity or control.severity
    return ResolvedControl(control, values, severity, selection.location, selection.reason, selection.section)


def _merge(baseline: Baseline, library: PolicyLibrary, chain: tuple[str, ...]) -> dict[str, Selection]:
    """Merge the parents in order, then the baseline's own selections; the child's word is final."""
    merged: dict[str, Selection] = {}
    own = {selection.control: selection for selection in baseline.selections}
    mistakes: list[Diagnostic] = []
    for name in baseline.extends:
        parent = _parent(baseline, name, library, chain)
        for selection in _merge(parent, library, (*chain, parent.id)).values():
            earlier = merged.get(selection.control)
            if earlier is None:
                merged[selection.control] = selection
            else:
                mistakes.extend(_disagreement(baseline, earlier, selection, own.get(selection.control), library))
                merged[selection.control] = _join(earlier, selection)
    if mistakes:
        raise PolicyError(tuple(mistakes))
    for selection in baseline.selections:
        merged[selection.control] = _combine(merged.get(selection.control), selection)
    return merged


def _parent(baseline: Baseline, name: str, library: PolicyLibrary, chain: tuple[str, ...]) -> Baseline:
    by_path = "/" in name or name.endswith(".yaml")
    if not by_path and library.entry(PolicyKind.BASELINE, name) is None:
        guess = did_you_mean(name, library.ids(PolicyKind.BASELINE))
        message = f"'extends' names {name!r}, which is no baseline{guess}"
        raise PolicyError((Diagnostic(baseline.location, "unknown-baseline", message),))
    try:
        parent = library.baseline(_beside(baseline, name) if by_path else name)
    except UsageError as error:
        message = f"'extends' names a file that is no baseline: {error}"
        raise PolicyError((Diagnostic(baseline.location, "unknown-baseline", message),)) from error
    if parent.id in chain:
        message = f"'extends' goes in a circle: {' -> '.join((*chain, parent.id))}"
        raise PolicyError((Diagnostic(baseline.location, "extends-circle", message),))
    if len(chain) > _DEEPEST:
        message = f"'extends' goes through more than {_DEEPEST} baselines: {' -> '.join(chain)}; name fewer parents"
        raise PolicyError((Diagnostic(baseline.location, "extends-circle", message),))
    return parent


def _beside(baseline: Baseline, path: str) -> str:
    """Return a path that a baseline names, seen from the directory of the baseline's own file."""
    return posixpath.normpath(PurePosixPath(baseline.location.path).parent / path)


def _disagreement(
    baseline: Baseline, first: Selection, second: Selection, own: Selection | None, library: PolicyLibrary
) -> Iterator[Diagnostic]:
    """Parents that disagree must be overruled by the child, never by their order."""
    if first.exclude or second.exclude:
        found = ["whether it is excluded"] if first.exclude != second.exclude and own is None else []
    elif own is not None and own.exclude:
        found = []
    else:
        settled = own.parameters if own is not None else {}
        found = [f"parameter {name!r}" for name in _different(first, second, library) if name not in settled]
    if found:
        message = (
            f"the parents of {baseline.id} disagree on {first.control}: {', '.join(found)}; set it in this baseline"
        )
        yield Diagnostic(baseline.location, "parents-disagree", message)


def _different(first: Selection, second: Selection, library: PolicyLibrary) -> Iterator[str]:
    """Yield the parameters that two selections set differently; one that is not set has the control's default."""
    names = sorted({*first.parameters, *second.parameters})
    known = library.control(first.control).parameters if names else {}
    for name in names:
        default = known[name].default if name in known else None
        one, other = (selection.parameters.get(name, default) for selection in (first, second))
        if (type(one), one) != (type(other), other):
            yield name


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
        severity=later.severity or earlier.severity,
        section=later.section or earlier.section,
    )


def _hash(baseline: Baseline, controls: tuple[ResolvedControl, ...], excluded: tuple[Selection, ...]) -> str:
    """Hash what decides verdicts, so that two reports with one hash were judged alike; texts do not count."""
    policy = {
        "controls": [
            {
                "id": item.control.id,
                "check": _deciding(item.control.check) if item.control.check else None,
                "retired": item.control.retired is not None,
                "parameters": item.parameters,
                "severity": item.severity,
            }
            for item in sorted(controls, key=lambda item: item.control.id)
        ],
        "excluded": sorted(selection.control for selection in excluded),
        "applies_to": {key: sorted(values) for key, values in asdict(baseline.applies_to).items()},
        "exceptions": [
            {
                "id": item.id,
                "control": item.control,
                "accounts": sorted(item.accounts),
                "subjects": sorted(item.subjects),
                "approved": item.approved.date.isoformat(),
                "expires": item.expires.isoformat(),
            }
            for item in sorted(baseline.exceptions, key=lambda item: item.id)
        ],
    }
    text = json.dumps(policy, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _deciding(check: Check) -> dict[str, object]:
    guards = tuple(replace(condition, otherwise=None) for condition in check.applies_when)
    return asdict(replace(check, applies_when=guards))

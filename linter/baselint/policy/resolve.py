"""Resolves a baseline: parents merged, parameters filled in, exclusions applied, the result hashed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from baselint.errors import Diagnostic, Location, PolicyError
from baselint.model import Baseline, Control, ParameterValue, Selection, Severity
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
    selections = _merge(baseline, library, (baseline.id,))
    mistakes = tuple(_mistakes(selections, library))
    if mistakes:
        raise PolicyError(mistakes)
    controls = tuple(_resolve_control(selection, library) for selection in selections.values() if not selection.exclude)
    excluded = tuple(selection for selection in selections.values() if selection.exclude)
    return ResolvedBaseline(baseline, controls, excluded, _hash(baseline, controls, excluded))


def selection_mistakes(baseline: Baseline, library: PolicyLibrary) -> tuple[Diagnostic, ...]:
    """Return what would keep a baseline from being resolved; reads only the controls whose parameters it sets."""
    try:
        return tuple(_mistakes(_merge(baseline, library, (baseline.id,)), library))
    except PolicyError as error:
        return error.diagnostics


def _mistakes(selections: Mapping[str, Selection], library: PolicyLibrary) -> Iterator[Diagnostic]:
    for selection in selections.values():
        if library.entry(PolicyKind.CONTROL, selection.control) is None:
            guess = did_you_mean(selection.control, library.ids(PolicyKind.CONTROL))
            message = f"there is no control {selection.control!r}; see 'baselint list controls'{guess}"
            yield Diagnostic(selection.location, "unknown-control", message)
        elif selection.parameters and not selection.exclude:
            yield from _parameter_mistakes(selection, library.control(selection.control))


def _parameter_mistakes(selection: Selection, control: Control) -> Iterator[Diagnostic]:
    for name, value in selection.parameters.items():
        parameter = control.parameters.get(name)
        if parameter is None:
            known = ", ".join(control.parameters) or "it has none"
            guess = did_you_mean(name, control.parameters)
            message = f"{control.id} has no parameter {name!r}; allowed: {known}{guess}"
            yield Diagnostic(selection.location, "unknown-parameter", message)
        elif mistake := value_mistake(parameter, value):
            yield Diagnostic(selection.location, "parameter-value", f"{control.id}: {mistake}")


def _resolve_control(selection: Selection, library: PolicyLibrary) -> ResolvedControl:
    control = library.control(selection.control)
    values = {name: selection.parameters.get(name, parameter.default) for name, parameter in control.parameters.items()}
    severity = selection.severity or control.severity
    return ResolvedControl(control, values, severity, selection.location, selection.reason)


def _merge(baseline: Baseline, library: PolicyLibrary, chain: tuple[str, ...]) -> dict[str, Selection]:
    """Merge the parents in order, then the baseline's own selections; the child's word is final."""
    merged: dict[str, Selection] = {}
    own = {selection.control: selection for selection in baseline.selections}
    for name in baseline.extends:
        parent = _parent(baseline, name, library, chain)
        for selection in _merge(parent, library, (*chain, parent.id)).values():
            earlier = merged.get(selection.control)
            if earlier is not None:
                _require_agreement(baseline, earlier, selection, own.get(selection.control), library)
            merged[selection.control] = _combine(earlier, selection)
    for selection in baseline.selections:
        merged[selection.control] = _combine(merged.get(selection.control), selection)
    return merged


def _parent(baseline: Baseline, name: str, library: PolicyLibrary, chain: tuple[str, ...]) -> Baseline:
    by_path = "/" in name or name.endswith(".yaml")
    if not by_path and library.entry(PolicyKind.BASELINE, name) is None:
        guess = did_you_mean(name, library.ids(PolicyKind.BASELINE))
        message = f"'extends' names {name!r}, which is no baseline{guess}"
        raise PolicyError((Diagnostic(baseline.location, "unknown-baseline", message),))
    parent = library.baseline(name)
    if parent.id in chain or len(chain) > _DEEPEST:
        message = f"'extends' goes in a circle: {' -> '.join((*chain, parent.id))}"
        raise PolicyError((Diagnostic(baseline.location, "extends-circle", message),))
    return parent


def _require_agreement(
    baseline: Baseline, first: Selection, second: Selection, own: Selection | None, library: PolicyLibrary
) -> None:
    """Parents that disagree must be overruled by the child, never by their order."""
    disagreements = []
    if first.exclude != second.exclude and own is None:
        disagreements.append("whether it is excluded")
    control = library.control(first.control) if first.parameters or second.parameters else None
    for name in sorted({*first.parameters, *second.parameters}):
        default = control.parameters[name].default if control and name in control.parameters else None
        values = {first.parameters.get(name, default), second.parameters.get(name, default)}
        if len(values) > 1 and (own is None or (name not in own.parameters and not own.exclude)):
            disagreements.append(f"parameter {name!r}")
    if disagreements:
        message = f"the parents of {baseline.id} disagree on {first.control}: {', '.join(disagreements)}; set it in this baseline"
        raise PolicyError((Diagnostic(baseline.location, "parents-disagree", message),))


def _combine(earlier: Selection | None, later: Selection) -> Selection:
    if earlier is None:
        return later
    return replace(
        later,
        parameters={**earlier.parameters, **later.parameters},
        severity=later.severity or earlier.severity,
    )


def _hash(baseline: Baseline, controls: tuple[ResolvedControl, ...], excluded: tuple[Selection, ...]) -> str:
    """Hash what decides verdicts, so that two reports with one hash were judged alike; texts do not count."""
    policy = {
        "controls": [
            {
                "id": item.control.id,
                "check": asdict(item.control.check) if item.control.check else None,
                "retired": item.control.retired is not None,
                "parameters": item.parameters,
                "severity": item.severity,
            }
            for item in sorted(controls, key=lambda item: item.control.id)
        ],
        "excluded": sorted(selection.control for selection in excluded),
        "applies_to": asdict(baseline.applies_to),
        "exceptions": [
            {key: value for key, value in asdict(exception).items() if key != "location"}
            for exception in sorted(baseline.exceptions, key=lambda exception: exception.id)
        ],
    }
    text = json.dumps(policy, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a resolved policy")

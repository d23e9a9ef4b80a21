"""Resolves a merged baseline: parameters filled in, exclusions applied, mistakes told, the result hashed."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from baselint.baseline import Baseline, Selection
from baselint.errors import Diagnostic, Location, PolicyError
from baselint.model import Check, Control, ParameterReference, ParameterValue, Severity
from baselint.policy.inherit import merged_selections
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.parameters import value_correction, value_mistake
from baselint.suggestion import did_you_mean, only_meant


@dataclass(frozen=True, slots=True)
class ResolvedControl:
    """A control of a baseline with every parameter set."""

    control: Control
    parameters: Mapping[str, ParameterValue]
    severity: Severity
    location: Location
    """The line of the baseline that selects the control."""
    origins: Mapping[str, Location]
    """Where each parameter's value stands: in a baseline, or the default in the control."""
    severity_origin: Location
    reason: str | None = None
    section: str | None = None

    def is_default(self, name: str) -> bool:
        """Tell whether a parameter has the default that the control gives it, because no baseline sets it."""
        return self.origins[name] == (self.control.parameters[name].location or self.control.location)

    @property
    def has_own_severity(self) -> bool:
        """Tell whether the severity is the control's own, because no baseline sets it."""
        return self.severity_origin == self.control.location


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


def _mistakes(selections: Mapping[str, Selection], library: PolicyLibrary) -> Iterator[Diagnostic]:
    for selection in selections.values():
        if library.entry(PolicyKind.CONTROL, selection.control) is None:
            known = library.ids(PolicyKind.CONTROL)
            guess = did_you_mean(selection.control, known)
            message = f"there is no control {selection.control!r}; see 'baselint list controls'{guess}"
            correction = only_meant(selection.control, known)
            place = selection.control_place or selection.location
            yield Diagnostic(place, "unknown-control", message, correction=correction)
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
        place = selection.places.get(name, selection.location)
        if parameter is None:
            known = ", ".join(control.parameters) or "it has none"
            guess = did_you_mean(name, control.parameters)
            message = f"{control.id} has no parameter {name!r}; allowed: {known}{guess}"
            meant = only_meant(name, control.parameters)
            correction = None if meant in selection.parameters else meant
            yield Diagnostic(place, "unknown-parameter", message, correction=correction)
        elif mistake := value_mistake(parameter, value) or _cadence_mistake(control, name, value):
            meant = value_correction(parameter, value)
            correction = f"{name}: {meant}" if meant else None
            yield Diagnostic(place, "parameter-value", f"{control.id}: {mistake}", correction=correction)


def _cadence_mistake(control: Control, name: str, value: ParameterValue) -> str | None:
    """An attestation that holds for no stated time would hold for ever."""
    attestation = control.check.attestation if control.check else None
    if value is None and attestation is not None and attestation.within_days == ParameterReference(name):
        return f"{name!r} cannot be null: it says how long an attestation holds"
    return None


def _resolve_control(selection: Selection, library: PolicyLibrary) -> ResolvedControl:
    control = library.control(selection.control)
    values = {name: selection.parameters.get(name, parameter.default) for name, parameter in control.parameters.items()}
    origins = {
        name: selection.places.get(name) or parameter.location or control.location
        for name, parameter in control.parameters.items()
    }
    return ResolvedControl(
        control,
        values,
        selection.severity or control.severity,
        selection.location,
        origins,
        selection.severity_place or control.location,
        selection.reason,
        selection.section,
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

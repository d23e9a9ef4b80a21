"""Reads the answer of ``aws iam list-organizations-features``: central root access, and the error texts that mean "off"."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, Missing, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import ErrorForm, JsonForm, TableForm

_KIND = ExportKind.ORGANIZATIONS_FEATURES
_OFF = frozenset(("ServiceAccessNotEnabledException", "OrganizationNotInAllFeaturesModeException"))
_STANDALONE = "OrganizationNotFoundException"
_ELSEWHERE = "AccountNotManagementOrDelegatedAdministratorException"


@dataclass(frozen=True, slots=True)
class OrganizationsFeatures:
    """The features that are on; None where the account is in no organization."""

    enabled: frozenset[str] | None
    pointer: str
    raw: str

    @property
    def records(self) -> int | None:
        """Return how many features are on."""
        return len(self.enabled or ())


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "EnabledFeatures" not in data:
        return None
    features = data["EnabledFeatures"]
    if not isinstance(features, list) or not all(isinstance(feature, str) for feature in features):
        detail = "EnabledFeatures is no list of names; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    raw = ", ".join(sorted(features)) or "none"
    identifier = data.get("OrganizationId")
    return Reading(
        OrganizationsFeatures(frozenset(features), "/EnabledFeatures", raw),
        organization=identifier if isinstance(identifier, str) else None,
    )


def _read_error(form: ErrorForm, _context: FileContext) -> Reading | None:
    if form.code in _OFF:
        return Reading(OrganizationsFeatures(frozenset(), "error text", form.code))
    if form.code == _STANDALONE:
        return Reading(OrganizationsFeatures(None, "error text", form.code))
    if form.code == _ELSEWHERE:
        detail = "only the management account or its delegated administrator is told; export it there"
        return Reading(failure=Missing(MissingReason.NOT_REPORTED, detail, needs=(_KIND,)))
    return None


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"EnabledFeatures"'),
    names=(frozenset(("organizations", "features")), frozenset(("organization", "features"))),
    read_error=_read_error,
)

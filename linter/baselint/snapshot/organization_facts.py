"""Derives the facts of the organization that the account belongs to, and of how people sign in through it."""

from collections.abc import Callable, Mapping

from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason, most_curable
from baselint.snapshot.agreement import Observation, settle
from baselint.snapshot.identity_center_instances import IdentityCenterInstances
from baselint.snapshot.organizations_features import OrganizationsFeatures
from baselint.snapshot.root_denial_facts import RootDenial
from baselint.snapshot.same_organization import SameOrganization
from baselint.snapshot.saml_providers import SamlProviders
from baselint.snapshot.sources import Source, Sources

_FEATURES = ExportKind.ORGANIZATIONS_FEATURES
_SAML = ExportKind.SAML_PROVIDERS
_CENTER = ExportKind.IDENTITY_CENTER_INSTANCES


class OrganizationFacts:
    """The facts whose names start with ``organization.`` and ``federation.``."""

    def __init__(self, sources: Sources, account: str) -> None:
        self._sources = sources
        self._account = account
        self._organization = SameOrganization(sources)

    def derivations(self) -> Mapping[str, Callable[[], FactValue]]:
        """Return the derivation of each fact, by name."""
        return {
            "organization.role": self.role,
            "organization.root_credentials_management": lambda: self._feature("RootCredentialsManagement"),
            "organization.root_sessions": lambda: self._feature("RootSessions"),
            "federation.configured": self.federation_configured,
            "root.denied_by_scp": lambda: RootDenial(self._organization, self._account).derive(self.role()),
        }

    def role(self) -> FactValue:
        """Compare ``MasterAccountId`` with the account; no organization, by either call's error text, is standalone."""
        observations = [self._role_by_description()]
        features = self._features(lambda told: told.enabled is None)
        if not isinstance(features, Missing) and features.payload.enabled is None:
            known = Known("standalone", (features.export.evidence(features.payload.pointer, features.payload.raw),))
            observations.append(Observation(known, features.export.captured_at))
        return settle(observations)

    def _role_by_description(self) -> Observation:
        organization = self._organization.described
        if isinstance(organization, Missing):
            return Observation(organization)
        if self._organization.conflict is not None:
            return Observation(self._organization.conflict)
        manager = organization.payload.management_account
        role = "standalone" if manager is None else "management" if manager == self._account else "member"
        evidence = organization.export.evidence(
            organization.payload.pointer, manager or "AWSOrganizationsNotInUseException"
        )
        return Observation(Known(role, (evidence,), organization.notes), organization.export.captured_at)

    def _feature(self, name: str) -> FactValue:
        """Read ``EnabledFeatures`` of ``aws iam list-organizations-features``; there is none without an organization."""
        features = self._features(lambda told: None if told.enabled is None else name in told.enabled)
        if isinstance(features, Missing):
            return features
        enabled = features.payload.enabled
        evidence = features.export.evidence(features.payload.pointer, features.payload.raw)
        if enabled is not None:
            return Known(name in enabled, (evidence,), features.notes)
        role = self.role()
        if isinstance(role, Missing) or role.value == "standalone":
            return role if isinstance(role, Missing) else Known(None, (evidence,), features.notes)
        detail = f"{features.export.path} says that there is no organization, and the newer export names one; export it again"
        return Missing(MissingReason.SOURCES_DISAGREE, detail, (evidence, *role.evidence), needs=(_FEATURES,))

    def _features(self, tells: Callable[[OrganizationsFeatures], object]) -> Source[OrganizationsFeatures] | Missing:
        return self._organization.find(_FEATURES, OrganizationsFeatures, tells=tells)

    def federation_configured(self) -> FactValue:
        """Tell whether people can sign in through federation: a SAML provider whose metadata are valid, or Identity Center.

        An instance that a member account owns itself serves that account's applications, not the sign-in to accounts.
        """
        parts = (self._saml(), self._identity_center())
        for part in parts:
            if isinstance(part, Known) and part.value is True:
                return part
        missing = [part for part in parts if isinstance(part, Missing)]
        if missing:
            return most_curable(missing)
        known = [part for part in parts if isinstance(part, Known)]
        return Known(
            False,
            tuple(item for part in known for item in part.evidence),
            tuple(note for part in known for note in part.notes),
        )

    def _saml(self) -> FactValue:
        providers = self._sources.find(_SAML, SamlProviders)
        if isinstance(providers, Missing):
            return providers
        export, payload = providers.export, providers.payload
        latest = export.captured_at or self._sources.as_of
        earliest = export.captured_at or export.reading.newest_stamp
        valid = [until for until in payload.valid_until if until is None or until > latest]
        raw = f"{len(valid)} valid of {payload.records} provider(s)"
        evidence = export.evidence("/SAMLProviderList", raw)
        if not valid and payload.unreadable:
            detail = f"{export.path} has a ValidUntil that is no time as AWS writes it; export it again"
            return Missing(MissingReason.INVALID, detail, (evidence,), needs=(_SAML,))
        if not valid and any(until and (earliest is None or until > earliest) for until in payload.valid_until):
            detail = f"{export.path} does not say when it was made, and the metadata of a SAML provider expired meanwhile, or before"
            return Missing(MissingReason.CAPTURE_TIME_UNKNOWN, detail, (evidence,), needs=(_SAML,))
        expired = "the metadata of a SAML provider expired"
        notes = providers.notes if len(valid) == payload.records else (*providers.notes, expired)
        return Known(bool(valid), (evidence,), notes)

    def _identity_center(self) -> FactValue:
        instances = self._sources.find(_CENTER, IdentityCenterInstances)
        if isinstance(instances, Missing):
            return instances
        role = self.role()
        evidence = instances.export.evidence("/Instances", f"{len(instances.payload.active_owners)} active instance(s)")
        owners = instances.payload.active_owners
        if any(owner is not None and owner != self._account for owner in owners):
            return Known(True, (evidence,), instances.notes)
        if owners and isinstance(role, Missing):
            return role
        if owners and isinstance(role, Known) and role.value == "management":
            return Known(True, (evidence,), instances.notes)
        if not instances.payload.complete:
            detail = (
                f"{instances.export.path} lists the instances of one region, and none that serves the organization; name the "
                "region of Identity Center with --region, and the command in a manifest"
            )
            return Missing(MissingReason.INCOMPLETE, detail, (evidence,), needs=(_CENTER,))
        return Known(False, (evidence,), instances.notes)

"""Derives whether a service control policy that binds the account denies everything to its root user."""

from dataclasses import dataclass

from baselint.evidence import Evidence, ExportKind, FactValue, Known, Missing, MissingReason, most_curable
from baselint.snapshot.organization_accounts import OrganizationAccounts
from baselint.snapshot.root_denial import denies_root
from baselint.snapshot.same_organization import SameOrganization
from baselint.snapshot.service_control_policies import PolicyList, PolicyTargets, ServiceControlPolicy
from baselint.snapshot.sources import Source


@dataclass(frozen=True, slots=True)
class _Sight:
    """What was seen of one policy."""

    evidence: tuple[Evidence, ...]
    missing: Missing | None = None
    denies: bool = False
    """It is attached, and denies."""


class RootDenial:
    """The fact ``root.denied_by_scp``; what counts is that a policy is attached, not that it exists."""

    def __init__(self, organization: SameOrganization, account: str) -> None:
        self._organization = organization
        self._account = account
        self._partitions = sorted({partition for partition, _ in organization.sources.partitions})

    def derive(self, role: FactValue) -> FactValue:
        """Look at every policy of the organization: its text, and whether a root, a unit above the account or it is a target.

        False for the management account, which no policy binds, and without an organization; missing where a policy that
        could deny was not seen.
        """
        if isinstance(role, Known) and role.value != "member":
            return Known(False, role.evidence, ("service control policies bind member accounts only",))
        described = self._organization.described
        if isinstance(role, Known) and isinstance(described, Source) and not described.payload.has_policies:
            note = "the organization only shares its bill (CONSOLIDATED_BILLING), and has no service control policies"
            place = described.export.evidence(
                described.payload.pointer.replace("MasterAccountId", "FeatureSet"), "CONSOLIDATED_BILLING"
            )
            return Known(False, (place,), (*described.notes, note))
        listed = self._organization.find(ExportKind.POLICIES, PolicyList)
        seen = [self._look(identifier) for identifier in self._identifiers(listed)]
        for sight in seen:
            if sight.denies:
                return role if isinstance(role, Missing) else Known(True, sight.evidence)
        missing = [sight.missing for sight in seen if sight.missing is not None]
        if isinstance(listed, Missing):
            return most_curable([listed, *missing])
        if not listed.payload.complete:
            detail = (
                f"{listed.export.path} is one page of several; export the list without --max-items and --no-paginate"
            )
            missing.append(Missing(MissingReason.INCOMPLETE, detail, needs=(ExportKind.POLICIES,)))
        if missing:
            return most_curable(missing)
        counted = listed.export.evidence("/Policies", f"{len(listed.payload.identifiers)} own policies")
        return Known(False, (counted, *(item for sight in seen for item in sight.evidence)), listed.notes)

    def _identifiers(self, listed: Source[PolicyList] | Missing) -> list[str]:
        """Return the policies to look at: those of a complete list, else also those whose text is there."""
        texts = set(self._organization.sources.variants(ExportKind.POLICY))
        if isinstance(listed, Missing):
            return sorted(texts)
        return sorted({*listed.payload.identifiers, *(() if listed.payload.complete else texts)})

    def _look(self, identifier: str) -> _Sight:
        policy = self._organization.find(ExportKind.POLICY, ServiceControlPolicy, identifier)
        if isinstance(policy, Missing):
            return _Sight((), policy)
        text = policy.export.evidence("/Policy/Content", identifier)
        partition = self._partitions[0] if len(self._partitions) == 1 else "aws"
        denies = denies_root(policy.payload.content, f"arn:{partition}:iam::{self._account}:root")
        if denies is None:
            detail = f"the text of the policy {identifier} cannot be read; export it again"
            return _Sight((text,), Missing(MissingReason.INVALID, detail, (text,), needs=(ExportKind.POLICY,)))
        return self._attached(identifier, text) if denies else _Sight((text,))

    def _attached(self, identifier: str, text: Evidence) -> _Sight:
        """Tell whether a policy that denies binds the account."""
        targets = self._organization.find(ExportKind.POLICY_TARGETS, PolicyTargets, identifier)
        if isinstance(targets, Missing):
            return _Sight((text,), targets)
        accounts = self._organization.find(ExportKind.ORGANIZATION_ACCOUNTS, OrganizationAccounts)
        units = None if isinstance(accounts, Missing) else accounts.payload.units.get(self._account)
        above = units or frozenset()
        attached = targets.export.evidence("/Targets", ", ".join(targets.payload.targets) or "none")
        if any(
            target.startswith("r-") or target == self._account or target in above for target in targets.payload.targets
        ):
            return _Sight((text, attached), denies=True)
        if not targets.payload.complete:
            detail = f"{targets.export.path} is one page of several; export it without --max-items and --no-paginate"
            missing = Missing(MissingReason.INCOMPLETE, detail, needs=(ExportKind.POLICY_TARGETS,))
            return _Sight((text, attached), missing)
        if units is None and any(target.startswith("ou-") for target in targets.payload.targets):
            detail = (
                f"the policy {identifier} denies everything to root in some organizational units, and no export tells "
                "in which units the account is; list-accounts of a newer AWS CLI does (Paths)"
            )
            missing = Missing(MissingReason.NOT_EXPORTED, detail, needs=(ExportKind.ORGANIZATION_ACCOUNTS,))
            return _Sight((text, attached), missing)
        return _Sight((text, attached))

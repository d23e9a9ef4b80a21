"""The exports baselint reads: what each is called, and the command that makes it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from baselint.evidence import ExportKind

CONTACT_TYPES = ("billing", "operations", "security")


class Asker(StrEnum):
    """Who can make an export."""

    ACCOUNT = "account"
    """Any identity of the account itself that has the permission."""
    ROOT = "root"
    """The root user, or a privileged root session: the answer is about the caller."""
    ORGANIZATION = "organization"
    """An identity of the organization's management account, or of its delegated administrator."""


@dataclass(frozen=True, slots=True)
class ExportCall:
    """One call of the AWS CLI, for example ``iam get-account-summary``; words in capitals stand for what the user fills in."""

    arguments: str
    file: str | None
    """Name, without ending, of the file that the answer goes to; None when the answer is not kept."""
    error_answers: bool = False
    """Whether an error text can be the answer, so that it must be kept."""

    @property
    def command(self) -> str:
        """Return the command as a person runs it."""
        answer = f" > {self.file}.json" if self.file else ""
        error = f" 2> {self.file}.err" if self.file and self.error_answers else ""
        return f"aws {self.arguments}{answer}{error}"


@dataclass(frozen=True, slots=True)
class ExportDefinition:
    """One kind of export; ``operation`` is the AWS API call whose answer it is."""

    kind: ExportKind
    title: str
    calls: tuple[ExportCall, ...]
    operation: str | None = None
    variants: tuple[str, ...] = ()
    """Names of the calls where each makes a file of its own, for example one per contact type."""
    asker: Asker = Asker.ACCOUNT
    freshness: str = "as it is when the command runs"
    """How old the answer can be."""

    @property
    def commands(self) -> tuple[str, ...]:
        """Return the commands that make it, in running order."""
        return tuple(call.command for call in self.calls)


EXPORTS: Mapping[ExportKind, ExportDefinition] = {
    definition.kind: definition
    for definition in (
        ExportDefinition(
            ExportKind.CREDENTIAL_REPORT,
            "credential report",
            (
                ExportCall("iam generate-credential-report", None),
                ExportCall("iam get-credential-report", "credential-report"),
            ),
            "GetCredentialReport",
            freshness="AWS makes a new one at most every four hours; a change may show only in the next",
        ),
        ExportDefinition(
            ExportKind.ACCOUNT_SUMMARY,
            "account summary",
            (ExportCall("iam get-account-summary", "account-summary"),),
            "GetAccountSummary",
        ),
        ExportDefinition(
            ExportKind.PASSWORD_POLICY,
            "password policy",
            (ExportCall("iam get-account-password-policy", "password-policy", error_answers=True),),
            "GetAccountPasswordPolicy",
        ),
        ExportDefinition(
            ExportKind.VIRTUAL_MFA_DEVICES,
            "virtual MFA devices",
            (ExportCall("iam list-virtual-mfa-devices", "virtual-mfa-devices"),),
            "ListVirtualMFADevices",
        ),
        ExportDefinition(
            ExportKind.MFA_DEVICES,
            "MFA devices of the caller",
            (ExportCall("iam list-mfa-devices", "root-mfa-devices"),),
            "ListMFADevices",
            asker=Asker.ROOT,
        ),
        ExportDefinition(
            ExportKind.ACCESS_KEYS,
            "access keys of the caller",
            (ExportCall("iam list-access-keys", "root-access-keys"),),
            "ListAccessKeys",
            asker=Asker.ROOT,
        ),
        ExportDefinition(
            ExportKind.ACCESS_KEY_LAST_USED,
            "last use of an access key",
            (
                ExportCall(
                    "iam get-access-key-last-used --access-key-id ACCESS_KEY_ID",
                    "root-access-key-last-used-ACCESS_KEY_ID",
                ),
            ),
            "GetAccessKeyLastUsed",
            asker=Asker.ROOT,
        ),
        ExportDefinition(
            ExportKind.SIGNING_CERTIFICATES,
            "signing certificates of the caller",
            (ExportCall("iam list-signing-certificates", "root-signing-certificates"),),
            "ListSigningCertificates",
            asker=Asker.ROOT,
        ),
        ExportDefinition(
            ExportKind.LOGIN_PROFILE,
            "login profile of the caller",
            (ExportCall("iam get-login-profile", "root-login-profile", error_answers=True),),
            "GetLoginProfile",
            asker=Asker.ROOT,
        ),
        ExportDefinition(
            ExportKind.ALTERNATE_CONTACT,
            "alternate contact",
            tuple(
                ExportCall(
                    f"account get-alternate-contact --alternate-contact-type {name.upper()}",
                    f"alternate-contact-{name}",
                    error_answers=True,
                )
                for name in CONTACT_TYPES
            ),
            "GetAlternateContact",
            variants=CONTACT_TYPES,
        ),
        ExportDefinition(
            ExportKind.CONTACT_INFORMATION,
            "primary contact",
            (ExportCall("account get-contact-information", "contact-information"),),
            "GetContactInformation",
        ),
        ExportDefinition(
            ExportKind.PRIMARY_EMAIL,
            "root user's e-mail address",
            (ExportCall("account get-primary-email --account-id ACCOUNT_ID", "primary-email"),),
            "GetPrimaryEmail",
            asker=Asker.ORGANIZATION,
        ),
        ExportDefinition(
            ExportKind.ORGANIZATION,
            "organization",
            (ExportCall("organizations describe-organization", "organization", error_answers=True),),
            "DescribeOrganization",
        ),
        ExportDefinition(
            ExportKind.ORGANIZATIONS_FEATURES,
            "central root access",
            (ExportCall("iam list-organizations-features", "organizations-features", error_answers=True),),
            "ListOrganizationsFeatures",
            asker=Asker.ORGANIZATION,
        ),
        ExportDefinition(
            ExportKind.ORGANIZATION_ACCOUNTS,
            "accounts of the organization",
            (ExportCall("organizations list-accounts", "organization-accounts"),),
            "ListAccounts",
            asker=Asker.ORGANIZATION,
        ),
        ExportDefinition(
            ExportKind.POLICIES,
            "list of service control policies",
            (ExportCall("organizations list-policies --filter SERVICE_CONTROL_POLICY", "service-control-policies"),),
            "ListPolicies",
            asker=Asker.ORGANIZATION,
        ),
        ExportDefinition(
            ExportKind.POLICY,
            "text of a service control policy",
            (ExportCall("organizations describe-policy --policy-id POLICY_ID", "service-control-policy-POLICY_ID"),),
            "DescribePolicy",
            asker=Asker.ORGANIZATION,
        ),
        ExportDefinition(
            ExportKind.POLICY_TARGETS,
            "targets of a service control policy",
            (
                ExportCall(
                    "organizations list-targets-for-policy --policy-id POLICY_ID",
                    "service-control-policy-targets-POLICY_ID",
                ),
            ),
            "ListTargetsForPolicy",
            asker=Asker.ORGANIZATION,
        ),
        ExportDefinition(
            ExportKind.SAML_PROVIDERS,
            "SAML providers",
            (ExportCall("iam list-saml-providers", "saml-providers"),),
            "ListSAMLProviders",
        ),
        ExportDefinition(
            ExportKind.IDENTITY_CENTER_INSTANCES,
            "instances of IAM Identity Center",
            (ExportCall("sso-admin list-instances --region REGION", "identity-center-instances"),),
            "ListInstances",
        ),
        ExportDefinition(ExportKind.AUTHORIZATION_DETAILS, "account authorization details", ()),
        ExportDefinition(
            ExportKind.CALLER_IDENTITY,
            "caller identity",
            (ExportCall("sts get-caller-identity", "caller-identity"),),
            "GetCallerIdentity",
        ),
        ExportDefinition(ExportKind.MANIFEST, "snapshot manifest", ()),
    )
}
"""Every kind of export; the order is the order in which a person would run the commands."""

KIND_BY_OPERATION: Mapping[str, ExportKind] = {
    definition.operation: kind for kind, definition in EXPORTS.items() if definition.operation
}


def commands(kinds: tuple[ExportKind, ...], variant: str | None = None) -> tuple[str, ...]:
    """Return the commands that make the given exports again, each once, in running order.

    ``variant`` keeps only the one command of that name where a kind has one command per variant.
    """
    return tuple(
        command
        for kind, definition in EXPORTS.items()
        if kind in kinds
        for index, command in enumerate(definition.commands)
        if variant is None or not definition.variants or definition.variants[index] == variant
    )

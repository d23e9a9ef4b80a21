"""The exports baselint reads: what each is called, and the command that makes it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from baselint.evidence import ExportKind

CONTACT_TYPES = ("billing", "operations", "security")


@dataclass(frozen=True, slots=True)
class ExportDefinition:
    """One kind of export; ``operation`` is the AWS API call whose answer it is."""

    kind: ExportKind
    title: str
    commands: tuple[str, ...]
    operation: str | None = None
    variants: tuple[str, ...] = ()
    """Names of the commands where each makes a file of its own, for example one per contact type."""


EXPORTS: Mapping[ExportKind, ExportDefinition] = {
    definition.kind: definition
    for definition in (
        ExportDefinition(
            ExportKind.CREDENTIAL_REPORT,
            "credential report",
            (
                "aws iam generate-credential-report",
                "aws iam get-credential-report > credential-report.json",
            ),
            "GetCredentialReport",
        ),
        ExportDefinition(
            ExportKind.ACCOUNT_SUMMARY,
            "account summary",
            ("aws iam get-account-summary > account-summary.json",),
            "GetAccountSummary",
        ),
        ExportDefinition(
            ExportKind.PASSWORD_POLICY,
            "password policy",
            ("aws iam get-account-password-policy > password-policy.json 2> password-policy.err",),
            "GetAccountPasswordPolicy",
        ),
        ExportDefinition(
            ExportKind.VIRTUAL_MFA_DEVICES,
            "virtual MFA devices",
            ("aws iam list-virtual-mfa-devices > virtual-mfa-devices.json",),
            "ListVirtualMFADevices",
        ),
        ExportDefinition(
            ExportKind.MFA_DEVICES,
            "MFA devices of the caller",
            ("aws iam list-mfa-devices > mfa-devices.json",),
            "ListMFADevices",
        ),
        ExportDefinition(
            ExportKind.ALTERNATE_CONTACT,
            "alternate contact",
            tuple(
                f"aws account get-alternate-contact --alternate-contact-type {name.upper()}"
                f" > alternate-contact-{name}.json 2> alternate-contact-{name}.err"
                for name in CONTACT_TYPES
            ),
            "GetAlternateContact",
            variants=CONTACT_TYPES,
        ),
        ExportDefinition(
            ExportKind.CALLER_IDENTITY,
            "caller identity",
            ("aws sts get-caller-identity > caller-identity.json",),
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

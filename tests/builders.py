"""Builds exports as AWS writes them, for tests that need many variants of one account."""

import base64
import json
from pathlib import Path
from typing import Any

ACCOUNT = "111122223333"
CAPTURED = "2026-11-01T08:00:00Z"
COLUMNS = [
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    "access_key_1_active",
    "access_key_1_last_rotated",
    "access_key_1_last_used_date",
    "access_key_1_last_used_region",
    "access_key_1_last_used_service",
    "access_key_2_active",
    "access_key_2_last_rotated",
    "access_key_2_last_used_date",
    "access_key_2_last_used_region",
    "access_key_2_last_used_service",
    "cert_1_active",
    "cert_1_last_rotated",
    "cert_2_active",
    "cert_2_last_rotated",
]
_EMPTY = dict.fromkeys(COLUMNS, "N/A") | {
    "user_creation_time": "2021-03-02T09:14:07Z",
    "password_next_rotation": "not_supported",
    "access_key_1_active": "false",
    "access_key_2_active": "false",
    "cert_1_active": "false",
    "cert_2_active": "false",
}


def root_row(partition: str = "aws", account: str = ACCOUNT, **cells: str) -> dict[str, str]:
    """A root row in the safe state: password old but used long ago, MFA on, no keys; ``cells`` override."""
    return _EMPTY | {
        "user": "<root_account>",
        "arn": f"arn:{partition}:iam::{account}:root",
        "password_enabled": "true",
        "password_last_used": "2025-01-10T10:00:00Z",
        "password_last_changed": "2026-06-01T10:00:00Z",
        "mfa_active": "true",
        **cells,
    }


def user_row(name: str, partition: str = "aws", account: str = ACCOUNT, **cells: str) -> dict[str, str]:
    """A user without any credential; ``cells`` override."""
    return _EMPTY | {
        "user": name,
        "arn": f"arn:{partition}:iam::{account}:user/{name}",
        "password_enabled": "false",
        "mfa_active": "false",
        **cells,
    }


def report_csv(*rows: dict[str, str], columns: list[str] | None = None) -> str:
    """The CSV of a credential report: header and rows, no newline after the last."""
    names = columns or COLUMNS
    return "\n".join([",".join(names), *(",".join(row[name] for name in names) for row in rows)])


def report_json(
    *rows: dict[str, str], captured: str | None = CAPTURED, columns: list[str] | None = None
) -> dict[str, Any]:
    """The answer of ``aws iam get-credential-report``."""
    content = base64.b64encode(report_csv(*rows, columns=columns).encode()).decode()
    answer = {"Content": content, "ReportFormat": "text/csv"}
    return answer if captured is None else answer | {"GeneratedTime": captured}


def summary(
    *, mfa: int = 1, password: int | None = 1, keys: int = 0, certificates: int = 0, users: int = 0
) -> dict[str, Any]:
    """The answer of ``aws iam get-account-summary``; ``password=None`` is an older answer without that entry."""
    values = {
        "Users": users,
        "UsersQuota": 5000,
        "AccountMFAEnabled": mfa,
        "AccountAccessKeysPresent": keys,
        "AccountSigningCertificatesPresent": certificates,
    }
    return {"SummaryMap": values if password is None else values | {"AccountPasswordPresent": password}}


def password_policy(**fields: Any) -> dict[str, Any]:
    """The answer of ``aws iam get-account-password-policy`` that meets the default baseline; ``fields`` override."""
    values = {
        "MinimumPasswordLength": 14,
        "RequireSymbols": True,
        "RequireNumbers": True,
        "RequireUppercaseCharacters": True,
        "RequireLowercaseCharacters": True,
        "AllowUsersToChangePassword": True,
        "ExpirePasswords": True,
        "MaxPasswordAge": 90,
        "PasswordReusePrevention": 24,
    }
    return {"PasswordPolicy": {name: value for name, value in (values | fields).items() if value is not ...}}


def virtual_devices(
    *owners: str | None, partition: str = "aws", account: str = ACCOUNT, **extra: Any
) -> dict[str, Any]:
    """The answer of ``aws iam list-virtual-mfa-devices``; an owner is ``root``, a user name, or None for unassigned."""
    devices = []
    for number, owner in enumerate(owners):
        device: dict[str, Any] = {"SerialNumber": f"arn:{partition}:iam::{account}:mfa/device-{number}"}
        if owner is not None:
            resource = "root" if owner == "root" else f"user/{owner}"
            device["User"] = {"UserId": account, "Arn": f"arn:{partition}:iam::{account}:{resource}"}
            device["EnableDate"] = "2023-04-18T09:00:00Z"
        devices.append(device)
    return {"VirtualMFADevices": devices, **extra}


def contact(kind: str, **fields: str) -> dict[str, Any]:
    """The answer of ``aws account get-alternate-contact`` for BILLING, OPERATIONS or SECURITY."""
    values = {
        "AlternateContactType": kind,
        "Name": f"{kind.title()} team",
        "Title": "Team",
        "EmailAddress": f"{kind.lower()}@example.com",
        "PhoneNumber": f"+1 555 010{len(kind)}",
    }
    return {"AlternateContact": values | fields}


def caller(arn: str | None = None, account: str = ACCOUNT) -> dict[str, Any]:
    """The answer of ``aws sts get-caller-identity``."""
    name = arn or f"arn:aws:sts::{account}:assumed-role/Auditor/auditor"
    return {"UserId": "AROAEXAMPLE:auditor", "Account": account, "Arn": name}


def primary_contact(**fields: Any) -> dict[str, Any]:
    """The answer of ``aws account get-contact-information``."""
    values = {
        "FullName": "Example Ltd",
        "AddressLine1": "1 Street",
        "City": "Town",
        "PostalCode": "1000",
        "CountryCode": "CH",
        "PhoneNumber": "+1 555 0199",
        "CompanyName": "Example Ltd",
    }
    return {"ContactInformation": {name: value for name, value in (values | fields).items() if value is not ...}}


def organization(manager: str = ACCOUNT) -> dict[str, Any]:
    """The answer of ``aws organizations describe-organization``; the account itself manages it unless told."""
    arn = f"arn:aws:organizations::{manager}:account/o-exampleorgid/{manager}"
    values = {"Id": "o-exampleorgid", "FeatureSet": "ALL", "MasterAccountId": manager, "MasterAccountArn": arn}
    return {"Organization": values}


def features(*names: str) -> dict[str, Any]:
    """The answer of ``aws iam list-organizations-features``."""
    return {"OrganizationId": "o-exampleorgid", "EnabledFeatures": list(names)}


def saml_providers(*valid_until: str) -> dict[str, Any]:
    """The answer of ``aws iam list-saml-providers``."""
    providers = [
        {"Arn": f"arn:aws:iam::{ACCOUNT}:saml-provider/idp-{number}", "ValidUntil": until}
        for number, until in enumerate(valid_until)
    ]
    return {"SAMLProviderList": providers}


def instances(*owners: str, status: str = "ACTIVE") -> dict[str, Any]:
    """The answer of ``aws sso-admin list-instances``."""
    arn = "arn:aws:sso:::instance/ssoins-7223a8b5b5cf3bfa"
    return {"Instances": [{"InstanceArn": arn, "OwnerAccountId": owner, "Status": status} for owner in owners]}


def error_text(code: str, operation: str, message: str) -> str:
    """What the AWS CLI prints on stderr when a call fails."""
    return f"\nAn error occurred ({code}) when calling the {operation} operation: {message}\n"


def write(directory: Path, files: dict[str, Any]) -> Path:
    """Write files into a directory: texts and bytes as they are, everything else as JSON."""
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else json.dumps(content, indent=4) + "\n"
            path.write_text(text, encoding="utf-8", newline="\n")
    return directory


def complete_snapshot() -> dict[str, Any]:
    """Every export of an account that meets every control of the default baseline that exports decide."""
    return {
        "credential-report.json": report_json(root_row(), user_row("alice")),
        "account-summary.json": summary(users=1),
        "password-policy.json": password_policy(),
        "virtual-mfa-devices.json": virtual_devices("alice"),
        "caller-identity.json": caller(),
        "contact-information.json": primary_contact(),
        "organization.json": organization(),
        "organizations-features.json": features("RootCredentialsManagement", "RootSessions"),
        "saml-providers.json": saml_providers("2126-01-01T00:00:00Z"),
        "identity-center-instances.json": instances(ACCOUNT),
        **{f"alternate-contact-{kind.lower()}.json": contact(kind) for kind in ("BILLING", "OPERATIONS", "SECURITY")},
    }

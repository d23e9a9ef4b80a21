"""What the stand-in for the AWS CLI answers: an account, an organization of two, and root of a member account."""

from builders import (
    ACCOUNT,
    caller,
    contact,
    error_text,
    features,
    organization,
    primary_contact,
    report_json,
    root_row,
    summary,
    virtual_devices,
)
from fake_aws import FakeAws
from snapshotting import OTHER

POLICY = "p-examplepolicyid1"
MEMBER_KEY, ROOT_KEY = "ASIAMEMBER", "ASIAROOTSESSION"
NONE = {
    "password": error_text("NoSuchEntity", "GetAccountPasswordPolicy", f"The Password Policy with domain name {ACCOUNT} cannot be found."),
    "contact": error_text("ResourceNotFoundException", "GetAlternateContact", "No contact of the inputted alternate contact type found."),
    "organization": error_text("AWSOrganizationsNotInUseException", "DescribeOrganization", "Your account is not a member of one."),
}  # fmt: skip


def account_answers(aws: FakeAws, account: str = ACCOUNT, key: str = "any") -> None:
    """Answer every call about one account."""
    aws.answer("sts.get-caller-identity", caller(account=account), key)
    aws.answer("iam.generate-credential-report", {"State": "COMPLETE"}, key)
    aws.answer("iam.get-credential-report", report_json(root_row(account=account)), key)
    aws.answer("iam.get-account-summary", summary(), key)
    aws.answer("iam.get-account-password-policy", NONE["password"].replace(ACCOUNT, account), key)
    aws.answer("iam.list-virtual-mfa-devices", virtual_devices(), key)
    aws.answer("sso-admin.list-instances", {"Instances": []}, key)
    aws.answer("iam.list-saml-providers", {"SAMLProviderList": []}, key)
    aws.answer("account.get-contact-information", primary_contact(), key)
    aws.answer("organizations.describe-organization", organization(ACCOUNT), key)
    for kind in ("BILLING", "OPERATIONS"):
        aws.answer(f"account.get-alternate-contact.{kind}", contact(kind), key)
    aws.answer("account.get-alternate-contact.SECURITY", NONE["contact"], key)


def organization_answers(aws: FakeAws) -> None:
    """Answer for an organization of two accounts and a closed one."""
    arn = f"arn:aws:organizations::{ACCOUNT}"
    policies = [
        {
            "Id": name,
            "Arn": f"{arn}:policy/o-exampleorgid/service_control_policy/{name}",
            "Type": "SERVICE_CONTROL_POLICY",
        }
        for name in (POLICY, "p-FullAWSAccess")
    ]
    aws.answer("iam.list-organizations-features", features("RootSessions"))
    aws.print("organizations.list-accounts", f"{ACCOUNT}\t{OTHER}\n")
    aws.answer("organizations.list-policies", {"Policies": policies})
    aws.answer(f"organizations.describe-policy.{POLICY}", {"Policy": {"PolicySummary": policies[0], "Content": "{}"}})
    aws.answer(f"organizations.list-targets-for-policy.{POLICY}", {"Targets": []})
    aws.answer("account.get-primary-email", {"PrimaryEmail": "root@example.com"})
    aws.print(f"sts.assume-role.arn-aws-iam--{OTHER}-role-audit-reader", f"{MEMBER_KEY}\tsecretsecret\ttokentoken\n")
    account_answers(aws, OTHER, MEMBER_KEY)


def root_answers(aws: FakeAws) -> None:
    organization_answers(aws)
    aws.print("sts.assume-root", f"{ROOT_KEY}\tsecretsecret\ttokentoken\n")
    aws.answer("iam.list-mfa-devices", {"MFADevices": []}, ROOT_KEY)
    aws.answer(
        "iam.list-access-keys",
        {"AccessKeyMetadata": [{"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "Inactive"}]},
        ROOT_KEY,
    )
    aws.answer(
        "iam.get-access-key-last-used.AKIAIOSFODNN7EXAMPLE", {"AccessKeyLastUsed": {"ServiceName": "N/A"}}, ROOT_KEY
    )
    aws.answer("iam.list-signing-certificates", {"Certificates": []}, ROOT_KEY)
    aws.answer("iam.get-login-profile", error_text("NoSuchEntity", "GetLoginProfile", "no"), ROOT_KEY)

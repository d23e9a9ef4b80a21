"""botocore's service models know every call of our table of exports, and every name that our readers look for."""

from typing import Any

import botocore.session
import pytest
from botocore import xform_name

from baselint.evidence import ExportKind
from baselint.exports import EXPORTS, ExportDefinition

SESSION = botocore.session.get_session()
CALLED = [definition for definition in EXPORTS.values() if definition.operation]
READ: dict[ExportKind, dict[str, set[str]]] = {
    ExportKind.CREDENTIAL_REPORT: {"": {"Content", "ReportFormat", "GeneratedTime"}},
    ExportKind.ACCOUNT_SUMMARY: {"": {"SummaryMap"}},
    ExportKind.PASSWORD_POLICY: {"": {"PasswordPolicy"}, "PasswordPolicy": {"MinimumPasswordLength", "HardExpiry", "MaxPasswordAge"}},
    ExportKind.VIRTUAL_MFA_DEVICES: {"": {"VirtualMFADevices", "IsTruncated", "Marker"}, "VirtualMFADevices": {"SerialNumber", "User"}},
    ExportKind.MFA_DEVICES: {"": {"MFADevices", "IsTruncated", "Marker"}, "MFADevices": {"SerialNumber"}},
    ExportKind.ACCESS_KEYS: {"": {"AccessKeyMetadata", "IsTruncated", "Marker"}, "AccessKeyMetadata": {"AccessKeyId", "Status"}},
    ExportKind.ACCESS_KEY_LAST_USED: {"": {"AccessKeyLastUsed"}, "AccessKeyLastUsed": {"LastUsedDate"}},
    ExportKind.SIGNING_CERTIFICATES: {"": {"Certificates", "IsTruncated", "Marker"}, "Certificates": {"Status"}},
    ExportKind.LOGIN_PROFILE: {"": {"LoginProfile"}, "LoginProfile": {"CreateDate"}},
    ExportKind.ALTERNATE_CONTACT: {"": {"AlternateContact"}, "AlternateContact": {"AlternateContactType", "Name", "EmailAddress", "PhoneNumber"}},
    ExportKind.CONTACT_INFORMATION: {"": {"ContactInformation"}, "ContactInformation": {"FullName", "PhoneNumber", "CompanyName", "CountryCode"}},
    ExportKind.PRIMARY_EMAIL: {"": {"PrimaryEmail"}},
    ExportKind.CALLER_IDENTITY: {"": {"UserId", "Account", "Arn"}},
    ExportKind.ORGANIZATION: {"": {"Organization"}, "Organization": {"Id", "MasterAccountId", "MasterAccountArn"}},
    ExportKind.ORGANIZATIONS_FEATURES: {"": {"OrganizationId", "EnabledFeatures"}},
    ExportKind.ORGANIZATION_ACCOUNTS: {"": {"Accounts", "NextToken"}, "Accounts": {"Id", "Arn"}},
    ExportKind.POLICIES: {"": {"Policies", "NextToken"}, "Policies": {"Id", "Arn", "Type", "AwsManaged"}},
    ExportKind.POLICY: {"": {"Policy"}, "Policy": {"PolicySummary", "Content"}},
    ExportKind.POLICY_TARGETS: {"": {"Targets", "NextToken"}, "Targets": {"TargetId", "Arn", "Type"}},
    ExportKind.SAML_PROVIDERS: {"": {"SAMLProviderList"}, "SAMLProviderList": {"Arn", "ValidUntil"}},
    ExportKind.IDENTITY_CENTER_INSTANCES: {"": {"Instances", "NextToken"}, "Instances": {"InstanceArn", "OwnerAccountId", "Status"}},
}  # fmt: skip
ERRORS: dict[ExportKind, set[str]] = {
    ExportKind.PASSWORD_POLICY: {"NoSuchEntityException"},
    ExportKind.LOGIN_PROFILE: {"NoSuchEntityException"},
    ExportKind.ALTERNATE_CONTACT: {"ResourceNotFoundException", "AccessDeniedException"},
    ExportKind.ORGANIZATION: {"AWSOrganizationsNotInUseException"},
    ExportKind.ORGANIZATIONS_FEATURES: {
        "ServiceAccessNotEnabledException",
        "OrganizationNotInAllFeaturesModeException",
        "OrganizationNotFoundException",
        "AccountNotManagementOrDelegatedAdministratorException",
    },
}
ENUMERATIONS = [
    ("iam", "statusType", {"Active", "Inactive", "Expired"}),
    ("iam", "FeatureType", {"RootCredentialsManagement", "RootSessions"}),
    ("account", "AlternateContactType", {"BILLING", "OPERATIONS", "SECURITY"}),
    ("organizations", "TargetType", {"ACCOUNT", "ORGANIZATIONAL_UNIT", "ROOT"}),
    ("sso-admin", "InstanceStatus", {"ACTIVE"}),
    ("organizations", "PolicyType", {"SERVICE_CONTROL_POLICY"}),
]


def operation(definition: ExportDefinition) -> Any:
    service = definition.calls[-1].arguments.split()[0]
    return SESSION.get_service_model(service).operation_model(definition.operation)


def test_every_export_that_has_a_call_is_looked_at() -> None:
    assert READ.keys() == {definition.kind for definition in CALLED}


@pytest.mark.parametrize("definition", CALLED, ids=lambda item: item.kind)
def test_every_call_is_that_operation_with_options_it_has(definition: ExportDefinition) -> None:
    model = operation(definition)
    for call in definition.calls:
        _, name, *words = call.arguments.split()
        assert name in {xform_name(definition.operation, "-"), "generate-credential-report"}
        options = {
            f"--{xform_name(member, '-')}" for member in (model.input_shape.members if model.input_shape else ())
        }
        assert {word for word in words if word.startswith("--")} <= options | {"--region"}


@pytest.mark.parametrize("definition", CALLED, ids=lambda item: item.kind)
def test_the_answer_has_the_names_that_the_reader_looks_for(definition: ExportDefinition) -> None:
    answer = operation(definition).output_shape
    for place, names in READ[definition.kind].items():
        shape = answer.members[place] if place else answer
        shape = shape.member if shape.type_name == "list" else shape
        assert names <= set(shape.members), place


@pytest.mark.parametrize("kind", ERRORS)
def test_the_errors_that_are_answers_exist(kind: ExportKind) -> None:
    assert ERRORS[kind] <= {shape.name for shape in operation(EXPORTS[kind]).error_shapes}


@pytest.mark.parametrize(("service", "shape", "values"), ENUMERATIONS)
def test_the_words_we_compare_with_exist(service: str, shape: str, values: set[str]) -> None:
    found = set(SESSION.get_service_model(service).shape_for(shape).enum)
    assert values <= found
    assert values == found or shape in {"InstanceStatus", "PolicyType"}


def test_the_judge_is_awake() -> None:
    wrong = EXPORTS[ExportKind.POLICIES]
    assert "PolicySummary" not in operation(wrong).output_shape.members
    with pytest.raises(botocore.exceptions.UnknownServiceError):
        SESSION.get_service_model("organisations")

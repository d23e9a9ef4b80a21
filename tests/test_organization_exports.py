"""What the readers of contacts, organization and federation make of every shape of their answers."""

from typing import Any

import pytest

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.contact_information import ContactInformation
from baselint.snapshot.identity_center_instances import IdentityCenterInstances
from baselint.snapshot.organization import Organization
from baselint.snapshot.organizations_features import OrganizationsFeatures
from builders import ACCOUNT, error_text, features, instances, organization, primary_contact, saml_providers
from snapshotting import OTHER, export_of, manifest, recognise_all

FEATURES_CALL, DESCRIBE_CALL = "ListOrganizationsFeatures", "DescribeOrganization"


@pytest.mark.parametrize(
    ("content", "kind", "records"),
    [
        (primary_contact(), ExportKind.CONTACT_INFORMATION, None),
        (primary_contact()["ContactInformation"], ExportKind.CONTACT_INFORMATION, None),
        ({"PrimaryEmail": "root@example.com"}, ExportKind.PRIMARY_EMAIL, 1),
        (organization(), ExportKind.ORGANIZATION, 1),
        (organization()["Organization"], ExportKind.ORGANIZATION, 1),
        (error_text("AWSOrganizationsNotInUseException", DESCRIBE_CALL, "no"), ExportKind.ORGANIZATION, 0),
        (features("RootSessions"), ExportKind.ORGANIZATIONS_FEATURES, 1),
        (error_text("OrganizationNotFoundException", FEATURES_CALL, "no"), ExportKind.ORGANIZATIONS_FEATURES, 0),
        ({"Accounts": [{"Id": ACCOUNT}, {"Id": OTHER}]}, ExportKind.ORGANIZATION_ACCOUNTS, 2),
        (saml_providers("2030-01-01T00:00:00Z"), ExportKind.SAML_PROVIDERS, 1),
        (instances(ACCOUNT, OTHER), ExportKind.IDENTITY_CENTER_INSTANCES, 2),
        ({"UserDetailList": [{"Arn": f"arn:aws:iam::{ACCOUNT}:user/a"}, 1, {}]}, ExportKind.AUTHORIZATION_DETAILS, 3),
        ({"UserDetailList": None}, ExportKind.AUTHORIZATION_DETAILS, 0),
    ],
)
def test_an_answer_is_recognised_by_content(content: Any, kind: ExportKind, records: int | None) -> None:
    export = export_of(content)
    assert export.kind is kind
    assert export.reading.payload is not None
    assert export.reading.payload.records == records


@pytest.mark.parametrize(
    "content",
    [
        {"ContactInformation": []},
        {"ContactInformation": {"FullName": 5}},
        {"PrimaryEmail": None},
        {"PrimaryEmail": "root"},
        {"Organization": {}},
        {"Organization": None},
        {"Organization": {"MasterAccountId": 111122223333}},
        {"Organization": {"MasterAccountId": "1"}},
        {"Organization": organization()["Organization"] | {"MasterAccountId": OTHER}},
        {"EnabledFeatures": None},
        {"EnabledFeatures": [1]},
        {"Accounts": {}},
        {"Accounts": [{"Id": 5}]},
        {"Accounts": ["x"]},
        {"SAMLProviderList": {}},
        {"SAMLProviderList": [1]},
        {"SAMLProviderList": [{"Arn": "x"}]},
        {"Instances": None},
        {"Instances": [{}]},
        {"Instances": [5]},
    ],
)
def test_an_answer_as_aws_never_gives_it_is_invalid(content: Any) -> None:
    failure = export_of(content).reading.failure
    assert failure is not None
    assert failure.reason is MissingReason.INVALID


@pytest.mark.parametrize("content", [{"FullName": "x"}, {"MasterAccountArn": "x"}, ["PrimaryEmail"], ["Accounts"]])
def test_other_data_are_none_of_them(content: Any) -> None:
    assert recognise_all({"x": content})["x"].export is None


def test_arns_of_the_organization_name_no_owner_of_the_file() -> None:
    listed = {"Accounts": [{"Id": OTHER, "Arn": f"arn:aws:organizations::{ACCOUNT}:account/o-a/{OTHER}"}]}
    assert export_of(organization(OTHER)).reading.accounts == frozenset()
    assert export_of(organization(OTHER)).reading.partitions == {"aws"}
    assert export_of(listed).reading.accounts == frozenset()
    assert export_of(saml_providers("2030-01-01T00:00:00Z")).reading.accounts == {ACCOUNT}


@pytest.mark.parametrize("code", ["ServiceAccessNotEnabledException", "OrganizationNotInAllFeaturesModeException"])
def test_errors_that_mean_that_central_root_access_is_off(code: str) -> None:
    payload = export_of(error_text(code, FEATURES_CALL, "Trusted Access for IAM not enabled")).reading.payload
    assert payload == OrganizationsFeatures(frozenset(), "error text", code)


@pytest.mark.parametrize(
    ("code", "call", "reason"),
    [
        ("AccountNotManagementOrDelegatedAdministratorException", FEATURES_CALL, MissingReason.NOT_REPORTED),
        ("AccessDenied", FEATURES_CALL, MissingReason.ACCESS_DENIED),
        ("Throttling", FEATURES_CALL, MissingReason.NOT_AN_ANSWER),
        ("AccessDeniedException", DESCRIBE_CALL, MissingReason.ACCESS_DENIED),
        ("OrganizationNotFoundException", DESCRIBE_CALL, MissingReason.NOT_AN_ANSWER),
    ],
)
def test_errors_that_tell_nothing(code: str, call: str, reason: MissingReason) -> None:
    failure = export_of(error_text(code, call, "no")).reading.failure
    assert failure is not None
    assert failure.reason is reason


def test_no_organization_by_its_error_text() -> None:
    text = error_text("AWSOrganizationsNotInUseException", DESCRIBE_CALL, "Your account is not a member of one.")
    assert export_of(text).reading.payload == Organization(None, "error text")


def test_a_contact_keeps_what_it_is_compared_by_trimmed_and_never_prints_it() -> None:
    payload = export_of(primary_contact(FullName=" Ada ", PhoneNumber="+1 ", CompanyName=" ")).reading.payload
    assert isinstance(payload, ContactInformation)
    assert (payload.name, payload.phone, payload.company) == ("Ada", "+1", None)
    assert "Ada" not in repr(payload)


@pytest.mark.parametrize(
    ("command", "data", "complete"),
    [
        ("aws sso-admin list-instances --region eu-central-1", instances(), True),
        ("aws sso-admin list-instances --region=eu-central-1", instances(), True),
        ("aws sso-admin list-instances", instances(), False),
        ("aws sso-admin list-instances --region eu-central-1", instances() | {"NextToken": "x"}, False),
    ],
)
def test_the_list_of_instances_is_whole_for_the_region_that_was_named(command: str, data: Any, complete: bool) -> None:
    export = recognise_all({"x": data, "m.json": manifest({"path": "x", "command": command})})["x"].export
    assert export is not None
    assert export.reading.payload == IdentityCenterInstances((), 0, complete)


@pytest.mark.parametrize(("status", "owners"), [("ACTIVE", ("1",)), ("CREATE_FAILED", ()), ("DELETE_IN_PROGRESS", ())])
def test_only_active_instances_count(status: str, owners: tuple[str, ...]) -> None:
    payload = export_of(instances("1", status=status)).reading.payload
    assert payload == IdentityCenterInstances(owners, 1, complete=False)


def test_an_older_answer_without_status_counts_as_active() -> None:
    data = {"Instances": [{"InstanceArn": "arn:aws:sso:::instance/ssoins-1", "OwnerAccountId": None}]}
    assert export_of(data).reading.payload == IdentityCenterInstances((None,), 1, complete=False)


def test_authorization_details_are_named_as_useless() -> None:
    ((reason, message),) = export_of({"UserDetailList": []}).reading.problems
    assert reason == "no-facts"
    assert "hold nothing of the root user, passwords or MFA" in message

"""The organization, central root access and federation: section 9 of the truth table."""

from pathlib import Path
from typing import Any

import pytest

from accounts import NEWER, OLDER, fact, gist, places
from baselint.evidence import Known, Missing, MissingReason
from builders import ACCOUNT, caller, error_text, features, instances, organization, saml_providers
from snapshotting import OTHER

NOT_EXPORTED, DENIED = MissingReason.NOT_EXPORTED, MissingReason.ACCESS_DENIED
INCOMPLETE, DISAGREE, NOT_REPORTED = (
    MissingReason.INCOMPLETE,
    MissingReason.SOURCES_DISAGREE,
    MissingReason.NOT_REPORTED,
)
ALONE = error_text("AWSOrganizationsNotInUseException", "DescribeOrganization", "no")
NOT_FOUND = error_text("OrganizationNotFoundException", "ListOrganizationsFeatures", "no")
ELSEWHERE = error_text("AccountNotManagementOrDelegatedAdministratorException", "ListOrganizationsFeatures", "no")
OFF = error_text("ServiceAccessNotEnabledException", "ListOrganizationsFeatures", "no")
REFUSED = error_text("AccessDenied", "ListOrganizationsFeatures", "no")
REGION = "aws sso-admin list-instances --region eu-central-1"

ROLES: list[tuple[str, dict[str, Any], object]] = [
    ("management", {"o": organization()}, "management"),
    ("member", {"o": organization(OTHER)}, "member"),
    ("standalone", {"o": ALONE}, "standalone"),
    ("standalone by the features", {"f": NOT_FOUND}, "standalone"),
    ("standalone by both", {"o": ALONE, "f": NOT_FOUND}, "standalone"),
    ("both, in contradiction", {"o": organization(), "f": NOT_FOUND}, DISAGREE),
    ("features only", {"f": features()}, NOT_EXPORTED),
    ("nothing", {}, NOT_EXPORTED),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in ROLES], ids=[case[0] for case in ROLES])
def test_the_role_of_the_account(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "organization.role", {"w.json": caller(), **files})) == expected


def test_the_newer_source_of_the_role_decides(tmp_path: Path) -> None:
    files = {"w.json": caller(), "o": organization(OTHER), "f": NOT_FOUND}
    for captured, role in (({"o": OLDER, "f": NEWER}, "standalone"), ({"o": NEWER, "f": OLDER}, "member")):
        assert gist(fact(tmp_path, "organization.role", files, captured=captured)) == role


FEATURES: list[tuple[str, Any, object, object]] = [
    ("both on", features("RootSessions", "RootCredentialsManagement"), True, True),
    ("one on", features("RootCredentialsManagement"), True, False),
    ("none", features(), False, False),
    ("trusted access off", OFF, False, False),
    ("no organization", NOT_FOUND, None, None),
    ("not from here", ELSEWHERE, NOT_REPORTED, NOT_REPORTED),
    ("denied", REFUSED, DENIED, DENIED),
]


@pytest.mark.parametrize(
    ("answer", "management", "sessions"), [case[1:] for case in FEATURES], ids=[case[0] for case in FEATURES]
)
def test_central_root_access(tmp_path: Path, answer: Any, management: object, sessions: object) -> None:
    files = {"w.json": caller(), "organizations-features.json": answer}
    assert gist(fact(tmp_path, "organization.root_credentials_management", files)) == management
    assert gist(fact(tmp_path, "organization.root_sessions", files)) == sessions


def test_no_organization_is_told_only_where_no_export_names_one(tmp_path: Path) -> None:
    files = {"w.json": caller(), "o": organization(OTHER), "f": NOT_FOUND}
    name = "organization.root_sessions"
    assert gist(fact(tmp_path / "a", name, files)) == DISAGREE
    older = fact(tmp_path / "b", name, files, captured={"o": NEWER, "f": OLDER})
    assert gist(older) == DISAGREE
    assert isinstance(older, Missing)
    assert "the newer export names one" in older.detail
    assert gist(fact(tmp_path / "c", name, files, captured={"o": OLDER, "f": NEWER})) is None


def test_the_features_of_another_organization_decide_nothing(tmp_path: Path) -> None:
    files = {
        "w.json": caller(),
        "o": organization(OTHER),
        "f": features("RootSessions") | {"OrganizationId": "o-other"},
    }
    for name in ("organization.root_sessions", "organization.role"):
        found = fact(tmp_path / name, name, files)
        assert isinstance(found, Missing)
        assert found.reason is DISAGREE
        assert "f is of o-other" in found.detail


def test_the_features_are_shown_as_they_stand(tmp_path: Path) -> None:
    files = {"w.json": caller(), "f.json": features("RootSessions", "RootCredentialsManagement")}
    found = fact(tmp_path, "organization.root_sessions", files)
    assert places(found) == [("f.json", "/EnabledFeatures", "RootCredentialsManagement, RootSessions")]


VALID, EXPIRED = "2030-01-01T00:00:00Z", "2020-01-01T00:00:00Z"
FEDERATION: list[tuple[str, dict[str, Any], object]] = [
    ("a valid provider", {"s": saml_providers(EXPIRED, VALID)}, True),
    ("a provider without an end", {"s": {"SAMLProviderList": [{"Arn": f"arn:aws:iam::{ACCOUNT}:saml-provider/a"}]}}, True),
    ("an expired provider", {"s": saml_providers(EXPIRED)}, MissingReason.CAPTURE_TIME_UNKNOWN),
    ("a provider whose end is a day", {"s": saml_providers("2030-01-01")}, MissingReason.INVALID),
    ("a provider whose end has an offset", {"s": saml_providers("2030-01-01T00:00:00+02:00")}, MissingReason.INVALID),
    ("a provider whose end is a number", {"s": saml_providers(1900000000.0)}, MissingReason.INVALID),  # type: ignore[arg-type]
    ("a provider whose end is null", {"s": saml_providers(None)}, MissingReason.INVALID),  # type: ignore[arg-type]
    ("an unreadable and a valid one", {"s": saml_providers("2030-01-01", VALID)}, True),
    ("the organization's instance, from a member", {"i": instances(OTHER), "o": organization(OTHER)}, True),
    ("the organization's instance, role unknown", {"i": instances(OTHER)}, True),
    ("the management account's instance", {"i": instances(ACCOUNT), "o": organization()}, True),
    ("an instance of a standalone account", {"i": instances(ACCOUNT), "o": ALONE}, INCOMPLETE),
    ("an instance that a member owns", {"i": instances(ACCOUNT), "o": organization(OTHER), "s": saml_providers()}, INCOMPLETE),
    ("an own instance, role unknown", {"i": instances(ACCOUNT), "s": saml_providers()}, NOT_EXPORTED),
    ("an instance without an owner", {"i": {"Instances": [{"InstanceArn": "x"}]}, "o": ALONE}, INCOMPLETE),
    ("nothing in some region", {"i": instances(), "s": saml_providers()}, INCOMPLETE),
    ("an instance that failed", {"i": instances(OTHER, status="CREATE_FAILED"), "s": saml_providers()}, INCOMPLETE),
    ("no provider only", {"s": saml_providers()}, NOT_EXPORTED),
    ("no instance only", {"i": instances()}, INCOMPLETE),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in FEDERATION], ids=[case[0] for case in FEDERATION])
def test_whether_federation_is_configured(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "federation.configured", {"w.json": caller(), **files})) == expected


def federation(directory: Path, *until: str) -> Any:
    entries = [{"path": "i.json", "command": REGION}, {"path": "s.json", "captured_at": OLDER}]
    manifest = {"kind": "snapshot-manifest", "account": ACCOUNT, "files": entries}
    files = {"i.json": instances(), "s.json": saml_providers(*until), "manifest.json": manifest}
    return fact(directory, "federation.configured", files)


def test_no_provider_and_no_instance_in_the_region_that_was_named_is_none(tmp_path: Path) -> None:
    found = federation(tmp_path)
    assert gist(found) is False
    assert places(found) == [
        ("s.json", "/SAMLProviderList", "0 valid of 0 provider(s)"),
        ("i.json", "/Instances", "0 active instance(s)"),
    ]


def test_an_expired_provider_is_none_and_says_so(tmp_path: Path) -> None:
    found = federation(tmp_path, EXPIRED)
    assert isinstance(found, Known)
    assert (found.value, found.notes) == (False, ("the metadata of a SAML provider expired",))


def test_metadata_are_judged_at_the_time_of_the_capture(tmp_path: Path) -> None:
    files = {"s.json": saml_providers("2026-10-15T00:00:00Z")}
    assert gist(fact(tmp_path / "a", "federation.configured", files, captured={"s.json": OLDER})) is True
    assert gist(fact(tmp_path / "b", "federation.configured", files)) == MissingReason.CAPTURE_TIME_UNKNOWN


@pytest.mark.parametrize(
    ("made", "expected"),
    [("2026-10-15T00:00:00Z", NOT_EXPORTED), ("2026-10-14T23:59:59Z", MissingReason.CAPTURE_TIME_UNKNOWN)],
)
def test_without_a_capture_time_metadata_expired_before_the_newest_date_in_the_file_only(
    tmp_path: Path, made: str, expected: object
) -> None:
    providers = saml_providers("2026-10-15T00:00:00Z")
    providers["SAMLProviderList"][0]["CreateDate"] = made
    assert gist(fact(tmp_path, "federation.configured", {"w": caller(), "s": providers})) == expected

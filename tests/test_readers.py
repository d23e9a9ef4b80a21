"""What the readers of single answers make of every shape of them; the credential report has its own tests."""

from typing import Any

import pytest

from baselint.snapshot.account_summary import AccountSummary
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.caller_identity import CallerIdentity
from baselint.snapshot.export import Export
from baselint.snapshot.mfa_devices import DeviceList
from baselint.snapshot.password_policy import PasswordPolicy
from baselint.snapshot.virtual_mfa_devices import VirtualDevices
from builders import ACCOUNT, caller, error_text, password_policy, summary, virtual_devices
from snapshotting import OTHER, export_of, manifest, recognise_all

ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def described(content: Any, name: str = "x", **entry: Any) -> Export:
    """The export that one file is, as a manifest describes it."""
    export = recognise_all({name: content, "m.json": manifest({"path": name, **entry})})[name].export
    assert export is not None
    return export


def refusal(content: Any, name: str = "x") -> tuple[str, str]:
    export = export_of(content, name)
    assert export.reading.payload is None
    assert export.reading.failure is not None
    assert export.reading.failure.needs == (export.kind,)
    return str(export.reading.failure.reason), export.reading.failure.detail


@pytest.mark.parametrize(
    ("text", "partition", "account", "resource"),
    [
        (ROOT, "aws", ACCOUNT, "root"),
        (f"arn:aws-us-gov:iam::{ACCOUNT}:user/a/path/name", "aws-us-gov", ACCOUNT, "user/a/path/name"),
        (f"arn:aws-cn:sts::{ACCOUNT}:assumed-role/r/s@example.com", "aws-cn", ACCOUNT, "assumed-role/r/s@example.com"),
        (f"arn:aws-iso-b:iam:us-isob-east-1:{ACCOUNT}:mfa/x", "aws-iso-b", ACCOUNT, "mfa/x"),
    ],
)
def test_an_arn_says_whose_it_is(text: str, partition: str, account: str, resource: str) -> None:
    arn = parse_arn(text)
    assert arn is not None
    assert (arn.partition, arn.account, arn.resource) == (partition, account, resource)
    assert (arn.is_root, arn.is_user) == (resource == "root", resource.startswith("user/"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        3,
        [ROOT],
        f" {ROOT}",
        f"{ROOT} ",
        f"{ROOT}\n",
        "arn:aws:iam::11112222333:root",
        f"arn:aws:iam::{ACCOUNT}:",
        f"arn:aws:iam::{ACCOUNT}3:root",
        f"arn:gcp:iam::{ACCOUNT}:root",
        f"arn:aws:iam:{ACCOUNT}:root",
        "arn:aws:s3:::bucket",
    ],
)
def test_everything_else_is_no_arn_of_an_account(text: object) -> None:
    assert parse_arn(text) is None


@pytest.mark.parametrize(
    ("content", "prefix"),
    [
        (summary(), "/SummaryMap"),
        (summary()["SummaryMap"], ""),
        ({"AccountMFAEnabled": 1}, ""),
        ({"SummaryMap": {"AccountMFAEnabled": 1}, "ResponseMetadata": {}}, "/SummaryMap"),
    ],
)
def test_the_summary_is_read_with_and_without_its_wrapper(content: Any, prefix: str) -> None:
    payload = export_of(content).reading.payload
    assert isinstance(payload, AccountSummary)
    assert (payload.prefix, payload.number("AccountMFAEnabled")) == (prefix, 1)
    assert payload.records == len(payload.values)
    assert export_of(content).reading.accounts == frozenset()


@pytest.mark.parametrize("value", [True, False, None, "1", 1.0, -1, [], {}])
def test_only_whole_numbers_count_in_the_summary(value: Any) -> None:
    payload = export_of({"SummaryMap": {"AccountMFAEnabled": value, "Users": 0}}).reading.payload
    assert isinstance(payload, AccountSummary)
    assert payload.number("AccountMFAEnabled") is None
    assert (payload.number("Users"), payload.number("Absent")) == (0, None)


@pytest.mark.parametrize("value", [None, {}, [], 3, "x", [{"AccountMFAEnabled": 1}]])
def test_a_summary_that_is_no_mapping_is_invalid(value: Any) -> None:
    assert refusal({"SummaryMap": value}) == ("invalid", "SummaryMap is empty or no mapping; export it again")


@pytest.mark.parametrize(
    ("content", "prefix"),
    [
        (password_policy(), "/PasswordPolicy"),
        (password_policy()["PasswordPolicy"], ""),
        ({"ExpirePasswords": False}, ""),
        (password_policy() | {"ResponseMetadata": {"HTTPStatusCode": 200}}, "/PasswordPolicy"),
    ],
)
def test_the_password_policy_is_read_with_and_without_its_wrapper(content: Any, prefix: str) -> None:
    payload = export_of(content).reading.payload
    assert isinstance(payload, PasswordPolicy)
    assert payload == PasswordPolicy(True, content.get("PasswordPolicy", content), prefix)
    assert payload.records == len(payload.fields)


@pytest.mark.parametrize("value", [None, {}, [], 14, "none", [{"MinimumPasswordLength": 14}]])
def test_a_policy_that_is_no_mapping_is_never_no_policy(value: Any) -> None:
    reason, detail = refusal({"PasswordPolicy": value})
    assert (reason, detail[:39]) == ("invalid", "PasswordPolicy is empty or no mapping, ")


@pytest.mark.parametrize(
    ("message", "accounts"),
    [
        (f"The Password Policy with domain name {ACCOUNT} cannot be found.", {ACCOUNT}),
        (f"The Password Policy with domain name {ACCOUNT}3 cannot be found.", set()),
        ("The Password Policy with domain name", set()),
        ("", set()),
    ],
)
@pytest.mark.parametrize("prefix", ["", "aws: [ERROR]: "])
def test_no_policy_is_an_answer_that_names_its_account(message: str, accounts: set[str], prefix: str) -> None:
    reading = export_of(prefix + error_text("NoSuchEntity", "GetAccountPasswordPolicy", message).strip()).reading
    assert reading.payload == PasswordPolicy(False, {}, "error text")
    assert reading.failure is None
    assert reading.accounts == accounts


@pytest.mark.parametrize("code", ["AccessDenied", "NoSuchEntityException2", "Throttling", "ResourceNotFoundException"])
def test_no_other_error_is_no_policy(code: str) -> None:
    export = export_of(error_text(code, "GetAccountPasswordPolicy", f"domain name {ACCOUNT}"))
    assert export.reading.payload is None
    assert export.reading.accounts == frozenset()


@pytest.mark.parametrize(
    ("content", "payload"),
    [
        (virtual_devices(), (0, True, None)),
        (virtual_devices("root"), (1, True, "/VirtualMFADevices/0/User/Arn")),
        (virtual_devices("alice", None, "root", "root"), (4, True, "/VirtualMFADevices/2/User/Arn")),
        (virtual_devices("rootbeer", "root/x"), (2, True, None)),
        (virtual_devices("alice", IsTruncated=False), (1, True, None)),
        (virtual_devices("alice", IsTruncated=None), (1, True, None)),
        (virtual_devices("alice", IsTruncated=True), (1, False, None)),
        (virtual_devices("alice", IsTruncated="false"), (1, False, None)),
        (virtual_devices("alice", NextToken="eyJ"), (1, False, None)),
        (virtual_devices("root", Marker="AAE"), (1, False, "/VirtualMFADevices/0/User/Arn")),
        ({"VirtualMFADevices": [{"SerialNumber": "GAHT123", "User": None}]}, (1, True, None)),
    ],
)
def test_the_virtual_devices_say_whether_one_is_roots(content: Any, payload: tuple[int, bool, str | None]) -> None:
    found = export_of(content).reading.payload
    assert isinstance(found, VirtualDevices)
    assert (found.records, found.gap is None, found.root_pointer) == payload
    assert found.gap is None or found.gap.startswith("is one page of several")


@pytest.mark.parametrize(
    ("command", "complete"),
    [
        ("aws iam list-virtual-mfa-devices", True),
        ("aws iam list-virtual-mfa-devices --assignment-status Any", True),
        ("aws iam list-virtual-mfa-devices --assignment-status Assigned", True),
        ("aws iam list-virtual-mfa-devices --assignment-status Unassigned", False),
        ("aws iam list-virtual-mfa-devices --assignment-status='unassigned'", False),
    ],
)
def test_a_list_of_unassigned_devices_tells_nothing_of_root(command: str, complete: bool) -> None:
    found = described(virtual_devices("alice"), command=command).reading.payload
    assert isinstance(found, VirtualDevices)
    assert found.gap is None or found.gap.startswith("lists unassigned devices only")
    assert (found.gap is None) is complete


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "VirtualMFADevices is no list of devices"),
        ({}, "no list of devices"),
        (5, "no list of devices"),
        ([1], "no list of devices"),
        ([{"User": "root"}], "the user of /VirtualMFADevices/0 has no readable Arn"),
        ([{"SerialNumber": "x"}, {"User": {}}], "the user of /VirtualMFADevices/1 has no readable Arn"),
        ([{"User": {"UserName": "root"}}], "/VirtualMFADevices/0"),
        ([{"User": {"Arn": f"{ROOT} "}}], "/VirtualMFADevices/0"),
    ],
)
def test_devices_whose_users_cannot_be_read_are_invalid(value: Any, words: str) -> None:
    reason, detail = refusal({"VirtualMFADevices": value})
    assert reason == "invalid"
    assert words in detail


def test_devices_name_accounts_and_partitions_by_serial_and_user() -> None:
    reading = export_of(virtual_devices("alice", partition="aws-cn", account=OTHER)).reading
    assert (reading.accounts, reading.partitions) == ({OTHER}, {"aws-cn"})


VIRTUAL = {"UserName": "a", "SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/any-name"}
PASSKEY = {"SerialNumber": f"arn:aws:iam::{ACCOUNT}:u2f/root-account/key"}
HARDWARE = {"SerialNumber": "GAHT12345678"}


@pytest.mark.parametrize(
    ("devices", "has_virtual", "accounts"),
    [
        ([], False, set()),
        ([VIRTUAL], True, {ACCOUNT}),
        ([PASSKEY], False, {ACCOUNT}),
        ([HARDWARE, PASSKEY], False, {ACCOUNT}),
        ([HARDWARE], False, set()),
    ],
)
def test_the_callers_devices_are_told_by_their_serials(devices: Any, has_virtual: bool, accounts: set[str]) -> None:
    reading = export_of({"MFADevices": devices}).reading
    serials = tuple(device["SerialNumber"] for device in devices)
    assert reading.payload == DeviceList(serials, True, of_root=False)
    assert isinstance(reading.payload, DeviceList)
    assert (reading.payload.has_virtual, reading.payload.records) == (has_virtual, len(devices))
    assert reading.accounts == accounts
    assert export_of({"MFADevices": devices, "IsTruncated": True}).reading.payload == DeviceList(serials, False, False)


@pytest.mark.parametrize(
    ("entry", "of_root"),
    [
        ({}, False),
        ({"caller": ROOT}, True),
        ({"caller": ROOT, "command": "aws iam list-mfa-devices"}, True),
        ({"caller": ROOT, "command": "aws iam list-mfa-devices --user-name alice"}, False),
        ({"caller": f"arn:aws:iam::{ACCOUNT}:user/root"}, False),
        ({"caller": "root"}, False),
    ],
)
def test_a_list_is_roots_when_the_manifest_says_that_root_called(entry: dict[str, Any], of_root: bool) -> None:
    reading = described({"MFADevices": [HARDWARE]}, **entry).reading
    assert reading.payload == DeviceList(("GAHT12345678",), True, of_root)
    assert reading.accounts == ({ACCOUNT} if of_root else set())


@pytest.mark.parametrize("value", [None, {}, {"a": 1}, 5, True, "abc", [1], [{}], [{"SerialNumber": None}], [[]]])
def test_devices_that_are_no_list_are_invalid(value: Any) -> None:
    assert refusal({"MFADevices": value}) == ("invalid", "MFADevices is no list of devices; export it again")


@pytest.mark.parametrize(
    ("arn", "is_root", "partition"),
    [
        (None, False, "aws"),
        (ROOT, True, "aws"),
        (f"arn:aws-us-gov:iam::{ACCOUNT}:user/root", False, "aws-us-gov"),
    ],
)
def test_the_caller_names_the_account(arn: str | None, is_root: bool, partition: str) -> None:
    reading = export_of(caller(arn)).reading
    assert reading.payload == CallerIdentity(is_root)
    assert reading.payload.records is None
    assert (reading.accounts, reading.partitions) == ({ACCOUNT}, {partition})


@pytest.mark.parametrize("change", [{"Account": OTHER}, {"Account": 111122223333}, {"Arn": "x"}, {"Arn": None}])
def test_a_caller_whose_parts_differ_names_nobody(change: dict[str, Any]) -> None:
    assert refusal(caller() | change) == (
        "invalid",
        "Account and Arn of the caller do not fit each other; export it again",
    )
    assert export_of(caller() | change).reading.accounts == frozenset()

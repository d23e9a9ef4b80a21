"""A list of policies is an organization's only where something says so: IAM's own answer looks alike."""

import pytest

from builders import ACCOUNT
from snapshotting import manifest, recognise_all, recognise_one

POLICIES = "aws organizations list-policies --filter SERVICE_CONTROL_POLICY"


@pytest.mark.parametrize(
    ("name", "command", "is_list"),
    [
        ("policies.json", None, False),
        ("service-control-policies.json", None, True),
        ("scps.json", None, True),
        ("policies.json", POLICIES, True),
        ("service-control-policies.json", "aws iam list-policies", False),
        ("policies.json", POLICIES.replace("SERVICE", "RESOURCE"), False),
    ],
)
def test_an_empty_list_of_policies_is_none_of_the_organization_until_something_says_so(
    name: str, command: str | None, is_list: bool
) -> None:
    entry = {"path": name} | ({"command": command} if command else {})
    file = recognise_all({"m.json": manifest(entry), name: {"Policies": []}})[name]
    assert (file.export is not None) is is_list
    assert is_list or (file.reason or "").startswith("an empty list of policies may be one of IAM")


def test_policies_of_iam_are_named_as_such() -> None:
    listed = {"Policies": [{"PolicyName": "x", "PolicyId": "ANPAX", "Arn": f"arn:aws:iam::{ACCOUNT}:policy/x"}]}
    file = recognise_one(listed, "service-control-policies.json")
    assert file.export is None
    assert (file.reason or "").startswith("these are policies of IAM")

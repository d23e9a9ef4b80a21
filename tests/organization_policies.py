"""The answers of AWS Organizations on service control policies: their list, texts and targets, and the accounts they bind."""

import json
from typing import Any

from builders import ACCOUNT
from snapshotting import OTHER

ROOT_PATTERN = "arn:aws:iam::*:root"
POLICY, SECOND = "p-examplepolicyid1", "p-examplepolicyid2"
UNIT, TOP = "ou-exampleouid111-exampleouid1", "r-examplerootid111"


def deny(condition: Any = ..., **more: Any) -> dict[str, Any]:
    """A statement that denies everything to root."""
    statement = {"Effect": "Deny", "Action": "*", "Resource": "*"}
    asked = {"StringLike": {"aws:PrincipalArn": [ROOT_PATTERN]}} if condition is ... else condition
    return {name: value for name, value in (statement | {"Condition": asked} | more).items() if value is not None}


def text(*statements: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


SESSIONS = {"StringLike": {"aws:PrincipalArn": ROOT_PATTERN}, "Null": {"aws:AssumedRoot": "true"}}


def listed(*identifiers: str, **more: Any) -> dict[str, Any]:
    policies = [
        {"Id": name, "Arn": f"arn:aws:organizations::{OTHER}:policy/o-exampleorgid/service_control_policy/{name}", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": False}
        for name in identifiers
    ]  # fmt: skip
    managed = {"Id": "p-FullAWSAccess", "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "AwsManaged": True}  # fmt: skip
    return {"Policies": [managed, *policies], **more}


def described(identifier: str, content: Any) -> dict[str, Any]:
    return {"Policy": {"PolicySummary": listed(identifier)["Policies"][1], "Content": content}}


def targets(*identifiers: str, **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:organizations::{OTHER}:account/o-exampleorgid/{ACCOUNT}"
    return {"Targets": [{"TargetId": name, "Arn": arn, "Name": "x", "Type": "ACCOUNT"} for name in identifiers], **more}


def members(*paths: str) -> dict[str, Any]:
    arn = f"arn:aws:organizations::{OTHER}:account/o-exampleorgid/{ACCOUNT}"
    return {"Accounts": [{"Id": ACCOUNT, "Arn": arn, **({"Paths": list(paths)} if paths else {})}]}

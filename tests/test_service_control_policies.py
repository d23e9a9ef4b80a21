"""Service control policies that deny everything to root: what they say, what they bind, and who exports them."""

import json
from pathlib import Path
from typing import Any

import pytest

from accounts import gist
from baselint.evidence import AccountSnapshot, ExportKind, Known, Missing, MissingReason
from baselint.snapshot.build import SnapshotSet
from baselint.snapshot.root_denial import denies_root
from builders import ACCOUNT, caller, error_text, features, organization
from organization_policies import (
    POLICY,
    ROOT_PATTERN,
    SECOND,
    SESSIONS,
    TOP,
    UNIT,
    deny,
    described,
    listed,
    members,
    targets,
    text,
)
from snapshotting import OTHER, build_in, export_of, manifest, recognise_all

ARN = f"arn:aws:iam::{ACCOUNT}:root"
NOT_EXPORTED, INCOMPLETE, INVALID = MissingReason.NOT_EXPORTED, MissingReason.INCOMPLETE, MissingReason.INVALID


DENIALS: list[tuple[str, str, bool | None]] = [
    ("every root", text(deny()), True),
    ("one statement, not in a list", json.dumps({"Statement": deny()}), True),
    ("among others", text({"Effect": "Allow", "Action": "*", "Resource": "*"}, deny()), True),
    ("any partition", text(deny({"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}})), True),
    ("a pattern of too few parts", text(deny({"ArnLike": {"aws:PrincipalArn": "arn:aws:*:root"}})), False),
    ("a pattern over all parts", text(deny({"ArnEquals": {"aws:PrincipalArn": "*"}})), False),
    ("a pattern that is a text", text(deny({"StringLike": {"aws:PrincipalArn": "arn:aws:*:root"}})), True),
    ("this root's ARN", text(deny({"ArnEquals": {"aws:PrincipalArn": ARN}})), True),
    ("key in other case", text(deny({"StringLike": {"AWS:principalarn": ["*:root"]}})), True),
    ("this root", text(deny({"StringEquals": {"aws:PrincipalArn": ARN}})), True),
    ("if the key exists", text(deny({"StringLikeIfExists": {"aws:PrincipalArn": ROOT_PATTERN}})), True),
    ("root sessions exempt", text(deny(SESSIONS)), True),
    ("root sessions exempt as text", text(deny({"StringLike": {"aws:PrincipalArn": ROOT_PATTERN}, "BoolIfExists": {"aws:AssumedRoot": "False"}})), True),
    ("root sessions exempt, no text", text(deny({"StringLike": {"aws:PrincipalArn": ROOT_PATTERN}, "Null": {"aws:AssumedRoot": True}})), True),
    ("root sessions only", text(deny({"StringLike": {"aws:PrincipalArn": ROOT_PATTERN}, "Bool": {"aws:AssumedRoot": "true"}})), False),
    ("root sessions only, by Null", text(deny({"StringLike": {"aws:PrincipalArn": ROOT_PATTERN}, "Null": {"aws:AssumedRoot": "false"}})), False),
    ("all but one action", text(deny(Action=None, NotAction="s3:DeleteBucketPolicy")), True),
    ("all but a service", text(deny(Action=None, NotAction=["s3:DeleteBucketPolicy", "iam:*"])), False),
    ("all but everything", text(deny(Action=None, NotAction="*")), False),
    ("everybody", text(deny(None)), True),
    ("another root", text(deny({"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{OTHER}:root"}})), False),
    ("a pattern as plain text", text(deny({"StringEquals": {"aws:PrincipalArn": ROOT_PATTERN}})), False),
    ("everybody but root", text(deny({"StringNotLike": {"aws:PrincipalArn": ROOT_PATTERN}})), False),
    ("in one region", text(deny({"StringLike": {"aws:PrincipalArn": ROOT_PATTERN}, "StringEquals": {"aws:RequestedRegion": "x"}})), False),
    ("another key beside", text(deny({"StringLike": {"aws:PrincipalArn": ROOT_PATTERN, "aws:SourceIp": "10.*"}})), False),
    ("some actions", text(deny(Action=["iam:*"])), False),
    ("one resource", text(deny(Resource="arn:aws:s3:::x")), False),
    ("allowed", text(deny(Effect="Allow")), False),
    ("a class of characters", text(deny({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::[0-9]*:root"}})), False),
    ("a condition that is none", text(deny("x")), False),
    ("an empty condition", text(deny({"StringLike": {}})), False),
    ("an operator without keys", text(deny({"StringLike": None})), False),
    ("no statement", json.dumps({"Version": "2012-10-17"}), None),
    ("statements that are none", text("x"), None),
    ("no JSON", "Statement: x", None),
    ("a list", "[]", None),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in DENIALS], ids=[case[0] for case in DENIALS])
def test_what_a_policy_says_of_root(content: str, expected: bool | None) -> None:
    assert denies_root(content, ARN) is expected


def fleet(directory: Path, files: dict[str, Any], manager: str = OTHER) -> SnapshotSet:
    """A member account in a directory of its own, and what the organization exports in another one."""
    own = {f"{ACCOUNT}/caller.json": caller(), f"{ACCOUNT}/organization.json": organization(manager)}
    return build_in(directory, {**own, **{f"organization/{name}": content for name, content in files.items()}})


def denied(directory: Path, files: dict[str, Any], manager: str = OTHER) -> Any:
    (account,) = fleet(directory, files, manager).accounts
    return account.facts.fact("root.denied_by_scp")


def of_type(type_: str | None) -> dict[str, Any]:
    """A policy that denies, and is of another type."""
    found = described(POLICY, text(deny()))
    found["Policy"]["PolicySummary"]["Type"] = type_
    return found


LIST, TEXT, BOUND = "policies.json", f"{POLICY}.json", f"targets-{POLICY}.json"
DENYING = {LIST: listed(POLICY), TEXT: described(POLICY, text(deny()))}
HARMLESS = {f"{SECOND}.json": described(SECOND, text())}
PATH = f"o-exampleorgid/{TOP}/{UNIT}/{ACCOUNT}/"
CASES: list[tuple[str, dict[str, Any], object]] = [
    ("attached to the root", {**DENYING, BOUND: targets(TOP)}, True),
    ("attached to the account", {**DENYING, BOUND: targets(OTHER, ACCOUNT)}, True),
    ("attached to a unit above it", {**DENYING, BOUND: targets(UNIT), "accounts.json": members(PATH)}, True),
    ("attached, the list not exported", {TEXT: DENYING[TEXT], BOUND: targets(TOP)}, True),
    ("attached, another policy not seen", {**DENYING, LIST: listed(POLICY, SECOND), BOUND: targets(TOP)}, True),
    ("attached to nothing", {**DENYING, BOUND: targets()}, False),
    ("attached to another account", {**DENYING, BOUND: targets(OTHER)}, False),
    ("attached to another unit", {**DENYING, BOUND: targets("ou-a-b"), "accounts.json": members(PATH)}, False),
    ("attached to a unit, places unknown", {**DENYING, BOUND: targets(UNIT), "accounts.json": members()}, NOT_EXPORTED),
    ("attached to a unit, accounts not exported", {**DENYING, BOUND: targets(UNIT)}, NOT_EXPORTED),
    ("attached, not in the list", {**DENYING, LIST: listed(), BOUND: targets(TOP)}, False),
    ("attached, not in one page of the list", {**DENYING, LIST: listed(NextToken="x"), BOUND: targets(TOP)}, True),
    ("attached, no Type", {**DENYING, TEXT: of_type(None), BOUND: targets(TOP)}, NOT_EXPORTED),
    ("a resource control policy", {LIST: listed(), TEXT: of_type("RESOURCE_CONTROL_POLICY"), BOUND: targets(TOP)}, False),
    ("targets not exported", DENYING, NOT_EXPORTED),
    ("targets cut", {**DENYING, BOUND: targets(OTHER, NextToken="x")}, INCOMPLETE),
    ("text not exported", {LIST: listed(POLICY)}, NOT_EXPORTED),
    ("text that cannot be read", {LIST: listed(POLICY), TEXT: described(POLICY, "{")}, INVALID),
    ("list cut", {LIST: listed(NextToken="x"), "f.json": features()}, INCOMPLETE),
    ("list not exported, no policy denies", HARMLESS, NOT_EXPORTED),
    ("a policy that denies nothing", {LIST: listed(SECOND), **HARMLESS}, False),
    ("no own policy", {LIST: listed(), "f.json": features()}, False),
    ("nothing", {}, NOT_EXPORTED),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_whether_a_policy_that_binds_the_account_denies_root(
    tmp_path: Path, files: dict[str, Any], expected: object
) -> None:
    assert gist(denied(tmp_path, files)) == expected


def test_a_policy_does_not_bind_the_management_account(tmp_path: Path) -> None:
    found = denied(tmp_path, {**DENYING, BOUND: targets(TOP)}, manager=ACCOUNT)
    assert isinstance(found, Known)
    assert found.value is False
    assert found.notes == ("service control policies bind member accounts only",)


def test_where_an_organization_only_shares_its_bill_no_policy_binds(tmp_path: Path) -> None:
    billing = organization(OTHER)
    billing["Organization"]["FeatureSet"] = "CONSOLIDATED_BILLING"
    files = {"c.json": caller(), "o.json": billing, **DENYING, BOUND: targets(TOP)}
    (account,) = build_in(tmp_path, {f"{ACCOUNT}/{name}": content for name, content in files.items()}).accounts
    found = account.facts.fact("root.denied_by_scp")
    assert gist(found) is False
    assert isinstance(found, Known)
    assert "CONSOLIDATED_BILLING" in found.notes[0]
    assert found.evidence[0].pointer == "/Organization/FeatureSet"


@pytest.mark.parametrize("name", [LIST, TEXT, BOUND])
def test_what_another_organization_exports_never_decides(tmp_path: Path, name: str) -> None:
    files: dict[str, Any] = {"c.json": caller(), "o.json": organization(OTHER), **DENYING, BOUND: targets(TOP)}
    files[name] = json.loads(json.dumps(files[name]).replace("o-exampleorgid", "o-otherorgid1"))
    (account,) = build_in(tmp_path, {f"{ACCOUNT}/{name}": content for name, content in files.items()}).accounts
    for fact in ("root.denied_by_scp", "organization.role"):
        found = account.facts.fact(fact)
        assert isinstance(found, Missing), fact
        assert found.reason is MissingReason.SOURCES_DISAGREE
        assert "of several organizations" in found.detail


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("policies.json", {"Policies": [*listed(POLICY)["Policies"], *listed(SECOND)["Policies"]]}),
        (f"targets-{POLICY}.json", {"Targets": [*targets(TOP)["Targets"], *targets(UNIT)["Targets"]]}),
        ("accounts.json", {"Accounts": [*members()["Accounts"], *members()["Accounts"]]}),
    ],
)
def test_an_answer_of_two_organizations_is_none(name: str, content: dict[str, Any]) -> None:
    mixed = json.loads("o-otherorgid1".join(json.dumps(content).rsplit("o-exampleorgid", 1)))
    failure = export_of(mixed, name).reading.failure
    assert failure is not None
    assert "names several organizations (o-exampleorgid, o-otherorgid1)" in failure.detail
    assert export_of(content, name).reading.organization == "o-exampleorgid"


def test_without_the_role_nobody_knows_whether_a_policy_binds(tmp_path: Path) -> None:
    files = {
        f"{ACCOUNT}/{name}": content for name, content in {**DENYING, BOUND: targets(TOP), "c.json": caller()}.items()
    }
    (account,) = build_in(tmp_path, files).accounts
    assert gist(account.facts.fact("root.denied_by_scp")) is NOT_EXPORTED


def names(account: AccountSnapshot) -> dict[str, str]:
    return {Path(item.path).name: item.account_from for item in account.exports}


def test_what_the_organization_exports_goes_to_its_accounts_and_to_no_other(tmp_path: Path) -> None:
    others = {
        "444455556666/caller.json": caller(account=OTHER),
        "777788889999/caller.json": caller(account="777788889999"),
    }
    manager = {"444455556666/organization.json": organization(OTHER), "444455556666/f.json": features("RootSessions")}
    own = {f"{ACCOUNT}/caller.json": caller(), f"{ACCOUNT}/organization.json": organization(OTHER)}
    central = {"all/policies.json": listed(POLICY), f"all/targets-{POLICY}.json": targets()}
    built = build_in(tmp_path, {**others, **manager, **own, **central})
    shared = {"policies.json": "organization", f"targets-{POLICY}.json": "organization"}
    assert {account.account: names(account) for account in built.accounts} == {
        ACCOUNT: {"caller.json": "arn", "organization.json": "directory", "f.json": "organization", **shared},
        OTHER: {"caller.json": "arn", "organization.json": "directory", "f.json": "directory", **shared},
        "777788889999": {"caller.json": "arn"},
    }
    assert built.problems == ()
    member = built.accounts[0].facts.fact("organization.root_sessions")
    assert gist(member) is True


def test_an_export_of_another_organization_is_told(tmp_path: Path) -> None:
    foreign = json.loads(json.dumps(listed(POLICY)).replace("o-exampleorgid", "o-anotherorgid"))
    built = fleet(tmp_path, {"policies.json": foreign})
    (problem,) = built.problems
    assert (problem.account, problem.reason) == (None, "no-account")
    assert "no account of this organization is here" in problem.message


@pytest.mark.parametrize(
    ("content", "kind", "variant", "records"),
    [
        (listed(POLICY), ExportKind.POLICIES, None, 1),
        (described(POLICY, "{}"), ExportKind.POLICY, POLICY, 1),
        (targets(ACCOUNT, TOP), ExportKind.POLICY_TARGETS, POLICY, 2),
    ],
)
def test_the_answers_are_recognised(content: Any, kind: ExportKind, variant: str | None, records: int) -> None:
    export = export_of(content, f"{POLICY}.json")
    assert (export.kind, export.reading.variant) == (kind, variant)
    assert export.reading.payload is not None
    assert export.reading.payload.records == records


@pytest.mark.parametrize(
    ("command", "name", "found"),
    [
        (f"aws organizations list-targets-for-policy --policy-id {POLICY}", "x", POLICY),
        (f"aws organizations list-targets-for-policy --policy-id={POLICY}", f"{SECOND}.json", POLICY),
        (None, f"targets-{POLICY}.json", POLICY),
        (None, "targets.json", None),
        (None, f"{POLICY}-{SECOND}.json", None),
    ],
)
def test_whose_targets_they_are_is_told_by_the_command_or_the_name(
    command: str | None, name: str, found: str | None
) -> None:
    entry = {"path": name, **({"command": command} if command else {})}
    export = recognise_all({name: targets(), "m.json": manifest(entry)})[name].export
    assert export is not None
    assert export.reading.variant == found
    assert (export.reading.failure is None) is (found is not None)


@pytest.mark.parametrize(
    "content",
    [
        {"Policies": {}},
        {"Policies": [1]},
        {"Policies": [{"Id": "x"}]},
        {"Policies": [{"Id": POLICY, "Type": "TAG_POLICY"}]},
        {"Policy": {"PolicySummary": {}, "Content": "{}"}},
        {"Policy": {"PolicySummary": None, "Content": "{}"}},
        described(POLICY, None),
        {"Targets": None},
        {"Targets": [1]},
        {"Targets": [{"TargetId": 1}]},
    ],
)
def test_answers_as_aws_never_gives_them_are_invalid(content: Any) -> None:
    failure = export_of(content, f"{POLICY}.json").reading.failure
    assert failure is not None
    assert failure.reason is INVALID


@pytest.mark.parametrize("operation", ["DescribePolicy", "ListTargetsForPolicy"])
@pytest.mark.parametrize(
    ("code", "reason"),
    [("AccessDeniedException", MissingReason.ACCESS_DENIED), ("PolicyNotFoundException", MissingReason.NOT_AN_ANSWER)],
)
def test_an_error_tells_nothing_of_the_policy_it_is_about(operation: str, code: str, reason: MissingReason) -> None:
    export = export_of(error_text(code, operation, "no"), f"{POLICY}.err")
    assert export.reading.failure is not None
    assert (export.reading.variant, export.reading.failure.reason) == (POLICY, reason)

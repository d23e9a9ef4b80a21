"""Whose each file is: content, manifest, directory and neighbours; ids never overrule each other."""

from pathlib import Path
from typing import Any

import pytest

from baselint.errors import UsageError
from baselint.snapshot.files import read_files
from baselint.snapshot.group import Grouping, group
from baselint.snapshot.recognise import recognise
from builders import (
    ACCOUNT,
    caller,
    contact,
    error_text,
    password_policy,
    report_csv,
    root_row,
    summary,
    user_row,
    virtual_devices,
    write,
)
from snapshotting import AS_OF, CHECKER, OTHER, group_in, manifest

NO_POLICY = error_text(
    "NoSuchEntity", "GetAccountPasswordPolicy", f"The Password Policy with domain name {ACCOUNT} cannot be found."
)
DENIED = error_text("AccessDenied", "GetAccountSummary", f"User: arn:aws:iam::{ACCOUNT}:user/a is not authorized to")
DENIED_CONTACT = error_text(
    "AccessDeniedException", "GetAlternateContact", f"User: arn:aws:iam::{OTHER}:user/a is not authorized to perform"
)


def origins(grouping: Grouping) -> dict[str, dict[str, str]]:
    """Which account each export belongs to, and what said so; by file name."""
    return {
        account: {Path(item.export.path).name: item.account_from for item in exports}
        for account, exports in grouping.accounts.items()
    }


@pytest.mark.parametrize(
    "content",
    [
        report_csv(root_row()),
        report_csv(user_row("alice")),
        virtual_devices("alice"),
        virtual_devices(None),
        {"MFADevices": [{"SerialNumber": f"arn:aws:iam::{ACCOUNT}:u2f/user/a/key"}]},
        caller(),
        NO_POLICY,
        DENIED,
    ],
)
def test_content_names_the_account(tmp_path: Path, content: Any) -> None:
    assert origins(group_in(tmp_path, {"x": content})) == {ACCOUNT: {"x": "arn"}}


@pytest.mark.parametrize(
    "operation",
    [
        "GetAlternateContact", "GetContactInformation", "GetPrimaryEmail", "DescribeOrganization", "ListAccounts",
        "ListOrganizationsFeatures", "ListPolicies", "DescribePolicy", "ListTargetsForPolicy",
    ],
)  # fmt: skip
def test_who_was_refused_does_not_say_of_whom_was_asked(tmp_path: Path, operation: str) -> None:
    refused = error_text(
        "AccessDeniedException", operation, f"User: arn:aws:sts::{OTHER}:assumed-role/M/m is not authorized to perform"
    )
    files = {f"{ACCOUNT}/m.json": manifest(account=ACCOUNT), f"{ACCOUNT}/contact-security-p-examplepolicy.err": refused}
    found = group_in(tmp_path, files).accounts
    (export,) = (item.export for item in found[ACCOUNT] if item.export.kind != "snapshot-manifest")
    assert export.reading.failure is not None
    assert export.reading.failure.reason == "access-denied"
    assert OTHER not in found


@pytest.mark.parametrize(
    ("operation", "words"), [("AssumeRole", "the role in this account"), ("AssumeRoot", "root of this account")]
)
def test_a_refused_session_explains_what_is_missing(tmp_path: Path, operation: str, words: str) -> None:
    refused = error_text("AccessDenied", operation, f"User: arn:aws:sts::{OTHER}:assumed-role/M/m is not authorized")
    found = group_in(tmp_path, {f"{ACCOUNT}/assume.err": refused})
    (problem,) = found.problems
    assert (problem.account, problem.reason) == (ACCOUNT, "access-denied")
    assert problem.message.startswith(f"{words} could not be assumed (AccessDenied of {operation})")
    assert [item.reason for item in found.unrecognised[ACCOUNT]] == [
        f"it holds the error AccessDenied of {operation}, whose answer baselint does not read"
    ]


def test_the_manifest_then_the_directory_name_the_account(tmp_path: Path) -> None:
    files = {
        "a/m.json": manifest(account=ACCOUNT),
        "a/s.json": summary(),
        f"b/{OTHER}/s.json": summary(),
        f"b/{OTHER}/deep/down/p.json": password_policy(),
    }
    assert origins(group_in(tmp_path, files)) == {
        ACCOUNT: {"m.json": "manifest", "s.json": "manifest"},
        OTHER: {"s.json": "directory", "p.json": "directory"},
    }


def test_content_is_named_first_where_all_agree(tmp_path: Path) -> None:
    files = {f"{ACCOUNT}/m.json": manifest(account=ACCOUNT), f"{ACCOUNT}/w.json": caller()}
    assert origins(group_in(tmp_path, files)) == {ACCOUNT: {"m.json": "manifest", "w.json": "arn"}}


def test_of_two_directories_the_nearer_names_the_account(tmp_path: Path) -> None:
    assert origins(group_in(tmp_path, {f"{OTHER}/{ACCOUNT}/s.json": summary()})) == {ACCOUNT: {"s.json": "directory"}}


@pytest.mark.parametrize("name", ["12345678901", "1234567890123", "111122223333-prod", "１１１１２２２２３３３３"])
def test_other_directory_names_are_no_account(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="the account cannot be told"):
        group_in(tmp_path, {f"{name}/s.json": summary()})


def test_neighbours_name_the_account_of_their_own_directory_only(tmp_path: Path) -> None:
    files = {"a/w.json": caller(), "a/s.json": summary(), "b/v.json": virtual_devices(None, account=OTHER), "b/n": "x"}
    grouping = group_in(tmp_path, files)
    assert origins(grouping) == {ACCOUNT: {"w.json": "arn", "s.json": "neighbours"}, OTHER: {"v.json": "arn"}}
    assert [Path(item.path).name for item in grouping.unrecognised[OTHER]] == ["n"]
    assert list(grouping.accounts) == sorted((ACCOUNT, OTHER))


def test_a_file_without_facts_can_name_the_account_for_its_neighbours(tmp_path: Path) -> None:
    assert origins(group_in(tmp_path, {"d.err": DENIED, "p.json": password_policy()})) == {
        ACCOUNT: {"d.err": "arn", "p.json": "neighbours"}
    }


def test_the_caller_of_a_contact_call_may_belong_to_another_account(tmp_path: Path) -> None:
    grouping = group_in(tmp_path, {"w.json": caller(), "alternate-contact-billing.err": DENIED_CONTACT})
    assert origins(grouping) == {ACCOUNT: {"w.json": "arn", "alternate-contact-billing.err": "neighbours"}}
    assert [(problem.account, problem.reason) for problem in grouping.problems] == [(ACCOUNT, "access-denied")]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({f"{ACCOUNT}/w": caller(account=OTHER)}, f"belongs to {OTHER} by its content, {ACCOUNT} by its directory"),
        (
            {"w": caller(), "m": manifest(account=OTHER)},
            f"belongs to {ACCOUNT} by its content, {OTHER} by its manifest; move it to the right place",
        ),
        (
            {f"{ACCOUNT}/s": summary(), f"{ACCOUNT}/m": manifest(account=OTHER)},
            f"belongs to {OTHER} by its manifest, {ACCOUNT} by its directory",
        ),
        (
            {f"{ACCOUNT}/junk": "x", "m": manifest(account=OTHER)},
            f"{OTHER} by its manifest, {ACCOUNT} by its directory",
        ),
        (
            {"r": report_csv(root_row(), user_row("a", account=OTHER))},
            f"the content names several accounts ({ACCOUNT}, {OTHER}); export each account on its own",
        ),
        (
            {
                "v": {
                    "VirtualMFADevices": [
                        {"SerialNumber": f"arn:aws:iam::{account}:mfa/x"} for account in (OTHER, ACCOUNT)
                    ]
                }
            },
            f"several accounts ({ACCOUNT}, {OTHER})",
        ),
        (
            {
                "d": {"MFADevices": [{"SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/x"}]},
                "m": manifest(caller=f"arn:aws:iam::{OTHER}:root"),
            },
            f"several accounts ({ACCOUNT}, {OTHER})",
        ),
        (
            {"p": NO_POLICY + NO_POLICY.replace(ACCOUNT, OTHER)},
            f"several accounts ({ACCOUNT}, {OTHER})",
        ),
    ],
)
def test_ids_that_conflict_end_the_run(tmp_path: Path, files: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError) as caught:
        group_in(tmp_path, files)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "content", [summary(), password_policy(), contact("BILLING"), {"MFADevices": []}, {"VirtualMFADevices": []}]
)
def test_facts_without_any_account_end_the_run(tmp_path: Path, content: Any) -> None:
    with pytest.raises(UsageError, match="the file names none, and no file beside it names one; put it in a directory"):
        group_in(tmp_path, {"x": content, "sub/w": caller()})


def test_facts_between_two_accounts_end_the_run(tmp_path: Path) -> None:
    files = {"s": summary(), "a": caller(), "b": caller(account=OTHER)}
    with pytest.raises(UsageError, match=f"beside it lie files of {ACCOUNT}, {OTHER}; put it in a directory"):
        group_in(tmp_path, files)


def test_bad_files_without_an_account_are_problems_of_none(tmp_path: Path) -> None:
    files = {
        "a": caller(),
        "b": caller(account=OTHER),
        "account-summary.json": '{"SummaryMap": ',
        "x.err": error_text("Throttling", "GetAccountPasswordPolicy", "Rate exceeded"),
        "junk.bin": b"\x80",
        "m": manifest(),
    }
    grouping = group_in(tmp_path, files)
    assert origins(grouping) == {ACCOUNT: {"a": "arn"}, OTHER: {"b": "arn"}}
    assert [(Path(item.path).name, item.account, str(item.reason)) for item in grouping.problems] == [
        ("account-summary.json", None, "invalid"),
        ("junk.bin", None, "unrecognised"),
        ("x.err", None, "not-an-answer"),
    ]
    assert [Path(item.path).name for item in grouping.unrecognised[None]] == ["junk.bin"]


def test_problems_of_a_file_follow_its_failure_and_name_its_account(tmp_path: Path) -> None:
    devices = virtual_devices("alice")
    devices["VirtualMFADevices"][0]["Base32StringSeed"] = "SECRET"
    grouping = group_in(tmp_path, {"v": devices, "s": {"SummaryMap": []}})
    assert [(Path(item.path).name, item.account, str(item.reason)) for item in grouping.problems] == [
        ("s", ACCOUNT, "invalid"),
        ("v", ACCOUNT, "secret"),
    ]


def test_an_account_directory_with_only_junk_is_an_account(tmp_path: Path) -> None:
    grouping = group_in(tmp_path, {f"{ACCOUNT}/notes.txt": "x", f"{OTHER}/account-summary.json": ""})
    assert origins(grouping) == {ACCOUNT: {}, OTHER: {"account-summary.json": "directory"}}
    (junk,) = grouping.unrecognised[ACCOUNT]
    assert junk.reason.startswith("the file holds neither JSON")


@pytest.mark.parametrize(
    ("work", "argument", "files", "account"),
    [
        (ACCOUNT, ".", {f"{ACCOUNT}/s": summary()}, ACCOUNT),
        (ACCOUNT, OTHER, {f"{ACCOUNT}/{OTHER}/s": summary()}, OTHER),
        (ACCOUNT, f"../{OTHER}", {f"{OTHER}/s": summary(), f"{ACCOUNT}/x": ""}, OTHER),
        (ACCOUNT, "../w", {"w/s": summary(), "w/c": caller(account=OTHER), f"{ACCOUNT}/x": ""}, OTHER),
        (f"{ACCOUNT}/sub", ".", {f"{ACCOUNT}/sub/s": summary(), f"{ACCOUNT}/sub/c": caller(account=OTHER)}, OTHER),
    ],
)
def test_the_working_directory_names_the_account_of_files_in_it_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str, argument: str, files: dict[str, Any], account: str
) -> None:
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path / work)
    grouping = group(recognise(read_files((Path(argument),)), CHECKER, None, AS_OF), Path.cwd().name)
    assert list(grouping.accounts) == [account]


@pytest.mark.parametrize("option", [f"--account-id {OTHER}", f"--account-id={OTHER}", f"--account-id '{OTHER}'"])
def test_the_command_names_the_account_that_an_answer_of_the_account_service_is_about(
    tmp_path: Path, option: str
) -> None:
    command = f"aws account get-alternate-contact {option} --alternate-contact-type BILLING"
    files = {
        "w.json": caller(),
        "b.json": contact("BILLING"),
        "m.json": manifest({"path": "b.json", "command": command}),
    }
    assert origins(group_in(tmp_path / "a", files))[OTHER] == {"b.json": "manifest"}
    files["m.json"] = manifest({"path": "b.json", "command": command}, account=ACCOUNT)
    with pytest.raises(UsageError, match=f"the file belongs to {ACCOUNT} by its manifest, {OTHER} by its command"):
        group_in(tmp_path / "b", files)


def test_the_command_names_nobody_else(tmp_path: Path) -> None:
    entries = (
        {"path": "w.json", "command": f"aws sts get-caller-identity --account-id {OTHER}"},
        {"path": "b.json", "command": "aws account get-alternate-contact --alternate-contact-type BILLING"},
    )
    files = {"w.json": caller(), "b.json": contact("BILLING"), "m.json": manifest(*entries)}
    assert list(origins(group_in(tmp_path, files))) == [ACCOUNT]


def test_a_refused_manifest_is_named_where_no_account_can_be_told(tmp_path: Path) -> None:
    files = {"s/a.json": summary(), "m.json": {"kind": "snapshot-manifest", "account": "x"}}
    with pytest.raises(
        UsageError, match=r"m\.json could say it, but was refused: the manifest does not fit its schema"
    ):
        group_in(tmp_path, files)
    with pytest.raises(UsageError, match=r"get-caller-identity'\Z"):
        group_in(tmp_path / "x", {"s/a.json": summary(), "t/m.json": {"kind": "snapshot-manifest", "account": "x"}})

"""From paths to the snapshots of accounts: the whole way, with files as people have them."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.errors import NothingToCheckError, UsageError
from baselint.evidence import AccountSnapshot, ExportRecord, Known, Missing, MissingReason
from builders import (
    ACCOUNT,
    CAPTURED,
    caller,
    complete_snapshot,
    error_text,
    report_csv,
    report_json,
    root_row,
    summary,
    user_row,
    virtual_devices,
    write,
)
from conftest import Cli
from snapshotting import OTHER, as_bytes, build_in, manifest

MORE = {
    "password-policy.err": error_text(
        "NoSuchEntity", "GetAccountPasswordPolicy", f"The Password Policy with domain name {ACCOUNT} cannot be found."
    ),
    "alternate-contact-billing.err": error_text("ResourceNotFoundException", "GetAlternateContact", "No contact"),
    "status_reports_2026-11-01T08-00-00+00-00.csv": report_csv(root_row(), user_row("bob")),
    "report.csv": ("\ufeff" + report_csv(root_row(), user_row("bob")).replace("\n", "\r\n")).encode("utf-16-le"),
    "manifest.json": manifest({"path": "account-summary.json", "captured_at": CAPTURED}, account=ACCOUNT),
    "mfa-devices.json": {"MFADevices": [{"SerialNumber": f"arn:aws:iam::{ACCOUNT}:mfa/x"}]},
}
EVERYTHING = complete_snapshot() | MORE


def only(accounts: tuple[AccountSnapshot, ...]) -> AccountSnapshot:
    (account,) = accounts
    return account


def test_a_complete_snapshot_becomes_one_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    built = build_in(Path("s"), complete_snapshot())
    account = only(built.accounts)
    assert (account.account, account.partition, account.unrecognised, built.problems) == (ACCOUNT, "aws", (), ())
    assert [(item.path, str(item.kind), item.account_from, item.records) for item in account.exports] == [
        ("s/account-summary.json", "account-summary", "neighbours", 6),
        ("s/alternate-contact-billing.json", "alternate-contact", "neighbours", 1),
        ("s/alternate-contact-operations.json", "alternate-contact", "neighbours", 1),
        ("s/alternate-contact-security.json", "alternate-contact", "neighbours", 1),
        ("s/caller-identity.json", "caller-identity", "arn", None),
        ("s/contact-information.json", "contact-information", "neighbours", None),
        ("s/credential-report.json", "credential-report", "arn", 2),
        ("s/identity-center-instances.json", "identity-center-instances", "neighbours", 1),
        ("s/organization.json", "organization", "neighbours", 1),
        ("s/organizations-features.json", "organizations-features", "neighbours", 2),
        ("s/password-policy.json", "password-policy", "neighbours", 9),
        ("s/saml-providers.json", "saml-providers", "arn", 1),
        ("s/virtual-mfa-devices.json", "virtual-mfa-devices", "arn", 1),
    ]
    assert account.exports[6].captured_at == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert {item.captured_at for item in account.exports if item is not account.exports[6]} == {None}


def test_a_failed_export_is_recorded_without_records(tmp_path: Path) -> None:
    account = only(build_in(tmp_path / ACCOUNT, {"account-summary.json": "", "junk": "x"}).accounts)
    (record,) = account.exports
    assert isinstance(record, ExportRecord)
    assert (record.records, record.account_from, record.captured_at) == (None, "directory", None)
    assert record.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert [Path(item.path).name for item in account.unrecognised] == ["junk"]
    assert account.partition is None


def test_accounts_come_sorted_and_apart(tmp_path: Path) -> None:
    files = {f"{OTHER}/w": caller(account=OTHER), f"{OTHER}/s": summary(mfa=0), f"{ACCOUNT}/s": summary()}
    first, second = build_in(tmp_path, files).accounts
    assert (first.account, second.account) == (ACCOUNT, OTHER)
    values = [account.facts.fact("root.mfa_enabled") for account in (first, second)]
    assert [value.value for value in values if isinstance(value, Known)] == [True, False]
    assert (first.partition, second.partition) == (None, "aws")


def test_an_account_with_only_junk_stands_beside_the_others_with_nothing_known(tmp_path: Path) -> None:
    first, second = build_in(tmp_path, {f"{ACCOUNT}/notes.txt": "x", f"{OTHER}/w": caller(account=OTHER)}).accounts
    assert (first.account, first.exports, second.account) == (ACCOUNT, (), OTHER)
    missing = first.facts.fact("root.mfa_enabled")
    assert isinstance(missing, Missing)
    assert missing.reason is MissingReason.NOT_EXPORTED


def test_conflicting_partitions_are_no_partition(tmp_path: Path) -> None:
    files = {"w": caller(), "v": virtual_devices("alice", partition="aws-cn")}
    assert only(build_in(tmp_path, files).accounts).partition is None


@pytest.mark.parametrize(
    ("files", "hint"),
    [
        ({"notes.txt": "hello"}, "notes.txt: the file holds neither JSON nor a credential report"),
        ({"m.json": manifest(account=ACCOUNT)}, ""),
        ({f"{ACCOUNT}/notes.txt": "hello"}, ""),
        ({"account-summary.json": ""}, "account-summary.json: the file is empty"),
        ({"x.err": error_text("AccessDenied", "GetAccountSummary", "no")}, "x.err: AWS refused GetAccountSummary"),
    ],
)
def test_without_an_export_of_an_account_there_is_nothing_to_check(
    tmp_path: Path, files: dict[str, Any], hint: str
) -> None:
    with pytest.raises(NothingToCheckError) as caught:
        build_in(tmp_path, files)
    assert str(caught.value).startswith("nothing to check: none of the files is an export of an account")
    assert hint in str(caught.value)


def test_the_hints_of_many_files_stay_readable(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheckError) as caught:
        build_in(tmp_path, {f"{number}.txt": "x" for number in range(30)})
    assert str(caught.value).count("\n") == 10


def test_bad_exports_never_stop_the_run(tmp_path: Path) -> None:
    good = {"caller-identity.json": caller()}
    bad = {name: as_bytes(content)[:40] for name, content in EVERYTHING.items() if name not in good}
    built = build_in(tmp_path, good | bad)
    assert only(built.accounts).account == ACCOUNT
    assert {problem.account for problem in built.problems} == {ACCOUNT}
    told = {Path(item.path).name for item in (*built.problems, *only(built.accounts).unrecognised)}
    assert told == set(bad)


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_a_file_cut_anywhere_never_fails_and_never_makes_an_account(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    name = data.draw(st.sampled_from(sorted(EVERYTHING)))
    content = as_bytes(EVERYTHING[name])
    cut = content[: data.draw(st.integers(0, len(content)))]
    beside = data.draw(st.sampled_from(({}, {"caller-identity.json": caller()}, complete_snapshot())))
    try:
        built = build_in(tmp_path_factory.mktemp("cut"), beside | {name: cut})
    except (NothingToCheckError, UsageError):
        assert "caller-identity.json" not in beside or name == "caller-identity.json"
        return
    assert [account.account for account in built.accounts] == [ACCOUNT]


@settings(deadline=None, max_examples=60)
@given(cut=st.integers(0, 400), encode=st.booleans())
def test_a_cut_report_is_never_taken_for_complete(
    cut: int, encode: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = report_csv(root_row(), user_row("alice"), user_row("bob"))
    kept = text[: len(text) - 1 - cut]
    content = report_json(root_row()) | {"Content": kept} if encode else kept
    files = {"r": content, "account-summary.json": summary(users=2), "caller-identity.json": caller()}
    complete = only(build_in(tmp_path_factory.mktemp("cut"), files).accounts).facts.fact("credential_report.complete")
    only_the_last_cell_was_cut = cut < len("N/A")
    assert (isinstance(complete, Known) and complete.value is True) is only_the_last_cell_was_cut


def test_secrets_are_told_and_printed_by_no_format(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    devices = virtual_devices("alice")
    devices["VirtualMFADevices"][0] |= {"Base32StringSeed": "TOPSECRET", "QRCodePNG": "TOPSECRET"}
    created = {"VirtualMFADevice": {"Base32StringSeed": "TOPSECRET"}}
    write(tmp_path, {"virtual-mfa-devices.json": devices, "created.json": created, "w": caller()})
    monkeypatch.chdir(tmp_path)
    for report in ("text", "json"):
        result = cli("lint", "--as-of", "2026-11-02", "--format", report, ".")
        assert result.code == 1
        flat = " ".join(result.out.split())
        assert flat.count("the file holds seeds of MFA devices (Base32StringSeed, QRCodePNG)") == 2
        assert "TOPSECRET" not in result.out + result.err


def test_names_that_are_no_text_are_printed_to_a_strict_stream(tmp_path: Path) -> None:
    write(tmp_path / ACCOUNT, {"caller-identity.json": caller()})
    Path(tmp_path, ACCOUNT, os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x")
    command = [sys.executable, "-m", "baselint", "lint", "--as-of", "2026-11-02", "--format", "json", ACCOUNT]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8:strict"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    (account,) = json.loads(done.stdout)["accounts"]
    assert [item["path"] for item in account["unrecognised"]] == [f"{ACCOUNT}/caf\\xe9.txt"]

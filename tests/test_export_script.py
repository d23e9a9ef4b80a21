"""The script that makes snapshots: every call of the table, nothing but reading, nothing lost, no secret kept."""

import hashlib
import json
import re
from typing import Any

import pytest

from baselint.export_script.script import Shell, placeholders, render
from baselint.exports import EXPORTS
from baselint.policy.schema_check import SchemaChecker
from builders import ACCOUNT, caller, error_text, summary
from conftest import Cli
from fake_answers import MEMBER_KEY, POLICY, organization_answers, root_answers
from fake_aws import FakeAws
from snapshotting import OTHER

CALLS = [call for definition in EXPORTS.values() for call in definition.calls]
READING = re.compile(r"(?:get|list|describe)-|generate-credential-report\b|assume-ro(?:le|ot)\b")


def manifest(aws: FakeAws, name: str = ACCOUNT) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((aws.directory / "snapshot" / name / "manifest.json").read_text())
    assert [error.message for error in SchemaChecker().errors(found, "snapshot-manifest")] == []
    return found


def files(aws: FakeAws, name: str = ACCOUNT) -> set[str]:
    return {path.name for path in (aws.directory / "snapshot" / name).iterdir()}


def pattern(arguments: str) -> str:
    """A call as a script writes it: its placeholders are the loop's value."""
    return re.sub(r"\b[A-Z]+(?:_[A-Z]+)*_ID\b|\bREGION\b", '"$value"', arguments)


@pytest.mark.parametrize("shell", Shell)
def test_every_call_of_the_table_is_in_the_script(shell: Shell, cli: Cli) -> None:
    text = render(shell)
    assert cli("export-script", "--shell", shell).out == text
    assert [call.arguments for call in CALLS if pattern(call.arguments) not in text] == []
    assert re.findall(r"@[A-Z_]+@", text) == []
    for name in {name for call in CALLS for name in placeholders(call)}:
        assert re.search(rf"^ +'?{name}\b.*$", text, re.MULTILINE), name


def test_the_script_of_the_default_shell_is_for_sh(cli: Cli) -> None:
    assert cli("export-script").out == render(Shell.SH)
    assert cli("export-script", "--shell", "fish").code == 2


def test_the_calls_of_one_account_make_a_snapshot_that_lints_without_an_option(
    aws: FakeAws, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = aws.run()
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr == f"{ACCOUNT}: 11 calls answered, 0 failed\n"
    assert files(aws) == {
        "account-summary.json", "alternate-contact-billing.json", "alternate-contact-operations.json",
        "alternate-contact-security.err", "caller-identity.json", "contact-information.json", "credential-report.json",
        "manifest.json", "organization.json", "password-policy.err", "saml-providers.json", "virtual-mfa-devices.json",
    }  # fmt: skip
    assert not (aws.directory / "snapshot.state").exists()
    monkeypatch.chdir(aws.directory)
    monkeypatch.setenv("NO_COLOR", "1")
    result = cli("lint", "--as-of", "2126-01-01", "--format", "json", "--fail-on", "never", "snapshot")
    report = json.loads(result.out)
    assert (report["problems"], report["accounts"][0]["unrecognised"]) == ([], [])
    assert report["accounts"][0]["kind"] == "management"
    reasons = {item["reason"] for item in report["accounts"][0]["findings"]}
    assert reasons & {"not-exported", "not-an-answer", "invalid", "incomplete"} == set()


def test_the_manifest_names_command_caller_time_and_hash_of_every_file(aws: FakeAws) -> None:
    aws.run()
    found = manifest(aws)
    assert (found["account"], found["tool"]) == (ACCOUNT, "aws-cli/2.36.0")
    entries = {entry["path"]: entry for entry in found["files"]}
    assert entries.keys() == files(aws) - {"manifest.json"}
    for name, entry in entries.items():
        content = (aws.directory / "snapshot" / ACCOUNT / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["caller"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/Auditor/auditor"
        assert entry["exit_code"] == (254 if name.endswith(".err") else 0)
        assert ("captured_at" in entry) is (name != "credential-report.json")
    assert entries["password-policy.err"]["command"] == "aws iam get-account-password-policy"


def test_files_are_for_their_owner_alone(aws: FakeAws) -> None:
    aws.run()
    paths = [aws.directory / "snapshot", *(aws.directory / "snapshot").rglob("*")]
    assert {path.stat().st_mode & 0o077 for path in paths} == {0}


def test_a_second_run_asks_for_nothing_that_is_complete(aws: FakeAws) -> None:
    aws.run()
    aws.forget()
    done = aws.run()
    assert (done.returncode, done.stderr) == (0, f"{ACCOUNT}: complete already\n")
    assert [words for _, words in aws.calls()] == ["--version", "sts get-caller-identity --output json"]


def test_what_failed_is_told_kept_and_asked_for_again(aws: FakeAws) -> None:
    aws.answer("iam.get-account-summary", error_text("Throttling", "GetAccountSummary", "Rate exceeded"))
    done = aws.run()
    assert done.returncode == 1
    assert f"{ACCOUNT}: 10 calls answered, 1 failed\n  account-summary: An error occurred (Throttling)" in done.stderr
    assert "account-summary.err" in {entry["path"] for entry in manifest(aws)["files"]}
    aws.answer("iam.get-account-summary", summary())
    aws.forget()
    again = aws.run()
    assert again.returncode == 0
    assert again.stderr == f"{ACCOUNT}: 11 calls answered, 0 failed\n"
    assert [words.split()[1] for _, words in aws.calls() if words != "--version"] == [
        "get-caller-identity",
        "get-account-summary",
    ]
    assert {"account-summary.json", "account-summary.err"} & files(aws) == {"account-summary.json"}
    assert {entry["path"] for entry in manifest(aws)["files"]} == files(aws) - {"manifest.json"}


def test_what_an_option_adds_is_asked_for_on_a_second_run(aws: FakeAws) -> None:
    aws.run()
    for region in ("eu-central-1", "us-east-1"):
        aws.forget()
        done = aws.run("--region", region)
        assert (done.returncode, done.stderr) == (0, f"{ACCOUNT}: 12 calls answered, 0 failed\n")
        assert [words for _, words in aws.calls()][2:] == [f"sso-admin list-instances --region {region} --output json"]
        entries = {entry["path"]: entry["command"] for entry in manifest(aws)["files"]}
        assert entries["identity-center-instances.json"] == f"aws sso-admin list-instances --region {region}"
        assert entries.keys() == files(aws) - {"manifest.json"}
    assert not (aws.directory / "snapshot.state").exists()


def test_an_answer_that_was_deleted_is_asked_for_again(aws: FakeAws) -> None:
    aws.run()
    (aws.directory / "snapshot" / ACCOUNT / "account-summary.json").unlink()
    aws.forget()
    assert aws.run().returncode == 0
    assert [words.split()[1] for _, words in aws.calls()[1:]] == ["get-caller-identity", "get-account-summary"]


def test_sessions_of_root_are_opened_on_a_second_run_and_only_where_something_lacks(aws: FakeAws) -> None:
    root_answers(aws)
    assert aws.run("--organization", "audit/reader").returncode == 0
    aws.forget()
    options = ("--organization", "audit/reader", "--root-sessions", "--region", "eu-central-1")
    done = aws.run(*options)
    assert done.returncode == 0, done.stderr
    assert "root-mfa-devices.json" in files(aws, OTHER)
    assert "get-account-summary" not in " ".join(words for _, words in aws.calls())
    aws.forget()
    again = aws.run(*options)
    assert again.stderr == "".join(f"{name}: complete already\n" for name in (ACCOUNT, "organization", OTHER))
    assert not [words for _, words in aws.calls() if "assume-" in words]


def test_active_accounts_are_told_by_their_state_and_none_is_an_error(aws: FakeAws) -> None:
    organization_answers(aws)
    aws.print("organizations.list-accounts", "None\n")
    done = aws.run("--organization", "audit/reader")
    assert done.returncode == 2
    assert "AWS names no active account of the organization" in done.stderr
    assert all("Accounts[?(State || Status)=='ACTIVE'].Id" in render(shell) for shell in Shell)


def test_a_refused_session_is_a_problem_of_the_account(aws: FakeAws, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    organization_answers(aws)
    refused = error_text(
        "AccessDenied", "AssumeRole", f"User: arn:aws:sts::{ACCOUNT}:assumed-role/a/b is not authorized"
    )
    aws.answer(f"sts.assume-role.arn-aws-iam--{OTHER}-role-audit-reader", refused)
    assert aws.run("--organization", "audit/reader").returncode == 1
    monkeypatch.chdir(aws.directory)
    result = cli("lint", "--as-of", "2126-01-01", "--format", "json", "--fail-on", "never", "snapshot")
    problems = [item for item in json.loads(result.out)["problems"] if item["account"] == OTHER]
    assert [item["message"].split(",")[0] for item in problems] == [
        "the role in this account could not be assumed (AccessDenied of AssumeRole)"
    ]


def test_the_script_beside_its_output_is_no_manifest(aws: FakeAws, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    aws.run()
    for shell in Shell:
        (aws.directory / "snapshot" / ACCOUNT / f"script.{shell}").write_text(render(shell))
    monkeypatch.chdir(aws.directory)
    result = cli("lint", "--as-of", "2126-01-01", "--format", "json", "--fail-on", "never", "snapshot")
    assert json.loads(result.out)["problems"] == []


def test_a_half_written_file_never_counts(aws: FakeAws) -> None:
    for place in ("snapshot", "snapshot.state"):
        (aws.directory / place / ACCOUNT).mkdir(parents=True)
    (aws.directory / "snapshot" / ACCOUNT / "account-summary.json.part").write_text("{")
    (aws.directory / "snapshot.state" / ACCOUNT / "account-summary.part").write_text("{")
    aws.run()
    assert not [name for name in files(aws) if name.endswith(".part")]
    assert json.loads((aws.directory / "snapshot" / ACCOUNT / "account-summary.json").read_text()) == summary()


def test_the_report_is_waited_for_within_bounds(aws: FakeAws) -> None:
    aws.answer("iam.generate-credential-report", {"State": "STARTED"})
    aws.run()
    assert [words.split()[-3] for _, words in aws.calls() if "--output" in words].count(
        "generate-credential-report"
    ) == 3
    assert "credential-report.json" in files(aws)


def test_a_warning_beside_an_answer_is_no_error_text(aws: FakeAws) -> None:
    binary = aws.directory / "bin" / "aws"
    binary.write_text(
        binary.read_text().replace(
            '        cat "$candidate.json"\n', '        echo warning >&2\n        cat "$candidate.json"\n'
        )
    )
    aws.run()
    assert {name for name in files(aws) if name.endswith(".err")} == {
        "alternate-contact-security.err",
        "password-policy.err",
    }


def test_the_region_is_that_of_identity_center(aws: FakeAws) -> None:
    aws.run("--region", "eu-central-1")
    commands = {entry["path"]: entry["command"] for entry in manifest(aws)["files"]}
    assert commands["identity-center-instances.json"] == "aws sso-admin list-instances --region eu-central-1"


def test_an_organization_is_walked_through_the_role(aws: FakeAws) -> None:
    organization_answers(aws)
    done = aws.run("--organization", "audit/reader")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (aws.directory / "snapshot").iterdir()} == {ACCOUNT, OTHER, "organization"}
    assert files(aws, "organization") == {
        "manifest.json", "organization-accounts.json", "organizations-features.json", "service-control-policies.json",
        f"service-control-policy-{POLICY}.json", f"service-control-policy-targets-{POLICY}.json",
    }  # fmt: skip
    member = manifest(aws, OTHER)
    callers = {entry["path"]: entry["caller"] for entry in member["files"]}
    assert member["account"] == OTHER
    assert callers["primary-email.json"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/Auditor/auditor"
    assert callers["account-summary.json"] == f"arn:aws:sts::{OTHER}:assumed-role/Auditor/auditor"
    assert {key for key, words in aws.calls() if "get-account-summary" in words} == {"own", MEMBER_KEY}


def test_an_account_whose_role_is_refused_is_told_and_asked_again(aws: FakeAws) -> None:
    organization_answers(aws)
    aws.answer(
        f"sts.assume-role.arn-aws-iam--{OTHER}-role-audit-reader",
        error_text("AccessDenied", "AssumeRole", "not authorized"),
    )
    done = aws.run("--organization", "audit/reader")
    assert done.returncode == 1
    assert f"{OTHER}: assume-role was refused: An error occurred (AccessDenied)" in done.stderr
    assert "1 account(s) could not be read" in done.stderr
    assert "assume-role.err" in files(aws, OTHER)
    aws.print(f"sts.assume-role.arn-aws-iam--{OTHER}-role-audit-reader", f"{MEMBER_KEY}\tsecretsecret\ttokentoken\n")
    (aws.directory / "aws/answers/any" / f"sts.assume-role.arn-aws-iam--{OTHER}-role-audit-reader.err").unlink()
    assert aws.run("--organization", "audit/reader").returncode == 0
    assert "account-summary.json" in files(aws, OTHER)
    assert "assume-role.err" not in files(aws, OTHER)


def test_root_of_a_member_is_audited_on_request_only(aws: FakeAws, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    root_answers(aws)
    done = aws.run("--organization", "audit/reader", "--root-sessions", "--region", "eu-central-1")
    assert done.returncode == 0, done.stderr
    (asked,) = [words for _, words in aws.calls() if "assume-root" in words]
    assert f"--region eu-central-1 --target-principal {OTHER} --duration-seconds 900" in asked
    entries = {entry["path"]: entry for entry in manifest(aws, OTHER)["files"]}
    listed = {
        "root-mfa-devices.json",
        "root-access-keys.json",
        "root-signing-certificates.json",
        "root-login-profile.err",
    }
    listed.add("root-access-key-last-used-AKIAIOSFODNN7EXAMPLE.json")
    assert listed <= entries.keys()
    assert {entries[name]["caller"] for name in listed} == {f"arn:aws:iam::{OTHER}:root"}
    assert "root-mfa-devices.json" not in files(aws)
    monkeypatch.chdir(aws.directory)
    result = cli("lint", "--as-of", "2126-01-01", "--format", "json", "--fail-on", "never", "snapshot")
    report = json.loads(result.out)
    assert [account["id"] for account in report["accounts"]] == [ACCOUNT, OTHER]
    found = {item["control"]: item for item in report["accounts"][1]["findings"]}
    assert found["root-no-access-keys"]["status"] in {"fail", "unknown"}


def test_no_secret_of_a_session_is_kept_or_printed_or_an_argument(aws: FakeAws) -> None:
    root_answers(aws)
    done = aws.run("--organization", "audit/reader", "--root-sessions", "--region", "eu-central-1")
    texts = [done.stdout, done.stderr, *(words for _, words in aws.calls())]
    texts += [path.read_text() for path in (aws.directory / "snapshot").rglob("*") if path.is_file()]
    assert [text for text in texts if re.search(r"secretsecret|tokentoken|ASIAMEMBER|ASIAROOT", text)] == []


def test_every_call_only_reads(aws: FakeAws) -> None:
    root_answers(aws)
    aws.run("--organization", "audit/reader", "--root-sessions", "--region", "eu-central-1")
    words = {line for _, line in aws.calls()} - {"--version"}
    assert len(words) > 25
    assert [line for line in words if not READING.match(line.split()[1])] == []


def test_texts_in_the_manifest_are_escaped(aws: FakeAws) -> None:
    aws.answer("sts.get-caller-identity", caller(f"arn:aws:sts::{ACCOUNT}:assumed-role/a\\\\b"))
    aws.run()
    assert {entry["caller"] for entry in manifest(aws)["files"]} == {f"arn:aws:sts::{ACCOUNT}:assumed-role/a\\\\\\\\b"}

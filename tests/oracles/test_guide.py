"""The guide's own commands, run word for word by the real AWS CLI against moto, make a snapshot that lints as it is."""

import json
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from repository import BIN, GUIDE, ROOT, code_blocks, run

ACCOUNT = "111122223333"
ANSWERS = {
    "caller-identity.json": "caller-identity",
    "credential-report.json": "credential-report",
    "account-summary.json": "account-summary",
    "password-policy.json": "password-policy",
    "virtual-mfa-devices.json": "virtual-mfa-devices",
    "alternate-contact-billing.json": "alternate-contact",
}
"""The files that hold an answer when a policy and the billing contact are set, and their kinds."""
BY_PEOPLE = {
    "credential-report-reviewed",
    "root-recovery-channels",
    "root-mfa-backup",
    "root-security-questions",
    "root-password-strength",
}
UNSEEN = {"root-unused": "incomplete", "root-password-rotation": "incomplete"}
"""moto's report has no row of the root user, and nothing else shows these."""
POLICY_CONTROLS = {
    "password-policy-configured",
    "password-minimum-length",
    "password-symbols",
    "password-numbers",
    "password-uppercase",
    "password-lowercase",
    "password-reuse-prevention",
    "password-maximum-age",
    "password-no-hard-expiry",
    "password-users-may-change",
}


@dataclass(frozen=True)
class Judgement:
    """The exit code and the report of a lint."""

    code: int
    report: dict[str, Any]

    @property
    def findings(self) -> dict[str, dict[str, Any]]:
        (account,) = self.report["accounts"]
        assert account["id"] == ACCOUNT
        return {finding["control"]: finding for finding in account["findings"]}

    @property
    def statuses(self) -> dict[str, str]:
        return {control: finding["status"] for control, finding in self.findings.items()}

    @property
    def problems(self) -> dict[str, tuple[str, str]]:
        return {Path(item["path"]).name: (item["reason"], item["message"]) for item in self.report["problems"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A moto server on a port that the system chooses; it is stopped whatever happens."""
    log = tmp_path_factory.mktemp("moto") / "log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [BIN / "moto_server", "-H", "127.0.0.1", "-p", "0"],
            env={**os.environ, "MOTO_ACCOUNT_ID": ACCOUNT},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        found = re.search(r"Running on (http://127\.0\.0\.1:[1-9][0-9]*)", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.1)
    pytest.fail(f"moto did not start: {log.read_text(encoding='utf-8')}")


class Account:
    """An empty account at moto, and a directory in which a person works with it."""

    def __init__(self, server: str, directory: Path) -> None:
        urllib.request.urlopen(f"{server}/moto-api/reset", data=b"", timeout=20).close()
        self.directory = directory
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.upper().startswith(("AWS_", "HTTP"))},
            "HOME": str(directory),
            "NO_PROXY": "127.0.0.1",
            "AWS_ENDPOINT_URL": server,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_PAGER": "",
        }

    def shell(self, command: str) -> subprocess.CompletedProcess[str]:
        return run("/bin/sh", "-c", command, cwd=self.directory, env=self._environment)

    def must(self, command: str) -> str:
        result = self.shell(command)
        assert result.returncode == 0, f"{command}\n{result.stderr}"
        return result.stdout

    def furnish(self) -> None:
        """Two users and the billing contact; the other two contacts stay absent."""
        self.must("aws iam create-user --user-name alice && aws iam create-user --user-name bob")
        self.must("aws iam create-login-profile --user-name alice --password 'Correct-horse-7-battery'")
        self.must(_command("contact-billing", "put-alternate-contact --alternate-contact-type"))

    def export(self, output: str = "json") -> Path:
        """Run the guide's section word for word; only the form of the output may be another."""
        for command in _guide():
            result = self.shell(command.replace("--output json", f"--output {output}"))
            if "generate-credential-report" in command:
                while "COMPLETE" not in result.stdout:
                    assert result.returncode == 0, result.stderr
                    result = self.shell(command)
            assert result.returncode == 0 or "2>" in command or output == "yaml", f"{command}\n{result.stderr}"
        return self.directory / ACCOUNT

    def write_manifest(self) -> None:
        """moto's report always says 2015; the manifest says when the files were really made."""
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        manifest = {"kind": "snapshot-manifest", "account": ACCOUNT, "captured_at": stamp}
        (self.directory / ACCOUNT / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")

    def lint(self, *arguments: str) -> Judgement:
        result = run("baselint", "lint", "--format", "json", *arguments, f"{ACCOUNT}/", cwd=self.directory)
        assert result.returncode in {0, 1}, result.stderr
        return Judgement(result.returncode, json.loads(result.stdout))


@pytest.fixture
def account(server: str, tmp_path: Path) -> Account:
    return Account(server, tmp_path)


def _guide() -> list[str]:
    text = GUIDE.read_text(encoding="utf-8").splitlines()
    first = text.index("## Make the snapshot") + 1
    last = next(number for number, line in enumerate(text[first:], start=first) if line.startswith(("## ", "### ")))
    found = [block.code for block in code_blocks(GUIDE) if first < block.line <= last]
    assert len(found) == 11
    return found


def _command(control: str, words: str) -> str:
    """A command of a control's page, as the terminal shows it."""
    shown = run("baselint", "explain", control).stdout
    return next(line.strip().removeprefix("$ ") for line in shown.splitlines() if f"{words} " in line)


def test_an_account_without_a_policy_is_judged_by_aws_s_defaults(account: Account) -> None:
    account.furnish()
    account.export()
    account.write_manifest()
    judged = account.lint()
    assert judged.code == 1
    assert judged.problems == {}
    assert judged.report["accounts"][0]["partition"] == "aws"
    assert judged.statuses == {
        **dict.fromkeys(BY_PEOPLE, "manual"),
        **dict.fromkeys(UNSEEN, "unknown"),
        "credential-report-recent": "pass",
        "credential-report-complete": "pass",
        "root-mfa": "fail",
        "root-no-active-access-keys": "pass",
        "root-no-access-keys": "pass",
        "contact-billing": "pass",
        "contact-operations": "fail",
        "contact-security": "fail",
        **dict.fromkeys(POLICY_CONTROLS, "fail"),
        "password-no-hard-expiry": "pass",
        "password-users-may-change": "unknown",
    }
    assert {name: judged.findings[name]["reason"] for name in UNSEEN} == UNSEEN
    assert judged.findings["password-minimum-length"]["observed"] == "8 characters"
    assert judged.findings["password-users-may-change"]["reason"] == "not-reported"
    assert {item["export"].rsplit("/", 1)[1] for item in judged.findings["contact-security"]["evidence"]} == {
        "alternate-contact-security.err"
    }


def test_the_runbook_s_own_command_makes_every_password_control_pass(account: Account) -> None:
    account.furnish()
    account.must(_command("password-minimum-length", "update-account-password-policy"))
    account.export()
    account.write_manifest()
    judged = account.lint()
    assert {judged.statuses[name] for name in POLICY_CONTROLS} == {"pass"}
    assert judged.findings["password-minimum-length"]["observed"] == "14 characters"
    assert judged.code == 1


def test_a_weak_policy_fails_where_it_is_weak_and_only_there(account: Account) -> None:
    account.furnish()
    account.must(
        "aws iam update-account-password-policy --minimum-password-length 14 --require-symbols --require-numbers "
        "--require-uppercase-characters --max-password-age 91 --password-reuse-prevention 23 --hard-expiry"
    )
    account.export()
    account.write_manifest()
    statuses = account.lint().statuses
    assert {name for name in POLICY_CONTROLS if statuses[name] == "fail"} == {
        "password-lowercase",
        "password-maximum-age",
        "password-reuse-prevention",
        "password-no-hard-expiry",
        "password-users-may-change",
    }
    assert {statuses[name] for name in POLICY_CONTROLS} == {"pass", "fail"}


def test_without_a_manifest_moto_s_old_date_is_believed(account: Account) -> None:
    account.furnish()
    account.export()
    finding = account.lint().findings["credential-report-recent"]
    assert finding["status"] == "fail"
    assert finding["evidence"][0]["raw"] == "2015-02-02T20:02:02Z"


def test_the_seeds_in_moto_s_device_list_are_the_only_problem(account: Account) -> None:
    account.furnish()
    account.must(
        "aws iam create-virtual-mfa-device --virtual-mfa-device-name d --outfile d --bootstrap-method QRCodePNG"
    )
    listed = json.loads((account.export() / "virtual-mfa-devices.json").read_text(encoding="utf-8"))
    account.write_manifest()
    judged = account.lint()
    assert {name: reason for name, (reason, _) in judged.problems.items()} == {"virtual-mfa-devices.json": "secret"}
    assert listed["VirtualMFADevices"][0]["Base32StringSeed"] not in json.dumps(judged.report)


def test_the_commands_of_the_readme_make_the_same_verdicts(account: Account) -> None:
    account.furnish()
    account.export()
    account.write_manifest()
    expected = account.lint().statuses
    (script,) = (
        block.code for block in code_blocks(ROOT / "README.md") if "aws iam get-credential-report >" in block.code
    )
    readme = Account.__new__(Account)
    readme.__dict__.update(account.__dict__)
    readme.directory = account.directory / "readme"
    readme.directory.mkdir()
    readme.shell(script)
    readme.write_manifest()
    assert readme.lint().statuses == expected


@pytest.mark.parametrize("output", ["text", "table"])
def test_a_form_without_names_decides_nothing(account: Account, output: str) -> None:
    account.furnish()
    account.must(
        "aws iam create-virtual-mfa-device --virtual-mfa-device-name d --outfile d --bootstrap-method QRCodePNG"
    )
    account.must(_command("password-minimum-length", "update-account-password-policy"))
    account.export(output)
    account.write_manifest()
    judged = account.lint()
    _assert_refused(judged)
    assert {reason for reason, _ in judged.problems.values()} == {"not-an-answer"}
    assert all(f"this {'is table' if output == 'table' else 'looks like text'} output" in message
               for _, message in judged.problems.values())  # fmt: skip
    assert {message.rsplit("; ", 1)[1] for _, message in judged.problems.values()} == {
        "export it again with --output json"
    }


def test_yaml_is_named_and_decides_nothing(account: Account) -> None:
    """Only version 2 of the CLI writes YAML; its form is that of the JSON answers."""
    account.furnish()
    account.must(_command("password-minimum-length", "update-account-password-policy"))
    directory = account.export()
    for name in ANSWERS:
        answer = json.loads((directory / name).read_text(encoding="utf-8"))
        (directory / name).write_text(yaml.safe_dump(answer, sort_keys=False, width=10**6), encoding="utf-8")
    account.write_manifest()
    judged = account.lint()
    _assert_refused(judged)
    assert all("--output json" in message for _, message in judged.problems.values())


def test_a_cli_that_refuses_yaml_leaves_files_that_decide_nothing(account: Account) -> None:
    account.furnish()
    account.export("yaml")
    account.write_manifest()
    statuses = account.lint().statuses
    assert {name for name, status in statuses.items() if status == "manual"} == BY_PEOPLE
    assert {status for name, status in statuses.items() if name not in BY_PEOPLE} == {"unknown"}


def _assert_refused(judged: Judgement) -> None:
    """Each answer is named as what it was meant to be, and decides nothing; the two error texts still speak."""
    assert judged.code == 1
    assert set(judged.problems) == set(ANSWERS)
    exports = {Path(item["path"]).name: item for item in judged.report["accounts"][0]["exports"]}
    assert {name: exports[name]["kind"] for name in ANSWERS} == ANSWERS
    decided = {name: status for name, status in judged.statuses.items() if status != "unknown"}
    assert decided == {
        **dict.fromkeys(BY_PEOPLE, "manual"),
        "contact-operations": "fail",
        "contact-security": "fail",
    }

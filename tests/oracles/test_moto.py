"""Exports made by the real AWS CLI against a moto server lint without a hand edit."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ACCOUNT = "123456789012"  # moto's own


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A moto server of its own for each test, and the variables that send the AWS CLI there and nowhere else."""
    port = _free_port()
    server = subprocess.Popen(
        [BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(120):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        else:
            pytest.fail("the moto server did not start within 30 seconds")
        yield {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
            "NO_PROXY": "127.0.0.1",
        }
    finally:
        server.terminate()
        server.wait(timeout=20)


def aws(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "aws", *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def run_script(environment: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    """Run the export script as a user would: with sh, and the AWS CLI on the path."""
    script = subprocess.run([BIN / "baselint", "export-script"], capture_output=True, text=True, check=True).stdout
    path = f"{BIN}:{environment['PATH']}"
    return subprocess.run(
        ["sh", "-s", "--", *options],
        input=script, env={**environment, "PATH": path, "BASELINT_WAIT": "1"}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def export(environment: dict[str, str], directory: Path) -> str:
    """Make a snapshot of moto's account; return what the script said."""
    done = run_script(environment, "--output", str(directory))
    # moto does not know one of the calls, and a call that failed is told.
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "11 calls answered, 1 failed\n  contact-information: " in done.stderr
    return done.stderr


def lint(directory: Path) -> tuple[int, dict[str, Any], dict[str, dict[str, Any]]]:
    done = subprocess.run(
        [BIN / "baselint", "lint", "--format", "json", directory.name],
        cwd=directory.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    report = json.loads(done.stdout)
    (account,) = report["accounts"]
    assert account["id"] == ACCOUNT
    return done.returncode, report, {item["control"]: item for item in account["findings"]}


def problems(report: dict[str, Any]) -> list[str]:
    """Return the reasons of the report's problems; moto has no GetContactInformation, and that is told once."""
    others = [item for item in report["problems"] if not item["path"].endswith("/contact-information.err")]
    assert [item["reason"] for item in report["problems"] if item not in others] == ["not-an-answer"]
    return [item["reason"] for item in others]


def test_exports_of_an_account_that_set_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    aws(environment, "iam", "create-user", "--user-name", "alice")
    export(environment, tmp_path / "s")
    code, report, findings = lint(tmp_path / "s")
    assert code == 1
    assert len(findings) == 25
    assert problems(report) == []
    assert findings["password-policy-configured"]["status"] == "fail"
    assert findings["password-minimum-length"]["observed"] == "8 characters"
    assert findings["password-users-may-change"]["reason"] == "not-reported"
    for name in ("billing", "operations", "security"):
        assert (findings[f"contact-{name}"]["status"], findings[f"contact-{name}"]["observed"]) == (
            "fail",
            "not registered",
        )
    # moto says of every report that it was made in 2015.
    assert findings["credential-report-recent"]["status"] == "fail"
    assert "days" in findings["credential-report-recent"]["observed"]
    assert findings["credential-report-complete"]["status"] == "pass"
    # moto's report has no row of the root user, and its summary says nothing of a password.
    assert (findings["root-mfa"]["status"], findings["root-mfa"]["observed"]) == ("fail", "off")
    assert findings["root-no-access-keys"]["status"] == "pass"
    assert (findings["root-unused"]["status"], findings["root-unused"]["reason"]) == ("unknown", "incomplete")


def test_exports_of_an_account_with_a_policy_and_a_contact(environment: dict[str, str], tmp_path: Path) -> None:
    options = (
        "--minimum-password-length 16 --require-symbols --require-numbers --require-uppercase-characters "
        "--require-lowercase-characters --allow-users-to-change-password --max-password-age 90 --password-reuse-prevention 24"
    )
    aws(environment, "iam", "update-account-password-policy", *options.split())
    contact = "--name Billing --title Team --email-address billing@example.com --phone-number +15550100"
    aws(environment, "account", "put-alternate-contact", "--alternate-contact-type", "BILLING", *contact.split())
    for name in ("alice", "bob"):
        aws(environment, "iam", "create-user", "--user-name", name)
    export(environment, tmp_path / "s")
    _, report, findings = lint(tmp_path / "s")
    assert problems(report) == []
    policy = {name: item for name, item in findings.items() if name.startswith("password-")}
    assert {name: item["status"] for name, item in policy.items()} == dict.fromkeys(policy, "pass")
    assert policy["password-minimum-length"]["evidence"][0]["raw"] == 16
    assert {name: findings[f"contact-{name}"]["status"] for name in ("billing", "operations", "security")} == {
        "billing": "pass",
        "operations": "fail",
        "security": "fail",
    }


def test_the_fix_that_a_finding_gives_mends_it(environment: dict[str, str], tmp_path: Path) -> None:
    aws(environment, "iam", "update-account-password-policy", "--minimum-password-length", "20")
    export(environment, tmp_path / "before")
    _, _, before = lint(tmp_path / "before")
    fix = before["password-symbols"]["fix"]
    assert "--minimum-password-length 20" in fix
    assert aws(environment, *fix.split()[1:]).returncode == 0
    export(environment, tmp_path / "after")
    _, _, after = lint(tmp_path / "after")
    assert {item["status"] for name, item in after.items() if name.startswith("password-")} == {"pass"}


def test_seeds_in_moto_s_list_are_told_and_not_shown(environment: dict[str, str], tmp_path: Path) -> None:
    aws(environment, "iam", "create-user", "--user-name", "alice")  # a report without any row is no report
    created = aws(
        environment, "iam", "create-virtual-mfa-device", "--virtual-mfa-device-name", "d",
        "--outfile", str(tmp_path / "qr"), "--bootstrap-method", "QRCodePNG",
    )  # fmt: skip
    assert created.returncode == 0, created.stderr
    export(environment, tmp_path / "s")
    _, report, _ = lint(tmp_path / "s")
    seed = json.loads((tmp_path / "s" / ACCOUNT / "virtual-mfa-devices.json").read_text())["VirtualMFADevices"][0][
        "Base32StringSeed"
    ]
    assert problems(report) == ["secret"]
    assert seed
    assert seed not in json.dumps(report)


@pytest.mark.parametrize("output", ["text", "table"])
def test_outputs_without_names_are_refused_and_decide_nothing(
    environment: dict[str, str], tmp_path: Path, output: str
) -> None:
    aws(environment, "iam", "update-account-password-policy", "--minimum-password-length", "20")
    export(environment, tmp_path / "s")
    for name, command in (
        ("password-policy", "get-account-password-policy"),
        ("account-summary", "get-account-summary"),
    ):
        answer = aws(environment, "iam", command, "--output", output).stdout
        (tmp_path / "s" / ACCOUNT / f"{name}.json").write_text(answer)
    (tmp_path / "s" / ACCOUNT / "manifest.json").unlink()  # it holds the hashes of the answers in JSON
    _, report, findings = lint(tmp_path / "s")
    assert findings["password-minimum-length"]["status"] == "unknown"
    assert findings["root-mfa"]["status"] == "unknown"
    told = " ".join(problem["message"] for problem in report["problems"])
    assert re.search(r"--output json", told)


def test_an_organization_is_walked_from_its_management_account(environment: dict[str, str], tmp_path: Path) -> None:
    aws(environment, "organizations", "create-organization", "--feature-set", "ALL")
    created = aws(environment, "organizations", "create-account", "--email", "a@example.com", "--account-name", "a")
    member = json.loads(created.stdout)["CreateAccountStatus"]["AccountId"]
    content = json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*",
         "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:*:iam::*:root"}}}]}
    )  # fmt: skip
    top = json.loads(aws(environment, "organizations", "list-roots").stdout)["Roots"][0]["Id"]
    aws(environment, *f"organizations enable-policy-type --root-id {top} --policy-type SERVICE_CONTROL_POLICY".split())
    words = "organizations create-policy --name deny --description deny --type SERVICE_CONTROL_POLICY --content"
    policy = json.loads(aws(environment, *words.split(), content).stdout)["Policy"]["PolicySummary"]["Id"]
    aws(environment, *f"organizations attach-policy --policy-id {policy} --target-id {top}".split())
    aws(environment, "iam", "update-account-password-policy", "--minimum-password-length", "20")
    done = run_script(environment, "--organization", "auditor", "--output", str(tmp_path / "s"))
    assert done.returncode == 1, done.stderr  # moto does not know every call
    assert "could not be read" not in done.stderr
    assert {path.name for path in (tmp_path / "s").iterdir()} == {ACCOUNT, member, "organization"}
    baseline = {"kind": "baseline", "id": "b", "title": "B", "version": "1", "owner": "o"}
    controls = [{"id": name} for name in ("password-minimum-length", "root-denied-by-scp", "account-in-organization")]
    (tmp_path / "b.yaml").write_text(json.dumps({**baseline, "controls": controls}))
    report = json.loads(
        subprocess.run(
            [BIN / "baselint", "lint", "--format", "json", "-b", "b.yaml", "s"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        ).stdout
    )  # fmt: skip
    statuses = {
        account["id"]: {item["control"]: item["status"] for item in account["findings"]}
        for account in report["accounts"]
    }
    assert statuses == {
        ACCOUNT: {"password-minimum-length": "pass", "root-denied-by-scp": "not-applicable", "account-in-organization": "pass"},
        member: {"password-minimum-length": "fail", "root-denied-by-scp": "pass", "account-in-organization": "pass"},
    }  # fmt: skip


def test_the_policy_that_the_script_prints_is_one_that_iam_takes(environment: dict[str, str], tmp_path: Path) -> None:
    done = run_script(environment, "--policy", "--organization", "auditor", "--root-sessions")
    assert done.returncode == 0, done.stderr
    words = ["iam", "create-policy", "--policy-name", "export", "--policy-document"]
    assert aws(environment, *words, done.stdout).returncode == 0
    broken = aws(environment, *words, done.stdout.replace('"Allow"', '"Permit"'))
    assert "MalformedPolicyDocument" in broken.stderr

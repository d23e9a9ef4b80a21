"""Exports made by the real AWS CLI against a moto server lint without a hand edit."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ACCOUNT = "123456789012"  # moto's own
EXPORTS = (
    ("caller-identity", "sts get-caller-identity"),
    ("credential-report", "iam get-credential-report"),
    ("account-summary", "iam get-account-summary"),
    ("password-policy", "iam get-account-password-policy"),
    ("virtual-mfa-devices", "iam list-virtual-mfa-devices"),
    ("alternate-contact-billing", "account get-alternate-contact --alternate-contact-type BILLING"),
    ("alternate-contact-operations", "account get-alternate-contact --alternate-contact-type OPERATIONS"),
    ("alternate-contact-security", "account get-alternate-contact --alternate-contact-type SECURITY"),
)


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


def export(environment: dict[str, str], directory: Path, *options: str) -> None:
    """Make the exports as the guide says: stdout and stderr of each call side by side, and a manifest."""
    directory.mkdir(parents=True)
    for _ in range(10):
        if "COMPLETE" in aws(environment, "iam", "generate-credential-report").stdout:
            break
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    files = []
    for name, command in EXPORTS:
        done = aws(environment, *command.split(), *options)
        (directory / f"{name}.json").write_text(done.stdout)
        (directory / f"{name}.err").write_text(done.stderr)
        files += [
            {"path": f"{name}.{ending}", "command": f"aws {command}", "captured_at": stamp}
            for ending in ("json", "err")
        ]
    manifest = {"kind": "snapshot-manifest", "account": ACCOUNT, "captured_at": stamp, "files": files}
    (directory / "manifest.json").write_text(json.dumps(manifest))


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


def test_exports_of_an_account_that_set_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    aws(environment, "iam", "create-user", "--user-name", "alice")
    export(environment, tmp_path / "s")
    code, report, findings = lint(tmp_path / "s")
    assert code == 1
    assert len(findings) == 25
    assert report["problems"] == []
    assert findings["password-policy-configured"]["status"] == "fail"
    assert findings["password-minimum-length"]["observed"] == "8 characters"
    assert findings["password-users-may-change"]["reason"] == "not-reported"
    for name in ("billing", "operations", "security"):
        assert (findings[f"contact-{name}"]["status"], findings[f"contact-{name}"]["observed"]) == (
            "fail",
            "not registered",
        )
    assert findings["credential-report-recent"]["status"] == "pass"
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
    assert report["problems"] == []
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
    seed = json.loads((tmp_path / "s" / "virtual-mfa-devices.json").read_text())["VirtualMFADevices"][0][
        "Base32StringSeed"
    ]
    assert [problem["reason"] for problem in report["problems"]] == ["secret"]
    assert seed
    assert seed not in json.dumps(report)


@pytest.mark.parametrize("output", ["text", "table"])
def test_outputs_without_names_are_refused_and_decide_nothing(
    environment: dict[str, str], tmp_path: Path, output: str
) -> None:
    aws(environment, "iam", "update-account-password-policy", "--minimum-password-length", "20")
    export(environment, tmp_path / "s", "--output", output)
    _, report, findings = lint(tmp_path / "s")
    assert findings["password-minimum-length"]["status"] == "unknown"
    assert findings["root-mfa"]["status"] == "unknown"
    told = " ".join(problem["message"] for problem in report["problems"])
    assert re.search(r"--output json", told)

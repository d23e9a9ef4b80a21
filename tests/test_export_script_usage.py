"""How the script is used: its options, its help, and the policy that it prints."""

import json
import re
import subprocess

import pytest

from baselint.export_script.script import Shell, render
from baselint.exports import EXPORTS, Asker
from fake_aws import FakeAws
from test_export_script import READING


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bogus"], "there is no option --bogus"),
        (["--output"], "--output needs a value"),
        (["--organization", ""], "--organization needs a value"),
        (["--root-sessions"], "--root-sessions needs --organization"),
        (["--root-sessions", "--organization", "x"], "--root-sessions needs --region"),
        (["--organization", "a b"], "the name of the role holds a character that no role has"),
        (["--region", "$(id)"], "the name of the region holds a character that no region has"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_asked(aws: FakeAws, arguments: list[str], words: str) -> None:
    done = aws.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert not (aws.directory / "aws" / "calls").exists()


def test_without_a_sign_in_nothing_is_made(aws: FakeAws) -> None:
    aws.answer("sts.get-caller-identity", "Unable to locate credentials\n")
    done = aws.run()
    assert done.returncode == 2
    assert "AWS does not say who is asking" in done.stderr
    assert not (aws.directory / "snapshot").exists()


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_option(aws: FakeAws, option: str) -> None:
    done = aws.run(option)
    assert done.returncode == 0
    for name in (
        "--output",
        "--region",
        "--organization",
        "--root-sessions",
        "--policy",
        "exit codes: 0",
        "1 a call failed",
    ):
        assert name in done.stdout


def actions(done: subprocess.CompletedProcess[str]) -> set[str]:
    document = json.loads(done.stdout)
    return {action for statement in document["Statement"] for action in statement["Action"]}


def test_the_policy_holds_what_the_calls_need_and_no_more(aws: FakeAws) -> None:
    own = actions(aws.run("--policy"))
    everything = actions(aws.run("--policy", "--organization", "audit/reader", "--root-sessions"))
    assert not (aws.directory / "aws" / "calls").exists()
    needed = {
        definition.operation
        for definition in EXPORTS.values()
        if definition.operation and definition.asker is Asker.ACCOUNT and definition.operation != "GetCallerIdentity"
    }
    assert {action.split(":")[1] for action in own} == needed | {"GenerateCredentialReport"}
    assert everything - own >= {"sts:AssumeRole", "sts:AssumeRoot", "organizations:ListAccounts"}
    assert all(READING.match(re.sub(r"(?<!^)(?=[A-Z])", "-", action.split(":")[1]).lower()) for action in everything)


def test_both_scripts_print_the_same_policy(aws: FakeAws) -> None:
    done = aws.run("--policy", "--organization", "ROLE_NAME", "--root-sessions")
    statements = re.findall(r"@'\n(.*?)\n'@", render(Shell.POWERSHELL), re.DOTALL)
    assert json.loads(f"[{','.join(statements)}]") == json.loads(done.stdout)["Statement"]

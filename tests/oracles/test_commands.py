"""Every command of the AWS CLI in our texts passes the real CLI's own parser and checks."""

import json
import shlex
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name
from commands import Text, ask, commands, texts
from repository import GUIDE, code_blocks, run

PLACEHOLDERS = {
    "ACCESS-KEY-ID": "AKIAIOSFODNN7EXAMPLE",
    "ROOT-KEY-ID": "AKIAIOSFODNN7EXAMPLE",
    "CERTIFICATE-ID": "TA7SMP42TDN5Z26OBPJE7EXAMPLE",
}
"""What AWS checks the length of cannot stand for itself."""

NOT_IN_THE_PYTHON_CLI = {
    ("login", "--profile"): "version 2.32 and later only: a sign-in through the browser",
    ("logout", "--profile"): "version 2.32 and later only: the end of such a sign-in",
    ("account", "send-phone-number-verification"): "newer than the service model inside the CLI of this environment",
    ("account", "verify-phone-number", "--otp"): "newer than the service model inside the CLI of this environment",
}
"""Commands that the CLI of this environment cannot know, by their fixed words, with the reason."""

NO_CALL = {("configure", "get", "aws_access_key_id"): "reads the configuration, and exits with 1 where nothing is set"}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corrected-policy.json").write_text("{}", encoding="utf-8")


@pytest.fixture(scope="module")
def password_policy_options() -> str:
    """The options of the default baseline, as the terminal shows them."""
    shown = run("baselint", "explain", "password-minimum-length").stdout
    (line,) = {line for line in shown.splitlines() if "update-account-password-policy --" in line}
    return line.split("update-account-password-policy ", 1)[1]


def fixed_words(words: list[str]) -> tuple[str, ...]:
    """The words of a command without the values of its options."""
    return tuple(
        word for index, word in enumerate(words) if word.startswith("--") or not words[index - 1].startswith("--")
    )


@pytest.mark.parametrize("text", [text for text in texts() if "aws " in text.shell], ids=str)
def test_every_command_is_one_that_the_cli_would_send(text: Text, password_policy_options: str) -> None:
    found = commands(text.shell.replace("{$password-policy-options}", password_policy_options))
    assert found, text
    for words in found:
        if fixed_words(words) in NOT_IN_THE_PYTHON_CLI:
            continue
        answer = ask(*(PLACEHOLDERS.get(word, word) for word in words))
        if tuple(words) in NO_CALL:
            assert (answer.code, answer.error) == (1, ""), text
        elif text.mention and len(words) == 2:
            assert not answer.error or "arguments are required" in answer.error, f"{text}\n{answer.error}"
        else:
            assert (answer.code, answer.error, len(answer.calls)) == (0, "", 1), f"{text}\n{answer.error}"


def test_what_the_cli_does_not_know_is_still_in_use_and_real() -> None:
    used = {fixed_words(words) for text in texts() for words in commands(text.shell)}
    assert set(NOT_IN_THE_PYTHON_CLI) <= used
    assert set(NO_CALL) <= used
    model = botocore.session.get_session().get_service_model("account")
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    for service, operation, *options in NOT_IN_THE_PYTHON_CLI:
        if service == "account":
            members = model.operation_model(operations[operation]).input_shape.members
            assert {f"--{xform_name(name, '-')}" for name in members} >= set(options)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("iam get-acount-summary", "Invalid choice"),
        ("iamm get-user", "Invalid choice"),
        ("iam get-user --user alice", "unknown option --user"),
        ("iam get-user --user-nam alice --output yml", "Invalid choice"),
        ("iam delete-user", "the following arguments are required: --user-name"),
        ("iam update-access-key --access-key-id AKIAIOSFODNN7EXAMPLE --status Off", "Off is none of Active, Inactive"),
        ("account get-alternate-contact --alternate-contact-type security", "security is none of BILLING, OPERATIONS"),
        ("iam update-account-password-policy --minimum-password-length 5", "valid min value: 6"),
        ("iam list-users --query 'length(Users'", "Invalid jmespath expression"),
        ("iam update-account-password-policy --no-require-everything", "Unknown options"),
    ],
)
def test_a_wrong_command_is_refused(command: str, words: str) -> None:
    assert words in ask(*shlex.split(command)).error


@pytest.mark.parametrize(
    ("shell", "found"),
    [
        ("aws iam get-user > user.json 2> user.err", [["iam", "get-user"]]),
        ("A=$(aws sts get-caller-identity --query \"[A,B]\") && aws iam get-user | cut -f1",
         [["sts", "get-caller-identity", "--query", "[A,B]"], ["iam", "get-user"]]),
        ("mkdir x && cd x\nAWS_PROFILE=root aws iam \\\n  get-user  # aws not this", [["iam", "get-user"]]),
        ("while ! aws iam get-user; do sleep 1; done", [["iam", "get-user"]]),
        ("baselint lint snapshot/", []),
    ],
)  # fmt: skip
def test_commands_are_found_wherever_a_shell_would_run_them(shell: str, found: list[list[str]]) -> None:
    assert commands(shell) == found


def test_a_command_that_would_be_passed_over_is_an_error() -> None:
    with pytest.raises(AssertionError, match="1 aws command"):
        commands("xargs aws iam get-user")


def test_the_guide_s_permissions_are_those_of_its_commands() -> None:
    """Least privilege: nothing missing for the commands of the page, and nothing beyond them."""
    blocks = list(code_blocks(GUIDE))
    (policy,) = (json.loads(block.code) for block in blocks if block.language == "json" and '"Statement"' in block.code)
    allowed = {
        action
        for statement in policy["Statement"]
        for action in ([statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"])
    }
    optional = {"AssumeRoot", "ListMFADevices"}
    needed = {
        f"{service}:{operation}"
        for block in blocks
        if block.language == "sh"
        for words in commands(block.code)
        for service, operation, _ in ask(*words).calls
        if operation not in optional and operation != "GetCallerIdentity"
    }
    assert needed == allowed

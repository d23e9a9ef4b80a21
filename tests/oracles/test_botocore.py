"""botocore's service models agree with the shapes we read and with the commands our texts give."""

import re
import shlex
from pathlib import Path
from typing import Any

import botocore.session
import pytest
import yaml
from botocore import xform_name

ROOT = Path(__file__).parents[2]
SESSION = botocore.session.get_session()
LATER = {
    # commands newer than the oldest botocore that the requirements allow; checked by hand on 2026-11-23
    ("login", ""): "aws login came with CLI 2.32, and is no API operation",
    ("logout", ""): "the counterpart of aws login",
}
FROM_FILE = "--cli-input-json"
GLOBAL = {"--output", "--query", "--region", "--profile", "--no-cli-pager", "--endpoint-url", FROM_FILE}


def model(service: str) -> Any:
    return SESSION.get_service_model(service)


def test_the_password_policy_has_the_fields_and_ranges_we_read() -> None:
    iam = model("iam")
    assert set(iam.shape_for("PasswordPolicy").members) == {
        "MinimumPasswordLength", "RequireSymbols", "RequireNumbers", "RequireUppercaseCharacters", "RequireLowercaseCharacters",
        "AllowUsersToChangePassword", "ExpirePasswords", "MaxPasswordAge", "PasswordReusePrevention", "HardExpiry",
    }  # fmt: skip
    members = iam.shape_for("UpdateAccountPasswordPolicyRequest").members
    ranges = {
        name: (members[name].metadata["min"], members[name].metadata["max"])
        for name in ("MinimumPasswordLength", "MaxPasswordAge", "PasswordReusePrevention")
    }
    assert ranges == {
        "MinimumPasswordLength": (6, 128),
        "MaxPasswordAge": (1, 1095),
        "PasswordReusePrevention": (1, 24),
    }


def test_the_answers_have_the_names_we_read() -> None:
    iam, account, sts = model("iam"), model("account"), model("sts")
    summary = set(iam.shape_for("summaryKeyType").enum)
    assert {
        "AccountMFAEnabled",
        "AccountAccessKeysPresent",
        "AccountPasswordPresent",
        "AccountSigningCertificatesPresent",
        "Users",
    } <= summary
    assert {"SerialNumber", "User", "EnableDate", "Base32StringSeed", "QRCodePNG"} <= set(
        iam.shape_for("VirtualMFADevice").members
    )
    assert {"UserName", "SerialNumber", "EnableDate"} <= set(iam.shape_for("MFADevice").members)
    assert set(iam.shape_for("GetCredentialReportResponse").members) == {"Content", "ReportFormat", "GeneratedTime"}
    assert set(iam.shape_for("ListVirtualMFADevicesResponse").members) == {"VirtualMFADevices", "IsTruncated", "Marker"}
    assert {"AlternateContactType", "Name", "EmailAddress", "PhoneNumber"} <= set(
        account.shape_for("AlternateContact").members
    )
    assert set(account.shape_for("AlternateContactType").enum) == {"BILLING", "OPERATIONS", "SECURITY"}
    assert set(sts.shape_for("GetCallerIdentityResponse").members) == {"UserId", "Account", "Arn"}


def commands() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for path in sorted(ROOT.joinpath("policies").rglob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for steps in data.get("procedure", {}).values():
            found += [(path.stem, step["run"]) for step in steps if isinstance(step, dict) and "run" in step]
    for path in sorted([*ROOT.joinpath("site/pages").rglob("*.md"), ROOT / "README.md"]):
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            found += [(path.stem, line) for line in block.splitlines()]
    return [(name, text) for name, text in found if re.search(r"\baws ", text)]


def calls(text: str) -> list[list[str]]:
    flat = text.replace("{$password-policy-options}", "--hard-expiry").replace("\\\n", " ")
    flat = re.sub(r"\$\((.*)\)", r" ; \1 ; ", flat)
    parts = re.split(r"\n|\||;|&&|<\(", flat)
    words = [shlex.split(part.split(" #")[0], posix=True) for part in parts if re.match(r"\s*aws ", part)]
    return [[word for word in line if not re.match(r"[0-9]?>", word)] for line in words]


def mistake(words: list[str]) -> str | None:
    position = 1
    while words[position].startswith("--"):
        position += 2
    words = ["s3" if word == "s3api" else word for word in words]
    service, operation = words[position], words[position + 1] if len(words) > position + 1 else ""
    if (service, "") in LATER:
        return None
    if service not in SESSION.get_available_services():
        return f"{service} is no service"
    service_model = model(service)
    names = {xform_name(name, "-"): name for name in service_model.operation_names}
    if operation not in names:
        return f"{service} has no operation {operation}"
    shape = service_model.operation_model(names[operation]).input_shape
    allowed = {f"--{xform_name(member, '-')}" for member in (shape.members if shape else {})}
    allowed |= {f"--no-{name[2:]}" for name in allowed} | {"--max-items", "--outfile", "--bootstrap-method"} | GLOBAL
    given = [word.split("=")[0] for word in words[position + 2 :] if word.startswith("--")]
    if wrong := [word for word in given if word not in allowed]:
        return f"{service} {operation} has no option {', '.join(wrong)}"
    needed = [f"--{xform_name(member, '-')}" for member in (shape.required_members if shape else ())]
    lacking = [] if FROM_FILE in given else [word for word in needed if word not in given]
    return f"{service} {operation} lacks {', '.join(lacking)}" if lacking else None


@pytest.mark.parametrize(("place", "text"), commands(), ids=lambda value: re.sub(r"\W+", "-", value)[:60])
def test_every_command_of_our_texts_is_real(place: str, text: str) -> None:
    found = calls(text)
    assert found, f"{place}: no call was found in {text!r}"
    for words in found:
        assert mistake(words) is None, f"{place}: {text}"


def test_the_judge_of_commands_is_awake() -> None:
    assert mistake(["aws", "iam", "get-acount-summary"]) == "iam has no operation get-acount-summary"
    assert mistake(["aws", "iam", "get-user", "--user", "x"]) == "iam get-user has no option --user"
    assert mistake(["aws", "iamm", "get-user"]) == "iamm is no service"
    assert mistake(["aws", "iam", "delete-login-profile", "--region", "x"]) is None, "root has no user name"
    assert mistake(["aws", "iam", "delete-access-key"]) == "iam delete-access-key lacks --access-key-id"
    assert mistake(["aws", "iam", "delete-access-key", FROM_FILE, "file://x"]) is None

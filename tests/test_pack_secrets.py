"""Secrets that are kept out of evidence packs, and what only looks like one."""

from pathlib import Path

import pytest

from baselint.evidence_pack.secrets import secret_in, secret_in_unpacked
from baselint.snapshot.files import SnapshotFile
from checkout import ROOT

SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12"
HELD = {
    f'{{"SecretAccessKey": "{SECRET}"}}': "the secret of an access key",
    f"SecretAccessKey: {SECRET}\n": "the secret of an access key",
    f"aws_secret_access_key={SECRET}\n": "the secret of an access key",
    f"AWS_SECRET_ACCESS_KEY = '{SECRET}'\n": "the secret of an access key",
    f'"{{\\"SecretAccessKey\\": \\"{SECRET}\\"}}"': "the secret of an access key",
    f"|  SecretAccessKey |  {SECRET}  |": "the secret of an access key",
    f"Access key ID,Secret access key\nAKIAX,{SECRET}\n": "the secret of an access key",
    f'{{"SessionToken": "{SECRET}{SECRET}"}}': "a session token",
    f"aws_session_token = {SECRET}": "a session token",
    "-----BEGIN RSA PRIVATE KEY-----\nMII": "a private key",
    "-----BEGIN OPENSSH PRIVATE KEY-----": "a private key",
    "-----BEGIN PRIVATE KEY-----": "a private key",
    "otpauth://totp/x": "the seed of an MFA device",
    '{"Base32StringSeed": "QUJDREVG"}': "the seed of an MFA device",
    f'{{"ServicePassword": "{SECRET}"}}': "the password of a service",
}


@pytest.mark.parametrize("text", HELD)
def test_a_secret_is_recognised_in_each_form(text: str) -> None:
    assert secret_in(text.encode()) == HELD[text]
    assert secret_in(text.encode("utf-16")) == HELD[text]


@pytest.mark.parametrize(
    "text",
    [
        '{"AccessKeyMetadata": [{"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "Active"}]}',
        '{"SecretAccessKey": null}',
        "the SecretAccessKey is shown once, when the key is made",
        "-----BEGIN CERTIFICATE-----",
        "access_key_1_active,access_key_1_last_rotated",
        '{"VirtualMFADevices": [{"SerialNumber": "arn:aws:iam::111122223333:mfa/x"}]}',
    ],
)
def test_what_is_no_secret_may_be_packed(text: str) -> None:
    assert secret_in(text.encode()) is None


def test_no_export_and_no_policy_file_of_ours_is_taken_for_a_secret() -> None:
    files = [path for folder in ("policies", "examples") for path in (ROOT / folder).rglob("*.*") if path.is_file()]
    assert len(files) > 60
    assert {path: found for path in files if (found := secret_in(path.read_bytes()))} == {}


def unpacked(content: bytes = b"", refusal: str | None = None, *, is_foreign: bool = False) -> str | None:
    return secret_in_unpacked(SnapshotFile(Path("/x"), "x", content, refusal, is_foreign=is_foreign))


def test_what_cannot_be_looked_into_is_not_packed() -> None:
    assert unpacked(refusal="it is encrypted") == "something that cannot be looked into"
    assert unpacked(refusal="macOS adds it", is_foreign=True) is None
    assert unpacked(b"\x1f\x8b..") == "an archive within an archive, which cannot be looked into"
    assert unpacked(b"otpauth://") == "the seed of an MFA device"
    assert unpacked(b"{}") is None

"""Finds secrets in files before they are packed: what a pack holds is handed on."""

import re

from baselint.snapshot.files import SnapshotFile
from baselint.snapshot.seeds import holds_seeds

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b")
_VALUE = rb"[\\\"']{0,4}\s{0,20}[:=,|\t]\s{0,20}[\\\"']{0,4}(?!null\b|None\b|true\b|false\b|\*{3})[A-Za-z0-9+/=_-]{16,}"
_SECRETS = (
    (rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY", "a private key"),
    (rb"otpauth://", "the seed of an MFA device"),
    (rb"(?i:SecretAccessKey|secret_access_key|secret access key)" + _VALUE, "the secret of an access key"),
    (rb"(?i:SessionToken|session_token|security_token)" + _VALUE, "a session token"),
    (rb"(?i:ServicePassword|ServiceApiKeyValue|SmtpPassword)" + _VALUE, "the password of a service"),
    (rb"(?i:Access key ID,\s?Secret access key)\s", "the secret of an access key"),
)
_TABLE = tuple((re.compile(pattern), words) for pattern, words in _SECRETS)


def secret_in(content: bytes) -> str | None:
    """Return which secret the bytes of a file hold, in words; None for none that is known."""
    if content.startswith(_PICTURES):
        return "a picture, which may be the QR code of an MFA device"
    plain = content.replace(b"\0", b"") if content.startswith(_UTF_16) else content
    if holds_seeds(content):
        return "the seed of an MFA device"
    return next((words for pattern, words in _TABLE if pattern.search(plain)), None)


def secret_in_unpacked(file: SnapshotFile) -> str | None:
    """Return which secret a file holds that came out of an archive, or why nobody can tell."""
    if file.refusal and not file.is_foreign:
        return "something that cannot be looked into"
    if file.content.startswith(_ARCHIVES):
        return "an archive within an archive, which cannot be looked into"
    return secret_in(file.content)

"""A name for a finding that stays the same from run to run, whatever moves in the files."""

import hashlib

from baselint.report.document import FindingDocument

_LENGTH = 32


def fingerprint(account: str, finding: FindingDocument) -> str:
    """Return 32 hexadecimal digits for an account, a baseline and a control."""
    return fingerprint_of(account, finding["baseline"], finding["control"])


def fingerprint_of(*parts: str) -> str:
    """Return 32 hexadecimal digits for some names in this order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]

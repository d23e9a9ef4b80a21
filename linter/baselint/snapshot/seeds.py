"""Finds the seeds of MFA devices, which are secrets, in whatever form a file holds them."""

import re

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WORDS = (b"Base32StringSeed", b"QRCodePNG", b"VIRTUALMFADEVICE\t")
_SEED = re.compile(
    # As JSON, YAML, XML, the representation of Python, the boxes of table output, or JSON within a text of JSON.
    rb"(?:Base32StringSeed|QRCodePNG)[\\\"']{0,4}\s{0,50}+(?:[:=|>]|\xe2\x94\x82)"
    rb"(?:[ \t]{0,200}+(?!null\b|None\b)!{0,2}[A-Za-z0-9+/]"
    rb"|\s{0,200}+(?:[\\\"']{1,6}|[{\[|>]-?\s{0,200}+\"?)[A-Za-z0-9+/])"
    rb"|VIRTUALMFADEVICE\t[A-Za-z0-9+/]"
)


def holds_seeds(content: bytes) -> bool:
    """Tell whether the bytes of a file hold the seed of an MFA device."""
    plain = content.replace(b"\0", b"") if content.startswith(_UTF_16) else content
    return any(word in plain for word in _WORDS) and _SEED.search(plain) is not None

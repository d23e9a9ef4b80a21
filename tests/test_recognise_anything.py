"""Recognition never fails, whatever the content of a file is."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import complete_snapshot
from snapshotting import OTHER, recognise_one

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
KEYS = st.sampled_from(
    [
        "SummaryMap",
        "PasswordPolicy",
        "VirtualMFADevices",
        "MFADevices",
        "AlternateContact",
        "AlternateContactType",
        "UserId",
        "Account",
        "Arn",
        "Content",
        "ReportFormat",
        "GeneratedTime",
        "State",
        "User",
        "SerialNumber",
        "kind",
        "IsTruncated",
        "Marker",
        "files",
        "path",
        "Name",
        "MinimumPasswordLength",
        "AccountMFAEnabled",
        "__class__",
    ]
)
VALUES = LEAVES | st.sampled_from(["snapshot-manifest", "COMPLETE", "BILLING", f"arn:aws:iam::{OTHER}:root"])
DOCUMENTS = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


@settings(deadline=None, max_examples=200)
@given(DOCUMENTS)
def test_no_document_whatever_makes_recognition_fail(document: Any) -> None:
    file = recognise_one(document)
    assert file.export is not None or file.reason


@settings(deadline=None, max_examples=150)
@given(content=st.binary(max_size=300), name=st.sampled_from(sorted(complete_snapshot())))
def test_no_bytes_whatever_make_recognition_fail(content: bytes, name: str) -> None:
    file = recognise_one(content, name)
    assert file.export is not None or file.reason
    assert file.export is None or file.export.reading.accounts == frozenset()

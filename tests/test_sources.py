"""Which of several exports of one kind speaks for an account."""

from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from accounts import AS_OF, NEWER, OLDER, fact, gist
from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, Known, Missing, MissingReason
from baselint.snapshot.account_summary import AccountSummary
from baselint.snapshot.export import Export, Reading, fail
from baselint.snapshot.sources import Source, Sources
from builders import caller, contact, error_text, summary, virtual_devices

KIND = ExportKind.ACCOUNT_SUMMARY
DISAGREE = MissingReason.SOURCES_DISAGREE


def export(path: str, users: int | MissingReason, stamp: str | None = None, variant: str | None = None) -> Export:
    if isinstance(users, MissingReason):
        reading = Reading(failure=fail(KIND, users, str(users)), variant=variant)
    else:
        reading = Reading(AccountSummary({"AccountMFAEnabled": users}, ""), variant=variant)
    moment: datetime | None = parse_stamp(stamp) if stamp else None
    return Export(path, KIND, "0" * 64, reading, moment)


@pytest.mark.parametrize(
    ("exports", "expected"),
    [
        ([export("a", 1)], "a"),
        ([export("a", 1), export("b", 1, OLDER)], "b"),
        ([export("a", 1, OLDER), export("b", 1, NEWER)], "b"),
        ([export("a", 1, OLDER), export("b", 2, NEWER)], "b"),
        ([export("a", 1), export("b", 2, NEWER)], DISAGREE),
        ([export("a", 1), export("b", 2)], DISAGREE),
        ([export("a", 1, NEWER), export("b", 2, NEWER)], DISAGREE),
        ([export("a", 1, OLDER), export("b", 2, OLDER), export("c", 3, NEWER)], "c"),
        ([export("a", MissingReason.INVALID), export("b", 2)], "b"),
        ([export("a", MissingReason.INVALID), export("b", MissingReason.ACCESS_DENIED)], MissingReason.ACCESS_DENIED),
        ([], MissingReason.NOT_EXPORTED),
    ],
)
def test_the_export_that_speaks_does_not_hang_on_the_order(exports: list[Export], expected: object) -> None:
    for order in permutations(exports):
        found = Sources(tuple(order), AS_OF).find(KIND, AccountSummary)
        told = found.export.path if isinstance(found, Source) else found.reason
        assert told == expected


def test_of_equal_exports_without_a_date_the_first_speaks() -> None:
    found = Sources((export("a", 1), export("b", 1)), AS_OF).find(KIND, AccountSummary)
    assert isinstance(found, Source)
    assert (found.export.path, found.notes) == ("a", ())


def test_exports_that_differ_are_told() -> None:
    exports = (export("a", 1, OLDER), export("b", 2, OLDER), export("c", 3, NEWER), export("d", 3, OLDER))
    found = Sources(exports, AS_OF).find(KIND, AccountSummary)
    assert isinstance(found, Source)
    assert found.notes == ("c of 2026-10-02T00:00:00Z decides; it differs from the older a, b",)
    unclear = Sources(exports[:2], AS_OF).find(KIND, AccountSummary)
    assert isinstance(unclear, Missing)
    assert unclear.needs == (KIND,)
    assert unclear.detail == (
        "several exports of one kind differ, and which is the newest cannot be told: a and b; keep the newest"
    )


def test_only_exports_of_the_variant_and_of_the_condition_are_asked() -> None:
    sources = Sources((export("a", 1, variant="billing"), export("b", 2, variant="security")), AS_OF)
    billing = sources.find(KIND, AccountSummary, "billing")
    assert isinstance(billing, Source)
    assert billing.export.path == "a"
    second = sources.find(KIND, AccountSummary, where=lambda payload: payload.values["AccountMFAEnabled"] == 2)
    assert isinstance(second, Source)
    assert second.export.path == "b"
    none = sources.find(KIND, AccountSummary, "operations")
    assert none == Missing(
        MissingReason.NOT_EXPORTED, "there is no export of the account summary operations", needs=(KIND,)
    )


def test_what_was_not_exported_is_named() -> None:
    missing = Sources((), AS_OF).find(KIND, AccountSummary)
    assert missing == Missing(MissingReason.NOT_EXPORTED, "there is no export of the account summary", needs=(KIND,))


DENIED = error_text("AccessDenied", "GetAccountSummary", "no")


@pytest.mark.parametrize(
    ("files", "captured", "name", "expected"),
    [
        ({"a.json": summary(mfa=1), "b.json": summary(mfa=0)}, {}, "root.mfa_enabled", DISAGREE),
        (
            {"a.json": summary(mfa=1), "b.json": summary(mfa=0)},
            {"a.json": OLDER, "b.json": NEWER},
            "root.mfa_enabled",
            False,
        ),
        ({"a.json": summary(mfa=1), "b.txt": DENIED}, {}, "root.mfa_enabled", True),
        ({"a.json": "{", "account-summary.txt": DENIED}, {}, "root.mfa_enabled", MissingReason.ACCESS_DENIED),
        (
            {
                "a.json": contact("BILLING"),
                "b-billing.err": error_text("ResourceNotFoundException", "GetAlternateContact", "No contact"),
            },
            {},
            "contacts.billing",
            DISAGREE,
        ),
        (
            {"a.json": virtual_devices("bob"), "b.json": virtual_devices()},
            {},
            "root.mfa_kind",
            MissingReason.NOT_EXPORTED,
        ),
        (
            {"a.json": virtual_devices("bob"), "b.json": virtual_devices(), "s.json": summary()},
            {},
            "root.mfa_kind",
            DISAGREE,
        ),
    ],
)
def test_several_files_of_one_kind(
    tmp_path: Path, files: dict[str, Any], captured: dict[str, str], name: str, expected: object
) -> None:
    assert gist(fact(tmp_path, name, files, captured=captured)) == expected


def test_a_decision_among_callers_is_told(tmp_path: Path) -> None:
    files = {"a.json": caller(), "b.json": caller("arn:aws:iam::111122223333:root")}
    found = fact(tmp_path, "exports.made_by_root", files, captured={"a.json": OLDER, "b.json": NEWER})
    assert isinstance(found, Known)
    assert found.value is True
    assert "b.json of 2026-10-02T00:00:00Z decides" in found.notes[0]

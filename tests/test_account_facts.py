"""Facts of the account itself: partition, callers, contacts (section 7 of the truth table)."""

from pathlib import Path
from typing import Any

import pytest

from accounts import NEWER, OLDER, ROOT, account, fact, gist, places
from baselint.evidence import Known, Missing, MissingReason
from builders import ACCOUNT, caller, contact, error_text, report_csv, root_row, summary, user_row, virtual_devices

DENIED, DISAGREE = MissingReason.ACCESS_DENIED, MissingReason.SOURCES_DISAGREE
INVALID, NOT_EXPORTED = MissingReason.INVALID, MissingReason.NOT_EXPORTED
GOV = f"arn:aws-us-gov:iam::{ACCOUNT}:user/x"
REFUSED = error_text(
    "AccessDenied", "GetAccountSummary", f"User: arn:aws-cn:iam::{ACCOUNT}:user/x is not authorized to perform: x"
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"w.json": caller()}, "aws"),
        ({"w.json": caller(GOV)}, "aws-us-gov"),
        ({"r.csv": report_csv(root_row("aws-cn"))}, "aws-cn"),
        ({"r.csv": report_csv(user_row("a", "aws-cn"))}, "aws-cn"),
        ({"v.json": virtual_devices("a")}, "aws"),
        ({"d.json": {"MFADevices": [{"SerialNumber": f"arn:aws-cn:iam::{ACCOUNT}:mfa/x"}]}}, "aws-cn"),
        ({"s.err": REFUSED}, "aws-cn"),
        ({"s.json": summary()}, NOT_EXPORTED),
        ({"v.json": virtual_devices()}, NOT_EXPORTED),
        ({"r.csv": report_csv(root_row()), "w.json": caller(GOV)}, DISAGREE),
    ],
)
def test_the_partition_stands_in_any_arn(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    found = account(tmp_path, files)
    assert gist(found.facts.fact("account.partition")) == expected
    assert found.partition == (expected if expected in {"aws", "aws-us-gov", "aws-cn"} else None)


def test_partitions_that_differ_are_named(tmp_path: Path) -> None:
    found = fact(tmp_path, "account.partition", {"r.csv": report_csv(root_row()), "w.json": caller(GOV)})
    assert isinstance(found, Missing)
    assert found.detail == "the exports name several partitions: aws, aws-us-gov"
    known = fact(tmp_path / "x", "account.partition", {"r.csv": report_csv(root_row())})
    assert places(known) == [("r.csv", "ARN", "aws")]


@pytest.mark.parametrize(
    ("files", "expected", "raw"),
    [
        ({"w.json": caller()}, False, "not root"),
        ({"w.json": caller(ROOT)}, True, "root"),
        ({"w.json": caller(f"arn:aws:iam::{ACCOUNT}:user/root")}, False, "not root"),
        ({"w.json": caller(), "x.json": caller(ROOT)}, DISAGREE, None),
        ({"s.json": summary()}, NOT_EXPORTED, None),
    ],
)
def test_who_made_the_exports(tmp_path: Path, files: dict[str, Any], expected: object, raw: str | None) -> None:
    found = fact(tmp_path, "exports.made_by_root", files)
    assert gist(found) == expected
    assert places(found) == ([("w.json", "/Arn", raw)] if raw else [])


OWN = {"k.json": {"AccessKeyMetadata": []}}
OTHER_ROOT = "arn:aws:iam::444455556666:root"


@pytest.mark.parametrize(
    ("files", "callers", "expected"),
    [
        ({"w.json": caller(), "s.json": summary()}, {"s.json": ROOT}, True),
        ({"s.json": summary()}, {"s.json": ROOT}, True),
        ({"w.json": caller()}, {"w.json": ROOT}, True),
        ({"w.json": caller(), "s.json": "cut"}, {"s.json": ROOT}, False),
        ({"w.json": caller(), "account-summary.json": "cut"}, {"account-summary.json": ROOT}, True),
        ({"w.json": caller(), "s.json": summary()}, {"s.json": OTHER_ROOT}, False),
        ({"w.json": caller(), "s.json": summary()}, {"s.json": f"arn:aws:iam::{ACCOUNT}:user/root"}, False),
        ({"w.json": caller(), **OWN}, {"k.json": ROOT}, False),
        (OWN, {"k.json": ROOT}, NOT_EXPORTED),
    ],
)
def test_the_manifest_may_tell_that_root_made_the_exports(
    tmp_path: Path, files: dict[str, Any], callers: dict[str, str], expected: object
) -> None:
    found = fact(tmp_path, "exports.made_by_root", files, callers=callers)
    assert gist(found) == expected
    if expected is True:
        assert places(found) == [(next(iter(callers)), "caller in the manifest", "root")]
    notes = found.notes
    assert any("the manifest names root as the caller of root's own lists" in note for note in notes) is (
        expected is False and "k.json" in callers
    )


@pytest.mark.parametrize("broken", [{"sha256": "0" * 64}, {"captured_at": "2026-12-01T00:00:00Z"}])
def test_a_file_that_is_not_to_be_believed_names_no_partition(tmp_path: Path, broken: dict[str, str]) -> None:
    entry = {"kind": "snapshot-manifest", "files": [{"path": "w.json", **broken}]}
    files = {"w.json": caller(GOV), "s.json": summary(mfa=0), "m.json": entry}
    assert gist(fact(tmp_path, "account.partition", files)) == NOT_EXPORTED
    assert gist(fact(tmp_path, "root.has_password", files)) is True


@pytest.mark.parametrize(
    ("files", "expected"),
    [({"w.json": caller()}, True), ({"w.json": caller(GOV)}, False), ({"s.json": summary()}, NOT_EXPORTED)],
)
def test_where_contacts_are_kept(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "contacts.kept_here", files)) == expected


def absent(code: str = "ResourceNotFoundException") -> str:
    return error_text(code, "GetAlternateContact", "No contact of the inputted alternate contact type found.")


CONTACTS: list[tuple[str, dict[str, Any], object]] = [
    ("registered", {"c.json": contact("BILLING")}, True),
    ("phone only", {"c.json": contact("BILLING", EmailAddress=" ")}, True),
    ("e-mail only", {"c.json": contact("BILLING", PhoneNumber="")}, True),
    ("blank name", {"c.json": contact("BILLING", Name=" \t")}, None),
    ("neither e-mail nor phone", {"c.json": contact("BILLING", EmailAddress="", PhoneNumber=" ")}, None),
    ("absent", {"contact-billing.err": absent()}, None),
    ("refused", {"contact-billing.err": absent("AccessDeniedException")}, DENIED),
    ("throttled", {"contact-billing.err": absent("Throttling")}, MissingReason.NOT_AN_ANSWER),
    ("type that cannot be told", {"contact.err": absent()}, NOT_EXPORTED),
    ("another type", {"c.json": contact("SECURITY"), "contact-operations.err": absent()}, NOT_EXPORTED),
    ("not exported", {"w.json": caller()}, NOT_EXPORTED),
    ("present and absent", {"c.json": contact("BILLING"), "contact-billing.err": absent()}, DISAGREE),
]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CONTACTS], ids=[case[0] for case in CONTACTS])
def test_a_contact(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "contacts.billing", files)) == expected


def test_each_contact_is_its_own_fact(tmp_path: Path) -> None:
    files = {"b.json": contact("BILLING"), "s.json": contact("SECURITY", Name=""), "contact-operations.err": absent()}
    facts = account(tmp_path, files).facts
    values = {name: facts.fact(f"contacts.{name}") for name in ("billing", "operations", "security")}
    assert {name: gist(value) for name, value in values.items()} == {
        "billing": True,
        "operations": None,
        "security": None,
    }
    assert places(values["billing"]) == [("b.json", "/AlternateContact/Name", "present")]
    assert places(values["operations"]) == [("contact-operations.err", "error text", "ResourceNotFoundException")]
    assert places(values["security"]) == [("s.json", "/AlternateContact/Name", "the entry has no name")]
    assert isinstance(values["security"], Known)
    assert values["security"].notes == ("the entry has no name",)


def test_the_newer_of_two_answers_about_a_contact_decides(tmp_path: Path) -> None:
    files = {"c.json": contact("BILLING"), "contact-billing.err": absent()}
    found = fact(tmp_path, "contacts.billing", files, captured={"c.json": OLDER, "contact-billing.err": NEWER})
    assert isinstance(found, Known)
    assert found.value is None
    assert "contact-billing.err of 2026-10-02T00:00:00Z decides" in found.notes[0]


def test_evidence_of_a_contact_holds_no_personal_data(tmp_path: Path) -> None:
    found = fact(tmp_path, "contacts.billing", {"c.json": contact("BILLING")})
    shown = repr(found)
    assert not any(word in shown for word in ("Cloud team", "@example.com", "555"))

"""The contacts of the account: section 7 of the truth table."""

from pathlib import Path
from typing import Any

import pytest

from accounts import account, fact, gist, places
from baselint.evidence import Known, MissingReason
from baselint.exports import CONTACT_TYPES
from baselint.facts import FACTS
from builders import caller, contact, error_text, primary_contact

DENIED = error_text("AccessDeniedException", "GetAlternateContact", "no")
ABSENT = error_text("ResourceNotFoundException", "GetAlternateContact", "none")
ALL = ("billing", "operations", "security")


def contacts(*left_out: str, **changed: Any) -> dict[str, Any]:
    """The three contacts; by type, some left out and some changed."""
    found = {name: contact(name.upper()) for name in ALL} | changed
    return {f"alternate-contact-{name}.json": item for name, item in found.items() if name not in left_out}


def same(one: str, **fields: Any) -> dict[str, Any]:
    return {one: contact(one.upper(), **fields)}


BILLING = contact("BILLING")["AlternateContact"]
DISTINCT: list[tuple[str, dict[str, Any], object]] = [
    ("three different", contacts(), True),
    ("equal addresses, other case", contacts(**same("security", EmailAddress=" BILLING@example.com ")), False),
    ("equal names and numbers", contacts(**same("security", Name="billing  TEAM", PhoneNumber="+1 (555) 0107")), False),
    ("equal names only", contacts(**same("security", Name=BILLING["Name"])), True),
    ("equal numbers only", contacts(**same("security", PhoneNumber=BILLING["PhoneNumber"])), True),
    ("no addresses", contacts(**{name: contact(name.upper(), EmailAddress="") for name in ALL}), True),
    ("no numbers", contacts(**{name: contact(name.upper(), Name="Team", PhoneNumber="") for name in ALL}), True),
    ("numbers without a digit", contacts(**{name: contact(name.upper(), Name="Team", PhoneNumber="()") for name in ALL}), True),
    ("one absent", contacts(security=ABSENT), False),
    ("two absent", contacts(security=ABSENT, billing=ABSENT), False),
    ("one flawed", contacts(**same("security", Name="")), False),
    ("one denied", contacts(security=DENIED), MissingReason.ACCESS_DENIED),
    ("one not exported", contacts("security"), MissingReason.NOT_EXPORTED),
    ("one denied, two the same", contacts(security=DENIED, **same("billing", EmailAddress="operations@example.com")), False),
    ("one denied, one absent", contacts(security=DENIED, billing=ABSENT), False),
    ("the primary contact is another", {**contacts(), "p.json": primary_contact()}, True),
    (
        "the primary contact is one of them",
        {**contacts(), "p.json": primary_contact(FullName=BILLING["Name"], PhoneNumber=BILLING["PhoneNumber"])},
        False,
    ),
    ("nothing", {}, MissingReason.NOT_EXPORTED),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in DISTINCT], ids=[case[0] for case in DISTINCT])
def test_whether_the_contacts_are_different(tmp_path: Path, files: dict[str, Any], expected: object) -> None:
    assert gist(fact(tmp_path, "contacts.distinct", {"w.json": caller(), **files})) == expected


def test_what_a_fact_does_not_use_does_not_silence_it(tmp_path: Path) -> None:
    files = {"w.json": caller(), "1.json": contact("BILLING"), "2.json": contact("BILLING", Name="Ada")}
    facts = account(tmp_path, files).facts
    assert gist(facts.fact("contacts.billing")) is True
    assert gist(facts.fact("contacts.billing_email")) == "billing@example.com"
    assert gist(facts.fact("contacts.distinct")) is MissingReason.SOURCES_DISAGREE
    primary = {"w.json": caller(), "1.json": primary_contact(), "2.json": primary_contact(CompanyName="Other")}
    facts = account(tmp_path / "x", primary).facts
    assert gist(facts.fact("contacts.primary_phone")) == "+1 555 0199"
    assert gist(facts.fact("contacts.primary_company")) is MissingReason.SOURCES_DISAGREE


def test_what_is_the_same_is_said_without_naming_anybody(tmp_path: Path) -> None:
    files = contacts(security=ABSENT, **same("billing", EmailAddress="operations@example.com"))
    found = fact(tmp_path, "contacts.distinct", {"w.json": caller(), **files})
    assert isinstance(found, Known)
    assert found.notes == (
        "the primary contact was not seen, so the others were not compared with it",
        "the billing and the operations contact have the same e-mail address",
        "the security contact is absent",
    )
    assert {raw for _, _, raw in places(found)} == {"compared"}


@pytest.mark.parametrize("name", CONTACT_TYPES)
def test_the_address_of_a_contact(tmp_path: Path, name: str) -> None:
    files = {"w.json": caller(), **contacts()}
    found = fact(tmp_path, f"contacts.{name}_email", files)
    assert gist(found) == f"{name}@example.com"
    assert places(found) == [(f"alternate-contact-{name}.json", "/AlternateContact/EmailAddress", "present")]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (contact("BILLING", EmailAddress=""), None),
        (ABSENT, None),
        (DENIED, MissingReason.ACCESS_DENIED),
    ],
)
def test_an_address_that_is_not_there(tmp_path: Path, answer: Any, expected: object) -> None:
    found = fact(tmp_path, "contacts.billing_email", {"w.json": caller(), **contacts(billing=answer)})
    assert gist(found) == expected
    assert expected is not None or [raw for _, _, raw in places(found)] == ["absent"]


def test_the_primary_contact(tmp_path: Path) -> None:
    files = {"w.json": caller(), "p.json": primary_contact(CompanyName=...)}
    company, phone = (fact(tmp_path, f"contacts.primary_{name}", files) for name in ("company", "phone"))
    assert (gist(company), gist(phone)) == (None, "+1 555 0199")
    assert places(company) == [("p.json", "/ContactInformation/CompanyName", "absent")]
    assert places(phone) == [("p.json", "/ContactInformation/PhoneNumber", "present")]


def test_a_primary_contact_without_a_number_is_invalid_and_one_not_exported_is_missing(tmp_path: Path) -> None:
    files = {"w.json": caller(), "p.json": primary_contact(PhoneNumber="")}
    assert gist(fact(tmp_path / "a", "contacts.primary_phone", files)) is MissingReason.INVALID
    for name in ("company", "phone"):
        found = fact(tmp_path / "b", f"contacts.primary_{name}", {"w.json": caller()})
        assert gist(found) is MissingReason.NOT_EXPORTED


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("contacts.billing_email", "ada@mail.example.com ", "…@mail.example.com"),
        ("contacts.billing_email", None, None),
        ("contacts.primary_phone", "+1 555 0199", "given"),
        ("contacts.primary_company", "Example Ltd", "given"),
        ("organization.role", "member", "member"),
    ],
)
def test_a_report_shows_no_more_of_a_contact_than_it_may(name: str, value: Any, shown: Any) -> None:
    assert FACTS[name].shown(value) == shown
    assert FACTS[name].word(value) == (shown if shown is not None else "no address")

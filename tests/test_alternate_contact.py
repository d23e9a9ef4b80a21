"""The three alternate contacts: registered, absent, refused, and which of them a file speaks of."""

from typing import Any

import pytest

from baselint.snapshot.alternate_contact import AlternateContact
from baselint.snapshot.export import Export
from builders import contact, error_text
from snapshotting import export_of, manifest, recognise_all

NO_CONTACT = error_text(
    "ResourceNotFoundException", "GetAlternateContact", "No contact of the inputted alternate contact type found."
)
DENIED = error_text("AccessDeniedException", "GetAlternateContact", "You are not authorized to perform this operation.")
NO_NAME = "the entry has no name"
NO_ADDRESS = "the entry has neither an e-mail address nor a phone number"


def described(content: Any, name: str, command: str) -> Export:
    export = recognise_all({name: content, "m.json": manifest({"path": name, "command": command})})[name].export
    assert export is not None
    return export


@pytest.mark.parametrize("kind", ["BILLING", "OPERATIONS", "SECURITY"])
@pytest.mark.parametrize("wrapped", [True, False])
def test_a_contact_is_read_with_and_without_its_wrapper(kind: str, wrapped: bool) -> None:
    content = contact(kind) if wrapped else contact(kind)["AlternateContact"]
    reading = export_of(content, "alternate-contact-other.json").reading
    assert isinstance(reading.payload, AlternateContact)
    assert (reading.payload.registered, reading.payload.flaw, reading.payload.records) == (True, None, 1)
    assert reading.payload.pointer == ("/AlternateContact/Name" if wrapped else "/Name")
    assert (reading.payload.name, reading.payload.email) == (f"{kind.title()} team", f"{kind.lower()}@example.com")
    assert (reading.variant, reading.failure) == (kind.lower(), None)


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"Name": " \t"}, NO_NAME),
        ({"Name": None}, NO_NAME),
        ({"Name": "", "EmailAddress": "", "PhoneNumber": ""}, NO_NAME),
        ({"EmailAddress": "", "PhoneNumber": " "}, NO_ADDRESS),
        ({"EmailAddress": None, "PhoneNumber": None}, NO_ADDRESS),
        ({"EmailAddress": "", "PhoneNumber": "()"}, NO_ADDRESS),
        ({"EmailAddress": "\u200b", "PhoneNumber": "+"}, NO_ADDRESS),
        ({"Name": "\u200b\ufeff"}, NO_NAME),
        ({"Name": "\u3164"}, NO_NAME),
        ({"EmailAddress": ""}, None),
        ({"PhoneNumber": None}, None),
        ({"Name": " Team ", "Title": 5}, None),
    ],
)
def test_present_is_a_name_and_an_address_or_a_number(fields: dict[str, Any], flaw: str | None) -> None:
    payload = export_of(contact("BILLING", **fields)).reading.payload
    assert isinstance(payload, AlternateContact)
    assert (payload.registered, payload.pointer, payload.flaw) == (flaw is None, "/AlternateContact/Name", flaw)


def test_what_contacts_are_compared_by_is_trimmed_and_never_printed() -> None:
    payload = export_of(contact("BILLING", Name=" Ada ", EmailAddress="a@b.example ", PhoneNumber=" 1")).reading.payload
    assert isinstance(payload, AlternateContact)
    assert (payload.name, payload.email, payload.phone) == ("Ada", "a@b.example", "1")
    assert "Ada" not in repr(payload)
    assert "b.example" not in repr(payload)


@pytest.mark.parametrize("field", ["Name", "EmailAddress", "PhoneNumber"])
@pytest.mark.parametrize("value", [5, False, ["x"], {}])
def test_a_field_that_is_no_text_is_invalid(field: str, value: Any) -> None:
    reading = export_of(contact("SECURITY", **{field: value})).reading
    assert reading.failure is not None
    assert (str(reading.failure.reason), reading.variant) == ("invalid", "security")
    assert "a field of the contact is no text" in reading.failure.detail


@pytest.mark.parametrize(
    "content",
    [
        {"AlternateContact": None},
        {"AlternateContact": []},
        {"AlternateContact": {}},
        {"AlternateContact": {"AlternateContactType": "LEGAL", "Name": "x"}},
        {"AlternateContactType": ["BILLING"]},
    ],
)
def test_an_answer_without_its_type_is_invalid_for_the_contact_its_name_says(content: Any) -> None:
    reading = export_of(content, "alternate-contact-operations.json").reading
    assert reading.failure is not None
    assert (str(reading.failure.reason), reading.variant) == ("invalid", "operations")
    assert "names no AlternateContactType of BILLING, OPERATIONS or SECURITY" in reading.failure.detail


@pytest.mark.parametrize("prefix", ["", "aws: [ERROR]: "])
def test_there_is_none_is_an_answer_for_the_contact_the_name_says(prefix: str) -> None:
    reading = export_of(prefix + NO_CONTACT.strip(), "Alternate_Contact.SECURITY.txt").reading
    assert reading.payload == AlternateContact(False, "error text")
    assert reading.payload.records == 0
    assert (reading.variant, reading.failure) == ("security", None)


@pytest.mark.parametrize(
    ("name", "command", "variant"),
    [
        ("x", "aws account get-alternate-contact --alternate-contact-type BILLING", "billing"),
        ("x", "aws account get-alternate-contact --alternate-contact-type='Operations'", "operations"),
        ("contact-security", "aws account get-alternate-contact --alternate-contact-type BILLING", "billing"),
        ("x", "aws --profile security account get-alternate-contact --alternate-contact-type BILLING", "billing"),
        ("contact-security", "aws account get-alternate-contact --cli-input-json file://billing.json", "security"),
        ("contact-security", "aws account get-alternate-contact --alternate-contact-type LEGAL", None),
        ("x", "aws --profile security account get-alternate-contact", None),
        ("contact-billing-and-security", "aws account get-alternate-contact", None),
    ],
)
def test_an_error_text_is_of_the_type_that_command_then_name_say(name: str, command: str, variant: str | None) -> None:
    for content in (NO_CONTACT, DENIED):
        assert described(content, name, command).reading.variant == variant


@pytest.mark.parametrize("content", [NO_CONTACT, DENIED])
@pytest.mark.parametrize("name", ["contact.err", "billing-security.err", "billings.err"])
def test_an_error_text_of_no_known_type_decides_nothing(content: str, name: str) -> None:
    reading = export_of(content, name).reading
    assert (reading.payload, reading.variant) == (None, None)
    assert reading.failure is not None
    assert str(reading.failure.reason) == "not-an-answer"
    assert "the error text does not say for which contact it is" in reading.failure.detail


@pytest.mark.parametrize(
    ("code", "reason"), [("AccessDeniedException", "access-denied"), ("Throttling", "not-an-answer")]
)
def test_any_other_error_is_not_known(code: str, reason: str) -> None:
    reading = export_of(error_text(code, "GetAlternateContact", "x"), "alternate-contact-billing.err").reading
    assert (reading.payload, reading.variant) == (None, "billing")
    assert reading.failure is not None
    assert str(reading.failure.reason) == reason


def test_the_person_stays_in_the_file() -> None:
    shown = repr(export_of(contact("BILLING", Name="Jane Roe", EmailAddress="jane@example.org")))
    assert "Jane" not in shown
    assert "jane" not in shown

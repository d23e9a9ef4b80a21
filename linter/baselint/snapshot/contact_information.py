"""Reads the answer of ``aws account get-contact-information``: the account's primary contact."""

import re
from dataclasses import dataclass, field
from typing import Any

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.text_substance import phone, visible

_KIND = ExportKind.CONTACT_INFORMATION
_FIELDS = ("FullName", "PhoneNumber", "CompanyName")


@dataclass(frozen=True, slots=True)
class ContactInformation:
    """What contacts are compared by; None where the answer leaves a field out. None of it is ever printed."""

    name: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    company: str | None = field(repr=False)
    pointer: str

    @property
    def records(self) -> int | None:
        """Return nothing: the answer is one contact."""
        return None


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict):
        return None
    if "ContactInformation" in data:
        return _entry(data["ContactInformation"], "/ContactInformation")
    return _entry(data, "") if {"FullName", "CountryCode"} <= data.keys() else None


def _entry(entry: Any, pointer: str) -> Reading:
    values = [entry.get(name) if isinstance(entry, dict) else None for name in _FIELDS]
    if not isinstance(entry, dict) or not all(value is None or isinstance(value, str) for value in values):
        detail = "ContactInformation is no contact as AWS gives it; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    name, number, company = visible(values[0] or ""), phone(values[1] or ""), visible(values[2] or "")
    return Reading(ContactInformation(name or None, number or None, company or None, pointer))


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"ContactInformation"'),
    names=(frozenset(("contact", "information")),),
)

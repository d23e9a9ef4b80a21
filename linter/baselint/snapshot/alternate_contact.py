"""Reads the answer of ``aws account get-alternate-contact``, its error text for "there is none" included."""

import re
from dataclasses import dataclass, field
from typing import Any

from baselint.evidence import ExportKind, Missing, MissingReason
from baselint.exports import CONTACT_TYPES
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import ErrorForm, JsonForm, TableForm
from baselint.snapshot.text_substance import phone, visible

_KIND = ExportKind.ALTERNATE_CONTACT
_OPTION = re.compile(r"--alternate-contact-type[ =]+[\"']?([A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class AlternateContact:
    """Whether one contact is registered, and what contacts are compared by, which is never printed."""

    registered: bool
    pointer: str
    flaw: str | None = None
    """Why an entry that exists does not count as registered."""
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    @property
    def records(self) -> int | None:
        """Return 1 for an entry, 0 for none."""
        return 0 if self.pointer == "error text" else 1


def named_type(context: FileContext) -> str | None:
    """Return the contact type that the manifest's command, else the file's name, says; None when neither or several do."""
    asked = _OPTION.search(context.command or "")
    words = {asked[1].lower()} if asked else context.words
    found = [name for name in CONTACT_TYPES if name in words]
    return found[0] if len(found) == 1 else None


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict):
        return None
    wrapped = "AlternateContact" in form.data
    entry = form.data["AlternateContact"] if wrapped else form.data
    if not wrapped and "AlternateContactType" not in form.data:
        return None
    kind = entry.get("AlternateContactType") if isinstance(entry, dict) else None
    if not isinstance(kind, str) or kind.lower() not in CONTACT_TYPES:
        detail = "the answer names no AlternateContactType of BILLING, OPERATIONS or SECURITY; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail), variant=named_type(context))
    return _entry(entry, kind.lower(), "/AlternateContact" if wrapped else "")


def _entry(entry: dict[str, Any], variant: str, prefix: str) -> Reading:
    values = [entry.get(key) for key in ("Name", "EmailAddress", "PhoneNumber")]
    if not all(value is None or isinstance(value, str) for value in values):
        detail = "a field of the contact is no text; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail), variant=variant)
    name, mail, number = visible(values[0] or ""), visible(values[1] or ""), phone(values[2] or "")
    flaw = None
    if not name:
        flaw = "the entry has no name"
    elif not (mail or number):
        flaw = "the entry has neither an e-mail address nor a phone number"
    return Reading(AlternateContact(flaw is None, f"{prefix}/Name", flaw, name, mail, number), variant=variant)


def _read_error(form: ErrorForm, context: FileContext) -> Reading | None:
    variant = named_type(context)
    if variant is None:
        detail = (
            "the error text does not say for which contact it is; name the file after the type, "
            "for example alternate-contact-billing.err"
        )
        return Reading(failure=Missing(MissingReason.NOT_AN_ANSWER, detail, needs=(_KIND,)))
    if form.code != "ResourceNotFoundException":
        return None
    return Reading(AlternateContact(registered=False, pointer="error text"), variant=variant)


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"AlternateContact(?:Type)?"'),
    names=tuple(frozenset((name, "contact")) for name in CONTACT_TYPES),
    read_error=_read_error,
)

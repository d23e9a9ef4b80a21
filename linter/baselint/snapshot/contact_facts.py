"""Derives the facts of the account's contacts; their names, addresses and numbers are compared, and never printed."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations

from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason, most_curable
from baselint.exports import CONTACT_TYPES
from baselint.snapshot.alternate_contact import AlternateContact
from baselint.snapshot.contact_information import ContactInformation
from baselint.snapshot.sources import Source, Sources


class ContactFacts:
    """The facts whose names start with ``contacts.``."""

    def __init__(self, sources: Sources, partition: FactValue) -> None:
        self._sources = sources
        self._partition = partition

    def derivations(self) -> Mapping[str, Callable[[], FactValue]]:
        """Return the derivation of each fact, by name."""
        return {
            "contacts.kept_here": self.kept_here,
            "contacts.distinct": self.distinct,
            "contacts.primary_company": lambda: self._primary_field("CompanyName"),
            "contacts.primary_phone": lambda: self._primary_field("PhoneNumber"),
            **{f"contacts.{name}": partial(self.registered, name) for name in CONTACT_TYPES},
            **{f"contacts.{name}_email": partial(self.email, name) for name in CONTACT_TYPES},
        }

    def kept_here(self) -> FactValue:
        """Tell whether the account has contacts of its own: not in aws-us-gov, which has no account service."""
        if isinstance(self._partition, Missing):
            return self._partition
        return Known(self._partition.value != "aws-us-gov", self._partition.evidence)

    def registered(self, name: str) -> FactValue:
        """Read ``aws account get-alternate-contact``: present is a name, and an e-mail address or a phone number."""
        contact = self._alternate(name, lambda told: told.registered)
        if isinstance(contact, Missing):
            return contact
        notes = contact.notes + ((contact.payload.flaw,) if contact.payload.flaw else ())
        raw = "present" if contact.payload.registered else contact.payload.flaw or "ResourceNotFoundException"
        evidence = contact.export.evidence(contact.payload.pointer, raw)
        return Known(True if contact.payload.registered else None, (evidence,), notes)

    def email(self, name: str) -> FactValue:
        """Read ``EmailAddress`` of an alternate contact; there is none where the contact is absent."""
        contact = self._alternate(name, lambda told: told.email)
        if isinstance(contact, Missing):
            return contact
        address = contact.payload.email or None
        pointer = contact.payload.pointer.removesuffix("Name") + "EmailAddress" if address else contact.payload.pointer
        evidence = contact.export.evidence(pointer, "present" if address else "absent")
        return Known(address, (evidence,), contact.notes)

    def distinct(self) -> FactValue:
        """Compare the alternate contacts with each other, and with the primary contact where it was exported.

        Two are the same when their e-mail addresses are, or when both name and phone number are. False also when one of
        the three is absent; not known when one was not seen, unless two that were seen are the same.
        """
        found = {name: self._alternate(name, _identity) for name in CONTACT_TYPES}
        seen = {name: item for name, item in found.items() if isinstance(item, Source)}
        primary = self._primary(lambda told: _person(told.name, told.phone))
        people = {name: _person(item.payload.name, item.payload.phone) for name, item in seen.items()}
        addresses = {name: item.payload.email.casefold() for name, item in seen.items() if item.payload.email}
        evidence = [item.export.evidence(item.payload.pointer, "compared") for item in seen.values()]
        notes = [note for item in seen.values() for note in item.notes]
        if isinstance(primary, Missing):
            notes.append("the primary contact was not seen, so the others were not compared with it")
        else:
            people["primary"] = _person(primary.payload.name, primary.payload.phone)
            evidence.append(primary.export.evidence(primary.payload.pointer, "compared"))
        same = [*_same(addresses, "the same e-mail address"), *_same(people, "the same name and phone number")]
        absent = [f"the {name} contact is absent" for name, item in seen.items() if not item.payload.registered]
        if same or absent:
            return Known(False, tuple(evidence), (*notes, *same, *absent))
        missing = [item for item in found.values() if isinstance(item, Missing)]
        return most_curable(missing) if missing else Known(True, tuple(evidence), tuple(notes))

    def _alternate(self, name: str, tells: Callable[[AlternateContact], object]) -> Source[AlternateContact] | Missing:
        return self._sources.find(ExportKind.ALTERNATE_CONTACT, AlternateContact, name, tells=tells)

    def _primary(self, tells: Callable[[ContactInformation], object]) -> Source[ContactInformation] | Missing:
        return self._sources.find(ExportKind.CONTACT_INFORMATION, ContactInformation, tells=tells)

    def _primary_field(self, name: str) -> FactValue:
        """Read a field of ``aws account get-contact-information``; a company is optional, a phone number is not."""

        def tells(told: ContactInformation) -> str | None:
            return told.company if name == "CompanyName" else told.phone

        primary = self._primary(tells)
        if isinstance(primary, Missing):
            return primary
        value = tells(primary.payload)
        pointer = f"{primary.payload.pointer}/{name}"
        if value is None and name == "PhoneNumber":
            detail = f"{primary.export.path} has no {name}, which AWS always gives; export it again"
            return Missing(MissingReason.INVALID, detail, needs=(ExportKind.CONTACT_INFORMATION,))
        return Known(value, (primary.export.evidence(pointer, "present" if value else "absent"),), primary.notes)


def _identity(told: AlternateContact) -> object:
    return told.registered, told.email.casefold(), _person(told.name, told.phone)


def _person(name: str | None, phone: str | None) -> str:
    """Return what tells people apart when addresses do not; empty when a part is lacking."""
    digits = "".join(character for character in phone or "" if character.isdigit())
    return f"{' '.join((name or '').casefold().split())} {digits}" if name and digits else ""


def _same(values: Mapping[str, str], what: str) -> list[str]:
    return [
        f"the {first} and the {second} contact have {what}"
        for first, second in combinations(values, 2)
        if values[first] and values[first] == values[second]
    ]

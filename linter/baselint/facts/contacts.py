"""Facts of the account's contacts."""

from baselint.evidence import ExportKind
from baselint.exports import CONTACT_TYPES
from baselint.facts.definition import Disclosure, FactDefinition, FactType

_REPORT = ExportKind.CREDENTIAL_REPORT
_CONTACT = ExportKind.ALTERNATE_CONTACT
_PRIMARY = ExportKind.CONTACT_INFORMATION
_CALLER = ExportKind.CALLER_IDENTITY
_BOOLEAN = FactType.BOOLEAN
_TEXT = FactType.TEXT

CONTACTS = (
    FactDefinition(
        "contacts.kept_here",
        _BOOLEAN,
        "alternate contacts in this account",
        (_REPORT, _CALLER),
        words=("kept here", "kept elsewhere"),
    ),
    *(
        FactDefinition(
            f"contacts.{name}",
            _BOOLEAN,
            f"the {name} contact",
            (_CONTACT,),
            words=("registered", "not registered"),
            absent="not registered",
            variant=name,
        )
        for name in CONTACT_TYPES
    ),
    *(
        FactDefinition(
            f"contacts.{name}_email",
            _TEXT,
            f"the e-mail address of the {name} contact",
            (_CONTACT,),
            absent="no address",
            variant=name,
            disclosure=Disclosure.MAIL_DOMAIN,
        )
        for name in CONTACT_TYPES
    ),
    FactDefinition(
        "contacts.distinct",
        _BOOLEAN,
        "the contacts of the account",
        (_CONTACT, _PRIMARY),
        words=("different people or mailboxes", "not three different ones"),
    ),
    FactDefinition(
        "contacts.primary_company",
        _TEXT,
        "the company of the primary contact",
        (_PRIMARY,),
        absent="no company",
        disclosure=Disclosure.PRESENCE,
    ),
    FactDefinition(
        "contacts.primary_phone",
        _TEXT,
        "the phone number of the primary contact",
        (_PRIMARY,),
        disclosure=Disclosure.PRESENCE,
    ),
)

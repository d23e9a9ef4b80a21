"""Facts of the account's contacts."""

from baselint.evidence import ExportKind
from baselint.exports import CONTACT_TYPES
from baselint.facts.definition import FactDefinition, FactType

_REPORT = ExportKind.CREDENTIAL_REPORT
_CONTACT = ExportKind.ALTERNATE_CONTACT
_CALLER = ExportKind.CALLER_IDENTITY
_BOOLEAN = FactType.BOOLEAN

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
)

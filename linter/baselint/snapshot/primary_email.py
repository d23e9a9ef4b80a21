"""Recognises the answer of ``aws account get-primary-email``: the root user's address, which decides nothing and is never shown."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm

_KIND = ExportKind.PRIMARY_EMAIL


@dataclass(frozen=True, slots=True)
class PrimaryEmail:
    """That there is an address; the address itself stays in the file."""

    @property
    def records(self) -> int | None:
        """Return 1: the answer is one address."""
        return 1


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "PrimaryEmail" not in data:
        return None
    if not isinstance(data["PrimaryEmail"], str) or "@" not in data["PrimaryEmail"]:
        return Reading(failure=fail(_KIND, MissingReason.INVALID, "PrimaryEmail is no mail address; export it again"))
    return Reading(PrimaryEmail())


READER = Reader(_KIND, _read, mark=re.compile(r'"PrimaryEmail"'), names=(frozenset(("primary", "email")),))

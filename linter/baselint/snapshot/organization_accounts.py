"""Recognises the answer of ``aws organizations list-accounts``: which accounts there are, not how they are set."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.virtual_mfa_devices import is_cut

_KIND = ExportKind.ORGANIZATION_ACCOUNTS


@dataclass(frozen=True, slots=True)
class OrganizationAccounts:
    """The ids of the accounts; their ARNs name the management account, so they tell no owner of the file."""

    accounts: tuple[str, ...]
    complete: bool

    @property
    def records(self) -> int | None:
        """Return how many accounts the list holds."""
        return len(self.accounts)


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "Accounts" not in data:
        return None
    entries = data["Accounts"]
    ids = (
        [entry.get("Id") if isinstance(entry, dict) else None for entry in entries]
        if isinstance(entries, list)
        else [None]
    )
    if not all(isinstance(identifier, str) for identifier in ids):
        return Reading(failure=fail(_KIND, MissingReason.INVALID, "Accounts is no list of accounts; export it again"))
    return Reading(OrganizationAccounts(tuple(map(str, ids)), not is_cut(data)))


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"JoinedMethod"'),
    names=(frozenset(("list", "accounts")), frozenset(("organization", "accounts"))),
)

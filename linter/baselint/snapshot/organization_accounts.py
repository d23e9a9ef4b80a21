"""Recognises the answer of ``aws organizations list-accounts``: which accounts there are, not how they are set."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from baselint.evidence import ExportKind, ListedAccount, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.organization import organization_ids, several
from baselint.snapshot.pages import is_cut

_KIND = ExportKind.ORGANIZATION_ACCOUNTS


@dataclass(frozen=True, slots=True)
class OrganizationAccounts:
    """The accounts; their ARNs name the management account, so they tell no owner of the file."""

    accounts: tuple[str, ...]
    units: Mapping[str, frozenset[str]]
    """For each account whose place in the organization is told: the root and the units above it, and itself."""
    complete: bool
    listed: tuple[ListedAccount, ...] = field(default=(), compare=False)
    """The accounts with what else is said of them."""

    @property
    def records(self) -> int | None:
        """Return how many accounts the list holds."""
        return len(self.accounts)


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "Accounts" not in data:
        return None
    entries = data["Accounts"]
    accounts = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    ids = [str(entry["Id"]) for entry in accounts if isinstance(entry.get("Id"), str)]
    if not isinstance(entries, list) or len(ids) < len(entries):
        return Reading(failure=fail(_KIND, MissingReason.INVALID, "Accounts is no list of accounts; export it again"))
    organizations = organization_ids(accounts)
    units = {entry["Id"]: found for entry in accounts if (found := _units(entry.get("Paths")))}
    return several(_KIND, organizations) or Reading(
        OrganizationAccounts(tuple(ids), units, not is_cut(data), tuple(map(_listed, accounts))),
        organization=next(iter(organizations), None),
    )


def _listed(entry: Mapping[str, Any]) -> ListedAccount:
    """Return an account; where the older ``Status`` and the newer ``State`` say different things, the one that is not active."""
    name = entry.get("Name")
    states = [entry[key] for key in ("State", "Status") if isinstance(entry.get(key), str)]
    state = next((state for state in states if state != "ACTIVE"), states[0] if states else None)
    return ListedAccount(str(entry["Id"]), name if isinstance(name, str) and name else None, state)


def _units(paths: Any) -> frozenset[str]:
    """Return the ids in ``Paths``, such as ``o-exampleorgid/r-examplerootid/ou-exampleouid/111122223333/``."""
    texts = [path for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
    return frozenset(step for text in texts for step in text.split("/") if step)


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"JoinedMethod"'),
    names=(frozenset(("list", "accounts")), frozenset(("organization", "accounts"))),
)

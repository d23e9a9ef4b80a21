"""Reads the answer of ``aws iam get-account-summary``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm

_KIND = ExportKind.ACCOUNT_SUMMARY
_SIGNS = frozenset(("AccountMFAEnabled", "AccountAccessKeysPresent", "AccountSigningCertificatesPresent", "UsersQuota"))

_OF_ROOT = (
    "AccountMFAEnabled",
    "AccountPasswordPresent",
    "AccountAccessKeysPresent",
    "AccountSigningCertificatesPresent",
)


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """The ``SummaryMap``: names and whole numbers, as AWS gave them."""

    values: Mapping[str, Any]
    prefix: str
    """JSON Pointer of the map."""

    @property
    def records(self) -> int | None:
        """Return how many entries the map has."""
        return len(self.values)

    def of_root(self) -> tuple[str, ...]:
        """Return the entries about the root user, to be compared: a role more or less is no contradiction."""
        return tuple(repr(self.values.get(name)) for name in _OF_ROOT)

    def number(self, name: str) -> int | None:
        """Return an entry when it is a whole number that is not negative, else None."""
        value = self.values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict):
        return None
    if "SummaryMap" not in form.data:  # unwrapped by --query SummaryMap
        return Reading(AccountSummary(form.data, "")) if _SIGNS & form.data.keys() else None
    values = form.data["SummaryMap"]
    if not isinstance(values, dict) or not values:
        return Reading(failure=fail(_KIND, MissingReason.INVALID, "SummaryMap is empty or no mapping; export it again"))
    return Reading(AccountSummary(values, "/SummaryMap"))


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"SummaryMap"|"AccountMFAEnabled"'),
    names=(frozenset(("account", "summary")), frozenset(("summary",))),
)

"""Reads the answer of ``aws iam get-account-password-policy``, its error text for "there is none" included."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import ErrorForm, JsonForm, TableForm

_KIND = ExportKind.PASSWORD_POLICY
_SIGNS = frozenset(("MinimumPasswordLength", "RequireSymbols", "AllowUsersToChangePassword", "ExpirePasswords"))
_DOMAIN = re.compile(r"domain name ([0-9]{12})\b")


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """The fields of a custom policy as AWS gave them; empty with ``configured`` false when none is set."""

    configured: bool
    fields: Mapping[str, Any]
    prefix: str
    """JSON Pointer of the fields."""

    @property
    def records(self) -> int | None:
        """Return how many fields the policy has."""
        return len(self.fields)


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict):
        return None
    if "PasswordPolicy" not in form.data:  # unwrapped by --query PasswordPolicy
        return _check(form.data, "") if _SIGNS & form.data.keys() else None
    fields = form.data["PasswordPolicy"]
    return _check(fields if isinstance(fields, dict) else {}, "/PasswordPolicy")


def _check(fields: Mapping[str, Any], prefix: str) -> Reading:
    if not fields:
        detail = "PasswordPolicy is empty or no mapping, which AWS never answers; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    return Reading(PasswordPolicy(configured=True, fields=fields, prefix=prefix))


def _read_error(form: ErrorForm, _context: FileContext) -> Reading | None:
    if form.code != "NoSuchEntity":
        return None
    return Reading(
        PasswordPolicy(configured=False, fields={}, prefix="error text"),
        accounts=frozenset(_DOMAIN.findall(form.message)),
    )


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"PasswordPolicy"|"MinimumPasswordLength"|PASSWORDPOLICY'),
    names=(frozenset(("password", "policy")),),
    read_error=_read_error,
)

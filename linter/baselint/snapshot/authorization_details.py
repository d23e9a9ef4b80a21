"""Recognises the answer of ``aws iam get-account-authorization-details``, which tells nothing of root, passwords or MFA."""

import re
from dataclasses import dataclass
from typing import Any

from baselint.evidence import ExportKind
from baselint.snapshot.arn import Arn, parse_arn
from baselint.snapshot.export import FileContext, Reader, Reading
from baselint.snapshot.form import JsonForm, TableForm

_USELESS = (
    "no-facts",
    "account authorization details hold nothing of the root user, passwords or MFA; the credential report does",
)


@dataclass(frozen=True, slots=True)
class AuthorizationDetails:
    """How many users it lists."""

    users: int

    @property
    def records(self) -> int | None:
        """Return how many users the answer lists."""
        return self.users


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "UserDetailList" not in data:
        return None
    users = data["UserDetailList"] if isinstance(data["UserDetailList"], list) else []
    arns = [arn for arn in map(_arn, users) if arn is not None]
    return Reading(
        AuthorizationDetails(len(users)),
        accounts=frozenset(arn.account for arn in arns),
        partitions=frozenset(arn.partition for arn in arns),
        problems=(_USELESS,),
    )


def _arn(user: Any) -> Arn | None:
    return parse_arn(user.get("Arn")) if isinstance(user, dict) else None


READER = Reader(
    ExportKind.AUTHORIZATION_DETAILS,
    _read,
    mark=re.compile(r'"UserDetailList"'),
    names=(frozenset(("authorization", "details")),),
)

"""Reads the answer of ``aws organizations describe-organization``, its error text for "there is none" included."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import ErrorForm, JsonForm, TableForm

_KIND = ExportKind.ORGANIZATION
_ACCOUNT = re.compile(r"[0-9]{12}\Z")
_ORGANIZATION = re.compile(r"o-[a-z0-9]{10,32}\Z")
_ARN = re.compile(r"arn:aws[a-z-]{0,20}:organizations::[0-9]{12}:[a-z_]+/(o-[a-z0-9]{10,32})(?:/|\Z)")


@dataclass(frozen=True, slots=True)
class Organization:
    """The organization that the account belongs to; its ARN names the management account, so it tells no owner of the file."""

    management_account: str | None
    """Its id; None when the account is in no organization."""
    pointer: str

    @property
    def records(self) -> int | None:
        """Return 1 for an organization, 0 for none."""
        return 0 if self.management_account is None else 1


def organization_id(arn: object) -> str | None:
    """Return the organization that an ARN of AWS Organizations names, or None."""
    found = _ARN.match(arn) if isinstance(arn, str) else None
    return found[1] if found else None


def _read(form: JsonForm | TableForm, _context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict):
        return None
    wrapped = isinstance(data.get("Organization"), dict)
    entry = data["Organization"] if wrapped else data
    if "MasterAccountId" not in entry and "Organization" not in data:
        return None
    manager = entry.get("MasterAccountId")
    arn = parse_arn(entry.get("MasterAccountArn"))
    if not isinstance(manager, str) or not _ACCOUNT.match(manager) or (arn is not None and arn.account != manager):
        detail = "the answer names no MasterAccountId, or two that differ; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    pointer = "/Organization/MasterAccountId" if wrapped else "/MasterAccountId"
    identifier = entry.get("Id")
    return Reading(
        Organization(manager, pointer),
        partitions=frozenset((arn.partition,) if arn else ()),
        organization=identifier if isinstance(identifier, str) and _ORGANIZATION.match(identifier) else None,
    )


def _read_error(form: ErrorForm, _context: FileContext) -> Reading | None:
    if form.code != "AWSOrganizationsNotInUseException":
        return None
    return Reading(Organization(None, "error text"))


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"MasterAccountId"'),
    names=(frozenset(("organization",)),),
    read_error=_read_error,
)

"""Reads the answer of ``aws organizations describe-organization``, its error text for "there is none" included."""

import re
from collections.abc import Iterable, Mapping
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
    has_policies: bool = True
    """False where the organization only shares its bill: service control policies do not exist there."""

    @property
    def records(self) -> int | None:
        """Return 1 for an organization, 0 for none."""
        return 0 if self.management_account is None else 1


def organization_ids(entries: Iterable[Mapping[str, object]]) -> frozenset[str]:
    """Return the organizations that the ARNs of entries of AWS Organizations name."""
    arns = (entry.get("Arn") for entry in entries)
    return frozenset(found[1] for arn in arns if isinstance(arn, str) and (found := _ARN.match(arn)))


def several(kind: ExportKind, organizations: frozenset[str]) -> Reading | None:
    """Refuse an answer whose entries belong to several organizations, which AWS never gives."""
    if len(organizations) < 2:
        return None
    detail = f"the answer names several organizations ({', '.join(sorted(organizations))}); export it again"
    return Reading(failure=fail(kind, MissingReason.INVALID, detail))


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
    arns = ({"Arn": entry.get("Arn")}, {"Arn": entry.get("MasterAccountArn")})
    named = organization_ids(arns) | (
        {identifier} if isinstance(identifier, str) and _ORGANIZATION.match(identifier) else set()
    )
    return several(_KIND, named) or Reading(
        Organization(manager, pointer, entry.get("FeatureSet") != "CONSOLIDATED_BILLING"),
        partitions=frozenset((arn.partition,) if arn else ()),
        organization=next(iter(named), None),
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

"""Reads the answer of ``aws sso-admin list-instances``: the instances of IAM Identity Center in one region."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.pages import is_cut

_KIND = ExportKind.IDENTITY_CENTER_INSTANCES
_REGION = re.compile(r"--region[ =]+\S+")


@dataclass(frozen=True, slots=True)
class IdentityCenterInstances:
    """Owners of the instances that are active, and whether the list is known to be that of a region somebody chose."""

    active_owners: tuple[str | None, ...]
    count: int
    complete: bool
    """False when more pages follow, or the command in the manifest names no region: the list of another one may be empty."""

    @property
    def records(self) -> int | None:
        """Return how many instances there are, active or not."""
        return self.count


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if not isinstance(data, dict) or "Instances" not in data:
        return None
    instances = data["Instances"]
    if not isinstance(instances, list) or not all(
        isinstance(item, dict) and "InstanceArn" in item for item in instances
    ):
        detail = "Instances is no list of Identity Center instances; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    # Older answers have no Status: an instance that is listed was ready then.
    active = [item.get("OwnerAccountId") for item in instances if item.get("Status", "ACTIVE") == "ACTIVE"]
    owners = tuple(owner if isinstance(owner, str) else None for owner in active)
    complete = not is_cut(data) and bool(_REGION.search(context.command or ""))
    return Reading(IdentityCenterInstances(owners, len(instances), complete))


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"InstanceArn"'),
    names=(frozenset(("identity", "center")), frozenset(("sso", "instances"))),
)

"""Reads the answer of ``aws iam list-virtual-mfa-devices``."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.pages import asks_for_a_part, asks_for_one_page, is_cut

_KIND = ExportKind.VIRTUAL_MFA_DEVICES
_SEED = re.compile(r'(?:Base32StringSeed|QRCodePNG)"?\s*[:=]\s*(?!null\b)"?[A-Za-z0-9+/]')
_UNASSIGNED = re.compile(r"--assignment-status[ =]+\S*unassigned", re.IGNORECASE)
SECRET = (
    "secret",
    "the file holds seeds of MFA devices (Base32StringSeed, QRCodePNG): whoever reads it can make their codes; "
    "delete it, and enrol those devices anew",
)
"""What to say of a file with seeds, wherever they stand; the seeds themselves are never shown."""


@dataclass(frozen=True, slots=True)
class VirtualDevices:
    """What the list says of root; serial numbers and device names decide nothing, only ``User.Arn`` does."""

    count: int
    gap: str | None
    """Why devices may be lacking, and what to do; None where the list is complete."""
    root_pointer: str | None
    """JSON Pointer of the entry whose user is root."""
    pointer: str = "/VirtualMFADevices"
    """JSON Pointer of the list."""

    @property
    def records(self) -> int | None:
        """Return how many devices the list holds."""
        return self.count


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    data = form.data if isinstance(form, JsonForm) else None
    if isinstance(data, dict) and "VirtualMFADevices" in data:
        devices = data["VirtualMFADevices"]
        return _list(devices, "/VirtualMFADevices", _gap(data, context) or _gap_of_users(devices))
    if isinstance(data, list) and data and any(isinstance(item, dict) and "User" in item for item in data):
        gap = _gap_of_query(context) or _gap_of_users(data)
        return _list(data, "", gap)  # unwrapped by --query VirtualMFADevices
    return None


def _list(devices: Any, pointer: str, gap: str | None) -> Reading | None:
    if not isinstance(devices, list) or not all(isinstance(device, dict) for device in devices):
        detail = "VirtualMFADevices is no list of devices; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    if not pointer and not all("SerialNumber" in device for device in devices):
        return None
    users = [device.get("User") for device in devices]
    owners = [parse_arn(user.get("Arn")) if isinstance(user, dict) else None for user in users]
    unclear = [index for index, user in enumerate(users) if user is not None and owners[index] is None]
    if unclear:
        detail = f"the user of {pointer}/{unclear[0]} has no readable Arn; export the list again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    root = [index for index, owner in enumerate(owners) if owner is not None and owner.is_root]
    arns = [arn for arn in (*owners, *(parse_arn(device.get("SerialNumber")) for device in devices)) if arn]
    return Reading(
        VirtualDevices(len(devices), gap, f"{pointer}/{root[0]}/User/Arn" if root else None, pointer),
        accounts=frozenset(arn.account for arn in arns),
        partitions=frozenset(arn.partition for arn in arns),
        problems=(SECRET,) if holds_seeds(json.dumps(devices)) else (),
    )


def _gap(data: Mapping[str, Any], context: FileContext) -> str | None:
    if is_cut(data) or asks_for_a_part(context.command):
        return "is one page of several; export the list without --max-items and --no-paginate"
    if _UNASSIGNED.search(context.command or ""):
        return "lists unassigned devices only, by its command in the manifest; export it without --assignment-status"
    return None


def _gap_of_query(context: FileContext) -> str | None:
    if context.command is None or asks_for_one_page(context.command):
        return "was cut out with --query, so whether more pages follow is not said; export the whole answer"
    return _gap({}, context)


def _gap_of_users(devices: Any) -> str | None:
    """Tell whether a device is in use by nobody: its user, who may be root, was taken out of the file."""
    entries = devices if isinstance(devices, list) else []
    if any(isinstance(item, dict) and item.get("EnableDate") and item.get("User") is None for item in entries):
        return "has a device that is in use (EnableDate), but names no user of it; export the list anew, with its users"
    return None


def holds_seeds(text: str) -> bool:
    """Tell whether a text holds the seed of an MFA device, which is a secret."""
    return bool(_SEED.search(text))


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"VirtualMFADevices"'),
    names=(frozenset(("virtual", "mfa")),),
)

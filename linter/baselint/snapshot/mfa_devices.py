"""Reads the answer of ``aws iam list-mfa-devices``, which lists the caller's devices: root's only when root called it."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.caller import root_caller
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.virtual_mfa_devices import is_cut

_KIND = ExportKind.MFA_DEVICES


@dataclass(frozen=True, slots=True)
class DeviceList:
    """The devices of one identity; serial numbers that are ARNs of ``mfa/`` name virtual devices."""

    serials: tuple[str, ...]
    complete: bool
    of_root: bool
    """Whether the manifest says that the caller was root or a privileged root session."""

    @property
    def records(self) -> int | None:
        """Return how many devices the list holds."""
        return len(self.serials)

    @property
    def has_virtual(self) -> bool:
        """Tell whether one of the devices is a virtual one."""
        arns = (parse_arn(serial) for serial in self.serials)
        return any(arn is not None and arn.resource.startswith("mfa/") for arn in arns)


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict) or "MFADevices" not in form.data:
        return None
    devices = form.data["MFADevices"]
    entries = devices if isinstance(devices, list) else [None]
    serials = [device.get("SerialNumber") if isinstance(device, dict) else None for device in entries]
    if not all(isinstance(serial, str) for serial in serials):
        return Reading(failure=fail(_KIND, MissingReason.INVALID, "MFADevices is no list of devices; export it again"))
    root = root_caller(context)
    arns = [arn for arn in (*map(parse_arn, serials), root) if arn]
    return Reading(
        DeviceList(tuple(str(serial) for serial in serials), not is_cut(form.data), of_root=root is not None),
        accounts=frozenset(arn.account for arn in arns),
        partitions=frozenset(arn.partition for arn in arns),
    )


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"MFADevices"'),
    names=(frozenset(("mfa", "devices")),),
)

"""Reads the answer of ``aws iam list-mfa-devices``, which lists the caller's devices: root's only when root called it."""

import re
from dataclasses import dataclass

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.arn import parse_arn
from baselint.snapshot.caller import another, names_another, root_caller
from baselint.snapshot.export import FileContext, Reader, Reading, fail
from baselint.snapshot.form import JsonForm, TableForm
from baselint.snapshot.pages import asks_for_a_part, is_cut

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
        return any(map(_is_virtual, self.serials))


def _is_virtual(serial: str) -> bool:
    """Tell whether a serial number is the ARN of a virtual device, whose account may have been made unreadable."""
    arn = parse_arn(serial)
    return arn.resource.startswith("mfa/") if arn else serial.startswith("arn:") and ":mfa/" in serial


def _is_serial(serial: object) -> bool:
    """Tell whether a serial number is one: an ARN of a device, or what the maker of the device gave it."""
    if not isinstance(serial, str) or not serial.strip():
        return False
    return not serial.startswith("arn:") or parse_arn(serial) is not None or _is_virtual(serial)


def _read(form: JsonForm | TableForm, context: FileContext) -> Reading | None:
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict) or "MFADevices" not in form.data:
        return None
    devices = form.data["MFADevices"]
    entries = devices if isinstance(devices, list) else [None]
    serials = [device.get("SerialNumber") if isinstance(device, dict) else None for device in entries]
    if not all(map(_is_serial, serials)):
        detail = "MFADevices is no list of devices; export it again"
        return Reading(failure=fail(_KIND, MissingReason.INVALID, detail))
    root = root_caller(context)
    if any(isinstance(entry, dict) and names_another(root, entry.get("UserName")) for entry in entries):
        return Reading(failure=fail(_KIND, MissingReason.INVALID, another("MFADevices")))
    arns = [arn for arn in (*map(parse_arn, serials), root) if arn]
    return Reading(
        DeviceList(
            tuple(str(serial) for serial in serials),
            not is_cut(form.data) and not asks_for_a_part(context.command),
            of_root=root is not None,
        ),
        accounts=frozenset(arn.account for arn in arns),
        partitions=frozenset(arn.partition for arn in arns),
    )


READER = Reader(
    _KIND,
    _read,
    mark=re.compile(r'"MFADevices"'),
    names=(frozenset(("mfa", "devices")),),
)

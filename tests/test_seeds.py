"""Seeds of MFA devices are named in any file that holds them, and shown in none."""

import json
from typing import Any

import pytest

from builders import ACCOUNT, virtual_devices
from snapshotting import export_of, recognise_one

SEEDS = {"VirtualMFADevice": {"SerialNumber": "x", "Base32StringSeed": "TOPSECRET", "QRCodePNG": "TOPSECRET"}}
LISTED = virtual_devices("alice")
LISTED["VirtualMFADevices"][0]["QRCodePNG"] = "TOPSECRET"


@pytest.mark.parametrize(
    "content",
    [
        SEEDS,
        [SEEDS],
        LISTED,
        json.dumps(LISTED)[:-3],
        json.dumps(SEEDS)[:-5],
        json.dumps(json.dumps(SEEDS)),
        {"MFADevices": [{"UserName": "a", "SerialNumber": "x", "Base32StringSeed": "TOPSECRET"}]},
        {"VirtualMFADevice": {"Base32StringSeed": {"type": "Buffer", "data": [84, 79]}}},
        json.dumps({"VirtualMFADevice": {"QRCodePNG": {"type": "Buffer", "data": [84, 79]}}}, indent=4),
        {"format_version": "1.0", "planned_values": SEEDS},
        "Base32StringSeed: |-\n  TOPSECRET\n",
        "Base32StringSeed: TOPSECRET\n",
        "VirtualMFADevice:\n  QRCodePNG: !!binary |\n    TOPSECRET\n",
        "{'Base32StringSeed': b'TOPSECRET'}",
        "--------\n|  Base32StringSeed |  TOPSECRET |\n",
        "┌───┐\n│  Base32StringSeed │  TOPSECRET │\n",
        "<Base32StringSeed>TOPSECRET</Base32StringSeed>",
        f"VIRTUALMFADEVICE\tTOPSECRET\tTOPSECRET\tarn:aws:iam::{ACCOUNT}:mfa/x\n",
        ("\ufeff" + json.dumps(SEEDS)).encode("utf-16-le"),
        ("\ufeff" + json.dumps(SEEDS)).encode("utf-16-be"),
        b"\xe9" + json.dumps(SEEDS).encode(),
    ],
)
def test_seeds_of_devices_are_named_wherever_they_are_and_never_shown(content: Any) -> None:
    file = recognise_one(content)
    if file.export is None:
        assert file.reason == "it is no export, and it holds secrets"
    told = dict(file.problems if file.export is None else file.export.reading.problems).get("secret")
    assert told is not None
    assert told.startswith("the file holds seeds of MFA devices")
    shown = (file.reason, file.problems, file.export and (file.export.reading.failure, file.export.reading.problems))
    assert "TOPSECRET" not in repr(shown)


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        {"Base32StringSeed": None, "QRCodePNG": ""},
        "Never share a Base32StringSeed.",
        "Base32StringSeed:\nSerialNumber: x\n",
        "Base32StringSeed: ''\nSerialNumber: x\n",
        "Base32StringSeed: null\n",
    ],
)
def test_what_holds_no_seed_is_no_secret(content: Any) -> None:
    assert recognise_one(content).problems == ()


def test_a_list_without_seeds_is_no_secret() -> None:
    devices = virtual_devices("alice")
    devices["VirtualMFADevices"][0]["Base32StringSeed"] = None
    assert export_of(devices).reading.problems == ()

"""Whatever happens to the files of an account on their way, nothing that failed or was unknown passes, and nothing crashes."""

import json
import random
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.errors import UsageError
from baselint.finding import Status
from builders import (
    ACCOUNT,
    caller,
    complete_snapshot,
    contact,
    error_text,
    features,
    instances,
    organization,
    primary_contact,
    report_csv,
    root_row,
    saml_providers,
    summary,
    user_row,
    virtual_devices,
)
from judged import judge
from snapshotting import OTHER

OLD, RECENT = "2020-01-01T00:00:00Z", "2026-10-31T08:00:00Z"
REPORT = "status_reports_2026-10-01T08-00-00+00-00.csv"
BAD = {
    "password_enabled": "true",
    "password_last_used": RECENT.replace("10-31", "09-30"),
    "password_last_changed": OLD,
    "mfa_active": "false",
    **{
        f"access_key_{slot}_{name}": value
        for slot in (1, 2)
        for name, value in (("active", "true"), ("last_rotated", OLD))
    },
    "access_key_1_last_used_date": "2026-09-30T00:00:00Z",
    "cert_1_active": "true",
    "cert_1_last_rotated": OLD,
}
IDLE = BAD | {"password_last_used": OLD, "access_key_1_last_used_date": OLD, "access_key_2_last_used_date": "N/A"}
ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def bad(*, expiring: bool = True) -> dict[str, str]:
    """The files of an account in which everything is wrong; no file holds evidence for a pass of what fails."""
    policy = {
        "MinimumPasswordLength": 6,
        "ExpirePasswords": expiring,
        "AllowUsersToChangePassword": False,
        "HardExpiry": expiring,
    }
    policy |= {
        f"Require{name}": not expiring for name in ("Symbols", "Numbers", "UppercaseCharacters", "LowercaseCharacters")
    }
    policy |= {"MaxPasswordAge": 1095} if expiring else {}
    files: dict[str, Any] = {
        REPORT: report_csv(root_row(**BAD), user_row("mallory", **IDLE), user_row("eve", **IDLE)),
        "account-summary.json": summary(mfa=0, keys=1, certificates=1, users=99),
        "password-policy.json": {"PasswordPolicy": policy},
        "virtual-mfa-devices.json": virtual_devices("root"),
        "caller-identity.json": caller(ROOT),
        "contact-information.json": primary_contact(CompanyName="Other", PhoneNumber="+99 1"),
        "organization.json": organization(OTHER),
        "organizations-features.json": features(),
        "saml-providers.json": saml_providers(OLD),
        "identity-center-instances.json": instances(ACCOUNT, status="CREATE_FAILED"),
        "alternate-contact-billing.json": contact("BILLING", EmailAddress="a@other.test"),
        "alternate-contact-operations.json": contact("OPERATIONS", EmailAddress="a@other.test"),
        "alternate-contact-security.err": error_text("ResourceNotFoundException", "GetAlternateContact", "none"),
    }
    return {name: item if isinstance(item, str) else json.dumps(item, indent=1) for name, item in files.items()}


def passing(files: dict[str, Any]) -> set[str]:
    with tempfile.TemporaryDirectory() as directory:
        found = judge(Path(directory) / ACCOUNT, {"pin.json": caller(ROOT), **files})
    return {control for control, finding in found.items() if finding.status is Status.PASS}


SHELLS: list[Callable[[str], bytes]] = [
    str.encode,
    lambda text: b"\xef\xbb\xbf" + text.encode(),
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: ("\ufeff" + text.replace("\n", "\r\n")).encode("utf-16-le"),
]
FILES = sorted(bad())


@settings(deadline=None, max_examples=120)
@given(
    st.booleans(),
    st.sets(st.sampled_from(FILES), max_size=5),
    st.sampled_from(FILES),
    st.floats(0, 1),
    st.sampled_from(SHELLS),
)
def test_files_that_are_lost_cut_or_written_anew_make_nothing_pass(
    expiring: bool, lost: set[str], cut: str, share: float, shell: Callable[[str], bytes]
) -> None:
    files = bad(expiring=expiring)
    before = passing(files)
    lost -= {"account-summary.json"} if cut == REPORT else set()  # without it nobody knows how many rows were lost
    mutated = {name: text for name, text in files.items() if name not in lost}
    if cut in mutated:
        mutated[cut] = mutated[cut][: int(len(mutated[cut]) * share)]
    after = passing({name: shell(text) for name, text in mutated.items()})
    assert after <= before


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_letters_that_are_changed_anywhere_crash_nothing(data: st.DataObject) -> None:
    files = bad(expiring=data.draw(st.booleans()))
    name = data.draw(st.sampled_from(FILES))
    text = files[name]
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from('"{}[],:0\n;\\é\x00 ') | st.characters(codec="utf-8"))
    with suppress(UsageError):  # an account id that is another one now
        passing({name: text[:place] + letter + text[place + 1 :]})


def test_the_bad_account_fails_whatever_it_can_fail() -> None:
    one, other = passing(bad()), passing(bad(expiring=False))
    assert one & other == {
        "account-in-organization",
        "contact-billing",
        "contact-operations",
        "password-policy-configured",
    }


@settings(deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_keys_and_files_changes_nothing(source: random.Random) -> None:
    def shuffled(item: Any) -> Any:
        if isinstance(item, dict):
            names = list(item)
            source.shuffle(names)
            return {name: shuffled(item[name]) for name in names}
        return [shuffled(entry) for entry in source.sample(item, len(item))] if isinstance(item, list) else item

    files = bad() | {name: json.dumps(item) for name, item in complete_snapshot().items() if name not in bad()}
    changed = {}
    for name in source.sample(sorted(files), len(files)):
        text = files[name]
        if text.startswith("{"):
            changed[f"{source.randrange(1000)}-{name}"] = json.dumps(shuffled(json.loads(text)))
        elif name == REPORT:
            header, *rows = text.split("\n")
            changed[name] = "\n".join([header, *source.sample(rows, len(rows))])
        else:
            changed[name] = text
    with tempfile.TemporaryDirectory() as directory:
        before = judge(Path(directory, "a", ACCOUNT), files)
        after = judge(Path(directory, "b", ACCOUNT), changed)
    assert {control: (item.status, item.reason) for control, item in after.items()} == {
        control: (item.status, item.reason) for control, item in before.items()
    }

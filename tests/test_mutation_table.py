"""For every control that exports decide there is one changed field that makes it fail, and one that makes it unknown."""

import base64
import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from baselint.finding import Status
from builders import (
    ACCOUNT,
    complete_snapshot,
    error_text,
    instances,
    organization,
    password_policy,
    report_json,
    root_row,
    summary,
    user_row,
)
from judged import judge, linter
from organization_policies import POLICY, SESSIONS, TOP, deny, described, listed, targets, text
from snapshotting import OTHER

REPORT = "credential-report.json"
CELLS = ["true", "false", "N/A", "no_information", "2020-01-01T00:00:00Z", "2026-10-31T00:00:00Z", "garbage"]
VALUES: list[Any] = [
    0,
    1,
    5,
    2000,
    True,
    False,
    None,
    "",
    "garbage",
    "2020-01-01T00:00:00Z",
    OTHER,
    f"arn:aws:iam::{ACCOUNT}:root",
]
ANSWERS = {
    "password-policy.json": ("NoSuchEntity", "GetAccountPasswordPolicy"),
    "organization.json": ("AWSOrganizationsNotInUseException", "DescribeOrganization"),
    "organizations-features.json": ("ServiceAccessNotEnabledException", "ListOrganizationsFeatures"),
    **{
        f"alternate-contact-{name}.json": ("ResourceNotFoundException", "GetAlternateContact")
        for name in ("billing", "operations", "security")
    },
}
KEY = {
    "access_key_1_active": "true",
    "access_key_1_last_rotated": "2026-10-01T00:00:00Z",
    "access_key_1_last_used_date": "2026-10-30T00:00:00Z",
}
ALICE = user_row(
    "alice", password_enabled="true", password_last_used="2026-10-30T00:00:00Z", password_last_changed="2026-10-01T00:00:00Z", mfa_active="true"
)  # fmt: skip


def accounts() -> dict[str, dict[str, Any]]:
    """Accounts of which each meets many controls, and of which every control is met by one."""
    managing = complete_snapshot() | {
        REPORT: report_json(root_row(), ALICE, user_row("bob", **KEY)),
        "account-summary.json": summary(users=2),
        "password-policy.json": password_policy(HardExpiry=False),
    }
    member = managing | {
        "organization.json": organization(OTHER),
        REPORT: report_json(root_row(password_enabled="false", mfa_active="false", password_last_changed="N/A")),
        "account-summary.json": summary(mfa=0, password=0, users=0),
        "service-control-policies.json": listed(POLICY),
        f"service-control-policy-{POLICY}.json": described(POLICY, text(deny(SESSIONS))),
        f"service-control-policy-targets-{POLICY}.json": targets(TOP),
    }
    plain = managing | {
        "password-policy.json": password_policy(
            ExpirePasswords=..., MaxPasswordAge=0, RequireSymbols=False, RequireNumbers=False,
            RequireUppercaseCharacters=False, RequireLowercaseCharacters=False,
        )
    }  # fmt: skip
    alone = {REPORT: managing[REPORT]}
    member_alone = {name: member[name] for name in (REPORT, "organization.json")}
    center = "identity-center-instances.json"
    command = "aws sso-admin list-instances --region eu-central-1"
    providers = {
        "saml-providers.json": managing["saml-providers.json"],
        center: instances(),
        "manifest.json": {"kind": "snapshot-manifest", "files": [{"path": center, "command": command}]},
    }
    programs = {REPORT: report_json(root_row(), user_row("bob", mfa_active="true", **KEY))}
    return {
        "managing": managing,
        "programs alone": programs,
        "report alone": alone,
        "member": member,
        "report of a member alone": member_alone,
        "plain passwords": plain,
        "providers alone": providers,
    }


def changes(files: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every account that differs in one field, with what was changed."""
    for name, content in files.items():
        if name == REPORT:
            yield from _cell_changes(files)
        else:
            for place, changed in _json_changes(content):
                yield f"{name} {place}", files | {name: changed}
        if name in ANSWERS:
            code, operation = ANSWERS[name]
            yield f"{name} = {code}", files | {name: error_text(code, operation, "changed")}


def _cell_changes(files: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    answer = files[REPORT]
    for stamp in ("2020-01-01T00:00:00Z", "garbage"):
        yield f"{REPORT} /GeneratedTime = {stamp}", files | {REPORT: answer | {"GeneratedTime": stamp}}
    rows = list(csv.reader(io.StringIO(base64.b64decode(answer["Content"]).decode())))
    for line in range(1, len(rows)):
        for column in range(2, len(rows[0])):
            for cell in CELLS:
                if cell != rows[line][column]:
                    changed = [[*row[:column], cell, *row[column + 1 :]] if row is rows[line] else row for row in rows]
                    text = "\n".join(",".join(row) for row in changed)
                    content = base64.b64encode(text.encode()).decode()
                    yield (
                        f"{REPORT} {rows[line][0]} {rows[0][column]} = {cell}",
                        files | {REPORT: answer | {"Content": content}},
                    )


def _json_changes(data: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield f"{place}/{key} left out", {name: item for name, item in data.items() if name != key}
            for where, changed in _json_changes(value, f"{place}/{key}"):
                yield where, data | {key: changed}
    elif isinstance(data, list):
        yield f"{place} = []", []
        for index, value in enumerate(data):
            for where, changed in _json_changes(value, f"{place}/{index}"):
                yield where, [*data[:index], changed, *data[index + 1 :]]
    else:
        for value in VALUES:
            if (type(value), value) != (type(data), data):
                yield f"{place} = {json.dumps(value)}", value


def statuses(directory: Path, files: dict[str, Any]) -> dict[str, Status]:
    return {control: finding.status for control, finding in judge(directory, files).items()}


def test_every_control_can_fail_and_be_unknown_by_one_field(tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    found: dict[tuple[str, Status], str] = {}
    passed: set[str] = set()
    for name, files in accounts().items():
        before = statuses(tmp_path / ACCOUNT / name, files)
        passing = {control for control, status in before.items() if status is Status.PASS}
        passed |= passing
        directory = tmp_path / ACCOUNT / f"{name} changed"
        for what, changed in changes(files):
            different = {key: item for key, item in changed.items() if item is not files[key]}
            after = statuses(directory, files | different)
            for control in passing:
                if after.get(control) in {Status.FAIL, Status.UNKNOWN}:
                    found.setdefault((control, after[control]), f"{name}: {what}")
    controls = sorted({item.resolved.control.id for _, judges in linter()._judges for item in judges})
    assert [control for control in controls if control not in passed] == []
    table = [
        f"{control}\n  fail     {found.get((control, Status.FAIL))}\n  unknown  {found.get((control, Status.UNKNOWN))}\n"
        for control in controls
    ]
    golden("mutations.txt", "".join(table))
    assert [line for line in "".join(table).splitlines() if line.endswith(" None")] == []

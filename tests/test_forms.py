"""However an answer was written down, the verdicts are the same: every form of the AWS CLI, of SDKs, shells and archives."""

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from baselint.evidence import ExportKind
from builders import CAPTURED, complete_snapshot, error_text, report_csv, root_row, user_row, virtual_devices, write
from conftest import Cli
from linting import findings, report
from snapshotting import export_of, manifest, recognise_all, recognise_one

Files = dict[str, bytes]
Form = Callable[[Files], Files]
CONSOLE = "status_reports_2026-11-01T08-00-00+00-00.csv"
UNWRAPPED = {"SummaryMap", "PasswordPolicy", "AlternateContact", "SAMLProviderList"}


def snapshot() -> dict[str, Any]:
    """An account in which something passes, something fails, and one answer is an error text."""
    alice = user_row("alice", password_enabled="true", access_key_1_active="true", access_key_1_last_rotated=CAPTURED)
    files = complete_snapshot() | {
        CONSOLE: report_csv(root_row(mfa_active="false"), alice),
        "virtual-mfa-devices.json": virtual_devices("root", "alice"),
        "alternate-contact-billing.json": error_text(
            "ResourceNotFoundException",
            "GetAlternateContact",
            "No contact of the inputted alternate contact type found.",
        ),
    }
    del files["credential-report.json"]
    return files


def plain(files: dict[str, Any]) -> Files:
    return {
        name: (item if isinstance(item, str) else json.dumps(item, indent=4)).encode() for name, item in files.items()
    }


def answers(change: Callable[[Any], str]) -> Form:
    """Write every JSON answer another way."""
    return lambda files: {
        name: change(json.loads(content)).encode() if content.startswith(b"{") else content
        for name, content in files.items()
    }


def everything(change: Callable[[bytes], bytes]) -> Form:
    return lambda files: {name: change(content) for name, content in files.items()}


def table(change: Callable[[str], str]) -> Form:
    return lambda files: files | {CONSOLE: change(files[CONSOLE].decode()).encode()}


def unwrapped(data: dict[str, Any]) -> str:
    (only,) = data.values() if len(data) == 1 else (data,)
    return json.dumps(only if data.keys() <= UNWRAPPED else data)


def zipped(files: Files) -> Files:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("export")
        for name, content in files.items():
            archive.writestr(f"export/111122223333/{name}", content)
            archive.writestr(f"__MACOSX/export/111122223333/._{name}", b"\0\5\26\7")
    return {"audit.zip": packed.getvalue()}


FORMS: dict[str, Form] = {
    "yaml": answers(lambda data: yaml.safe_dump(data)),
    "yaml in order": answers(lambda data: yaml.safe_dump(data, sort_keys=False, explicit_start=True)),
    "yaml-stream": answers(lambda data: yaml.safe_dump([data], sort_keys=False)),
    "one line": answers(json.dumps),
    "query": answers(unwrapped),
    "Python SDK": answers(lambda data: json.dumps({**data, "ResponseMetadata": {"HTTPStatusCode": 200, "RetryAttempts": 0}})),
    "JavaScript SDK": answers(lambda data: json.dumps({"$metadata": {"httpStatusCode": 200, "attempts": 1}, **data})),
    "placebo": answers(lambda data: json.dumps({"status_code": 200, "data": data})),
    "lines of a wrapper": answers(lambda data: "[default] signed in\n" + json.dumps(data, indent=4) + "\nnew release\n"),
    "UTF-8 with a mark": everything(lambda content: b"\xef\xbb\xbf" + content),
    "CRLF": everything(lambda content: content.replace(b"\n", b"\r\n")),
    "Windows PowerShell": everything(lambda content: ("\ufeff" + content.decode().replace("\n", "\r\n")).encode("utf-16-le")),
    "UTF-16BE": everything(lambda content: ("\ufeff" + content.decode()).encode("utf-16-be")),
    "newest CLI": everything(lambda content: content.replace(b"An error occurred", b"aws: [ERROR]: An error occurred")),
    "gzip": lambda files: {f"{name}.gz" if name != CONSOLE else name: gzip.compress(item) for name, item in files.items()},
    "zip": zipped,
    "Excel, semicolon": table(lambda text: "\ufeff" + text.replace(",", ";").replace("\n", "\r\n") + "\r\n"),
    "Excel, tab": table(lambda text: text.replace(",", "\t").replace("true", "TRUE").replace("false", "FALSE")),
    "Excel, with its separator": table(lambda text: "sep=;\r\n" + text.replace(",", ";").replace("\n", "\r\n")),
    "line ends of the Macintosh": table(lambda text: text.replace("\n", "\r")),
    "PowerShell array of lines": table(lambda text: json.dumps(text.split("\n"))),
    "quoted cells": table(lambda text: "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in text.split("\n"))),
    "base64": table(lambda text: base64.b64encode(text.encode()).decode()),
    "base64, broken into lines": table(lambda text: base64.encodebytes(text.encode()).decode()),
    "base64 as JSON": table(lambda text: json.dumps(base64.b64encode(text.encode()).decode())),
}  # fmt: skip


def verdicts(cli: Cli, directory: Path, files: Files) -> dict[str, tuple[str, str]]:
    write(directory, files)
    found = report(cli, directory.name, "-b", "aws-root-hardening")
    assert [account["id"] for account in found["accounts"]] == ["111122223333"]
    return {name: (item["status"], item["reason"]) for name, item in findings(found).items()}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_the_form_of_the_answers_changes_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli, form: Form
) -> None:
    monkeypatch.chdir(tmp_path)
    files = plain(snapshot())
    changed = form(files)
    assert changed != files
    before, after = verdicts(cli, tmp_path / "plain", files), verdicts(cli, tmp_path / "form", changed)
    assert after == before
    assert {status for status, _ in before.values()} >= {"pass", "fail", "manual"}


def test_a_list_cut_out_with_query_is_whole_only_when_the_command_says_so() -> None:
    listed = virtual_devices("alice", None)["VirtualMFADevices"]
    alone = export_of(listed)
    assert alone.kind is ExportKind.VIRTUAL_MFA_DEVICES
    assert "cut out with --query" in str(getattr(alone.reading.payload, "gap", None))
    for command, whole in (
        ("aws iam list-virtual-mfa-devices --query VirtualMFADevices", True),
        ("aws iam list-virtual-mfa-devices --query VirtualMFADevices --no-paginate", False),
        ("aws iam list-virtual-mfa-devices --query VirtualMFADevices --max-items 5", False),
        ("aws iam list-virtual-mfa-devices --query VirtualMFADevices --assignment-status Unassigned", False),
    ):
        file = recognise_all({"x": listed, "m.json": manifest({"path": "x", "command": command})})["x"]
        assert file.export is not None
        assert (getattr(file.export.reading.payload, "gap", "") is None) is whole


def test_roots_entry_is_found_in_a_list_cut_out_with_query() -> None:
    payload = export_of(virtual_devices("alice", "root")["VirtualMFADevices"]).reading.payload
    assert getattr(payload, "root_pointer", None) == "/1/User/Arn"


@pytest.mark.parametrize("content", [[{"User": {}}, 1], [{"User": {"Arn": "x"}}], [{"SerialNumber": "x"}]])
def test_other_lists_are_no_devices(content: Any) -> None:
    file = recognise_one(content)
    assert file.export is None or file.export.reading.payload is None


def test_yaml_that_is_no_answer_is_told_by_its_name() -> None:
    assert recognise_one("Resources:\n  Bucket: {Type: x}\n").reason == (
        "it is none of the exports baselint reads; see 'baselint list exports'"
    )
    failure = export_of("Unable: to locate credentials\n", "account-summary.json").reading.failure
    assert failure is not None
    assert failure.detail == "the file holds no answer of the AWS CLI; export it again with --output json"

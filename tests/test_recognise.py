"""What each file of a snapshot is taken for: by content, then by what the manifest and its name say."""

import base64
import gzip
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.error_answer import failure
from baselint.snapshot.files import SnapshotFile
from baselint.snapshot.form import BrokenForm, ErrorForm
from baselint.snapshot.recognise import RecognisedFile, recognise
from builders import (
    ACCOUNT,
    caller,
    contact,
    error_text,
    password_policy,
    report_csv,
    report_json,
    root_row,
    summary,
    virtual_devices,
)
from snapshotting import AS_OF, CHECKER, export_of, manifest, recognise_all, recognise_one

EMPTY = "the file is empty"
NOT_ALLOWED = f"User: arn:aws-us-gov:sts::{ACCOUNT}:assumed-role/x/y is not authorized to perform: iam:Get"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (report_csv(root_row()), "credential-report"),
        (report_json(root_row()), "credential-report"),
        (summary(), "account-summary"),
        (summary()["SummaryMap"], "account-summary"),
        (password_policy(), "password-policy"),
        (password_policy()["PasswordPolicy"], "password-policy"),
        (virtual_devices("root"), "virtual-mfa-devices"),
        ({"MFADevices": []}, "mfa-devices"),
        (contact("SECURITY"), "alternate-contact"),
        (contact("SECURITY")["AlternateContact"], "alternate-contact"),
        (caller(), "caller-identity"),
        (manifest(), "snapshot-manifest"),
        ({**summary(), "ResponseMetadata": {"HTTPStatusCode": 200}}, "account-summary"),
        ({**password_policy(), "$metadata": {"httpStatusCode": 200}}, "password-policy"),
        ({**caller(), "ResponseMetadata": {}}, "caller-identity"),
        (b"\xff\xfe" + json.dumps(summary(), indent=1).replace("\n", "\r\n").encode("utf-16-le"), "account-summary"),
        (b"\xef\xbb\xbf" + json.dumps(password_policy()).encode(), "password-policy"),
    ],
)
def test_answers_are_told_by_content_whatever_the_name(content: Any, kind: str) -> None:
    export = export_of(content, "alternate-contact-billing.txt")
    assert export.kind == kind
    assert export.reading.failure is None
    assert export.reading.payload is not None


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("GetCredentialReport", "credential-report"),
        ("GenerateCredentialReport", "credential-report"),
        ("GetAccountSummary", "account-summary"),
        ("GetAccountPasswordPolicy", "password-policy"),
        ("ListVirtualMFADevices", "virtual-mfa-devices"),
        ("ListMFADevices", "mfa-devices"),
        ("GetCallerIdentity", "caller-identity"),
    ],
)
@pytest.mark.parametrize("prefix", ["", "aws: [ERROR]: "])
def test_a_refused_call_is_told_by_its_operation_and_names_the_caller(operation: str, kind: str, prefix: str) -> None:
    export = export_of(prefix + error_text("AccessDenied", operation, NOT_ALLOWED).strip())
    assert (export.kind, export.reading.payload) == (kind, None)
    assert export.reading.failure is not None
    assert export.reading.failure.reason is MissingReason.ACCESS_DENIED
    assert export.reading.failure.needs == (export.kind,)
    assert f"AWS refused {operation} (AccessDenied)" in export.reading.failure.detail
    assert (export.reading.accounts, export.reading.partitions) == ({ACCOUNT}, {"aws-us-gov"})


@pytest.mark.parametrize(
    "code",
    ["Throttling", "ExpiredToken", "ReportNotPresent", "ReportExpired", "ReportInProgress", "InvalidClientTokenId"],
)
def test_any_other_error_is_no_answer(code: str) -> None:
    export = export_of(error_text(code, "GetCredentialReport", "Unknown"))
    assert export.reading.failure is not None
    assert export.reading.failure.reason is MissingReason.NOT_AN_ANSWER
    assert f"the error {code} of GetCredentialReport instead of an answer" in export.reading.failure.detail
    assert export.reading.accounts == frozenset()


@pytest.mark.parametrize(
    "code", ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError"]
)
def test_every_word_of_aws_for_a_refusal_is_one(code: str) -> None:
    assert failure(ExportKind.ACCOUNT_SUMMARY, ErrorForm(code, "X", "")).reason is MissingReason.ACCESS_DENIED


def test_a_broken_file_keeps_its_own_reason() -> None:
    missing = failure(ExportKind.ACCOUNT_SUMMARY, BrokenForm(MissingReason.INVALID, "why"))
    assert (missing.reason, missing.detail, missing.needs) == ("invalid", "why", (ExportKind.ACCOUNT_SUMMARY,))


@pytest.mark.parametrize("code", ["NoSuchEntity", "ResourceNotFoundException"])
def test_there_is_none_is_an_answer_of_its_own_call_only(code: str) -> None:
    for operation in ("GetAccountSummary", "ListVirtualMFADevices", "GetCallerIdentity"):
        export = export_of(error_text(code, operation, "x"), "password-policy.err")
        assert export.reading.payload is None
        assert export.kind not in (ExportKind.PASSWORD_POLICY, ExportKind.ALTERNATE_CONTACT)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("credential-report.json", "credential-report"),
        ("Credential_Report (1).csv.gz", "credential-report"),
        ("status_reports_2026.csv", "credential-report"),
        ("account-summary.json", "account-summary"),
        ("SUMMARY.txt", "account-summary"),
        ("password-policy.json", "password-policy"),
        ("password-policy.err", "password-policy"),
        ("virtual-mfa-devices.json", "virtual-mfa-devices"),
        ("mfa-devices.json", "mfa-devices"),
        ("caller-identity.json", "caller-identity"),
        ("alternate-contact-security.json", "alternate-contact"),
    ],
)
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", EMPTY),
        ("{}", "only an empty value"),
        ("null", "only an empty value"),
        ("[]", "only an empty value"),
        ('""', "only an empty value"),
        ("Unable to locate credentials. You can configure credentials", "the AWS CLI found no credentials"),
        ("<html><body>Sign in", "XML or HTML page"),
        ("5000\t0\t1", "text output"),
        ("----------\n| Get |", "table output"),
        (b"\x00\xff\xfe", "no text in UTF-8"),
        (gzip.compress(b"x"), "compressed (gzip)"),
    ],
)
def test_a_file_without_an_answer_is_told_by_its_name(name: str, kind: str, content: Any, words: str) -> None:
    export = export_of(content, name)
    assert export.kind == kind
    assert export.reading.failure is not None
    assert export.reading.failure.reason is MissingReason.NOT_AN_ANSWER
    assert words in export.reading.failure.detail
    assert export.reading.accounts == frozenset()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"SummaryMap": {"Users": 1', "account-summary"),
        ('{"PasswordPolicy": {"Minimum', "password-policy"),
        ('{"VirtualMFADevices": [', "virtual-mfa-devices"),
        ('{"MFADevices": [', "mfa-devices"),
        ('{"AlternateContact": {', "alternate-contact"),
        ('{"UserId": "x", "Account": "y", "Arn": ', "caller-identity"),
        ('{"Content": "dXNlcixh", "ReportFormat": "text/c', "credential-report"),
        ('{"SummaryMap": {"Users": 1, "Users": 2}}', "account-summary"),
        ('{"PasswordPolicy": {"MinimumPasswordLength": NaN}}', "password-policy"),
        ("PASSWORDPOLICY\tTrue", "password-policy"),
        ("sep=;\nuser;arn;password_last_used", "credential-report"),
    ],
)
def test_a_broken_file_is_told_by_what_is_left_of_it(content: str, kind: str) -> None:
    export = export_of(content, "alternate-contact-billing.json" if kind == "alternate-contact" else "x")
    assert export.kind == kind
    assert export.reading.failure is not None
    assert export.reading.payload is None


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("aws iam get-account-summary", "account-summary"),
        ("aws --profile audit --region=us-east-1 iam get-account-summary > s.json", "account-summary"),
        ("aws iam --no-cli-pager generate-credential-report", "credential-report"),
        ("/usr/bin/aws sts get-caller-identity", "caller-identity"),
        ("aws --A_ account get-alternate-contact --alternate-contact-type SECURITY", "alternate-contact"),
    ],
)
def test_a_file_without_an_answer_is_told_by_the_command_in_the_manifest(command: str, kind: str) -> None:
    files = {"m.json": manifest({"path": "password-policy.txt", "command": command}), "password-policy.txt": "oops"}
    export = recognise_all(files)["password-policy.txt"].export
    assert export is not None
    assert export.kind == kind


def test_a_command_baselint_does_not_know_leaves_it_to_the_name() -> None:
    files = {"m.json": manifest({"path": "summary", "command": "aws iam list-users"}), "summary": "", "x": ""}
    found = recognise_all(files)
    assert found["summary"].export is not None
    assert found["summary"].export.kind is ExportKind.ACCOUNT_SUMMARY
    assert found["x"].export is None


def test_a_long_command_costs_no_time() -> None:
    command = "aws " + "--A " * 70 + "x"
    files = {"m.json": manifest({"path": "x", "command": command}), "x": "oops"}
    start = time.process_time()
    assert recognise_all(files)["x"].export is None
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ({"Users": []}, "credential-report.json", "it is none of the exports baselint reads"),
        ([1], "x", "it is none of the exports baselint reads"),
        ('"dXNlcixhcm4K"', "credential-report.json", "it is none of the exports baselint reads"),
        ("", "x", EMPTY),
        (base64.b64encode(report_csv(root_row()).encode())[:-1], "report.b64", "neither JSON nor a credential report"),
        (error_text("AccessDenied", "ListRoles", "no"), "x", "the error AccessDenied of ListRoles, whose answer"),
        ("kind: attestations\n", "a.yml", "put them under policies/attestations/"),
        ("kind: attestations\n", "a.txt", "neither JSON"),
        ("kind: control\n", "a.yaml", "neither JSON"),
    ],
)
def test_what_is_not_recognised_has_a_reason(content: Any, name: str, words: str) -> None:
    file = recognise_one(content, name)
    assert file.export is None
    assert file.reason is not None
    assert words in file.reason


def test_base64_text_of_a_report_is_the_report_and_a_cut_one_is_told_by_its_name() -> None:
    content = base64.b64encode(report_csv(root_row()).encode())
    for whole in (content, b"\n".join(content[at : at + 76] for at in range(0, len(content), 76)), b'"%s"' % content):
        export = export_of(whole, "x")
        assert export.kind is ExportKind.CREDENTIAL_REPORT
        assert export.reading.payload is not None
        assert export.reading.payload.records == 1
    export = export_of(content[:-1], "credential-report.b64")
    assert export.reading.failure is not None
    assert export.reading.failure.reason is MissingReason.NOT_AN_ANSWER


@pytest.mark.parametrize(("name", "is_foreign"), [("notes.json", False), ("account-summary.json", True)])
def test_a_refused_file_is_listed_with_its_refusal(name: str, is_foreign: bool) -> None:
    refused = SnapshotFile(Path("/x", name), name, b"", "it is no regular file", is_foreign=is_foreign)
    (file,) = recognise((refused,), CHECKER, None, AS_OF)
    assert file == RecognisedFile(refused.path, refused.shown, None, None, "it is no regular file")


def test_a_refused_file_whose_name_says_what_it_is_counts_as_that_export_failed() -> None:
    refused = SnapshotFile(Path("/x/account-summary.json"), "account-summary.json", b"", "it is no regular file")
    (file,) = recognise((refused,), CHECKER, None, AS_OF)
    assert file.export is not None
    assert file.export.kind is ExportKind.ACCOUNT_SUMMARY
    assert file.export.reading.failure is not None
    assert file.export.reading.failure.reason is MissingReason.NOT_AN_ANSWER
    assert file.export.reading.failure.detail == "it is no regular file"


@pytest.mark.parametrize(
    "word", ['"UserId"', '"UserId":', '"UserId": "x", ', "Base32StringSeed ", '"Arn"', "{ ", "An error occurred ("]
)
def test_what_marks_a_broken_file_costs_no_time(word: str) -> None:
    start = time.process_time()
    recognise_one("x " + word * (1_500_000 // len(word)))
    assert time.process_time() - start < 5


def test_the_empty_one_of_two_files_of_a_call_is_listed_only() -> None:
    found = recognise_all({"password-policy.json": password_policy(), "password-policy.err": "\n"})
    assert found["password-policy.err"].export is None
    assert "the file of the same name with another ending" in (found["password-policy.err"].reason or "")
    both_empty = recognise_all({"password-policy.json": "", "password-policy.err": ""})
    assert all(file.export and file.export.reading.failure for file in both_empty.values())


@pytest.mark.parametrize(
    ("content", "as_of", "words"),
    [
        (
            report_json(root_row()),
            datetime(2026, 11, 1, 7, 54, 59, tzinfo=UTC),
            "was made at 2026-11-01T08:00:00Z, after",
        ),
        (
            report_csv(root_row(user_creation_time="2026-11-01T08:00:00Z")),
            datetime(2026, 11, 1, 7, 54, 59, tzinfo=UTC),
            "holds a date at 2026-11-01T08:00:00Z, after",
        ),
    ],
)
def test_an_export_of_the_future_has_no_voice(content: Any, as_of: datetime, words: str) -> None:
    export = export_of(content, as_of=as_of)
    assert export.reading.payload is None
    assert export.reading.failure is not None
    assert export.reading.failure.reason is MissingReason.INVALID
    assert words in export.reading.failure.detail
    assert export.reading.accounts == {ACCOUNT}
    five_minutes = export_of(content, as_of=datetime(2026, 11, 1, 7, 55, tzinfo=UTC))
    assert five_minutes.reading.failure is None


def test_the_end_of_time_is_no_error() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert export_of(report_json(root_row()), as_of=last).reading.failure is None
    assert export_of(summary(), captured_at=last).reading.failure is not None
    assert export_of(summary(), captured_at=datetime(1, 1, 1, tzinfo=UTC)).reading.failure is None


def test_an_answer_among_other_lines_is_read_and_its_place_is_a_problem() -> None:
    export = export_of("Using profile audit\n" + json.dumps(summary()))
    assert export.reading.payload is not None
    assert dict(export.reading.problems)["other-text"].startswith("other text stands around the JSON")


def test_an_empty_value_that_means_nothing_says_where_to_look() -> None:
    assert "only an empty value; look at what the command printed on stderr" in (recognise_one("{}").reason or "")


def test_a_second_answer_in_one_object_is_reported_and_not_read() -> None:
    export = export_of({**summary(), **password_policy()})
    assert export.kind is ExportKind.ACCOUNT_SUMMARY
    ((reason, message),) = export.reading.problems
    assert reason == "second-answer"
    assert "also holds the" in message
    assert "password policy" in message
    assert export_of({**summary(), "PasswordPolicies": 1}).reading.problems == ()
    assert export_of({**caller(), "Organization": "x"}).reading.problems == ()

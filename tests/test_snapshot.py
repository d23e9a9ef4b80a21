"""From files to exports: forms, recognition, manifests, grouping."""

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.errors import NothingToCheckError, UsageError
from baselint.evidence import AccountSnapshot, Known, Missing, MissingReason
from baselint.policy.schema_check import SchemaChecker
from baselint.snapshot import files as snapshot_files
from baselint.snapshot.build import SnapshotSet, build_snapshots
from baselint.snapshot.form import BrokenForm, ErrorForm, JsonForm, TableForm, read_form
from builders import (
    ACCOUNT,
    COLUMNS,
    caller,
    complete_snapshot,
    contact,
    error_text,
    password_policy,
    report_csv,
    report_json,
    root_row,
    summary,
    user_row,
    virtual_devices,
    write,
)

AS_OF = datetime(2026, 11, 2, 23, 59, 59, tzinfo=UTC)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(*paths: str, captured_at: datetime | None = None) -> SnapshotSet:
    return build_snapshots(tuple(map(Path, paths)), SchemaChecker(), AS_OF, captured_at)


def one(content: dict[str, Any], **options: Any) -> tuple[AccountSnapshot, SnapshotSet]:
    write(Path("s"), content)
    built = build("s", **options)
    (account,) = built.accounts
    return account, built


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"a": 1}', JsonForm),
        (b"  [1]\n", JsonForm),
        (b"null", JsonForm),
        (b"\xef\xbb\xbf{}", JsonForm),
        ("\ufeff{}".encode("utf-16-le"), JsonForm),
        ("\ufeff{}".encode("utf-16-be"), JsonForm),
        (b"user,arn,x\n", TableForm),
        (b'"user";"arn";"x"\r\n', TableForm),
        (b"user\tarn\tx\n", TableForm),
        (error_text("AccessDenied", "GetAccountSummary", "no").encode(), ErrorForm),
        (
            b"aws: [ERROR]: An error occurred (Throttling) when calling the GetUser operation (reached max retries: 4): Rate",
            ErrorForm,
        ),
    ],
)
def test_forms_are_told_by_content(content: bytes, kind: type) -> None:
    assert isinstance(read_form(content), kind)


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        (b"", MissingReason.NOT_AN_ANSWER, "the file is empty: an error text of the AWS CLI goes to stderr"),
        (b" \r\n", MissingReason.NOT_AN_ANSWER, "the file is empty"),
        (b"\xff\xff\xff", MissingReason.NOT_AN_ANSWER, "no text in UTF-8"),
        (gzip.compress(b"{}"), MissingReason.NOT_AN_ANSWER, "compressed (gzip)"),
        (b"PK\x03\x04rest", MissingReason.NOT_AN_ANSWER, "compressed (zip)"),
        (b'{"a": 1', MissingReason.INVALID, "from line 1, column 8 on; it may be cut"),
        (b'{"a": 1, "a": 2}', MissingReason.INVALID, "names the key 'a' twice"),
        (b"[" * 100_000, MissingReason.INVALID, "nested too deeply"),
        (b'{"a": NaN}', MissingReason.INVALID, "no answer of AWS"),
        (b'{"a": ' + b"9" * 5000 + b"}", MissingReason.INVALID, "no answer of AWS"),
        (b"<html><body>404", MissingReason.NOT_AN_ANSWER, "XML or HTML"),
        (b'<?xml version="1.0"?>', MissingReason.NOT_AN_ANSWER, "XML or HTML"),
        (b"-----------\n| GetX |", MissingReason.NOT_AN_ANSWER, "table output"),
        (b"PASSWORDPOLICY\tTrue", MissingReason.NOT_AN_ANSWER, "text output"),
        (b"usage: aws [options]", MissingReason.NOT_AN_ANSWER, "neither JSON nor a credential report"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: MissingReason, words: str) -> None:
    form = read_form(content)
    assert isinstance(form, BrokenForm)
    assert form.reason is reason
    assert words in form.detail


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_no_bytes_make_reading_fail(content: bytes) -> None:
    assert isinstance(read_form(content), JsonForm | TableForm | ErrorForm | BrokenForm)


def test_a_complete_snapshot_is_recognised_whole(here: Path) -> None:
    account, built = one(complete_snapshot())
    assert account.account == ACCOUNT
    assert account.partition == "aws"
    assert built.problems == ()
    assert {(record.path, str(record.kind), record.account_from, record.records) for record in account.exports} == {
        ("s/credential-report.json", "credential-report", "arn", 2),
        ("s/account-summary.json", "account-summary", "neighbours", 6),
        ("s/password-policy.json", "password-policy", "neighbours", 9),
        ("s/virtual-mfa-devices.json", "virtual-mfa-devices", "arn", 1),
        ("s/caller-identity.json", "caller-identity", "arn", None),
        ("s/alternate-contact-billing.json", "alternate-contact", "neighbours", 1),
        ("s/alternate-contact-operations.json", "alternate-contact", "neighbours", 1),
        ("s/alternate-contact-security.json", "alternate-contact", "neighbours", 1),
    }


@pytest.mark.parametrize(
    ("name", "content", "fact", "value"),
    [
        ("x", summary()["SummaryMap"], "root.mfa_enabled", True),
        ("x", password_policy()["PasswordPolicy"], "password_policy.minimum_length", 14),
        ("x", contact("BILLING")["AlternateContact"], "contacts.billing", True),
        ("x", {**summary(), "ResponseMetadata": {"HTTPStatusCode": 200}}, "root.mfa_enabled", True),
        (
            "x.csv",
            report_csv(root_row(), user_row("a")).replace(",", ";").replace("true", "TRUE"),
            "root.mfa_enabled",
            True,
        ),
        ("x.csv", report_csv(root_row()).replace(",", "\t").replace("\n", "\r\n"), "root.mfa_enabled", True),
        ("x.csv", "\ufeff" + report_csv(root_row()), "root.mfa_enabled", True),
        ("x.csv", ("\ufeff" + report_csv(root_row())).encode("utf-16-le"), "root.mfa_enabled", True),
        ("x.json", {"Content": report_csv(root_row()), "ReportFormat": "text/csv"}, "root.mfa_enabled", True),
        (
            "x.csv",
            "\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in report_csv(root_row()).split("\n")),
            "root.mfa_enabled",
            True,
        ),
    ],
)
def test_every_form_of_an_answer_is_read(here: Path, name: str, content: Any, fact: str, value: object) -> None:
    account, _ = one({name: content, "who.json": caller()})
    known = account.facts.fact(fact)
    assert isinstance(known, Known)
    assert known.value == value


@pytest.mark.parametrize(
    ("content", "reason", "words"),
    [
        ({"SummaryMap": {}}, "invalid", "SummaryMap is empty"),
        ({"PasswordPolicy": {}}, "invalid", "PasswordPolicy is empty"),
        ({"PasswordPolicy": None}, "invalid", "PasswordPolicy is empty"),
        ({"VirtualMFADevices": [1]}, "invalid", "no list of devices"),
        (
            {"VirtualMFADevices": [{"SerialNumber": "x", "User": {"UserName": "a"}}]},
            "invalid",
            "/VirtualMFADevices/0 has no readable Arn",
        ),
        ({"MFADevices": [{}]}, "invalid", "MFADevices is no list"),
        ({"MFADevices": {"a": 1}}, "invalid", "MFADevices is no list"),
        ({"AlternateContact": {"AlternateContactType": "OTHER"}}, "invalid", "names no AlternateContactType"),
        ({"AlternateContact": {"AlternateContactType": "BILLING", "Name": 3}}, "invalid", "is no text"),
        (
            {"UserId": "x", "Account": ACCOUNT, "Arn": "arn:aws:iam::999999999999:root"},
            "invalid",
            "do not fit each other",
        ),
        ({"ReportFormat": "text/csv", "GeneratedTime": "x"}, "not-an-answer", "no Content"),
        ({"State": "COMPLETE"}, "not-an-answer", "answer of generate-credential-report"),
        ({"Content": "###", "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64"),
        ({"Content": 3, "ReportFormat": "text/csv"}, "invalid", "neither the report nor its base64"),
        ({"Content": "eA==", "ReportFormat": "text/csv"}, "invalid", "not the header"),
        ({"Content": "", "ReportFormat": "text/csv", "GeneratedTime": "yesterday"}, "invalid", "GeneratedTime"),
        ("user,arn,user\na,b,c", "invalid", "not the header"),
        ("user,arn,x\n", "invalid", "no row that can be read"),
        ('user,arn,x\n"a"b,"c', "invalid", "the table cannot be read"),
        ('{"SummaryMap": {"Users": 1', "invalid", "may be cut"),
    ],
)
def test_a_bad_answer_is_a_problem_with_a_reason(here: Path, content: Any, reason: str, words: str) -> None:
    account, built = one({"x.json": content, "summary.json": summary(), "who.json": caller()})
    (problem,) = built.problems
    assert (problem.path, problem.account, problem.reason) == ("s/x.json", ACCOUNT, reason)
    assert words in problem.message
    assert account.account == ACCOUNT


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("notes.txt", "hello", "neither JSON nor a credential report"),
        ("list.json", {"Users": []}, "none of the exports baselint reads"),
        ("error.txt", error_text("AccessDenied", "ListRoles", "no"), "the error AccessDenied of ListRoles"),
        ("a.yaml", "kind: attestations\n", "attestations inside a snapshot are not read"),
        ("empty.txt", "", "the file is empty"),
        ("null.json", "null", "none of the exports"),
    ],
)
def test_what_is_not_recognised_is_listed_with_a_hint(here: Path, name: str, content: Any, reason: str) -> None:
    account, built = one({name: content, "who.json": caller()})
    (found,) = account.unrecognised
    assert found.path == f"s/{name}"
    assert reason in found.reason
    assert built.problems == ()


@pytest.mark.parametrize(
    ("files", "fact", "reason"),
    [
        ({"account-summary.json": ""}, "root.mfa_enabled", MissingReason.NOT_AN_ANSWER),
        ({"account-summary.json": "{}"}, "root.mfa_enabled", MissingReason.NOT_AN_ANSWER),
        ({"summary.txt": "Unable to locate credentials"}, "root.mfa_enabled", MissingReason.NOT_AN_ANSWER),
        (
            {"r.err": error_text("ReportNotPresent", "GetCredentialReport", "Unknown")},
            "root.password_age_days",
            MissingReason.NOT_AN_ANSWER,
        ),
        (
            {"r.err": error_text("AccessDenied", "GenerateCredentialReport", "x")},
            "root.password_age_days",
            MissingReason.ACCESS_DENIED,
        ),
        ({"alternate-contact-billing.json": "oops"}, "contacts.billing", MissingReason.NOT_AN_ANSWER),
        (
            {
                "x": "oops",
                "m.json": {
                    "kind": "snapshot-manifest",
                    "files": [{"path": "x", "command": "aws --profile p iam get-account-summary"}],
                },
            },
            "root.mfa_enabled",
            MissingReason.NOT_AN_ANSWER,
        ),
    ],
)
def test_a_file_without_an_answer_still_is_what_it_was_meant_to_be(
    here: Path, files: dict[str, Any], fact: str, reason: MissingReason
) -> None:
    account, _ = one({**files, "who.json": caller()})
    missing = account.facts.fact(fact)
    assert isinstance(missing, Missing)
    assert missing.reason is reason


def test_the_empty_half_of_a_pair_is_no_problem(here: Path) -> None:
    account, built = one({"p.json": password_policy(), "p.err": "", "who.json": caller()})
    assert built.problems == ()
    assert [(item.path, item.reason[:11]) for item in account.unrecognised] == [("s/p.err", "it is empty")]


def test_refused_calls_name_the_account_of_the_caller(here: Path) -> None:
    message = f"User: arn:aws:sts::{ACCOUNT}:assumed-role/x/y is not authorized to perform: iam:GetAccountSummary"
    account, _ = one({"x": error_text("AccessDenied", "GetAccountSummary", message)})
    assert (account.account, account.partition) == (ACCOUNT, "aws")


def test_seeds_of_devices_are_told_and_never_shown(here: Path) -> None:
    devices = virtual_devices("alice")
    devices["VirtualMFADevices"][0]["Base32StringSeed"] = "SECRETSEED"
    _, built = one({"x": devices})
    (problem,) = built.problems
    assert problem.reason == "secret"
    assert "SECRETSEED" not in repr(built.problems) + repr(built.accounts[0].exports)


def test_odd_rows_and_doubled_rows_are_told(here: Path) -> None:
    rows = [root_row(), root_row(), user_row("a"), user_row("a"), user_row("b") | {"arn": "none"}]
    text = report_csv(*rows) + "\nshort,row\n" * 6
    _, built = one({"r.csv": text, "who.json": caller()})
    assert [problem.reason for problem in built.problems] == ["incomplete", "invalid", "duplicate-rows"]
    assert built.problems[0].message.startswith("line 6, 7, 9, 11, 13, …")
    assert "2 rows of the root user" in built.problems[1].message
    assert "more than one row, each is judged: a" in built.problems[2].message


def manifest(*files: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "snapshot-manifest", "files": list(files), **more}


def captured(account: AccountSnapshot, path: str) -> datetime | None:
    return next(record.captured_at for record in account.exports if record.path == path)


def test_capture_time_comes_from_the_manifest_then_the_content_then_the_option(here: Path) -> None:
    files = {
        "a/r.json": report_json(root_row(), captured="2026-11-01T08:00:00Z"),
        "a/s.json": summary(),
        "b/r.json": report_json(root_row(account="444455556666"), captured="2026-11-01T08:00:00+00:00"),
        "b/status_reports_x.json": summary(),
        "c/status_reports_2026-11-01T07-30-00+00-00.csv": report_csv(root_row(account="777788889999")),
        "a/m.json": manifest(
            {"path": "r.json", "captured_at": "2026-11-01T09:00:00Z"}, captured_at="2026-11-01T10:00:00Z"
        ),
    }
    write(Path("s"), files)
    built = build("s", captured_at=datetime(2026, 10, 1, tzinfo=UTC))
    first, second, third = built.accounts
    assert captured(first, "s/a/r.json") == datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert captured(first, "s/a/s.json") == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert captured(second, "s/b/r.json") == datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert captured(second, "s/b/status_reports_x.json") == datetime(2026, 10, 1, tzinfo=UTC)
    assert captured(third, "s/c/status_reports_2026-11-01T07-30-00+00-00.csv") == datetime(
        2026, 11, 1, 7, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (manifest(account=3), "at .account (type)"),
        (manifest({"path": "x", "sha256": "short"}), "at .files[0].sha256 (pattern)"),
        ({"kind": "snapshot-manifest", "extra": 1}, "at the top (additionalProperties)"),
        ('{"kind": "snapshot-manifest", ', "may be cut"),
    ],
)
def test_a_broken_manifest_says_nothing(here: Path, content: Any, words: str) -> None:
    account, built = one({"m.json": content, "s.json": summary(), "who.json": caller()})
    (problem,) = built.problems
    assert problem.path == "s/m.json"
    assert words in problem.message
    assert all(record.captured_at is None for record in account.exports)


def test_a_file_the_manifest_describes_otherwise_has_no_voice(here: Path) -> None:
    account, built = one(
        {"s.json": summary(), "m.json": manifest({"path": "s.json", "sha256": "0" * 64}, account=ACCOUNT)}
    )
    missing = account.facts.fact("root.mfa_enabled")
    assert isinstance(missing, Missing)
    assert missing.reason is MissingReason.INVALID
    assert "SHA-256 differs" in built.problems[0].message
    assert {record.account_from for record in account.exports} == {"manifest"}


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {f"{ACCOUNT}/w.json": caller(account="444455556666")},
            f"belongs to 444455556666 by its content, {ACCOUNT} by its directory",
        ),
        ({"w.json": caller(), "m.json": manifest(account="444455556666")}, "by its manifest"),
        (
            {"r.csv": report_csv(root_row(), user_row("a", account="444455556666"))},
            f"several accounts ({ACCOUNT}, 444455556666)",
        ),
        ({"s.json": summary()}, "the account cannot be told: the file names none, and no file beside it names one"),
        (
            {"s.json": summary(), "a.json": caller(), "b.json": caller(account="444455556666")},
            f"beside it lie files of {ACCOUNT}, 444455556666",
        ),
    ],
)
def test_accounts_that_cannot_be_told_apart_end_the_run(here: Path, files: dict[str, Any], words: str) -> None:
    write(Path("s"), files)
    with pytest.raises(UsageError) as caught:
        build("s")
    assert words in str(caught.value)


def test_an_account_directory_with_nothing_readable_is_still_an_account(here: Path) -> None:
    write(
        Path("s"), {f"{ACCOUNT}/notes.txt": "x", "444455556666/w.json": caller(account="444455556666"), "junk.txt": "y"}
    )
    built = build("s")
    assert [account.account for account in built.accounts] == [ACCOUNT, "444455556666"]
    assert [(problem.path, problem.account, problem.reason) for problem in built.problems] == [
        ("s/junk.txt", None, "unrecognised")
    ]


def test_the_working_directory_can_be_the_account(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / ACCOUNT, {"s.json": summary()})
    monkeypatch.chdir(here / ACCOUNT)
    (account,) = build(".").accounts
    assert (account.account, account.exports[0].path) == (ACCOUNT, "s.json")


def test_bad_exports_without_an_account_never_stop_a_run(here: Path) -> None:
    write(Path("s"), {"a/w.json": caller(), "b/x.err": error_text("Throttling", "GetAccountSummary", "x")})
    built = build("s")
    assert [(problem.path, problem.account) for problem in built.problems] == [("s/b/x.err", None)]


@pytest.mark.parametrize("files", [{"notes.txt": "x"}, {"m.json": manifest(account=ACCOUNT)}])
def test_a_directory_without_exports_is_nothing_to_check(here: Path, files: dict[str, Any]) -> None:
    write(Path("s"), files)
    with pytest.raises(NothingToCheckError, match="nothing to check"):
        build("s")


def test_paths_that_are_not_there_are_told(here: Path) -> None:
    with pytest.raises(UsageError, match="nowhere: there is no such file or directory"):
        build("nowhere")


def test_files_are_read_once_and_odd_ones_are_listed(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("s"), {"w.json": caller(), "big.json": {"a": 1}, "locked.json": caller()})
    os.mkfifo("s/pipe")
    Path("s/loop").symlink_to(Path("s").absolute())
    Path("s/broken").symlink_to("nowhere")
    real = Path.read_bytes

    def read(path: Path) -> bytes:
        if path.name == "locked.json":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    monkeypatch.setattr(snapshot_files, "MAXIMUM_BYTES", len(json.dumps(caller(), indent=4)) + 1)
    write(Path("s"), {"big.json": "x" * 500})
    built = build("s", "s/w.json")
    (account,) = built.accounts
    assert len(account.exports) == 1
    assert {item.path: item.reason for item in account.unrecognised} == {
        "s/big.json": "it is larger than 0 MiB",
        "s/locked.json": "it cannot be read (Permission denied)",
        "s/pipe": "it is no regular file",
        "s/broken": "it is no regular file",
    }
    with pytest.raises(UsageError, match=r"locked.json: cannot be read \(Permission denied\)"):
        build("s/locked.json")
    monkeypatch.setattr(snapshot_files, "MAXIMUM_FILES", 1)
    with pytest.raises(UsageError, match="more than 1 files"):
        build("s")


def test_a_directory_that_cannot_be_listed_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(Path("s"), {"w.json": caller()})

    def walk(top: Path, onerror: Any) -> Any:
        onerror(PermissionError(13, "Permission denied", str(top)))
        return iter(())

    monkeypatch.setattr(snapshot_files.os, "walk", walk)
    with pytest.raises(UsageError, match=r"s: cannot be read \(Permission denied\)"):
        build("s")


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_cut_file_never_fails_and_never_makes_an_account(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = complete_snapshot()
    name = data.draw(st.sampled_from(sorted(content)))
    whole = json.dumps(content[name], indent=4).encode()
    cut = data.draw(st.integers(0, len(whole)))
    directory = tmp_path_factory.mktemp("cut") / ACCOUNT
    write(directory, {**content, name: whole[:cut]})
    (account,) = build(str(directory)).accounts
    assert account.account == ACCOUNT


def test_columns_may_come_in_other_numbers(here: Path) -> None:
    names = [name for name in COLUMNS if not name.startswith("cert")] + ["additional_credentials_info"]
    row = root_row() | {"additional_credentials_info": "more"}
    account, _ = one({"r.csv": report_csv(row, columns=names), "who.json": caller()})
    assert account.facts.fact("root.mfa_enabled").value is True  # type: ignore[union-attr]

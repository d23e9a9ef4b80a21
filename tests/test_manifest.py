"""What a manifest says of the files beside it, and when it says nothing."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, MissingReason
from baselint.snapshot.form import read_form
from baselint.snapshot.manifest import Manifest, ManifestEntry, Manifests, is_manifest, read_manifest
from builders import ACCOUNT, caller, report_csv, report_json, root_row, summary
from snapshotting import CHECKER, OTHER, as_bytes, export_of, manifest, recognise_all

EIGHT = datetime(2026, 11, 1, 8, tzinfo=UTC)
NINE = datetime(2026, 11, 1, 9, tzinfo=UTC)
TEN = datetime(2026, 11, 1, 10, tzinfo=UTC)
CONSOLE = "status_reports_2026-11-01T07-30-00+00-00.csv"


def read(content: Any) -> Any:
    return read_manifest(read_form(as_bytes(content)), CHECKER)


def captured(files: dict[str, Any], name: str, option: datetime | None = None) -> datetime | None:
    export = recognise_all(files, captured_at=option)[name].export
    assert export is not None
    return export.captured_at


def test_an_entry_inherits_what_it_does_not_say() -> None:
    reading = read(
        manifest(
            {"path": "a.json", "command": "aws iam get-account-summary", "exit_code": 0},
            {"path": "./b//c.json", "account": OTHER, "caller": "arn:b", "captured_at": "2026-11-01T09:00:00Z"},
            account=ACCOUNT,
            caller="arn:a",
            captured_at="2026-11-01T10:00:00Z",
            tool="aws-cli/2.36.0",
            format=1,
        )
    )
    assert reading.failure is None
    assert reading.payload == Manifest(
        ManifestEntry(ACCOUNT, None, "arn:a", TEN, None),
        {
            "a.json": ManifestEntry(ACCOUNT, "aws iam get-account-summary", "arn:a", TEN, None),
            "b/c.json": ManifestEntry(OTHER, None, "arn:b", NINE, None),
        },
    )
    assert reading.payload.records == 2


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (as_bytes(manifest()), "x", True),
        (b'{"kind": "snapshot-manifest", "files": [', "x", True),
        (b'{"kind": "snap', "manifest.json", True),
        (b"", "Manifest.json", True),
        (b'{"kind": "snapshot"}', "manifest.json", False),
        (b'["snapshot-manifest"]', "x", False),
        (b"kind: snapshot-manifest", "x", False),
        (b'#!/bin/sh\nprintf \'{"kind": "snapshot-manifest"\'', "snapshot.sh", False),
        (b'The file has "kind": "snapshot-manifest"', "README.md", False),
        (report_csv(root_row(user='"snapshot-manifest"')).encode(), "x", False),
    ],
)
def test_a_manifest_is_told_by_its_kind_and_a_broken_one_also_by_its_name(
    content: bytes, name: str, expected: bool
) -> None:
    assert is_manifest(read_form(content), name) is expected


def test_a_text_that_speaks_of_manifests_silences_none() -> None:
    found = recognise_all(
        {"manifest.json": manifest(account=ACCOUNT), "s.json": summary(), "README.md": 'It has "snapshot-manifest".'}
    )
    assert found["s.json"].manifest == ManifestEntry(ACCOUNT, None, None, None, None)
    assert found["README.md"].export is None


BROKEN = [
    (manifest(account=3), "does not fit its schema at .account (type)"),
    (manifest(account="123"), "at .account (pattern)"),
    (manifest(account=f"{ACCOUNT}\n"), "at .account (pattern)"),
    (manifest({"path": "x", "sha256": "ABC"}), "at .files[0].sha256 (pattern)"),
    (manifest({"command": "x"}), "at .files[0] (required)"),
    (manifest(extra=1), "at the top (additionalProperties)"),
    (manifest(format=2), "at .format (const)"),
    (manifest(captured_at="2026-13-45T10:00:00Z"), "says captured_at 2026-13-45T10:00:00Z, and there is no such time"),
    (manifest({"path": "x", "captured_at": "2026-02-30T10:00:00Z"}), "there is no such time"),
    (manifest({"path": "x"}, {"path": "./x"}), "names the file x twice"),
    (json.dumps(manifest())[:-1], "it may be cut"),
    ('{"kind": "snapshot-manifest", "kind": "snapshot-manifest"}', "names the key 'kind' twice"),
]


@pytest.mark.parametrize(("content", "words"), BROKEN)
def test_a_broken_manifest_says_nothing(content: Any, words: str) -> None:
    reading = read(content)
    assert reading.payload is None
    assert (reading.failure.reason, reading.failure.needs) == (MissingReason.INVALID, (ExportKind.MANIFEST,))
    assert words in reading.failure.detail
    found = recognise_all({"m.json": content, "s.json": summary()})
    assert found["s.json"].manifest is None
    assert found["m.json"].export is not None
    assert found["m.json"].export.kind is ExportKind.MANIFEST


def test_the_manifest_of_the_nearest_directory_speaks() -> None:
    found = recognise_all(
        {
            "m.json": manifest({"path": "b/named.json", "account": OTHER}, account=ACCOUNT),
            "a/x.json": summary(),
            "b/m.json": manifest(captured_at="2026-11-01T09:00:00Z"),
            "b/named.json": summary(),
            "b/c/y.json": summary(),
        }
    )
    outer, inner = ManifestEntry(ACCOUNT, None, None, None, None), ManifestEntry(None, None, None, NINE, None)
    assert {name: file.manifest for name, file in found.items()} == {
        "m.json": outer,
        "a/x.json": outer,
        "b/m.json": inner,
        "b/named.json": inner,
        "b/c/y.json": inner,
    }


def test_behind_a_broken_manifest_no_outer_one_speaks() -> None:
    found = recognise_all(
        {"m.json": manifest(account=ACCOUNT), "b/m.json": manifest(account="?"), "b/c/x.json": summary()}
    )
    assert found["b/c/x.json"].manifest is None
    assert found["b/m.json"].manifest is None


def test_manifests_of_one_directory_that_differ_are_all_silent() -> None:
    files = {
        "1.json": manifest(account=ACCOUNT),
        "2.json": manifest(account=OTHER),
        "3.json": manifest(account=3),
        "s.json": summary(),
    }
    found = recognise_all(files)
    assert found["s.json"].manifest is None
    details = [
        file.export.reading.failure.detail for file in found.values() if file.export and file.export.reading.failure
    ]
    assert [("several manifests lie in this directory" in detail) for detail in details] == [True, True, False]


def test_manifests_of_one_directory_that_agree_speak() -> None:
    found = recognise_all(
        {"1.json": manifest(account=ACCOUNT), "2.json": manifest(account=ACCOUNT), "s.json": summary()}
    )
    assert found["s.json"].manifest == ManifestEntry(ACCOUNT, None, None, None, None)
    assert all(file.export and not file.export.reading.failure for file in found.values())


def test_files_that_are_named_and_not_there_are_told() -> None:
    named = manifest(*({"path": f"{letter}.json"} for letter in "gfedcba"))
    file = recognise_all({"s/m.json": named, "s/a.json": summary(), "b.json": summary()})["s/m.json"]
    assert file.export is not None
    message = "the manifest names 6 file(s) that are not there: b.json, c.json, d.json, e.json, f.json, …"
    assert file.export.reading.problems == (("incomplete", message),)
    single = recognise_all({"m.json": manifest({"path": "sub\\x.json"}), "sub/x.json": summary()})["m.json"]
    assert single.export is not None
    assert single.export.reading.problems == (
        ("incomplete", "the manifest names 1 file(s) that are not there: sub\\x.json"),
    )


def test_without_manifests_nobody_speaks() -> None:
    assert Manifests({}, ()).entry(Path("/x/a.json")) is None


@pytest.mark.parametrize(
    ("files", "name", "moment"),
    [
        ({"r": report_json(root_row(), captured="2026-11-01T09:00:00Z")}, "r", NINE),
        (
            {"r": report_json(root_row()), "m": manifest({"path": "r", "captured_at": "2026-11-01T09:00:00.5+00:00"})},
            "r",
            EIGHT,
        ),
        ({"r": report_json(root_row(), captured=None), "m": manifest(captured_at="2026-11-01T10:00:00Z")}, "r", TEN),
        ({CONSOLE: report_csv(root_row())}, CONSOLE, datetime(2026, 11, 1, 7, 30, tzinfo=UTC)),
        (
            {CONSOLE: report_csv(root_row()), "m": manifest(captured_at="2026-11-01T10:00:00Z")},
            CONSOLE,
            datetime(2026, 11, 1, 7, 30, tzinfo=UTC),
        ),
        ({"s": summary()}, "s", datetime(2026, 10, 1, tzinfo=UTC)),
        ({"s": summary(), "m": manifest(captured_at="2026-11-01T10:00:00Z")}, "s", TEN),
        ({CONSOLE: summary()}, CONSOLE, datetime(2026, 10, 1, tzinfo=UTC)),
        ({"r": report_json(root_row(), captured=None)}, "r", datetime(2026, 10, 1, tzinfo=UTC)),
    ],
)
def test_the_time_of_capture_is_the_contents_then_the_names_then_the_manifests_then_the_options(
    files: dict[str, Any], name: str, moment: datetime
) -> None:
    assert captured(files, name, datetime(2026, 10, 1, tzinfo=UTC)) == moment


LATE = "the manifest says 2026-11-01T12:00:01Z, and the report itself that it was made at 2026-11-01T08:00:00Z"
EARLY = "it says itself that it was made at 2026-11-01T08:00:00Z, which is later"
STAMPED = "it holds a date at 2026-06-01T10:00:00Z, which is later"


@pytest.mark.parametrize(
    ("report", "said", "option", "detail", "note"),
    [
        (report_json(root_row()), "2026-11-01T12:00:00Z", None, "", ""),
        (report_json(root_row()), "2026-11-01T12:00:01Z", None, "", LATE),
        (report_json(root_row()), "2026-11-01T07:55:00Z", None, "", ""),
        (report_json(root_row()), "2026-11-01T07:54:59Z", None, EARLY, ""),
        (report_json(root_row()), None, "2025-01-01T00:00:00Z", "", ""),
        (report_csv(root_row()), "2026-06-01T09:55:00Z", None, "", ""),
        (report_csv(root_row()), "2026-06-01T09:54:59Z", None, f"the manifest says that the file was made at 2026-06-01T09:54:59Z, and {STAMPED}", ""),
        (report_csv(root_row()), None, "2026-06-01T09:54:59Z", f"--captured-at says that the file was made at 2026-06-01T09:54:59Z, and {STAMPED}", ""),
        ({"Content": "?", "GeneratedTime": "2026-11-01T08:00:00Z"}, "2026-06-01T09:54:59Z", None, "neither the report nor its base64", ""),
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_is_not_believed(
    report: Any, said: str | None, option: str | None, detail: str, note: str
) -> None:
    files = {"r": report} | ({"m": manifest(captured_at=said)} if said else {})
    export = recognise_all(files, captured_at=parse_stamp(option) if option else None)["r"].export
    assert export is not None
    failure = export.reading.failure
    assert detail in (failure.detail if failure else "")
    assert bool(detail) == bool(failure)
    assert [reason for reason, message in export.reading.problems if note in message] == ["sources-disagree"] * bool(
        note
    )
    assert failure or export.captured_at == parse_stamp("2026-11-01T08:00:00Z" if "Content" in report else said or "")


def test_without_any_word_the_time_of_capture_is_not_known() -> None:
    assert captured({"s": summary()}, "s") is None


@pytest.mark.parametrize(
    "name",
    [
        "status_reports_2026-11-01T07-30-00+05-30.csv",
        "status_reports_2026-11-01T07-30-00.csv",
        "status_reports_2026-11-31T07-30-00+00-00.csv",
        f"{CONSOLE}/report.csv",
        "reports_2026-11-01T07-30-00+00-00.csv",
    ],
)
def test_other_names_are_no_time(name: str) -> None:
    assert captured({name: report_csv(root_row())}, name) is None


@pytest.mark.parametrize("name", [CONSOLE, f"s/copy of {CONSOLE}", CONSOLE.replace(".csv", " (1).csv")])
def test_the_name_the_console_gives_is_a_time(name: str) -> None:
    assert captured({name: report_csv(root_row())}, name) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


def test_a_file_that_was_changed_keeps_its_account_and_loses_its_voice() -> None:
    content = as_bytes(caller())
    right = hashlib.sha256(content).hexdigest()
    for sha256, voice in ((right, True), ("0" * 64, False)):
        files = {"w": content, "m": manifest({"path": "w", "sha256": sha256})}
        export = recognise_all(files)["w"].export
        assert export is not None
        assert export.reading.accounts == {ACCOUNT}
        assert (export.reading.payload is not None) is voice
        if not voice:
            assert export.reading.failure is not None
            assert export.reading.failure.reason is MissingReason.INVALID
            assert "its SHA-256 differs" in export.reading.failure.detail


def test_the_future_is_told_by_the_manifest_too() -> None:
    files = {"s": summary(), "m": manifest(captured_at="2026-11-03T00:10:00Z")}
    export = recognise_all(files)["s"].export
    assert export is not None
    assert export.reading.failure is not None
    assert "was made at 2026-11-03T00:10:00Z, after the moment of the verdicts" in export.reading.failure.detail


def test_a_manifest_alone_is_an_export_without_facts() -> None:
    export = export_of(manifest({"path": "x"}, account=ACCOUNT))
    assert (export.kind, export.captured_at, export.reading.accounts) == ("snapshot-manifest", None, frozenset())


def test_a_sha_256_may_be_written_in_capitals() -> None:
    content = as_bytes(summary())
    digest = hashlib.sha256(content).hexdigest().upper()
    export = recognise_all({"s.json": content, "m.json": manifest({"path": "s.json", "sha256": digest})})[
        "s.json"
    ].export
    assert export is not None
    assert export.reading.failure is None

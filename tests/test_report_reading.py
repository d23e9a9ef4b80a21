"""Reports that are read back: whole, hostile, edited and of another version."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselint import strict_json
from baselint.errors import UsageError
from baselint.policy.schema_check import SchemaChecker
from baselint.report import json_report, reading
from baselint.report.reading import looks_like_report, read_report
from baselint.report.redacted_reports import redacted
from whole_reports import IDS, whole

CHECKER = SchemaChecker()


def text() -> str:
    return "".join(json_report.write(whole()))


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    data = json.loads(text())
    change(data)
    return json.dumps(data)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("r.json")


def test_a_report_comes_back_as_it_was_written(file: Path) -> None:
    file.write_text(text(), encoding="utf-8")
    found = read_report(file, CHECKER)
    assert looks_like_report(file)
    assert found.header == whole().header
    assert list(found.accounts) == list(whole().accounts)
    assert "".join(json_report.write(found)) == text()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "r.json:1:2: the JSON cannot be read"),
        ("[]", "r.json: this is no report of baselint in JSON"),
        ('{"schema_version": true}', "r.json: this is no report of baselint in JSON"),
        ('{"schema_version": 1, "schema_version": 1}', "r.json: the JSON names the key 'schema_version' twice"),
        ('{"schema_version": NaN}', "r.json: this is no report of baselint in JSON"),
        ("[" * 100_000, "r.json: this is no report of baselint in JSON"),
        ('{"schema_version": 2}', "the report has version 2, and this baselint reads version 1"),
        ('{"schema_version": 1}', "the report does not fit its schema at the top (required)"),
    ],
)
def test_what_is_no_report_is_refused(file: Path, content: str, told: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        read_report(file, CHECKER)
    assert told in str(refused.value)
    assert "baselint lint --output json=FILE" in str(refused.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data["accounts"].append(data["accounts"][0]), f"the report tells of {IDS[0]} more than once"),
        (
            lambda data: data["accounts"][1]["findings"].append(data["accounts"][1]["findings"][0]),
            f"the report tells of {IDS[1]} base control-pass more than once",
        ),
        (lambda data: data["accounts"].pop(), "its summary does not count what it tells"),
        (lambda data: data["accounts"][0]["findings"].pop(), "its summary does not count what it tells"),
        (lambda data: data["accounts"][0]["findings"][1].update(status="pass"), "its summary does not count"),
        (
            lambda data: data["accounts"][0]["findings"][1].update(status="fine"),
            "at .accounts[0].findings[1].status (enum)",
        ),
        (lambda data: data["accounts"][0].update(id="../../x"), "r.json: '../../x' is no account"),
        (lambda data: data["accounts"][0]["findings"][0].update(title="\ud800"), "a text in it holds half a character"),
    ],
)
def test_a_report_that_was_edited_is_refused(file: Path, change: Callable[[dict[str, Any]], object], told: str) -> None:
    file.write_text(changed(change), encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        read_report(file, CHECKER)
    assert told in str(refused.value)


def test_what_cannot_be_read_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"r\.json: cannot be read \(No such file or directory\)"):
        read_report(file, CHECKER)
    assert not looks_like_report(file)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="this is no report"):
        read_report(file, CHECKER)
    monkeypatch.setattr(reading, "MAXIMUM_BYTES", 1)
    with pytest.raises(UsageError, match=r"r\.json: is larger than 0 MiB"):
        read_report(file, CHECKER)


@given(st.data())
def test_no_report_with_a_byte_changed_is_read_as_another_verdict(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One byte more, less or other: refused, or the statuses are those that were written."""
    content = text().encode()
    place = data.draw(st.integers(0, len(content) - 1))
    edited = content[:place] + data.draw(st.binary(min_size=0, max_size=1)) + content[place + 1 :]
    path = tmp_path_factory.getbasetemp() / "edited.json"
    path.write_bytes(edited)
    try:
        found = read_report(path, CHECKER)
    except UsageError:
        return
    statuses = [item["status"] for account in found.accounts for item in account["findings"]]
    assert statuses == [item["status"] for account in whole().accounts for item in account["findings"]]


def test_reports_are_redacted_together() -> None:
    """The same name has one alias in both, and nobody whom only a problem names is named."""
    old, new = redacted(whole(accounts=1), whole())
    assert [account["id"] for account in old.accounts] == ["account-1"]
    assert [account["id"] for account in new.accounts] == ["account-1", "account-2", "account-3"]
    assert new.header["redacted"]
    assert [item["message"] for item in new.header["problems"]] == ["invalid"]
    told = json.dumps([new.header, list(new.accounts), old.header, list(old.accounts)])
    for name in ("alice", "carol", "Ann Example", "mail.example.com", *IDS):
        assert name not in told


def test_numbers_with_a_fraction_are_read() -> None:
    assert strict_json.loads('{"a": 1.5, "b": -2}') == {"a": 1.5, "b": -2}

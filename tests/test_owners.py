"""Whoever answers for a baseline and for an exception is named, and so is who approved: the messages say what to add."""

from pathlib import Path

import pytest

from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from demanding import baseline
from policytree import library, tree

EXCEPTION = """\
exceptions:
  - id: legacy
    control: length
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-01-31"
"""
WHOLE = baseline("own", "length") + EXCEPTION


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(directory: Path, right: str, wrong: str) -> list[str]:
    """What is told of a baseline in which something right is replaced: places, rules and words."""
    assert right in WHOLE
    opened = library(tree(directory, baselines__own=WHOLE.replace(right, wrong, 1)))
    found = validate_paths([Path("policies/baselines/own.yaml")], Context(opened)).diagnostics
    return [f"{item.location.line}:{item.location.column} {item.rule}: {item.message}" for item in found]


def test_the_whole_is_right(here: Path) -> None:
    assert told(here, "owner: ops", "owner: ops") == []


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('""', "8 empty-value: 'owner' is empty; fill it in, or remove the key"),
        ('"  "', "8 empty-value: 'owner' is blank; fill it in"),
        ("", "1 wrong-type: 'owner' must be a text, not empty"),
        ("null", "8 wrong-type: 'owner' must be a text, not empty"),
        ('"ops "', "8 bad-form: 'owner' is 'ops '; it must be one line, without a space or line break at its end"),
    ],
)
def test_an_owner_is_a_name(here: Path, value: str, message: str) -> None:
    assert told(here, "owner: ops", f"owner: {value}") == [f"5:{message}"]
    column, words = message.split(" ", 1)
    (found,) = told(here, "    owner: ops\n", f"    owner: {value}\n")
    assert found == f"13:{int(column) + 4} {words}"


def test_what_is_missing_is_told_with_its_form(here: Path) -> None:
    assert told(here, "owner: ops\n", "") == ["1:1 missing-key: the file lacks the key 'owner'; add it"]
    assert told(here, "    owner: ops\n", "") == [
        "9:5 missing-key: entry 1 of 'exceptions' lacks the key 'owner'; add it"
    ]
    assert told(here, '    approved: {by: CISO, date: "2026-09-01"}\n', "") == [
        "9:5 missing-key: entry 1 of 'exceptions' lacks the key 'approved'; add it: approved: {by: ..., date: ...}"
    ]
    assert told(here, "by: CISO, ", "") == ["14:5 missing-key: 'approved' lacks the key 'by'; add it"]

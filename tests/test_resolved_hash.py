"""The hash of a resolved baseline follows what decides verdicts, and nothing else."""

from pathlib import Path

import pytest

from baselint.policy.resolve import resolve
from policytree import BASELINE, LENGTH, library, tree

CHILD = 'kind: baseline\nid: child\ntitle: T\nversion: "1"\nowner: o\nextends: [base]\ncontrols:\n'
EXCEPTION = """\
  - id: {id}
    control: keys
    accounts: [{accounts}]
    subjects: [{subjects}]
    reason: {reason}
    owner: {owner}
    approved: {{by: CISO, date: "{approved}"}}
    expires: "{expires}"
"""
FIELDS = {
    "id": "e",
    "accounts": "'111122223333', '444455556666'",
    "subjects": "alice/access-key-1, bob/access-key-2",
    "reason": "because",
    "owner": "ops",
    "approved": "2026-01-01",
    "expires": "2026-12-01",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hashed(directory: Path, text: str, control: str = LENGTH) -> str:
    opened = library(tree(directory, baselines__base=text, controls__g__length=control))
    return resolve(opened.baseline("base"), opened).sha256


def test_the_hash_is_the_same_on_every_run(here: Path) -> None:
    assert hashed(here, BASELINE) == "952e72a2b066f720b855e4af3dfd964a6d004863ffc59decde3c9b4ae80cb6f9"


@pytest.mark.parametrize(
    ("field", "value", "same"),
    [
        ("reason", "another reason", True),
        ("owner", "somebody else", True),
        ("accounts", "'444455556666', '111122223333'", True),
        ("subjects", "bob/access-key-2, alice/access-key-1", True),
        ("id", "f", False),
        ("accounts", "'111122223333'", False),
        ("subjects", "alice/access-key-1", False),
        ("approved", "2026-01-02", False),
        ("expires", "2026-12-02", False),
    ],
)
def test_the_hash_follows_what_of_an_exception_decides(here: Path, field: str, value: str, same: bool) -> None:
    first = hashed(here, BASELINE + "exceptions:\n" + EXCEPTION.format(**FIELDS))
    second = hashed(here, BASELINE + "exceptions:\n" + EXCEPTION.format(**FIELDS | {field: value}))
    assert (first == second) is same


def test_the_hash_does_not_follow_the_order_of_controls_exceptions_and_accounts(here: Path) -> None:
    one, two = (EXCEPTION.format(**FIELDS | {"id": name}) for name in ("one", "two"))
    applies = "applies_to: {{accounts: [{}]}}\n"
    first = BASELINE + "exceptions:\n" + one + two + applies.format("'111122223333', '444455556666'")
    second = BASELINE + "exceptions:\n" + two + one + applies.format("'444455556666', '111122223333'")
    swapped = second.replace("  - id: length\n  - id: keys\n", "  - id: keys\n  - id: length\n")
    assert hashed(here, first) == hashed(here, swapped)


def test_the_hash_does_not_follow_the_sentence_of_a_guard_but_the_guard(here: Path) -> None:
    def guarded(value: str, otherwise: str) -> str:
        guard = f"applies_when: {{fact: root.exists, equals: {value}, otherwise: {otherwise}}}\n  expect:"
        return hashed(here, BASELINE, LENGTH.replace("expect:", guard))

    assert guarded("true", "no root") == guarded("true", "there is no root user")
    assert guarded("true", "no root") != guarded("false", "no root")


def test_the_hash_follows_an_exclusion_of_a_parents_control(here: Path) -> None:
    def child(selection: str) -> str:
        opened = library(tree(here, baselines__child=f"{CHILD}  - {{{selection}}}\n"))
        return resolve(opened.baseline("child"), opened).sha256

    assert child("id: keys, exclude: true, reason: one") == child("id: keys, exclude: true, reason: two")
    assert child("id: keys, exclude: true, reason: one") != child("id: keys")
    assert child("id: keys") == child("id: length") == hashed(here, BASELINE)

"""The registers of exceptions and attestations: how each entry stands on a day, as lines and as rows."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from baselint.errors import PolicyError
from baselint.policy.registers import State, attestation_register, exception_register
from conftest import Cli
from dated_files import ATTESTING, EXCEPTING, NAMED
from linting import settle
from policytree import BASELINE, library, tree

MONTH = timedelta(days=30)
OTHER = (BASELINE + NAMED).replace("id: base", "id: another").replace("2027-01-31", "2027-06-30")
MORE = """\
  - id: fob
    control: length
    accounts: ["111122223333", "222233334444", "333344445555", "444455556666", "555566667777"]
    reason: |
      one

      two
    owner: somebody.with.a.long.name@example.com
    approved: {by: "C. Example, head of security and of much else", date: "2026-12-01"}
    expires: "2027-11-30"
    compensating_control: a guard
    ticket: https://example.com/1
  - id: alice
    control: keys
    accounts: ["444455556666"]
    subjects: [alice/access-key-1, bob/access-key-1]
    reason: r
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-10-31"
  - id: bob
    control: keys
    accounts: ["444455556666"]
    subjects: [bob/access-key-2]
    reason: r
    owner: ops
    approved: {by: CISO, date: "2026-11-01"}
    expires: "2027-10-31"
"""
SHORT = (
    BASELINE.replace("id: base", "id: short")
    .replace("review", "{id: review, parameters: {days: 7}}")
    .replace("id: {", "{")
)
REVIEW = """\
kind: control
id: review
title: Somebody reviewed it
severity: low
parameters:
  days: {title: D, type: integer, default: 90, minimum: 1}
check:
  attest: {within_days: $days, answers: {trigger: [periodic, leaver]}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return settle(tmp_path)


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        ("2026-08-31", State.NOT_YET, 153),
        ("2026-09-01", State.IN_FORCE, 152),
        ("2027-01-01", State.ENDING, 30),
        ("2027-01-31", State.ENDING, 0),
        ("2027-02-01", State.LAPSED, -1),
    ],
)
def test_an_exception_stands_as_its_days_say(here: Path, day: str, state: State, left: int) -> None:
    opened = library(tree(here, baselines__base=EXCEPTING))
    (entry,) = exception_register([opened.baseline("base")], date.fromisoformat(day), MONTH)
    assert (entry.exception.id, entry.baseline, entry.state, entry.days_left) == ("legacy", "base", state, left)


def attested(directory: Path, day: str, **files: str) -> list[tuple[str, State, int | None]]:
    """The day and standing of each attestation, and the days it has left."""
    opened = library(tree(directory, controls__g__review=REVIEW, **files))
    entries = attestation_register(opened, date.fromisoformat(day), MONTH)
    return [(entry.attestation.date.isoformat(), entry.state, entry.days_left) for entry in entries]


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        ("2026-11-01", State.NOT_YET, 91),
        ("2026-11-02", State.IN_FORCE, 90),
        ("2027-01-01", State.ENDING, 30),
        ("2027-01-31", State.ENDING, 0),
        ("2027-02-01", State.LAPSED, -1),
    ],
)
def test_an_attestation_stands_as_its_days_say(here: Path, day: str, state: State, left: int) -> None:
    assert attested(here, day, attestations__a=ATTESTING) == [("2026-11-02", state, left)]
    failed = ATTESTING.replace("outcome: pass", "outcome: fail")
    later = State.NOT_YET if state is State.NOT_YET else State.IN_FORCE
    assert attested(here, day, attestations__a=failed) == [("2026-11-02", later, None)]


def test_the_baseline_that_lets_it_count_shortest_decides(here: Path) -> None:
    tree(here, baselines__short=SHORT)
    assert attested(here, "2026-11-02", attestations__a=ATTESTING) == [("2026-11-02", State.ENDING, 7)]
    assert attested(here, "2026-11-10", attestations__a=ATTESTING) == [("2026-11-02", State.LAPSED, -1)]


def test_one_that_a_newer_one_replaced_is_told_so(here: Path) -> None:
    newer = ATTESTING.replace("2026-11-02", "2026-11-20")
    files = {"attestations__a": ATTESTING, "attestations__b": newer}
    assert attested(here, "2026-11-25", **files) == [
        ("2026-11-20", State.IN_FORCE, 85),
        ("2026-11-02", State.REPLACED, 67),
    ]
    assert attested(here, "2026-11-19", **files) == [
        ("2026-11-20", State.NOT_YET, 91),
        ("2026-11-02", State.IN_FORCE, 73),
    ]
    files["attestations__a"] = ATTESTING.replace('["111122223333"]', '["111122223333", "444455556666"]')
    assert attested(here, "2026-11-25", **files)[1] == ("2026-11-02", State.IN_FORCE, 67)


@pytest.mark.parametrize("control", ["length", "old", "nothing"])
def test_one_that_decides_nothing_is_without_effect(here: Path, control: str) -> None:
    text = ATTESTING.replace("control: review", f"control: {control}")
    assert attested(here, "2026-11-25", attestations__a=text) == [("2026-11-02", State.WITHOUT_EFFECT, None)]


def test_a_register_is_not_made_where_nobody_can_tell_what_counts(here: Path) -> None:
    opened = library(tree(here, attestations__a=ATTESTING, baselines__broken="kind: ["))
    with pytest.raises(PolicyError, match=r"broken\.yaml"):
        attestation_register(opened, date(2026, 11, 25), MONTH)


def test_the_register_of_exceptions_can_be_read(here: Path, cli: Cli, golden: Callable[[str, str], None]) -> None:
    tree(here, baselines__base=EXCEPTING + MORE, baselines__another=OTHER)
    result = cli("list", "exceptions", "--as-of", "2026-11-25", "--expiring-within", "67d")
    assert (result.code, result.err) == (0, "")
    assert max(map(len, result.out.splitlines())) <= 110
    golden("list-exceptions.txt", result.out)


def test_the_register_of_attestations_can_be_read(here: Path, cli: Cli, golden: Callable[[str, str], None]) -> None:
    both = ATTESTING.replace('["111122223333"]', '["111122223333", "444455556666"]')
    other = ATTESTING.replace("2026-11-02", "2026-11-20").replace("outcome: pass", "outcome: fail")
    tree(
        here,
        controls__g__review=REVIEW,
        attestations__a=both,
        attestations__b=other,
        attestations__c=ATTESTING.replace("2026-11-02", "2026-11-24").replace("111122223333", "666677778888"),
        attestations__d=ATTESTING.replace("2026-11-02", "2027-11-24").replace("111122223333", "777788889999"),
        attestations__e=ATTESTING.replace("2026-11-02", "2026-10-02"),
        attestations__f=ATTESTING.replace("control: review", "control: length"),
    )
    result = cli("list", "attestations", "--as-of", "2026-11-25", "--expiring-within", "67")
    assert (result.code, result.err) == (0, "")
    golden("list-attestations.txt", result.out)


def test_rows_hold_everything_with_its_type(here: Path, cli: Cli) -> None:
    tree(here, baselines__base=BASELINE + NAMED + MORE)
    rows = json.loads(cli("list", "exceptions", "--as-of", "2026-11-25", "--format", "json").out)
    assert [row["id"] for row in rows] == ["alice", "bob", "fob", "legacy"]
    assert rows[2] == {
        "id": "fob",
        "state": "not-yet",
        "days_left": 370,
        "baseline": "base",
        "control": "length",
        "accounts": ["111122223333", "222233334444", "333344445555", "444455556666", "555566667777"],
        "subjects": [],
        "reason": "one\n\ntwo\n",
        "owner": "somebody.with.a.long.name@example.com",
        "approved_by": "C. Example, head of security and of much else",
        "approved": "2026-12-01",
        "expires": "2027-11-30",
        "compensating_control": "a guard",
        "ticket": "https://example.com/1",
        "location": {"path": "policies/baselines/base.yaml", "line": 18, "column": 5},
    }
    assert rows[0]["subjects"] == ["alice/access-key-1", "bob/access-key-1"]


def rows(cli: Cli, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(cli("list", "attestations", "--format", "json", *options).out)
    return found


def test_rows_of_attestations_hold_everything_with_its_type(here: Path, cli: Cli) -> None:
    proved = ATTESTING + "    evidence: [{title: Minutes, url: 'https://example.com/m'}]\n"
    newer = ATTESTING.replace("2026-11-02", "2026-11-20").replace("outcome: pass", "outcome: fail")
    tree(here, controls__g__review=REVIEW, baselines__short=SHORT, attestations__a=proved, attestations__b=newer)
    first, second = rows(cli, "--as-of", "2026-11-25")
    assert second == {
        "id": "review",
        "state": "replaced",
        "days_left": -16,
        "accounts": ["111122223333"],
        "replaced_for": ["111122223333"],
        "outcome": "pass",
        "statement": "seen",
        "by": "A. Example",
        "date": "2026-11-02",
        "answers": {"trigger": "periodic"},
        "evidence": [{"title": "Minutes", "url": "https://example.com/m", "sha256": None}],
        "counts": [
            {"baseline": "short", "days": 7, "through": "2026-11-09"},
            {"baseline": "base", "days": 90, "through": "2027-01-31"},
        ],
        "location": {"path": "policies/attestations/a.yaml", "line": 3, "column": 5},
    }
    assert (first["state"], first["days_left"], first["replaced_for"]) == ("in-force", None, [])
    assert [item["through"] for item in first["counts"]] == [None, None]


def test_the_exceptions_of_one_baseline_can_be_asked_for(here: Path, cli: Cli) -> None:
    tree(here, baselines__base=EXCEPTING, baselines__another=OTHER)
    for name in ("another", "policies/baselines/another.yaml"):
        found = json.loads(cli("list", "exceptions", "-b", name, "--format", "json").out)
        assert [row["baseline"] for row in found] == ["another"]
    assert cli("list", "exceptions", "-b", "nobody").code == 2


def test_a_register_without_entries_is_empty(here: Path, cli: Cli) -> None:
    tree(here)
    for kind in ("exceptions", "attestations"):
        assert (cli("list", kind).code, cli("list", kind).out) == (0, "")
        assert json.loads(cli("list", kind, "--format", "json").out) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("controls", "--as-of", "2026-11-25"),
            "--as-of goes with 'list exceptions' and 'list attestations'; leave it out",
        ),
        (("rules", "--expiring-within", "3d"), "--expiring-within goes with 'list exceptions' and 'list attestations'"),
        (("attestations", "-b", "base"), "--baseline goes with 'list frameworks' and 'list exceptions'"),
        (("exceptions", "--as-of", "today"), "--as-of: 'today' is no time"),
        (("exceptions", "--as-of", ""), "--as-of: '' is no time"),
        (("attestations", "--expiring-within", ""), "--expiring-within: '' is no number of days"),
    ],
)
def test_what_does_not_go_with_a_list_is_refused(here: Path, cli: Cli, arguments: tuple[str, ...], words: str) -> None:
    result = cli("list", *arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err

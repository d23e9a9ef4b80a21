"""The registers on the site: exceptions and attestations with their dates, how they stand on a day, and what people owe."""

import json
from pathlib import Path

import pytest

from baselint.terminal import clean
from conftest import Cli
from markdown_judge import HOSTILE, dangers, render
from policytree import BASELINE, KEYS, LENGTH, tree

EXCEPTIONS = """\
exceptions:
  - id: later
    control: length
    accounts: ["111122223333", "444455556666"]
    reason: an <b>old</b> program
    owner: ops
    approved: {by: CISO, date: "2026-06-01"}
    expires: "2026-12-31"
    compensating_control: a vault
    ticket: https://tickets.example.com/1
  - id: sooner
    control: keys
    accounts: ["111122223333"]
    subjects: [alice/access-key-1]
    reason: a move
    owner: ops
    approved: {by: CISO, date: "2026-06-02"}
    expires: "2026-07-31"
"""
ATTESTATIONS = """\
kind: attestations
attestations:
  - control: review
    accounts: ["111122223333"]
    outcome: pass
    statement: I looked | at `keys`.
    by: ops
    date: "2026-06-01"
    answers: {trigger: leaver}
    evidence:
      - {title: Record, url: "https://records.example.com/1", sha256: "%s"}
      - {title: A note}
  - {control: review, accounts: ["444455556666", "111122223333"], outcome: pass, statement: A, by: ops, date: "2026-03-01", answers: {trigger: periodic}}
  - {control: length, accounts: ["111122223333"], outcome: fail, statement: B, by: ops, date: "2026-03-02"}
""" % ("0" * 64)
SECOND = BASELINE.replace("id: base", "id: second").replace(
    "- id: keys\n  - id: review\n", "- {id: maybe, parameters: {cadence: 365}}\n"
)
MAYBE = """\
kind: control
id: maybe
title: It may be seen
severity: low
parameters:
  cadence: {title: Cadence, type: integer, default: 1, minimum: 1, unit: days}
check:
  expect: {fact: root.mfa_has_backup, equals: true}
  or_attest: {within_days: $cadence}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"baselines__base": BASELINE + "  - id: maybe\n" + EXCEPTIONS, "attestations__team": ATTESTATIONS}
    monkeypatch.chdir(tree(tmp_path, controls__g__maybe=MAYBE, baselines__second=SECOND, **files))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    return tmp_path


def rendered(cli: Cli, *options: str) -> tuple[str, str]:
    result = cli("render", "--output", "pages", *options)
    assert result.code == 0, result.err
    return Path("pages/exceptions.md").read_text(), Path("pages/attestations.md").read_text()


def test_exceptions_stand_in_the_order_in_which_they_end(here: Path, cli: Cli) -> None:
    page, _ = rendered(cli)
    assert "This page knows no day." in page
    sooner = "| 2026-07-31 | [`sooner`](#exception-base--sooner) | [`keys`](controls/g/keys.md) | 1 | [`base`](baselines/base.md) |\n"
    later = "| 2026-12-31 | [`later`](#exception-base--later) | [`length`](controls/g/length.md) | 2 | [`base`](baselines/base.md) |\n"
    assert sooner + later in page
    assert "## sooner {#exception-base--sooner}\n\na move\n" in page
    assert (
        "- **Accounts:** 111122223333, only for alice/access-key-1\n- **In force:** 2026-06-02 through 2026-07-31\n"
        in page
    )
    assert "- **Instead:** nothing is recorded\n- **Ticket:** none\n" in page
    assert "an &lt;b&gt;old&lt;/b&gt; program" in page
    assert "- **Approved by:** CISO\n- **Owner:** ops\n- **Instead:** a vault\n" in page
    assert "- **Ticket:** [https://tickets.example.com/1](https://tickets.example.com/1)\n" in page
    assert "in force;" not in page
    assert "State" not in page


def test_on_a_day_both_registers_say_how_each_entry_stands(here: Path, cli: Cli) -> None:
    exceptions, attestations = rendered(cli, "--as-of", "2026-07-20")
    assert "The state is that of **2026-07-20** (UTC).\n" in exceptions
    assert "| [`keys`](controls/g/keys.md) | 1 | ends in 11 days | [`base`]" in exceptions
    assert "| [`length`](controls/g/length.md) | 2 | in force | [`base`]" in exceptions
    assert "- **In force:** 2026-06-01 through 2026-12-31; on 2026-07-20: in force\n" in exceptions
    assert (
        "| [`review`](controls/g/review.md) | pass | 2026-06-01 | 2026-08-30 by [`base`](baselines/base.md) | in force | ops | 111122223333 |\n"
        in attestations
    )
    assert (
        "| [`review`](controls/g/review.md) | pass | 2026-03-01 | 2026-05-30 by [`base`](baselines/base.md) | lapsed | ops | "
        "444455556666, 111122223333 (a newer one counts for 111122223333) |\n"
    ) in attestations
    assert (
        "| [`length`](controls/g/length.md) | fail | 2026-03-02 | without effect | without effect | ops | 111122223333 |\n"
        in attestations
    )
    assert cli("render", "--output", "pages", "--as-of", "2026-07-20", "--check").code == 0
    stale = cli("render", "--output", "pages", "--as-of", "2026-09-20", "--check")
    assert stale.code == 1
    assert "run 'baselint render --output pages --as-of 2026-09-20'" in stale.out
    assert cli("render", "--output", "pages", "--as-of", "soon").code == 2


def test_attestations_are_shown_with_answers_and_proof(here: Path, cli: Cli) -> None:
    _, page = rendered(cli)
    assert (
        "| [`review`](controls/g/review.md) | pass | 2026-06-01 | 2026-08-30 by [`base`](baselines/base.md) | ops | 111122223333 |\n"
        in page
    )
    assert (
        "- **2026-06-01, [`review`](controls/g/review.md), pass**, by ops: I looked | at [`keys`](controls/g/keys.md).\n"
        "  <br>trigger: leaver\n"
        f"  <br>Evidence: [Record](https://records.example.com/1), SHA-256 `{'0' * 64}`\n"
        "  <br>Evidence: A note\n"
    ) in page


def test_what_people_must_look_at_is_told_with_cadence_and_answers(here: Path, cli: Cli) -> None:
    _, page = rendered(cli)
    assert (
        "No export can decide these at the values that are set:\n\n"
        "- [Somebody reviewed it](controls/g/review.md#evidence) `review`\n"
        "    - **Every 90 days** by [`base`](baselines/base.md)\n"
        "    - **Answers trigger:** periodic, leaver\n"
        "    - **On record:** 2\n"
    ) in page
    assert (
        "only where AWS does not report it:\n\n- [It may be seen](controls/g/maybe.md#evidence) `maybe`\n"
        "    - **Every day** by [`base`](baselines/base.md)\n"
        "    - **Every 365 days** by [`second`](baselines/second.md)\n"
        "    - **On record:** nothing yet\n"
    ) in page


def test_texts_of_attestations_are_inert(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    texts = [text for text in HOSTILE if clean(text) == text]
    entries = [
        {
            "control": "review",
            "accounts": ["111122223333"],
            "outcome": "pass",
            "statement": text,
            "by": " ".join(text.split()),
            "date": "2026-06-01",
            "answers": {"trigger": "leaver"},
            "evidence": [{"title": " ".join(text.split())}],
        }
        for text in texts
    ]
    hostile = json.dumps({"kind": "attestations", "attestations": entries})
    monkeypatch.chdir(tree(tmp_path, attestations__team=hostile))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    _, page = rendered(cli)
    assert page.count("| [`review`](controls/g/review.md) | pass | 2026-06-01 |") == len(texts) > 50
    assert list(dangers(render(page.rsplit("\n<!--", 1)[0]))) == []


def test_empty_registers_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    text = BASELINE.replace("  - id: review\n", "")
    monkeypatch.chdir(tree(tmp_path, baselines__base=text, controls__g__length=LENGTH, controls__g__keys=KEYS))
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    exceptions, attestations = rendered(cli)
    assert "No baseline here holds an exception.\n" in exceptions
    assert "Nothing is attested here yet.\n" in attestations
    assert "No baseline here asks a person to attest anything.\n" in attestations

"""A baseline explained in the terminal: its decisions, its exceptions, and where every value comes from."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Cli
from policytree import BASELINE, tree


def test_explain_shows_the_decisions_on_a_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli, golden: Callable[[str, str], None]
) -> None:
    tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("baselint.toml").write_text("library = false\n")
    text = BASELINE.replace(
        "owner: ops\n",
        'owner: ops\napproved: {by: CISO, date: "2026-10-01"}\nreview_by: "2027-04-01"\n'
        'applies_to: {accounts: ["111122223333"], partitions: [aws], kinds: [member]}\n',
    ).replace("- id: keys", "- {id: keys, reason: so it was decided}\n  - id: old")
    Path("policies/baselines/base.yaml").write_text(
        text
        + """\
changes:
  - {date: "2026-10-02", control: keys, reason: an earlier one}
  - {date: "2026-11-02", control: length, reason: a later one, approved_by: CISO}
exceptions:
  - id: e
    control: keys
    accounts: ["111122223333"]
    subjects: [alice/access-key-1]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-12-01"
"""
    )
    golden("explain-baseline.txt", cli("explain", "base").out)

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


def test_explain_shows_the_values_of_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    tree(tmp_path)
    monkeypatch.chdir(tmp_path)
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    text = BASELINE.replace(
        "- id: length",
        "- id: length\n    severity: low\n    parameters: {minimum: 20}\n  - {id: old, exclude: true, reason: r}",
    )
    Path("policies/baselines/base.yaml").write_text(
        text.replace("controls:", "description: For all.\nextends: [parent]\ncontrols:")
    )
    Path("policies/baselines/parent.yaml").write_text(BASELINE.replace("id: base", "id: parent"))
    assert "At least 20 characters." in cli("explain", "length").out
    assert "severity: low" in cli("explain", "length").out
    shown = cli("explain", "base").out
    assert cli("explain", "policies/baselines/base.yaml").out == shown
    for words in (
        "stands on parent 1 (policies/baselines/parent.yaml)\n",
        "  length                             low (policies/baselines/base.yaml:10:5)\n",
        "    minimum                          20 (policies/baselines/base.yaml:11:18)\n",
        "    days                             90 (the control's default, policies/controls/g/keys.yaml:6:47)\n",
        "LEFT OUT ON PURPOSE\n  old (policies/baselines/base.yaml:12:5)\n    why: r\n",
    ):
        assert words in shown
    Path("baselint.toml").write_text('library = false\nbaseline = "nowhere"\n')
    assert "At least 14 characters." in cli("explain", "length").out
    unknown = cli("explain", "lenght")
    assert (unknown.code, unknown.err) == (2, "baselint: there is nothing called 'lenght'; did you mean 'length'?\n")

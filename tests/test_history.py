"""The history of each baseline from git: which commit made it stricter or weaker, and in what."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from baselint import configuration
from baselint.errors import UsageError
from baselint.policy.history import Step, history
from baselint.policy.strictness import Direction
from checkout import git
from conftest import Cli
from markdown_judge import dangers
from markdown_judge import render as html
from policytree import BASELINE, KEYS
from revisions import BASE, EXCEPTION, repository

LOWER = BASELINE.replace("- id: length", "- id: length\n    parameters: {minimum: 8}")
HIGHER = BASELINE.replace("- id: length", "- id: length\n    parameters: {minimum: 20}")
CHECK = Path("policies/controls/g/keys.yaml")


def commit(subject: str, day: int) -> None:
    git(Path(), "add", "--all")
    identity = ["-c", "user.name=tests", "-c", "user.email=tests@example.com"]
    environment = {**os.environ, "GIT_COMMITTER_DATE": f"2026-11-{day:02} 23:30:00 +0000"}
    subprocess.run(["git", *identity, "commit", "--quiet", "--message", subject], env=environment, check=True)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository whose baseline was changed seven times."""
    here = tmp_path_factory.mktemp("told")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        repository(here)
        BASE.write_text(LOWER)
        commit("Lower it", 2)
        Path("README.md").write_text("about\n")
        commit("Say what it is", 3)
        BASE.write_text(LOWER.replace("owner: ops", "owner: somebody"))
        commit("Change the owner", 4)
        BASE.write_text("kind: baseline\nid: base\n")
        commit("Break it", 5)
        BASE.write_text(HIGHER + EXCEPTION)
        commit("Mend it, <b>higher</b> | with `an` exception", 6)
        CHECK.write_text(KEYS.replace("at_most: $days", "at_least: $days"))
        commit("Turn a check round", 7)
        Path("policies/controls/g/x.yml").write_text("kind: control\n")
        commit("Break the tree", 8)
        Path("policies/controls/g/x.yml").unlink()
        BASE.write_text(HIGHER)
        commit("End the exception", 9)
    return here


@pytest.fixture
def here(told: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(told)
    return told


def steps(most: int) -> tuple[Step, ...]:
    return history(configuration.find(Path.cwd()), Path.cwd(), ["base"], most).steps["base"]


def test_each_commit_that_changed_what_is_asked_is_told(here: Path) -> None:
    found = [(step.subject, step.difference.direction if step.difference else None, step.broken) for step in steps(50)]
    assert found == [
        ("End the exception", Direction.STRICTER, False),
        ("Break the tree", None, True),
        ("Turn a check round", Direction.DIFFERENT, False),
        ("Mend it, <b>higher</b> | with `an` exception", Direction.DIFFERENT, False),
        ("Break it", None, True),
        ("Lower it", Direction.WEAKER, False),
        ("policy", None, False),
    ]
    assert [step.day.day for step in steps(50)][:-1] == [9, 8, 7, 6, 5, 2]


def test_no_more_commits_are_looked_at_than_asked_for(here: Path) -> None:
    settings = configuration.find(here)
    for most, whole in ((1, False), (7, False), (8, True), (50, True)):
        found = history(settings, here, ["base"], most)
        assert (found.most, found.is_whole) == (most, whole)
    assert [step.subject for step in steps(3)] == ["End the exception", "Break the tree", "Turn a check round"]


def test_a_directory_below_the_top_and_a_baseline_that_is_new(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = steps(50)
    monkeypatch.chdir(here / "policies")
    assert [step.commit for step in steps(50)] == [step.commit for step in whole]
    assert history(configuration.find(Path.cwd()), Path.cwd(), ["other"], 1).steps == {"other": ()}


def test_the_page_tells_it_with_dates_and_words(here: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ("render", "--output", str(out), "-b", "base", "--history")
    assert cli(*arguments).code == 0
    page = (out / "history.md").read_text()
    headings = re.findall(r"^### (.*)$", page, re.MULTILINE)
    assert headings[:6] == [
        "2026-11-09: stricter",
        "2026-11-08: cannot be read",
        "2026-11-07: different",
        "2026-11-06: different",
        "2026-11-05: cannot be read",
        "2026-11-02: weaker",
    ]
    assert headings[6].endswith(": began")
    assert "- **weaker**: [`length`](controls/g/length.md), minimum: 14 -&gt; 8\n" in page
    assert "- stricter: [`length`](controls/g/length.md), minimum: 8 -&gt; 20\n" in page
    assert (
        "- **weaker**: [`keys`](controls/g/keys.md), exception e: added, for 111122223333, 2026-01-01 through" in page
    )
    assert "\n  <br>It asked: for each access key of an IAM user where" in page
    assert dangers(html(page.rsplit("\n<!--", 1)[0])) == []
    assert cli(*arguments).err.endswith(", 0 written, 0 removed\n")
    assert cli(*arguments[:-1], "--check").out.startswith(f"{out}/history.md: is stale")
    mend = cli(*arguments, "3", "--check")
    assert f"run 'baselint render --output {out} -b base --history 3'" in mend.out
    assert cli(*arguments, "3").code == 0
    assert "Only the newest 3 commits on policy files were looked at" in (out / "history.md").read_text()


def test_without_git_the_page_says_how_to_get_it(here: Path, cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cli("render", "--output", str(out), "-b", "base").code == 0
    assert "baselint render --output DIR --history\n" in (out / "history.md").read_text()


@pytest.mark.parametrize("number", ["0", "-1", "x", "1001"])
def test_the_number_of_commits_is_bounded(here: Path, cli: Cli, number: str) -> None:
    found = cli("render", "--output", "out", f"--history={number}")
    assert (found.code, f"{number!r} is no number of commits; write one from 1 to 1000" in found.err) == (2, True)


def test_a_directory_that_git_does_not_know_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("policies").mkdir()
    with pytest.raises(UsageError, match="run it inside a git repository"):
        steps(3)
    git(tmp_path, "init", "--quiet")
    assert steps(3) == ()
    empty: Mapping[str, tuple[Step, ...]] = history(configuration.find(tmp_path), tmp_path, ["base"], 3).steps
    assert empty == {"base": ()}

"""A small policy tree in a git repository, for tests of what changes from one revision to another."""

from pathlib import Path

from checkout import git
from conftest import Cli
from policytree import tree

FRAME = """\
kind: framework
id: frame
title: Frame
publisher: Us
edition: "1"
url: "https://example.com"
relation: decides
requirements:
  - {id: "1.1", title: Passwords are long, controls: [{id: length, needs: {minimum: {at_least: 14}}}]}
  - {id: "1.2", title: Keys are young, controls: [{id: keys}]}
  - {id: "2", title: Passwords help, relation: supports, controls: [{id: length, needs: {minimum: {at_least: 12}}}]}
"""
EXCEPTION = """\
exceptions:
  - id: e
    control: keys
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-01-01"}
    expires: "2026-12-01"
"""
BASE = Path("policies/baselines/base.yaml")
DAY = "2026-11-25"


def repository(directory: Path) -> Path:
    """Write the small tree with a standard, and commit it; the directory is the working directory."""
    tree(directory, frameworks__frame=FRAME)
    Path("baselint.toml").write_text("library = false\n")
    git(directory, "init", "--quiet", "--initial-branch", "main")
    commit(directory)
    return directory


def commit(directory: Path) -> None:
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message", "policy")


def told(cli: Cli, *arguments: str) -> list[str]:
    """Return what validate tells against HEAD, without the details below each line."""
    found = cli("validate", "--against", "HEAD", "--as-of", DAY, *arguments)
    return [line for line in found.out.splitlines() if not line.startswith(" ")]


def entry(control: str, reason: str = "why") -> str:
    return f'  - {{date: "{DAY}", control: {control}, reason: {reason}, approved_by: CISO}}\n'


LOG = "changes:\n"

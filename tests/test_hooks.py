"""The hooks as a user gets them: a scratch repository, the real pre-commit and the real prek."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkout import copy_project, git
from policytree import BASELINE, LENGTH, tree

pytestmark = pytest.mark.slow

ACME = """\
kind: baseline
id: acme
title: Acme
version: "1"
owner: ops
satisfies: [cis-aws-foundations-7.0]
extends: [aws-cis-7.0]
controls:
  - id: password-minimum-length
    parameters: {minimum: 14}
    reason: as the benchmark asks
"""
ENTRY = 'changes:\n  - {date: "2026-11-25", control: %s, reason: the terminals, approved_by: CISO}\n'
RUNNERS = ("pre_commit", "prek")
VARIABLES = ("PIP_", "SSL_", "REQUESTS_", "UV_", "CURL_")
"""What tells the runners where packages come from."""


@dataclass(frozen=True)
class Outcome:
    """What a runner or a commit did."""

    code: int
    text: str


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Return address and revision of a repository that holds this project."""
    project = copy_project(tmp_path_factory.mktemp("hooks"))
    git(project, "init", "--quiet", "--initial-branch", "main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "hooks")
    return project.as_uri(), git(project, "rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the environment of the runners; the hooks are installed into it once for all tests."""
    home = tmp_path_factory.mktemp("home")
    found = {name: value for name, value in os.environ.items() if name.startswith(VARIABLES)}
    return found | {
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PREK_HOME": str(home / "prek"),
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "tests",
        "GIT_AUTHOR_EMAIL": "tests@example.com",
        "GIT_COMMITTER_NAME": "tests",
        "GIT_COMMITTER_EMAIL": "tests@example.com",
        "NO_COLOR": "1",
    }


class Scratch:
    """A user's repository with the hooks installed."""

    def __init__(self, directory: Path, runner: str, hooks: tuple[str, str], environment: dict[str, str]) -> None:
        self.directory = directory
        self.runner = [sys.executable, "-m", runner]
        self.environment = environment
        address, revision = hooks
        (directory / ".pre-commit-config.yaml").write_text(
            f"repos:\n  - repo: {address}\n    rev: {revision}\n    hooks:\n"
            "      - id: baselint-validate\n      - id: baselint-no-weakening\n"
        )
        git(directory, "init", "--quiet", "--initial-branch", "main")

    def write(self, path: str, text: str) -> None:
        (self.directory / path).parent.mkdir(parents=True, exist_ok=True)
        (self.directory / path).write_text(text, encoding="utf-8")

    def commit(self, *, hooks: bool = True) -> Outcome:
        """Stage everything and commit it, with or without the hooks."""
        git(self.directory, "add", "--all")
        if hooks:
            self.call([*self.runner, "install"])
        return self.call(["git", "commit", "--message", "change", *([] if hooks else ["--no-verify"])])

    def run(self, *arguments: str, below: str = ".") -> Outcome:
        return self.call([*self.runner, "run", *arguments], below)

    def call(self, command: list[str], below: str = ".") -> Outcome:
        done = subprocess.run(
            command, cwd=self.directory / below, env=self.environment, capture_output=True, text=True, check=False
        )
        return Outcome(done.returncode, done.stdout + done.stderr)


@pytest.fixture(params=RUNNERS)
def scratch(
    request: pytest.FixtureRequest, tmp_path: Path, hooks: tuple[str, str], environment: dict[str, str]
) -> Scratch:
    made = Scratch(tmp_path, request.param, hooks, environment)
    made.write("policies/baselines/acme.yaml", ACME)
    assert made.commit(hooks=False).code == 0
    return made


def test_a_weaker_value_is_refused_until_a_new_entry_says_why(scratch: Scratch) -> None:
    weak = ACME.replace("14", "8").replace("satisfies: [cis-aws-foundations-7.0]\n", "")
    scratch.write("policies/baselines/acme.yaml", weak)
    refused = scratch.commit()
    assert refused.code == 1
    assert "policies/baselines/acme.yaml:9:18: error[weakened-parameter]: password-minimum-length: " in refused.text
    assert "minimum is 8, and was 14 at HEAD, which is weaker" in refused.text
    assert "breaks cis-aws-foundations-7.0 2.8: Minimum length: at least 14 characters" in refused.text
    assert "gives less evidence for pci-dss-4.0.1 8.3.6" in refused.text
    assert "control: password-minimum-length, reason: WHY, approved_by: WHO}" in refused.text
    assert "weaker: 1 change: 0 stricter, 1 weaker" in refused.text
    scratch.write("policies/baselines/acme.yaml", weak + ENTRY % "password-minimum-length")
    allowed = scratch.commit()
    assert allowed.code == 0, allowed.text
    assert render(scratch, "pages").code == 0
    decisions = (scratch.directory / "pages/changes.md").read_text()
    assert "## 2026-11-25" in decisions
    assert "the terminals" in decisions
    assert "Approved by CISO." in decisions
    git(scratch.directory, "clean", "--quiet", "-fd", "pages")
    scratch.write("policies/baselines/acme.yaml", weak.replace("8}", "6}") + ENTRY % "password-minimum-length")
    again = scratch.commit()
    assert again.code == 1
    assert "minimum is 6, and was 8 at HEAD" in again.text


def test_a_claim_that_a_weaker_value_breaks_is_refused_even_with_an_entry(scratch: Scratch) -> None:
    scratch.write("policies/baselines/acme.yaml", ACME.replace("14", "8") + ENTRY % "password-minimum-length")
    refused = scratch.commit()
    assert refused.code == 1
    assert "error[unsatisfied-claim]: does not satisfy cis-aws-foundations-7.0 2.8" in refused.text
    assert "weakened-parameter" not in refused.text


def test_a_deleted_baseline_is_refused_and_a_renamed_one_passes(scratch: Scratch) -> None:
    (scratch.directory / "policies/baselines/acme.yaml").rename(scratch.directory / "policies/baselines/acme-two.yaml")
    scratch.write("policies/baselines/acme-two.yaml", ACME.replace("id: acme\n", "id: acme-two\n"))
    renamed = scratch.commit()
    assert renamed.code == 0, renamed.text
    (scratch.directory / "policies/baselines/acme-two.yaml").unlink()
    deleted = scratch.commit()
    assert deleted.code == 1
    assert "policies/baselines/acme-two.yaml: error[removed-baseline]: the baseline acme-two is gone" in deleted.text


def test_a_deleted_control_is_missed_by_the_baselines_that_name_it(scratch: Scratch) -> None:
    tree(scratch.directory)
    assert scratch.commit().code == 0
    (scratch.directory / "policies/controls/g/keys.yaml").unlink()
    deleted = scratch.commit()
    assert deleted.code == 1
    assert "policies/baselines/base.yaml:8:9: error[unknown-control]: there is no control 'keys'" in deleted.text


def test_the_children_of_a_changed_parent_are_checked_as_well(scratch: Scratch) -> None:
    tree(scratch.directory)
    child = BASELINE.replace("id: base", "id: child").replace("owner: ops", "owner: ops\nextends: [base]")
    scratch.write(
        "policies/baselines/child.yaml",
        child.split("controls:")[0] + "controls:\n  - {id: keys, parameters: {days: 99}}\n",
    )
    assert scratch.commit().code == 1
    scratch.write(
        "policies/baselines/base.yaml", BASELINE.replace("- id: keys", "- {id: keys, parameters: {days: 99}}")
    )
    assert scratch.commit().code == 0
    scratch.write(
        "policies/baselines/base.yaml", BASELINE.replace("- id: keys", "- {id: keys, parameters: {days: 80}}")
    )
    refused = scratch.commit()
    assert refused.code == 1
    assert (
        "policies/baselines/child.yaml:8:29: error[weakened-parameter]: keys: days is 99, and the parent"
        in refused.text
    )


def test_a_weaker_default_of_a_control_weakens_the_baselines_that_take_it(scratch: Scratch) -> None:
    tree(scratch.directory)
    assert scratch.commit().code == 0
    scratch.write("policies/controls/g/length.yaml", LENGTH.replace("default: 14", "default: 10"))
    refused = scratch.commit()
    assert refused.code == 1
    assert (
        "policies/controls/g/length.yaml:7:53: error[weakened-parameter]: length: minimum is 10, and was 14"
        in refused.text
    )


@pytest.mark.parametrize("below", [".", "policies/baselines"])
def test_names_with_blanks_and_sub_directories_do_no_harm(scratch: Scratch, below: str) -> None:
    statement = 'kind: attestations\nattestations:\n  - {control: root-mfas, accounts: ["111122223333"], outcome: pass, statement: s, by: b, date: "2026-11-01"}\n'
    scratch.write("policies/attestations/first quarter.yaml", statement)
    git(scratch.directory, "add", "--all")
    found = scratch.run(below=below)
    assert found.code == 1
    assert "policies/attestations/first quarter.yaml:3:15: error[unknown-control]" in found.text


@pytest.mark.parametrize("arguments", [(), ("--all-files",)])
def test_where_nothing_is_staged_nothing_is_refused(scratch: Scratch, arguments: tuple[str, ...]) -> None:
    found = scratch.run(*arguments)
    assert found.code == 0, found.text


def test_two_revisions_are_compared_where_the_runner_names_them(scratch: Scratch) -> None:
    scratch.write("policies/baselines/acme.yaml", ACME.replace("14", "8"))
    assert scratch.commit(hooks=False).code == 0
    found = scratch.run("--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert found.code == 1
    assert "minimum is 8, and was 14 at" in found.text


def test_the_first_commit_of_a_repository_weakens_nothing(
    tmp_path: Path, hooks: tuple[str, str], environment: dict[str, str]
) -> None:
    made = Scratch(tmp_path, "pre_commit", hooks, environment)
    made.write("policies/baselines/acme.yaml", ACME)
    found = made.commit()
    assert found.code == 0, found.text


def test_the_docs_hook_refuses_a_stale_page(
    tmp_path: Path, hooks: tuple[str, str], environment: dict[str, str]
) -> None:
    made = Scratch(tmp_path, "pre_commit", hooks, environment)
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(config.read_text() + "      - id: baselint-docs\n")
    made.write("policies/baselines/acme.yaml", ACME)
    made.write("baselint.toml", 'baseline = "acme"\n')
    assert render(made, "docs").code == 0
    first = made.commit()
    assert first.code == 0, first.text
    made.write("policies/baselines/acme.yaml", ACME.replace("title: Acme", "title: Acme Limited"))
    stale = made.commit()
    assert stale.code == 1
    assert "docs/baselines/acme.md: is stale" in stale.text


def render(made: Scratch, output: str) -> Outcome:
    return made.call([sys.executable, "-m", "baselint", "render", "--output", output])

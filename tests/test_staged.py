"""Revisions, the index and the hooks: what is compared with what, and what is told where nothing can be."""

from pathlib import Path

import pytest

from checkout import git
from conftest import Cli
from policytree import BASELINE, tree
from revisions import BASE, LOG, commit, entry, repository, told


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return repository(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("validate", "--against", "nowhere"), "nowhere: there is no such revision; see 'git log' for what there is"),
        (("validate", "--against", "--help"), "--help: there is no such revision"),
        (("diff", "HEAD:", "base"), "HEAD:: names no baseline; write HEAD:ID or HEAD:PATH"),
        (
            ("diff", "HEAD:policies/baselines/nobody.yaml", "base"),
            "HEAD:policies/baselines/nobody.yaml: there is no such",
        ),
        (("diff", "HEAD:../../../x.yaml", "base"), "../../../x.yaml: lies outside of the git repository"),
        (("diff", "HEAD:policies/baselines/", "base"), "HEAD:policies/baselines: there is no such file"),
        (
            ("diff", "HEAD:bose", "base"),
            "there is no baseline 'bose'; see 'baselint list baselines'; did you mean 'base'?",
        ),
    ],
)
def test_a_revision_or_baseline_that_is_not_there_is_told(
    here: Path, cli: Cli, arguments: tuple[str, ...], words: str
) -> None:
    if "--help" in arguments:
        arguments = ("validate", "--against=--help")
    found = cli(*arguments)
    assert found.code == 2
    assert words in found.err


def test_outside_a_repository_nothing_can_be_compared(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree(tmp_path))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    found = cli("validate", "--against", "HEAD")
    assert found.code == 2
    assert "run it inside a git repository" in found.err
    monkeypatch.setenv("PATH", str(tmp_path))
    found = cli("validate", "--against", "HEAD")
    assert (found.code, found.err) == (2, "baselint: git: cannot be run (No such file or directory); install git\n")


def test_before_the_first_commit_everything_is_new(tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree(tmp_path))
    Path("baselint.toml").write_text("library = false\n")
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    assert cli("validate", "--against", "HEAD").code == 0
    assert cli("validate", "--staged").err == "nothing to compare: no policy file differs from HEAD\n"
    git(tmp_path, "add", "--all")
    assert cli("validate", "--staged").err == "1 file checked: 0 error(s), 0 warning(s)\n"
    assert "there is no such file" in cli("diff", "HEAD:policies/baselines/base.yaml", "base").err
    assert cli("diff", ":policies/baselines/base.yaml", "base").code == 0


def test_only_what_is_staged_is_compared(here: Path, cli: Cli) -> None:
    assert cli("validate", "--staged").err == "nothing to compare: no policy file differs from HEAD\n"
    weak = BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}")
    BASE.write_text(weak)
    assert cli("validate", "--staged").code == 0
    git(here, "add", "--all")
    BASE.write_text(BASELINE)
    found = cli("validate", "--staged")
    assert found.code == 1
    assert found.out.startswith("policies/baselines/base.yaml:7:31: error[weakened-parameter]: ")
    assert (
        "\nbaseline base 1 (HEAD:policies/baselines/base.yaml) -> baseline base 1 (policies/baselines/base.yaml)\n"
        in found.out
    )
    assert "weaker: 1 change: 0 stricter, 1 weaker, 0 different, 0 equal\n" in found.out
    BASE.write_text(weak + LOG + entry("length"))
    git(here, "add", "--all")
    assert cli("validate", "--staged").code == 0


def test_only_the_weakened_baselines_are_shown(here: Path, cli: Cli) -> None:
    Path("policies/baselines/more.yaml").write_text(BASELINE.replace("id: base", "id: more"))
    commit(here)
    Path("policies/baselines/more.yaml").write_text(
        BASELINE.replace("id: base", "id: more").replace("  - id: keys\n", "")
    )
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 20}}"))
    git(here, "add", "--all")
    shown = cli("validate", "--staged").out
    assert "baseline more 1 (HEAD" in shown
    assert "baseline base 1 (HEAD" not in shown


def test_two_files_with_one_id_are_told_where_they_are_staged(here: Path, cli: Cli) -> None:
    Path("policies/baselines/length.yaml").write_text(BASELINE.replace("id: base", "id: length"))
    git(here, "add", "--all")
    found = cli("validate", "--staged")
    assert found.code == 1
    assert "error[duplicate-id]" in found.out


def test_a_hook_without_files_looks_only_for_what_was_deleted(here: Path, cli: Cli) -> None:
    BASE.write_text("broken: [")
    assert cli("validate", "--hook").code == 0
    assert cli("validate", "--hook", str(BASE)).code == 1
    BASE.write_text(BASELINE)
    git(here, "rm", "--quiet", "policies/controls/g/keys.yaml")
    assert "there is no control 'keys'" in cli("validate", "--hook").out
    git(here, "rm", "--quiet", "-r", "policies")
    found = cli("validate", "--hook")
    assert found.code == 0
    assert cli("validate").code == 2
    assert cli("validate", "--staged").code == 1


def test_revisions_that_the_runner_names_are_compared(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    commit(here)
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    found = cli("validate", "--staged")
    assert found.code == 1
    assert "HEAD:policies/baselines/base.yaml:2:5: error[excluded-control]: keys is not selected" in found.out


def test_a_baseline_elsewhere_in_the_repository_can_be_compared(here: Path, cli: Cli) -> None:
    Path("teams").mkdir()
    ours = BASELINE.replace("id: base", "id: ours").replace(
        "owner: ops", "owner: ops\nextends: [../policies/baselines/base.yaml]"
    )
    Path("teams/ours.yaml").write_text(ours)
    commit(here)
    BASE.write_text(BASELINE.replace("- id: length", "- {id: length, parameters: {minimum: 8}}"))
    found = cli("diff", "HEAD:teams/ours.yaml", "teams/ours.yaml")
    assert "  weaker     length  minimum: 14 -> 8\n" in found.out


def test_from_a_sub_directory_the_same_is_compared(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    monkeypatch.chdir(here / "policies/baselines")
    found = cli("validate", "--against", "HEAD")
    assert "base.yaml:2:5: error[excluded-control]: keys is not selected, and was required at HEAD" in found.out
    assert cli("diff", "HEAD:./base.yaml", "base").code == 0


def test_links_are_no_policy_files_and_too_many_files_are_no_tree(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("policies/baselines/link.yaml").symlink_to("base.yaml")
    commit(here)
    assert cli("diff", "HEAD:link", "base").code == 2
    monkeypatch.setattr("baselint.policy.revision._MOST_FILES", 2)
    found = cli("diff", "HEAD:base", "base")
    assert (found.code, found.err) == (2, "baselint: HEAD:policies: holds more than 2 files; this is no policy tree\n")


def test_of_a_file_the_log_is_compared_where_the_file_is_named(here: Path, cli: Cli) -> None:
    BASE.write_text(BASELINE.replace("  - id: keys\n", ""))
    assert [line.split("[")[1].split("]")[0] for line in told(cli, str(BASE))] == ["excluded-control"]
    git(here, "rm", "--quiet", "--cached", str(BASE))
    assert cli("validate", "--staged").code == 1

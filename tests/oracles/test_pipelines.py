"""Judges of pipelines accept the action and the examples: the schemas of GitHub and GitLab, zizmor and ShellCheck."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ACTION = ROOT / "action.yml"
PIPELINES = ROOT / "examples" / "pipelines"
JUDGED = {
    "github-actions": (ACTION, "using: composite", "using: composit"),
    "github-workflows": (PIPELINES / "github.yaml", "runs-on: ubuntu-24.04", "run-on: ubuntu-24.04"),
    "gitlab-ci": (PIPELINES / "gitlab.yaml", "when: always", "when: allways"),
}


def run(*words: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, input=text, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("schema", JUDGED)
def test_it_fits_the_schema_of_its_host_and_a_broken_one_does_not(schema: str, tmp_path: Path) -> None:
    path, good, bad = JUDGED[schema]
    words = (BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}")
    assert run(*words, path).returncode == 0
    text = path.read_text()
    assert good in text
    broken = tmp_path / path.name
    broken.write_text(text.replace(good, bad))
    assert run(*words, broken).returncode == 1


def zizmor(directory: Path, action: str, workflow: str) -> str:
    """Return what zizmor says of an action and a workflow in a repository."""
    workflows = directory / ".github" / "workflows"
    workflows.mkdir(parents=True)
    workflows.joinpath("accounts.yml").write_text(workflow)
    directory.joinpath("action.yml").write_text(action)
    words = ("--offline", "--persona", "pedantic", "--no-progress", "--format", "plain")
    done = run(BIN / "zizmor", *words, directory)
    assert (done.returncode == 0) == ("No findings to report" in done.stdout + done.stderr)
    return done.stdout


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    workflow = PIPELINES.joinpath("github.yaml").read_text()
    assert "No findings to report" in zizmor(tmp_path / "good", ACTION.read_text(), workflow)
    injected = ACTION.read_text().replace('"$RUNNER_TEMP/baselint.sarif.gz.base64"', "${{ inputs.sarif-file }}")
    assert "template-injection" in zizmor(tmp_path / "injected", injected, workflow)
    loose = workflow.replace("@08c6903cd8c0fde910a37f88322edcfb5dd907a8", "@v5")
    assert "unpinned-uses" in zizmor(tmp_path / "loose", ACTION.read_text(), loose)


def scripts() -> Iterator[tuple[str, str]]:
    """Yield the shell and the text of each script."""
    action: Any = yaml.safe_load(ACTION.read_text())
    for step in action["runs"]["steps"]:
        yield step["shell"], step["run"]
    yield "sh", PIPELINES.joinpath("reviewdog.sh").read_text()


def test_shellcheck_finds_nothing() -> None:
    found = list(scripts())
    assert [shell for shell, _ in found] == ["bash"] * 4 + ["sh"]
    for shell, text in found:
        words = (BIN / "shellcheck", "--shell", shell, "--enable", "all", "--exclude", "SC2154,SC2250")
        assert run(*words, "-", text=text).stdout == ""
        assert "SC2086" in run(*words, "-", text=text + "\ncat $file\n").stdout

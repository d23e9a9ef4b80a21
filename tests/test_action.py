"""The action for GitHub, run step by step as a runner would: what it says, what it hands on, and how it ends."""

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from builders import user_row, write
from checkout import ROOT
from linting import OLD_KEY, exports, settle
from policytree import tree

ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: Mapping[str, Any] = {step["name"]: step for step in ACTION["runs"]["steps"]}
LINT, UPLOAD, END, INSTALL = "Lint the accounts", "Upload to code scanning", "End as baselint ended", "Install baselint"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("bash") is None, reason="the steps are scripts for bash"),
]


def program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def runner(tmp_path: Path) -> dict[str, str]:
    """The environment of a runner on which baselint is installed, with a workspace that has baselines and a snapshot."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    tree(settle(workspace))
    write(workspace / "my snapshots" / "111122223333", exports(user_row("alice", **OLD_KEY)))
    for name in ("baselint", "python"):
        module = " -m baselint" if name == "baselint" else ""
        program(tmp_path / "temp" / "baselint" / "bin" / name, f'exec "{sys.executable}"{module} "$@"')
    program(tmp_path / "bin" / "gh", f'printf "%s\\n" "$@" >"{tmp_path}/gh-arguments"')
    return {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "linter"),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "HOME": str(tmp_path),
    }


def step(name: str, runner: Mapping[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does, with inputs by the names of its variables; an empty one is one that nobody gave."""
    item = STEPS[name]
    environment = dict(runner) | dict.fromkeys(item["env"], "") | inputs
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", item["run"]],
        cwd=Path(runner["HOME"]) / "workspace",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def outputs(runner: Mapping[str, str]) -> dict[str, str]:
    return dict(line.split("=", 1) for line in Path(runner["GITHUB_OUTPUT"]).read_text().splitlines())


def lint(runner: Mapping[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    given = {"SNAPSHOTS": "my snapshots", "ARGUMENTS": "--as-of=2026-11-02", "SARIF_FILE": "out/b.sarif"} | inputs
    return step(LINT, runner, **given)


def test_findings_are_told_and_handed_on_and_end_the_job_at_its_end(runner: dict[str, str]) -> None:
    done = lint(runner, BASELINES="\nbase\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "::error " in done.stdout
    assert outputs(runner) == {
        "exit-code": "1",
        "sarif-file": "out/b.sarif",
        "fail": "1",
        "unknown": "0",
        "manual": "1",
    }
    assert "alice" in Path(runner["GITHUB_STEP_SUMMARY"]).read_text()
    sarif = json.loads((Path(runner["HOME"]) / "workspace" / "out" / "b.sarif").read_text())
    assert len(sarif["runs"][0]["results"]) == 2
    assert step(END, runner, CODE=outputs(runner)["exit-code"]).returncode == 1


def test_a_run_that_nothing_fails_ends_well(runner: dict[str, str]) -> None:
    assert lint(runner, BASELINES="base", ARGUMENTS="--as-of=2026-11-02\n--fail-on=never").returncode == 0
    assert outputs(runner)["exit-code"] == "0"
    assert step(END, runner, CODE="0").returncode == 0


def test_a_run_that_writes_no_report_hands_on_none_from_before(runner: dict[str, str]) -> None:
    old = Path(runner["HOME"]) / "workspace" / "out" / "b.sarif"
    old.parent.mkdir()
    old.write_text("{}")
    done = lint(runner, BASELINES="no-such-baseline")
    assert done.returncode == 0
    assert "no-such-baseline" in done.stderr
    assert outputs(runner) == {"exit-code": "2"}
    assert not old.exists()
    assert not Path(runner["GITHUB_STEP_SUMMARY"]).exists()


def test_a_run_that_judged_nothing_closes_no_alert(runner: dict[str, str]) -> None:
    """Its log has no result, and code scanning takes an alert without a result for fixed."""
    workspace = Path(runner["HOME"]) / "workspace"
    policy = workspace / "policies" / "baselines" / "base.yaml"
    policy.write_text(policy.read_text() + 'applies_to: {accounts: ["999900001111"]}\n')
    assert lint(runner, BASELINES="base").returncode == 0
    assert outputs(runner)["exit-code"] == "3"
    assert "sarif-file" not in outputs(runner)
    assert not (workspace / "out" / "b.sarif").exists()


@pytest.mark.parametrize("name", ["SNAPSHOTS", "BASELINES", "ARGUMENTS", "SARIF_FILE"])
def test_no_input_is_ever_code(runner: dict[str, str], name: str) -> None:
    evil = "$(touch pwned)`touch pwned`;touch pwned;\"'&&touch pwned"
    lint(runner, **{"BASELINES": "base"} | {name: evil})
    assert not (Path(runner["HOME"]) / "workspace" / "pwned").exists()


def test_the_log_is_uploaded_as_github_takes_it(runner: dict[str, str]) -> None:
    (Path(runner["HOME"]) / "workspace" / "a b.sarif").write_text('{"runs": []}')
    place = {"GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc", "GITHUB_REF": "refs/heads/main"}
    done = step(UPLOAD, runner | place, SARIF_FILE="a b.sarif", GH_TOKEN="t")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    words = (Path(runner["HOME"]) / "gh-arguments").read_text().splitlines()
    assert words[:4] == ["api", "--method", "POST", "repos/o/r/code-scanning/sarifs"]
    assert {"commit_sha=abc", "ref=refs/heads/main", "tool_name=baselint"} < set(words)
    sent = Path(words[-1].removeprefix("sarif=@")).read_text()
    assert gzip.decompress(base64.b64decode(sent)) == b'{"runs": []}'


def test_an_upload_that_fails_is_no_success(runner: dict[str, str]) -> None:
    program(Path(runner["HOME"]) / "bin" / "gh", "exit 4")
    (Path(runner["HOME"]) / "workspace" / "a.sarif").write_text("{}")
    place = {"GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc", "GITHUB_REF": "refs/heads/main"}
    assert step(UPLOAD, runner | place, SARIF_FILE="a.sarif").returncode == 4


def test_it_is_installed_from_its_own_checkout_once_the_inputs_are_right(runner: dict[str, str]) -> None:
    made = Path(runner["HOME"]) / "made"
    log = f'printf "%s\\n" "$*" >>"{made}"'
    program(Path(runner["HOME"]) / "bin" / "some-python", log)
    program(Path(runner["RUNNER_TEMP"]) / "baselint" / "bin" / "python", log)
    wrong = step(INSTALL, runner, PYTHON="some-python", UPLOAD="yes")
    assert (wrong.returncode, wrong.stdout) == (2, "::error::upload: write true or false\n")
    assert not made.exists()
    done = step(INSTALL, runner | {"GITHUB_ACTION_PATH": "/the/action"}, PYTHON="some-python", UPLOAD="false")
    assert done.returncode == 0
    venv, pip = made.read_text().splitlines()
    assert venv == f"-m venv {runner['RUNNER_TEMP']}/baselint"
    assert pip.endswith(" /the/action")


def test_inputs_come_as_variables_and_others_actions_by_their_hash() -> None:
    assert not any("${{" in item["run"] for item in STEPS.values())
    files = [ROOT / "action.yml", *sorted((ROOT / "examples" / "pipelines").glob("*.yaml"))]
    used = [found for path in files for found in re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))]
    assert len(used) == 2
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", item) for item in used)


@pytest.mark.parametrize("output", ACTION["outputs"])
def test_an_output_is_one_that_a_step_writes(output: str) -> None:
    assert ACTION["outputs"][output]["value"] == f"${{{{ steps.lint.outputs.{output} }}}}"
    assert STEPS[LINT]["id"] == "lint"


def test_the_guide_shows_the_examples_as_they_are() -> None:
    guide = (ROOT / "site" / "pages" / "guides" / "in-your-pipeline.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "examples" / "pipelines").iterdir()):
        assert path.read_text(encoding="utf-8") in guide
    assert all(f"`{name}`" in guide for name in (*ACTION["inputs"], *ACTION["outputs"]))

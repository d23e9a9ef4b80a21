"""The package as a stranger gets it: archive, wheel, fresh environment, another directory; and as a pre-commit hook."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from checkout import ROOT, copy_project, git
from policytree import BASELINE, tree

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made from the source archive, as a release is."""
    source = copy_project(tmp_path_factory.mktemp("source"))
    built = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", built, source], check=True, capture_output=True
    )
    assert len(list(built.glob("*.tar.gz"))) == 1
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, installed into an environment of its own."""
    directory = tmp_path_factory.mktemp("env")
    venv.create(directory, with_pip=True)
    subprocess.run([directory / "bin" / "pip", "install", "--quiet", wheel], check=True, capture_output=True)
    return directory / "bin" / "baselint"


def test_the_wheel_holds_every_data_file_and_no_other(wheel: Path) -> None:
    packed = {name.removeprefix("baselint/_data/") for name in zipfile.ZipFile(wheel).namelist() if "_data/" in name}
    folders = ("policies", "schema", "site/templates", "site/pages", "site/assets")
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", *folders).split("\n")
    assert packed == {name for name in listed if name and (ROOT / name).is_file()}


def test_the_installed_program_works_from_anywhere(program: Path, tmp_path: Path) -> None:
    def run(*arguments: str, code: int) -> str:
        done = subprocess.run([program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stderr
        return done.stdout

    report = json.loads(
        run("lint", "--as-of", "2026-11-23", "--format", "json", str(ROOT / "examples/111122223333"), code=1)
    )
    assert report["summary"]["fail"] == 8
    assert report["baselines"][0]["path"] == "<baselint>/policies/baselines/aws-root-hardening.yaml"
    assert "The root user signs in with a second factor" in run("explain", "root-mfa", code=0)
    tree(tmp_path)
    assert run("validate", code=0) == ""
    run("render", "--output", "pages", "-b", "base", code=0)
    assert (tmp_path / "pages/controls/root-user/root-mfa.md").is_file()


def test_the_pre_commit_hook_passes_a_good_change_and_stops_a_broken_one(tmp_path: Path) -> None:
    hooks = copy_project(tmp_path / "hooks")
    git(hooks, "init", "--quiet", "--initial-branch", "main")
    git(hooks, "add", "--all")
    git(hooks, "commit", "--quiet", "--message", "hooks")
    scratch = tree(tmp_path / "scratch")
    git(scratch, "init", "--quiet", "--initial-branch", "main")
    (scratch / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks.as_uri()}\n    rev: {git(hooks, 'rev-parse', 'HEAD').strip()}\n    hooks:\n      - id: baselint-validate\n"
    )
    git(scratch, "add", "--all")

    def run() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]
        environment = {
            "PRE_COMMIT_HOME": str(tmp_path / "cache"),
            "HOME": str(tmp_path),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
        }
        return subprocess.run(
            command, cwd=scratch, env=environment | pip_settings(), capture_output=True, text=True, check=False
        )

    good = run()
    assert good.returncode == 0, good.stdout + good.stderr
    assert "baselint validate" in good.stdout
    assert "Passed" in good.stdout
    (scratch / "policies/baselines/base.yaml").write_text(BASELINE.replace("- id: keys", "- id: keyz"))
    git(scratch, "add", "--all")
    broken = run()
    assert broken.returncode == 1
    assert "policies/baselines/base.yaml:8:9: error[unknown-control]: there is no control 'keyz'" in broken.stdout
    assert "did you mean 'keys'?" in broken.stdout


def pip_settings() -> dict[str, str]:
    """Return what the environment says of pip and of certificates: the hook's own environment is built with pip."""
    return {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "REQUESTS_"))}

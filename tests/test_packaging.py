"""The package as a stranger gets it: archive, wheel, fresh environment, another directory."""

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from checkout import ROOT, copy_project, git
from policytree import tree

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
    folders = (
        "policies",
        "schema",
        "site/templates",
        "site/pages",
        "site/assets",
        "site/diagrams",
        "scaffold",
        "mkdocs.yml",
        "mkdocs-offline.yaml",
    )
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
    run("init", "fresh", code=0)
    assert (tmp_path / "fresh/mkdocs.yml").is_file()
    tree(tmp_path)
    assert run("validate", code=0) == ""
    run("render", "--output", "pages", "-b", "base", code=0)
    assert (tmp_path / "pages/controls/root-user/root-mfa.md").is_file()

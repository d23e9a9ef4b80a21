"""The files of the starter tree: their examples, commands, hooks and settings are right as they stand."""

import json
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from baselint.cli import COMMANDS
from baselint.policy.schema_check import load_schema
from checkout import ROOT, git
from conftest import Cli
from starting import CLEAN, SAMPLE, WRITTEN, baseline


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory with a name that makes an id."""
    (tmp_path / "acme").mkdir()
    monkeypatch.chdir(tmp_path / "acme")
    return Path()


def uncommented(text: str, first: str) -> str:
    """Bring the example to life whose first line in comments is given: that line and those below that are comments."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.strip() == f"# {first}")
    for number in range(start, len(lines)):
        if not lines[number].lstrip().startswith("# "):
            break
        lines[number] = lines[number].replace("# ", "", 1)
    return "\n".join(lines)


def test_the_settings_of_the_site_are_our_own_but_for_its_name_and_places(here: Path, cli: Cli) -> None:
    cli("init")
    own, made = (yaml.safe_load(path.read_bytes()) for path in (ROOT / "mkdocs.yml", here / "mkdocs.yml"))
    changed = {"site_name": "acme runbook", "docs_dir": "docs", "site_dir": "build/site"}
    changed["INHERIT"] = "docs/.mkdocs-menu.yml"
    assert made == own | changed
    assert list(made) == list(own)


def test_the_review_is_due_in_a_year_and_nothing_is_approved(here: Path, cli: Cli) -> None:
    cli("init", "--as-of", "2028-02-29T23:00:00Z")
    settings = yaml.safe_load(baseline(here))
    assert settings["review_by"] == "2029-02-28"
    assert not {"approved", "changes", "exceptions"} & settings.keys()
    assert all(settings[key] for key in ("title", "description", "version", "owner", "extends", "controls"))


def test_without_a_day_it_is_today(here: Path, cli: Cli) -> None:
    before = datetime.now(UTC).date()
    cli("init")
    due = datetime.fromisoformat(yaml.safe_load(baseline(here))["review_by"]).date()
    assert (due - before).days in (365, 366)


@pytest.mark.parametrize(
    "first",
    ['approved: {by: Name and role, date: "2026-11-25"}', "- id: password-maximum-age", "changes:", "exceptions:"],
)
def test_every_example_in_the_baseline_can_be_used_as_it_is(here: Path, cli: Cli, first: str) -> None:
    cli("init", "--as-of", "2026-11-25")
    path = Path("policies/baselines/acme.yaml")
    text = uncommented(baseline(here), first)
    assert text != baseline(here)
    path.write_text(text, encoding="utf-8")
    found = cli("validate")
    assert (found.out, found.err) == ("", f"1 file checked: {CLEAN}")
    if first == "exceptions:":
        assert cli("list", "exceptions").out.startswith("legacy-billing-key  in force")


def test_the_attestation_of_the_readme_can_be_used_as_it_is(here: Path, cli: Cli) -> None:
    cli("init", "--as-of", "2026-11-25")
    readme = Path("README.md").read_text(encoding="utf-8")
    (place_named,) = re.findall(r"`(policies/attestations/[0-9]+\.yaml)`", readme)
    (text,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert place_named == "policies/attestations/2026.yaml"
    Path(place_named).parent.mkdir()
    Path(place_named).write_text(text, encoding="utf-8")
    assert cli("validate").err == f"2 files checked: {CLEAN}"
    linted = cli("lint", "--as-of", "2026-11-25", "--format", "json", str(SAMPLE))
    findings = {finding["control"]: finding for finding in json.loads(linted.out)["accounts"][0]["findings"]}
    assert findings["root-recovery-channels"]["status"] == "pass"


def test_every_command_of_the_readme_is_one(here: Path, cli: Cli) -> None:
    cli("init")
    readme = Path("README.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) for line in block.splitlines()]
    commands = [shlex.split(line, comments=True) for line in lines]
    ours = [words for words in commands if words[0] == "baselint"]
    assert len(ours) >= 8
    assert {words[1] for words in ours} <= {command.name for command in COMMANDS}
    assert {words[0] for words in commands} == {"baselint", "pip", "git", "pre-commit", "sh", "mkdocs"}


def test_the_hooks_are_ours_and_pre_commit_takes_them(here: Path, cli: Cli) -> None:
    cli("init")
    (repository,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_bytes())["repos"]
    hooks = {hook["id"]: hook for hook in repository["hooks"]}
    assert repository["repo"] == "local"
    assert set(hooks) == {"baselint-validate", "baselint-no-weakening", "baselint-docs"}
    for hook in hooks.values():
        program, command, *_ = hook["entry"].split()
        assert (program, hook["language"], hook["always_run"]) == ("baselint", "system", True)
        assert command in {item.name for item in COMMANDS}
    command_line = [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"]
    assert subprocess.run(command_line, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_the_hooks_pass_the_start_and_stop_a_weakening_and_stale_pages(
    here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))

    def hooks() -> subprocess.CompletedProcess[str]:
        git(here, "add", "--all")
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    git(here, "init", "--quiet")
    cli("init")
    cli("render", "--output", "docs")
    start = hooks()
    assert (start.returncode, start.stdout.count("Passed")) == (0, 3), start.stdout
    git(here, "commit", "--quiet", "--message", "start")
    path = Path("policies/baselines/acme.yaml")
    path.write_text(baseline(here).replace("minimum: 16", "minimum: 15"), encoding="utf-8")
    weaker = hooks()
    assert (weaker.returncode, weaker.stdout.count("Passed")) == (1, 1)
    assert "error[weakened-parameter]: password-minimum-length: minimum is 15, and was 16 at HEAD" in weaker.stdout
    assert (
        "docs/baselines/acme.md: is stale: the policy has changed; run 'baselint render --output docs'" in weaker.stdout
    )


def test_what_git_ignores_is_never_a_source(here: Path, cli: Cli) -> None:
    cli("init")
    subprocess.run(["git", "init", "--quiet"], check=True)
    ignored = ["build/site/index.html", "snapshot/x.json", "111122223333/x.json", ".venv/x"]
    kept = [*WRITTEN, "site/pages/x.md", "docs/index.md", "policies/attestations/2026.yaml"]
    done = subprocess.run(["git", "check-ignore", *ignored, *kept], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ignored


def test_an_editor_finds_the_schema_that_the_first_line_names(here: Path, cli: Cli) -> None:
    cli("init")
    path = Path("policies/baselines/acme.yaml")
    named = baseline(here).split("\n", 1)[0].removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / named).read_text(encoding="utf-8"))
    assert schema["title"] == load_schema("baseline")["title"]
    before = {name: (here / name).read_bytes() for name in WRITTEN}
    assert cli("schema", "--output", ".baselint/schema").code == 0
    assert {name: (here / name).read_bytes() for name in WRITTEN} == before

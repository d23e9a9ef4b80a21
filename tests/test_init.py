"""The command that starts a policy tree: it works at once, and nothing is ever written over."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from baselint import atomic
from baselint.errors import UsageError
from baselint.scaffold import place
from conftest import Cli
from policytree import KEYS, tree
from starting import CLEAN, SAMPLE, WRITTEN, baseline, names


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory with a name that makes an id."""
    (tmp_path / "acme").mkdir()
    monkeypatch.chdir(tmp_path / "acme")
    return Path()


def test_it_says_what_it_wrote_and_what_comes_next(here: Path, cli: Cli) -> None:
    result = cli("init", "--as-of", "2026-11-25")
    assert (result.code, result.err.splitlines()) == (0, WRITTEN)
    assert result.out == "baselint validate\nbaselint render --output docs\nbaselint lint snapshot/\n"
    assert names(here) == set(WRITTEN)


def test_in_another_directory_the_first_step_is_to_go_there(here: Path, cli: Cli) -> None:
    result = cli("init", "new/our accounts")
    assert result.out.splitlines()[0] == "cd 'new/our accounts'"
    assert result.err.splitlines()[0] == "new/our accounts/.gitignore"
    assert "\nid: our-accounts\n" in baseline(Path("new/our accounts"))


def test_the_three_commands_work_at_once(here: Path, cli: Cli) -> None:
    cli("init", "--as-of", "2026-11-25")
    assert cli("validate").err == f"1 file checked: {CLEAN}"
    linted = cli("lint", "--as-of", "2026-11-25", "--format", "json", str(SAMPLE))
    assert linted.code == 1
    report = json.loads(linted.out)
    (header,) = report["baselines"]
    assert (header["id"], header["path"]) == ("acme", "policies/baselines/acme.yaml")
    assert (header["owner"], header["approved"]) == ("the maintainers of this repository", None)
    findings = report["accounts"][0]["findings"]
    assert len(findings) == 25
    (length,) = [finding for finding in findings if finding["control"] == "password-minimum-length"]
    assert "16" in length["requirement"]
    assert cli("render", "--output", "docs").code == 0
    assert cli("render", "--output", "docs", "--check").code == 0
    assert Path("docs/baselines/acme.md").is_file()


@pytest.mark.slow
def test_the_site_is_built_from_what_was_rendered(here: Path, cli: Cli) -> None:
    cli("init")
    cli("render", "--output", "docs")
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "--strict", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    page = Path("build/site/index.html").read_text(encoding="utf-8")
    assert "acme runbook" in page
    # What the reader's browser would fetch by itself; links to follow are something else.
    assert (
        re.findall(
            r'<(?:script|img|iframe)[^>]*src="https?:|<link[^>]*rel="(?:stylesheet|preconnect)"[^>]*href="https?:', page
        )
        == []
    )
    assert cli("render", "--output", "docs", "--check").code == 0


def test_a_second_init_names_everything_and_changes_nothing(here: Path, cli: Cli) -> None:
    cli("init", "--as-of", "2026-11-25")
    before = {name: (here / name).read_bytes() for name in WRITTEN}
    again = cli("init", "--as-of", "2026-12-25", "--owner", "others")
    assert (again.code, again.out) == (2, "")
    listed = again.err.removeprefix("baselint: ").split(": already there, so nothing was written")[0]
    assert set(listed.split(", ")) == set(WRITTEN)
    assert {name: (here / name).read_bytes() for name in WRITTEN} == before


@pytest.mark.parametrize("name", ["README.md", ".baselint/schema/control.schema.json", "policies/baselines/acme.yaml"])
def test_one_file_that_is_there_stops_it(here: Path, cli: Cli, name: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("mine", encoding="utf-8")
    result = cli("init")
    assert (result.code, result.out) == (2, "")
    assert result.err == f"baselint: {name}: already there, so nothing was written; name an empty directory\n"
    assert names(here) == {name}


def test_a_link_that_leads_nowhere_is_there_too(here: Path, cli: Cli) -> None:
    Path("baselint.toml").symlink_to("gone")
    assert cli("init").err.startswith("baselint: baselint.toml: already there")
    assert not Path("README.md").exists()


def test_settings_in_pyproject_stop_it(here: Path, cli: Cli) -> None:
    Path("new").mkdir()
    Path("new/pyproject.toml").write_text('[tool.baselint]\nbaseline = "x"\n', encoding="utf-8")
    result = cli("init", "new")
    message = "baselint: new/pyproject.toml: has settings of baselint already; name another directory\n"
    assert (result.code, result.err) == (2, message)
    Path("new/pyproject.toml").write_text("[tool.other]\n", encoding="utf-8")
    assert cli("init", "new").code == 0


@pytest.mark.parametrize("named", ["aws-startup", "root-mfa", "cis-aws-foundations-7.0"])
def test_an_id_of_the_library_is_taken(here: Path, cli: Cli, named: str) -> None:
    result = cli("init", "--id", named)
    assert (result.code, names(here)) == (2, set())
    assert f"'{named}' is already taken by <baselint>/policies/" in result.err
    assert "choose another with --id" in result.err
    assert named != "aws-startup" or cli("init", named).code == 2


def test_a_tree_that_clashes_with_what_is_written_is_left_as_it_was(here: Path, cli: Cli) -> None:
    tree(here, controls__g__acme=KEYS)
    before = names(here)
    result = cli("init")
    assert result.code == 2
    assert "error[duplicate-id]: the id 'acme' is already taken" in result.err
    assert names(here) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--id", "Acme Accounts"), "--id: 'Acme Accounts' is no id; write at most 80 characters, lower-case words"),
        (("--id", ""), "--id: '' is no id"),
        (("--id", "a" * 81), "is no id"),
        (("--id", "acme\n"), "is no id"),
        (("--owner", " "), "--owner: ' ' is no line of text"),
        (("--owner", "a\nb"), "is no line of text"),
        (("--owner", "x" * 301), "is no line of text"),
        (("--as-of", "today"), "--as-of: 'today' is no time"),
        (("--as-of", "9999-06-01"), "--as-of: 9999-06-01 has no year after it; write an earlier day"),
    ],
)
def test_options_that_cannot_be_are_told(here: Path, cli: Cli, arguments: tuple[str, ...], words: str) -> None:
    result = cli("init", *arguments)
    assert (result.code, result.out, names(here)) == (2, "", set())
    assert words in result.err


@pytest.mark.parametrize(
    "owner", ["cloud-security@acme.example", 'Ann "A" O\'Hara', "Zoë: #1, {x}", "yes", "2026", "😀 & Söhne \\n", "- a"]
)
def test_any_owner_stays_as_it_is(here: Path, cli: Cli, owner: str) -> None:
    cli("init", "--owner", f" {owner} ")
    assert cli("validate").err == f"1 file checked: {CLEAN}"
    assert f"\nowner: {owner}\n" in cli("explain", "acme").out
    assert yaml.safe_load(baseline(here))["owner"] == owner


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Acme Production", "acme-production"),
        ("  spaced  ", "spaced"),
        ("2026 accounts", "accounts"),
        ("123456789012", "our-accounts"),
        ("Überwachung_AG", "uberwachung-ag"),
        ("日本", "our-accounts"),
        (".config", "config"),
        ("a.b--c", "a-b-c"),
        ("-x", "x"),
        ("true", "true"),
        ("x" * 79 + "-yy", "x" * 79),
    ],
)
def test_any_name_of_a_directory_makes_an_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli, name: str, expected: str
) -> None:
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / name)
    assert cli("init").code == 0
    assert cli("validate").err == f"1 file checked: {CLEAN}"
    assert Path(f"policies/baselines/{expected}.yaml").is_file()
    assert yaml.safe_load(baseline(Path()))["id"] == expected
    assert yaml.safe_load(Path("mkdocs.yml").read_bytes())["site_name"] == f"{expected} runbook"


def test_a_file_is_no_directory(here: Path, cli: Cli) -> None:
    Path("taken").write_text("", encoding="utf-8")
    assert cli("init", "taken").err == "baselint: taken: this is no directory; name another\n"
    below = cli("init", "taken/below")
    assert (below.code, names(here)) == (2, {"taken"})
    assert "cannot be written" in below.err


def test_a_directory_that_cannot_be_looked_into_is_told(here: Path, cli: Cli) -> None:
    result = cli("init", "x" * 300)
    assert (result.code, names(here)) == (2, set())
    assert ": cannot be read (File name too long); name another directory\n" in result.err


def test_links_that_lead_in_a_circle_are_told(here: Path, cli: Cli) -> None:
    Path("circle").symlink_to("circle")
    assert cli("init", "circle").code == 2


def test_what_was_written_before_a_failure_is_gone_again(here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    real = atomic.write

    def write(path: Path, pieces: list[str]) -> None:
        if path.name == "baseline.schema.json":
            raise UsageError(f"{path.as_posix()}: cannot be written (No space left on device); check the directory")
        real(path, pieces)

    monkeypatch.setattr(atomic, "write", write)
    result = cli("init")
    assert (result.code, names(here)) == (2, set())
    assert "baseline.schema.json: cannot be written (No space left on device)" in result.err


def test_what_cannot_be_taken_back_does_not_hide_the_failure(here: Path) -> None:
    def more() -> dict[str, str]:
        Path("a").unlink()
        Path("a").mkdir()
        raise UsageError("x: the failure itself")

    with pytest.raises(UsageError, match="the failure itself"):
        place.write(here, {"a": "text", "b": "text"}, more)
    assert names(here) == set()

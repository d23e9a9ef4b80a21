"""The command line as a whole: help, exit codes, and how it ends when something goes wrong."""

import io
import json
import os
import re
import runpy
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from baselint import __main__, __version__
from baselint import cli as command_line
from baselint.commands.command import Command, Listed, Streams
from baselint.errors import ExitCode
from baselint.policy.kinds import SCHEMAS
from builders import caller, complete_snapshot, summary, write
from conftest import Cli
from policytree import tree

NAMES = [command.name for command in command_line.COMMANDS]
HEAVY = {"jsonschema", "jinja2", "mkdocs", "yaml", "baselint.snapshot", "baselint.policy"}


def _examples(text: str) -> list[str]:
    """Return the command lines among indented examples: what stands before the explanation or a redirection."""
    return [re.split(r"\s{2,}|\s>", line.strip())[0] for line in text.splitlines() if line.startswith("  baselint ")]


def test_the_commands_are_those_of_the_design() -> None:
    assert NAMES == [
        "validate",
        "lint",
        "diff",
        "compare",
        "render",
        "explain",
        "list",
        "export-script",
        "evidence",
        "init",
        "schema",
    ]


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_names_every_command_and_every_exit_code(cli: Cli, option: str) -> None:
    result = cli(option)
    assert (result.code, result.err) == (0, "")
    for command in command_line.COMMANDS:
        assert re.search(rf"^    {command.name}\s+{command.summary}$", result.out, re.MULTILINE)
    assert (
        "0 clean   1 findings, or broken policy files   2 wrong usage   3 nothing to check   70 internal" in result.out
    )


@pytest.mark.parametrize("command", command_line.COMMANDS, ids=NAMES)
def test_help_of_every_command_has_examples_that_its_parser_takes(cli: Cli, command: Listed) -> None:
    result = cli(command.name, "--help")
    assert (result.code, result.err) == (0, "")
    lines = _examples(result.out.split("examples:\n")[1])
    assert lines
    for line in lines:
        assert line.startswith(f"baselint {command.name}")
        assert command_line.build_parser(command.name).parse_args(shlex.split(line)[1:]).command == command.name


def test_the_examples_of_the_program_are_commands_that_exist(cli: Cli) -> None:
    lines = _examples(cli("--help").out)
    assert len(lines) == 5
    for line in lines:
        words = shlex.split(line)[1:]
        assert command_line.build_parser(words[0]).parse_args(words).command in NAMES


def test_the_version_is_that_of_the_package(cli: Cli) -> None:
    assert (cli("--version").code, cli("--version").out) == (0, f"baselint {__version__}\n")


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("lintt", "baselint: there is no command 'lintt'; did you mean 'lint'?\n"),
        ("Validate", "baselint: there is no command 'Validate'; did you mean 'validate'?\n"),
        ("schemas", "baselint: there is no command 'schemas'; did you mean 'schema'?\n"),
        ("\x1b[mlint", "baselint: there is no command '\\x1b[mlint'; did you mean 'lint'?\n"),
    ],
)
@pytest.mark.parametrize("before", [(), ("--debug",)])
def test_a_misspelt_command_is_answered_in_one_line(cli: Cli, word: str, message: str, before: tuple[str, ...]) -> None:
    result = cli(*before, word, "x")
    assert (result.code, result.out, result.err) == (2, "", message)


def test_a_command_nobody_could_have_meant_is_answered_with_all_there_are(cli: Cli) -> None:
    result = cli("zzz")
    assert (result.code, result.out) == (2, "")
    assert all(name in result.err for name in ("'zzz'", *NAMES))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--debug",),
        ("lint",),
        ("lint", "--sever", "high", "x"),
        ("lint", "--severity", "hihg", "x"),
        ("lint", "--nonsense", "x"),
        ("render",),
        ("explain",),
        ("list",),
        ("list", "control"),
        ("schema", "policy"),
        ("validate", "--nonsense"),
    ],
)
def test_wrong_usage_is_code_2(cli: Cli, arguments: tuple[str, ...]) -> None:
    result = cli(*arguments)
    assert (result.code, result.out) == (2, "")
    assert "error: " in result.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("validate",), 0),
        (("validate", "policies/controls/g/broken.yaml"), 1),
        (("validate", "nowhere.yaml"), 2),
        (("lint", "-b", "base", "--as-of", "2026-11-02", "--fail-on", "never", "met"), 0),
        (("lint", "-b", "base", "--as-of", "2026-11-02", "unseen"), 1),
        (("lint", "-b", "base", "nowhere"), 2),
        (("lint", "-b", "base", "unclear"), 2),
        (("lint", "-b", "base", "empty"), 3),
        (("render", "--output", "pages", "--check"), 1),
        (("render", "--output", "met/password-policy.json"), 2),
        (("explain", "root-mfa"), 0),
        (("explain", "zzz"), 2),
        (("list", "controls"), 0),
        (("init", "new"), 0),
        (("init", "met/password-policy.json"), 2),
        (("schema", "report"), 0),
        (("schema",), 2),
    ],
)
def test_every_command_ends_with_the_code_of_the_design(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int
) -> None:
    monkeypatch.chdir(tree(tmp_path))
    write(Path("met"), complete_snapshot())
    write(Path("unseen"), {"caller-identity.json": caller()})
    write(Path("unclear"), {"account-summary.json": summary()})
    Path("empty").mkdir()
    if "policies/controls/g/broken.yaml" in arguments:
        Path("policies/controls/g/broken.yaml").write_text("kind: control\n")
    result = cli(*arguments)
    assert (result.code, bool(result.err)) == (code, code > 1 or arguments[0] in {"validate", "init"}), result


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in NAMES)])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import json, sys\nfrom baselint.__main__ import run_safely\n"
        f"try:\n    run_safely({arguments!r})\nexcept SystemExit as stop:\n"
        "    json.dump([stop.code, sorted(sys.modules)], sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ended, modules = json.loads(done.stderr)
    assert (ended, bool(done.stdout)) == (0, True)
    assert "baselint.cli" in modules
    assert {name for name in modules if name in HEAVY} == set()
    asked = {item.module for item in command_line.COMMANDS if item.name in arguments}
    assert {item.module for item in command_line.COMMANDS if f"baselint.commands.{item.module}" in modules} == asked


def test_the_program_ends_with_the_code_of_its_command(tmp_path: Path) -> None:
    def baselint(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "baselint", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert baselint("schema", "report").returncode == 0
    assert baselint("lint", "nowhere").returncode == 2
    assert baselint("validate").returncode == 3
    misspelt = baselint("expalin", "x")
    assert (misspelt.returncode, misspelt.stdout) == (2, "")
    assert misspelt.stderr == "baselint: there is no command 'expalin'; did you mean 'explain'?\n"


def test_the_module_runs_as_a_program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["baselint", "list", "formats"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_path(str(Path(__main__.__file__)), run_name="__main__")
    told = capsys.readouterr().out
    assert (stop.value.code, [line.split()[0] for line in told.splitlines()][:2]) == (0, ["text", "json"])


def _break(_options: object, _streams: Streams) -> ExitCode:
    raise ZeroDivisionError("a secret value")


def _nothing(_parser: ArgumentParser) -> None:
    return


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Listed, "load", lambda _listed: Command("  baselint break\n", _nothing, _break))
    monkeypatch.setattr(command_line, "COMMANDS", (Listed("break", "break", "break"),))


def test_what_nobody_foresaw_is_one_line_without_values_and_code_70(
    broken: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert __main__.run_safely(["break"]) == 70
    seen = capsys.readouterr()
    message = "baselint: internal error (ZeroDivisionError); please report it, with the output of --debug\n"
    assert (seen.out, seen.err) == ("", message)


@pytest.mark.parametrize("arguments", [["--debug", "break"], ["break", "--debug"]])
def test_debug_adds_the_trace_wherever_it_stands(
    broken: None, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert __main__.run_safely(arguments) == 70
    errors = capsys.readouterr().err
    assert errors.startswith("Traceback (most recent call last):\n")
    assert "in _break\n" in errors
    assert errors.endswith(
        "baselint: internal error (ZeroDivisionError); please report it, with the output of --debug\n"
    )


def test_debug_changes_nothing_while_all_is_well(cli: Cli) -> None:
    assert cli("--debug", "list", "formats") == cli("list", "formats", "--debug") == cli("list", "formats")


def test_a_reader_that_goes_away_ends_the_program_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert __main__.run_safely(["schema", "report"]) == 2
        stream.write("what is left in the buffer")
    monkeypatch.undo()
    assert capsys.readouterr().err == ""


def test_a_reader_that_goes_away_sees_neither_trace_nor_warning() -> None:
    command = [sys.executable, "-m", "baselint", "schema", "report"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.wait(), process.stderr.read()) == (2, b"")


def test_output_that_cannot_be_written_is_no_internal_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert __main__.run_safely(["schema", "report"]) == 2
    monkeypatch.undo()
    assert capsys.readouterr().err == "baselint: standard output: No space left on device\n"


def test_the_same_bytes_come_out_whatever_the_machine_is_set_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = os.fsdecode(b"odd-\xff.yaml")
    Path(name).write_text("kind: contról\n", encoding="utf-8")
    with Path("out").open("w", encoding="ascii", newline="\r\n") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert __main__.run_safely(["validate", name]) == 1
        assert __main__.run_safely(["explain", "root-mfa"]) == 0
    written = Path("out").read_bytes()
    assert written.startswith(b"odd-.yaml:1:7: error[value-not-allowed]: ")
    assert b"\r" not in written
    assert "WHY IT MATTERS" in written.decode("utf-8")


def test_an_output_that_is_no_file_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert __main__.run_safely(["schema", SCHEMAS[0]]) == 0
    assert json.loads(stream.getvalue())["title"] == "baselint control"

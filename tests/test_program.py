"""The program around its commands: help, wrong usage, and how it ends."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from baselint import __main__, __version__
from baselint.cli import COMMANDS
from baselint.commands import compare, lint, schema
from baselint.comparison.formats import COMPARISON_FORMATS
from baselint.errors import ExitCode
from baselint.finding import Status
from baselint.model import Severity
from baselint.policy.kinds import SCHEMAS
from conftest import Cli


def test_help_of_every_command_has_examples(cli: Cli) -> None:
    assert cli("--help").code == 0
    assert "exit codes:" in cli("--help").out
    for command in COMMANDS:
        result = cli(command.name, "--help")
        assert (result.code, "examples:\n  baselint" in result.out) == (0, True)


def test_usage_errors_are_code_2(cli: Cli) -> None:
    assert cli("--version").out == f"baselint {__version__}\n"
    assert cli().code == 2
    misspelt = cli("lintt", "x")
    assert (misspelt.code, misspelt.out) == (2, "")
    assert misspelt.err.startswith("baselint: there is no command 'lintt'; did you mean 'lint'?\n")
    assert cli("zzzzzzzz").err.startswith("usage:")
    assert cli("lint").code == 2
    assert cli("schema", "nothing").code == 2


@pytest.mark.parametrize("arguments", [["--help"], ["lint", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom baselint.__main__ import run_safely\n"
        f"try:\n    run_safely({arguments!r})\nexcept SystemExit:\n    pass\n"
        "print(sorted({'jsonschema', 'jinja2', 'mkdocs', 'yaml', 'tempfile', 'baselint.report.formats'} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_lists_that_are_repeated_to_keep_help_light_agree_with_their_sources() -> None:
    assert list(lint._STATUSES) == list(Status)
    assert list(lint._SEVERITIES) == list(Severity)
    assert tuple(schema._SCHEMAS) == SCHEMAS
    assert list(compare._FORMATS) == list(COMPARISON_FORMATS)


def test_the_program_ends_with_the_code_of_its_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["baselint", "schema", "report"])
    with pytest.raises(SystemExit) as stop:
        __main__.main()
    assert stop.value.code == 0
    assert json.loads(capsys.readouterr().out)["title"] == "baselint report"


def test_what_nobody_foresaw_is_one_line_and_a_trace_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("secret value")

    monkeypatch.setattr("baselint.cli.run", fail)
    assert __main__.run_safely(["lint", "x"]) == ExitCode.INTERNAL
    assert (
        capsys.readouterr().err
        == "baselint: internal error (ZeroDivisionError); please report it, with the output of --debug\n"
    )
    assert __main__.run_safely(["--debug", "lint", "x"]) == ExitCode.INTERNAL
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupted_run_says_so_and_has_no_code_of_a_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("baselint.cli.run", interrupt)
    assert __main__.run_safely(["lint", "x"]) == 130
    assert capsys.readouterr().err == "baselint: interrupted\n"


def test_closed_streams_never_end_as_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert __main__.run_safely(["schema", "report"]) == ExitCode.USAGE
    assert capsys.readouterr().err.startswith("baselint: standard output is closed; ")
    monkeypatch.setattr(sys, "stderr", None)
    assert __main__.run_safely(["schema", "report"]) == ExitCode.USAGE
    monkeypatch.undo()
    monkeypatch.setattr(sys, "stderr", None)
    assert __main__.run_safely(["lint", "nowhere"]) == ExitCode.USAGE


def test_a_reader_that_goes_away_ends_the_program_quietly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return (tmp_path / "spare").open("w").fileno()

    with (tmp_path / "spare").open("w") as spare:
        monkeypatch.setattr(Gone, "fileno", lambda _self: spare.fileno())
        monkeypatch.setattr(sys, "stdout", Gone())
        assert __main__.run_safely(["schema", "report"]) == ExitCode.USAGE

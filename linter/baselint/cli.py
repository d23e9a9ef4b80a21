"""The command line: parse, call one command, return its exit code; heavy imports wait until a command runs."""

import argparse
from collections.abc import Sequence

from baselint import __version__
from baselint.commands import (
    compare,
    diff,
    evidence,
    explain,
    export_script,
    init,
    lint,
    listing,
    render,
    schema,
    validate,
)
from baselint.commands.command import Command, Streams
from baselint.errors import BaselintError, ExitCode, UsageError
from baselint.suggestion import did_you_mean
from baselint.terminal import clean

DEBUG = "--debug"
"""Asks for a trace; may stand before or behind the command."""

COMMANDS: tuple[Command, ...] = (
    validate.COMMAND,
    lint.COMMAND,
    diff.COMMAND,
    compare.COMMAND,
    render.COMMAND,
    explain.COMMAND,
    listing.COMMAND,
    export_script.COMMAND,
    evidence.COMMAND,
    init.COMMAND,
    schema.COMMAND,
)
"""Every command, in the order in which ``--help`` lists them."""

_EXAMPLES = """\
examples:
  baselint validate                                check the policy tree
  baselint lint 111122223333/                      judge the exports in a directory
  baselint lint --format json 111122223333/        the same for a machine
  baselint explain root-mfa                        read the runbook of a control
  baselint render --output build/docs              write the runbook as Markdown

exit codes:
  0 clean   1 findings, or broken policy files   2 wrong usage   3 nothing to check   70 internal error
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="baselint",
        description="Lints AWS accounts against written security baselines, offline, and renders them as a runbook.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"baselint {__version__}")
    _add_debug(parser, default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        child = commands.add_parser(
            command.name,
            help=command.summary,
            description=command.summary[0].upper() + command.summary[1:] + ".",
            epilog="examples:\n" + command.examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.arguments(child)
        _add_debug(child, default=argparse.SUPPRESS)
        child.set_defaults(run=command.run)
    return parser


def _add_debug(parser: argparse.ArgumentParser, *, default: bool | str) -> None:
    text = "print a trace when something goes wrong inside baselint"
    parser.add_argument(DEBUG, action="store_true", default=default, help=text)


def run(arguments: Sequence[str], streams: Streams) -> ExitCode:
    """Run a command line and return its exit code; errors of the user's are told in one line on ``err``.

    Raises:
        SystemExit: argparse printed help, or refused the arguments (code 2).
    """
    try:
        _require_command(arguments)
        options = build_parser().parse_args(arguments)
        code: ExitCode = options.run(options, streams)
    except BaselintError as error:
        for line in str(error).split("\n"):
            streams.err.write(f"baselint: {clean(line)}\n")
        return error.exit_code
    return code


def _require_command(arguments: Sequence[str]) -> None:
    """Refuse a misspelt command by naming the one that was meant, where argparse would list them all."""
    word = next((item for item in arguments if item != DEBUG), "-")
    names = [command.name for command in COMMANDS]
    guess = "" if word in names else did_you_mean(word, names)
    if guess:
        raise UsageError(f"there is no command {word!r}{guess}")

"""The command line: parse, call one command, return its exit code; heavy imports wait until a command runs."""

import argparse
from collections.abc import Sequence

from baselint import __version__
from baselint.commands.command import Listed, Streams
from baselint.errors import BaselintError, ExitCode, UsageError
from baselint.suggestion import did_you_mean
from baselint.terminal import clean

DEBUG = "--debug"
"""Asks for a trace; may stand before or behind the command."""

COMMANDS: tuple[Listed, ...] = (
    Listed("validate", "check policy files", "validate"),
    Listed("lint", "judge exported accounts against a baseline", "lint"),
    Listed("diff", "compare two baselines: what is stricter, what is weaker", "diff"),
    Listed("compare", "compare two reports or snapshots of accounts", "compare"),
    Listed("render", "write the runbook as Markdown", "render"),
    Listed("explain", "explain one thing in the terminal", "explain"),
    Listed("list", "list what there is", "listing"),
    Listed("export-script", "print the read-only script that makes a snapshot", "export_script"),
    Listed("evidence", "pack what an auditor needs, or verify a pack", "evidence"),
    Listed("init", "write a starter policy tree", "init"),
    Listed("schema", "print a JSON Schema, or write those for an editor", "schema"),
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


def build_parser(wanted: str | None) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; only the command that is wanted is imported and knows its arguments."""
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
    for listed in COMMANDS:
        child = commands.add_parser(
            listed.name,
            help=listed.summary,
            description=listed.summary[0].upper() + listed.summary[1:] + ".",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if listed.name == wanted:
            command = listed.load()
            child.epilog = "examples:\n" + command.examples
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
        options = build_parser(_command(arguments)).parse_args(arguments)
        code: ExitCode = options.run(options, streams)
    except BaselintError as error:
        for line in str(error).split("\n"):
            streams.err.write(f"baselint: {clean(line)}\n")
        return error.exit_code
    return code


def _command(arguments: Sequence[str]) -> str | None:
    """Return the command that is called; refuse a misspelt one by naming the one that was meant, where argparse lists all."""
    word = next((item for item in arguments if item != DEBUG), None)
    names = [command.name for command in COMMANDS]
    guess = did_you_mean(word, names) if word and word not in names else ""
    if guess:
        raise UsageError(f"there is no command {word!r}{guess}")
    return word

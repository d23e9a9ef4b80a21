"""``baselint export-script``: prints the read-only script that makes a snapshot with the AWS CLI."""

import argparse

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode

_EXAMPLES = """\
  baselint export-script > snapshot.sh                        read it, then run it: sh snapshot.sh
  baselint export-script --shell powershell > snapshot.ps1    the same calls, for Windows
"""
_SHELLS = ("sh", "powershell")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shell", choices=_SHELLS, default=_SHELLS[0], help="the shell it is for (default: sh)")


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.export_script.script import Shell, render

    streams.out.write(render(Shell(options.shell)))
    return ExitCode.CLEAN


COMMAND = Command(_EXAMPLES, _arguments, _run)

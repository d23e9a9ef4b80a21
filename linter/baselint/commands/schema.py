"""``baselint schema``: prints a JSON Schema, for editors and for tools that check files themselves."""

import argparse

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode

_EXAMPLES = """\
  baselint schema baseline > baseline.schema.json       for an editor without a network
"""
_SCHEMAS = ("control", "baseline", "framework", "attestations", "snapshot-manifest", "report")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=_SCHEMAS, metavar="KIND", help=f"one of {', '.join(_SCHEMAS)}")


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint import resources

    streams.out.write(resources.read_text("schema", f"{options.kind}.schema.json"))
    return ExitCode.CLEAN


COMMAND = Command("schema", "print a JSON Schema", _EXAMPLES, _arguments, _run)

"""``baselint schema``: prints a JSON Schema for tools, or writes those that help in an editor."""

import argparse
from pathlib import Path

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError

_EXAMPLES = """\
  baselint schema baseline                              the schema as it ships
  baselint schema --output .baselint/schema             for an editor: with the ids and facts there are as proposals
"""
_SCHEMAS = ("control", "baseline", "framework", "attestations", "snapshot-manifest", "report", "comparison", "controls")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", choices=_SCHEMAS, metavar="KIND", help=f"one of {', '.join(_SCHEMAS)}")
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="write the schemas of all kinds of policy files there, for an editor"
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint import resources

    if (options.kind is None) == (options.output is None):
        raise UsageError(
            "schema: name a KIND to print one, or --output DIR to write those of policy files; one of the two"
        )
    if options.output is None:
        streams.out.write(resources.read_text("schema", f"{options.kind}.schema.json"))
    else:
        _write(options.output, streams)
    return ExitCode.CLEAN


def _write(directory: Path, streams: Streams) -> None:
    from baselint import atomic
    from baselint.commands.policy_access import open_here
    from baselint.policy.editor_schemas import editor_schemas

    _, library = open_here()
    made = editor_schemas(library)
    for name, text in made.items():
        atomic.write(directory / name, [text])
    streams.err.write(f"{len(made)} schemas in {directory.as_posix()}\n")


COMMAND = Command(_EXAMPLES, _arguments, _run)

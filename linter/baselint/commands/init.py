"""``baselint init``: writes a starter policy tree that validates, lints and renders at once."""

import argparse
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError
from baselint.terminal import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXAMPLES = """\
  baselint init                                         in this directory
  baselint init --id acme-accounts --owner "cloud team" accounts
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "directory", nargs="?", type=Path, default=Path(), metavar="DIR", help="where to write; default: here"
    )
    parser.add_argument("--id", metavar="ID", help="id of the baseline; default: made from the name of the directory")
    parser.add_argument(
        "--owner", metavar="OWNER", help="who answers for it; default: the maintainers of the repository"
    )
    parser.add_argument("--as-of", metavar="DAY", help="day from which the dates are counted, in UTC; default: today")


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.commands import moments
    from baselint.policy.kinds import PolicyKind
    from baselint.scaffold import place, starter

    moment = moments.as_of(options)
    directory: Path = options.directory
    named = starter.require_id(options.id) if options.id is not None else starter.id_from_name(_real(directory).name)
    owner = starter.require_owner(options.owner) if options.owner is not None else starter.DEFAULT_OWNER
    files = starter.files(starter.Starter(named, owner, moment.date()))
    schemas = [f"{starter.SCHEMAS}/{kind}.schema.json" for kind in PolicyKind]
    place.refuse_existing(directory, (*files, *schemas))
    _refuse_other_settings(directory)
    _refuse_shipped(named)
    for path in place.write(directory, files, lambda: _schemas(directory, starter.SCHEMAS)):
        streams.err.write(f"{clean(path.as_posix())}\n")
    _tell_what_is_next(directory, streams)
    return ExitCode.CLEAN


def _refuse_other_settings(directory: Path) -> None:
    """Two files with settings in one directory are an error, so init must not make the second."""
    from baselint.configuration import settings_in

    for path in settings_in(directory, Path()):
        raise UsageError(f"{path.as_posix()}: has settings of baselint already; name another directory")


def _refuse_shipped(named: str) -> None:
    from baselint.configuration import Configuration
    from baselint.policy.open import open_library

    for entry in open_library(Configuration(policies=None)).entries:
        if entry.id == named:
            raise UsageError(f"--id: {named!r} is already taken by {entry.path}; choose another with --id")


def _schemas(directory: Path, folder: str) -> "Mapping[str, str]":
    from baselint.configuration import Configuration
    from baselint.policy.editor_schemas import editor_schemas
    from baselint.policy.open import open_library

    library = open_library(Configuration(policies=directory / "policies"))
    return {f"{folder}/{name}": text for name, text in editor_schemas(library).items()}


def _tell_what_is_next(directory: Path, streams: Streams) -> None:
    lines = [] if _real(directory) == _real(Path()) else [f"cd {shlex.quote(directory.as_posix())}"]
    lines += ["baselint validate", "baselint render --output docs", "baselint lint snapshot/"]
    streams.out.writelines(f"{clean(line)}\n" for line in lines)


def _real(directory: Path) -> Path:
    return Path(os.path.realpath(directory))  # Path.resolve() fails on links that lead in a circle


COMMAND = Command(_EXAMPLES, _arguments, _run)

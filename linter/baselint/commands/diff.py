"""``baselint diff``: what a baseline asks more or less than another, or than it did at a revision."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from baselint.configuration import Configuration
    from baselint.policy.library import PolicyLibrary
    from baselint.policy.resolve import ResolvedBaseline

_EXAMPLES = """\
  baselint diff aws-cis-5.0 aws-cis-7.0                           two baselines
  baselint diff HEAD:policies/baselines/acme.yaml acme            what is not committed yet
  baselint diff main:acme acme --format markdown                  for the comment of a review
  baselint diff acme acme --old-library baselint-0.1.0-py3-none-any.whl
                                                                  what a new release of baselint changes
"""
_FORMATS = ("text", "json", "markdown")
_WEAKER, _NEVER = "weaker", "never"


def _arguments(parser: argparse.ArgumentParser) -> None:
    named = "id, path, REVISION:path or REVISION:id of a baseline; the revision is git's, and an empty one is the index"
    parser.add_argument("old", metavar="OLD", help=named)
    parser.add_argument("new", metavar="NEW", help="the same of the baseline to compare with it")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="format of the result")
    parser.add_argument(
        "--fail-on",
        choices=(_WEAKER, _NEVER),
        default=_NEVER,
        help=f"{_WEAKER}: exit code 1 when something is weaker, or different so that it may be; default: {_NEVER}",
    )
    for side in ("old", "new"):
        parser.add_argument(
            f"--{side}-library",
            type=Path,
            metavar="PATH",
            help=f"wheel, or directory of policies, of the release of baselint that {side.upper()} stands on",
        )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint import configuration
    from baselint.difference_report import DIFFERENCE_FORMATS
    from baselint.policy.broken_requirements import broken_requirements
    from baselint.policy.differences import difference
    from baselint.terminal import Painter, wants_colour

    settings = configuration.find(Path.cwd())
    old, _ = _resolved(options.old, options.old_library, settings)
    new, library = _resolved(options.new, options.new_library, settings)
    found = difference(old, new)
    broken = broken_requirements(found, library)
    streams.out.writelines(DIFFERENCE_FORMATS[options.format](found, broken, Painter(wants_colour(streams.out))))
    return ExitCode.FINDINGS if options.fail_on == _WEAKER and found.may_weaken else ExitCode.CLEAN


def _resolved(named: str, released: Path | None, settings: "Configuration") -> "tuple[ResolvedBaseline, PolicyLibrary]":
    from baselint.policy.open import open_beside, open_library, open_revision, released_tree
    from baselint.policy.resolve import resolve
    from baselint.policy.revision import find

    shipped = released_tree(released) if released is not None else None
    revision, separator, rest = named.partition(":")
    if separator:
        if not rest:
            raise UsageError(f"{named}: names no baseline; write {revision}:ID or {revision}:PATH")
        place = find(revision, Path.cwd())
        library = open_revision(settings, place, shipped)
        name = place.shown(rest) if "/" in rest or rest.endswith((".yaml", ".yml")) else rest
    else:
        library = open_beside(settings, shipped) if shipped is not None else open_library(settings)
        name = named
    return resolve(library.baseline(name), library), library


COMMAND = Command(_EXAMPLES, _arguments, _run)
"""Compares resolved baselines: the controls, their defaults and the exceptions count, not only the file."""

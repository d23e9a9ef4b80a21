"""``baselint validate``: checks policy files, and prints every mistake as ``file:line:col``."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, Level

if TYPE_CHECKING:
    from datetime import date, timedelta

    from baselint.policy.library import PolicyLibrary
    from baselint.policy.rules.rule import Context

_EXAMPLES = """\
  baselint validate                                     the whole policy tree
  baselint validate policies/baselines/acme.yaml        one file, as the pre-commit hook does
  baselint validate --expiring-within 90d               warn of what ends within 90 days
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="policy files; none: the whole policy tree")
    parser.add_argument("--as-of", metavar="TIME", help="day on which dates are judged; default: today (UTC)")
    parser.add_argument(
        "--expiring-within",
        metavar="DAYS",
        default="30d",
        help="warn of exceptions and attestations that end within so many days; default: 30d",
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from datetime import UTC, datetime

    from baselint.clock import parse_days, parse_moment
    from baselint.commands.policy_access import open_here
    from baselint.errors import NothingToCheckError, PolicyError
    from baselint.policy.validate import validate_library, validate_paths
    from baselint.terminal import clean

    as_of = parse_moment(options.as_of, "--as-of") if options.as_of else datetime.now(UTC)
    within = parse_days(options.expiring_within, "--expiring-within")
    try:
        settings, library = open_here()
        context = _context(library, as_of.date(), within)
        if options.files:
            found = validate_paths(options.files, context)
            number = len(options.files)
        else:
            if settings.policies is None:
                raise NothingToCheckError(
                    "nothing to check: there is no policy tree here; name files, or make 'policies/'"
                )
            prefix = f"{settings.policies.as_posix()}/"
            found = validate_library(context, (prefix,))
            number = sum(entry.path.startswith(prefix) for entry in library.entries)
            if number == 0:
                raise NothingToCheckError(f"nothing to check: {prefix} holds no policy files")
    except PolicyError as error:  # two files share one id: nothing else can be said
        found, number = error.diagnostics, 0
    for diagnostic in found:
        streams.out.write(f"{clean(str(diagnostic))}\n")
    errors = sum(diagnostic.level is Level.ERROR for diagnostic in found)
    checked = f"{number} file{'' if number == 1 else 's'} checked: " if number else ""
    streams.err.write(f"{checked}{errors} error(s), {len(found) - errors} warning(s)\n")
    return ExitCode.FINDINGS if errors else ExitCode.CLEAN


def _context(library: "PolicyLibrary", today: "date", within: "timedelta") -> "Context":
    """Return what the rules may look at: the one place where terms that are asked for or configured reach them."""
    from baselint.policy.rules.rule import Context

    return Context(library, today, expiring_within=within)


COMMAND = Command("validate", "check policy files", _EXAMPLES, _arguments, _run)

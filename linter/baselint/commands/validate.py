"""``baselint validate``: checks policy files, and prints every mistake as ``file:line:col``."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, NothingToCheckError, PolicyError

if TYPE_CHECKING:
    from datetime import date, timedelta

    from baselint.configuration import Configuration
    from baselint.policy.rules.rule import Context
    from baselint.policy.validate import Validation

_EXAMPLES = """\
  baselint validate                                     the whole policy tree
  baselint validate policies/baselines/acme.yaml        one file, and the files that stand on it
  baselint validate --against main                      also what was weakened since, and that nobody explained
  baselint validate --staged                            what the next commit weakens, as the pre-commit hook does
  baselint validate --expiring-within 90d               warn of what ends within 90 days
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="policy files; none: the whole policy tree")
    parser.add_argument("--as-of", metavar="TIME", help="day on which dates are judged; default: today (UTC)")
    parser.add_argument(
        "--against",
        metavar="REVISION",
        help="also tell what was weakened since a git revision without a new entry in 'changes'",
    )
    parser.add_argument(
        "--staged",
        action="store_true",
        help="compare what is staged, and nothing else, with --against (default: HEAD), and tell weakenings only",
    )
    parser.add_argument(
        "--hook",
        action="store_true",
        help="as pre-commit calls it: no files mean that nothing changed, unless policy files are staged as deleted",
    )
    parser.add_argument(
        "--expiring-within",
        metavar="DAYS",
        default="30d",
        help="warn of exceptions and attestations that end within so many days; default: 30d",
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint import configuration
    from baselint.clock import parse_days
    from baselint.commands import moments
    from baselint.commands.validate_output import tell

    as_of = moments.as_of(options)
    within = parse_days(options.expiring_within, "--expiring-within")
    settings = configuration.find(Path.cwd())
    if options.staged:
        from baselint.commands.staged import validate_staged

        return validate_staged(settings, options.against, as_of.date(), streams)
    files: list[Path] = options.files
    if options.hook:
        from baselint.commands.staged import deletes_policy_files

        deletes = deletes_policy_files(settings)
        if not files and (settings.policies is None or not deletes):
            return ExitCode.CLEAN  # where the whole tree is staged as deleted, --staged asks why
        files = [] if deletes else files
    try:
        context = _context(settings, options.against, as_of.date(), within)
        found = _validate(files, settings, context)
    except PolicyError as error:  # two files share one id: nothing else can be said
        return tell(None, error.diagnostics, streams)
    return tell(found.files, found.diagnostics, streams)


def _validate(files: list[Path], settings: "Configuration", context: "Context") -> "Validation":
    from baselint.policy.validate import validate_library, validate_paths

    if files:
        return validate_paths(files, context)
    if settings.policies is None:
        raise NothingToCheckError("nothing to check: there is no policy tree here; name files, or make 'policies/'")
    prefix = f"{settings.policies.as_posix()}/"
    found = validate_library(context, (prefix,))
    if found.files == 0:
        raise NothingToCheckError(f"nothing to check: {prefix} holds no policy files")
    return found


def _context(settings: "Configuration", against: str | None, today: "date", within: "timedelta") -> "Context":
    """Return what the rules may look at: the one place where terms that are asked for or configured reach them."""
    from baselint.policy.open import open_library
    from baselint.policy.rules.rule import Context

    context = Context(open_library(settings), today, settings.longest_exception, expiring_within=within)
    if against is None:
        return context
    from baselint.policy.earlier import Earlier
    from baselint.policy.open import open_revision
    from baselint.policy.revision import find

    return replace(context, earlier=Earlier(against, open_revision(settings, find(against, Path.cwd()))))


COMMAND = Command(_EXAMPLES, _arguments, _run)

"""``baselint compare``: what changed in the accounts between two snapshots, or two reports in JSON."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands import fail_on
from baselint.commands.command import Command, Streams
from baselint.commands.fail_on import NEVER
from baselint.errors import ExitCode, NothingToCheckError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from baselint.policy.prepare import PreparedPolicy
    from baselint.report.document import Report
    from baselint.snapshot.build import SnapshotSet

_EXAMPLES = """\
  baselint compare october.json november.json           two reports in JSON
  baselint compare 2026-10/ 2026-11/                    two snapshots, judged by the same baselines
  baselint compare october.json 2026-11/ --as-of 2026-11-30
  baselint compare a.json b.json --format markdown --fail-on never
"""
_FORMATS = ("text", "json", "markdown")
_DEFAULT_FAIL_ON = "new,worse,newly-unknown,no-longer-judged"


def _arguments(parser: argparse.ArgumentParser) -> None:
    named = "a report in JSON, or a snapshot: a file, a directory or a zip archive"
    parser.add_argument("old", metavar="OLD", type=Path, help=named)
    parser.add_argument("new", metavar="NEW", type=Path, help=f"the same, later: {named}")
    parser.add_argument(
        "-b", "--baseline", action="append", metavar="BASELINE", help="id or path of a baseline to judge snapshots by"
    )
    parser.add_argument("--as-of", metavar="TIME", help="moment at which snapshots are judged; default: now")
    parser.add_argument(
        "--captured-at", metavar="TIME", help="when the exports were made that do not say it themselves"
    )
    parser.add_argument(
        "--redact",
        action="store_true",
        help="replace names and ids by aliases, the same on both sides of the comparison",
    )
    parser.add_argument("--format", choices=_FORMATS, default="text", help="format of the result")
    parser.add_argument(
        "--fail-on",
        default=_DEFAULT_FAIL_ON,
        metavar="KINDS",
        help=f"kinds of change that make exit code 1, with commas between, or {NEVER}; default: {_DEFAULT_FAIL_ON}",
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.comparison.changes import Change
    from baselint.comparison.compare import compare
    from baselint.comparison.formats import COMPARISON_FORMATS
    from baselint.report.redacted_reports import redacted
    from baselint.terminal import Painter, wants_colour

    failing = fail_on.words(options.fail_on, [kind.value for kind in Change], "kind of change")
    old, new = _sides(options)
    names = (options.old.as_posix(), options.new.as_posix())
    if options.redact:
        (old, new), names = redacted(old, new), ("OLD", "NEW")
    if not any(account["findings"] for report in (old, new) for account in report.accounts):
        raise NothingToCheckError("nothing to compare: neither side has a verdict on any account")
    found = compare(old, new, *names)
    streams.out.writelines(COMPARISON_FORMATS[options.format](found, Painter(wants_colour(streams.out))))
    return ExitCode.FINDINGS if failing & found.kinds else ExitCode.CLEAN


def _sides(options: argparse.Namespace) -> "tuple[Report, Report]":
    from baselint.commands import moments
    from baselint.commands.policy_access import prepared_here
    from baselint.policy.schema_check import SchemaChecker
    from baselint.report.reading import looks_like_report, read_report
    from baselint.snapshot.build import build_snapshots

    checker = SchemaChecker()
    paths = (options.old, options.new)
    are_reports = [looks_like_report(path) for path in paths]
    if all(are_reports) and (options.baseline or options.as_of is not None or options.captured_at is not None):
        raise UsageError("-b, --as-of and --captured-at are for snapshots; reports are compared as they are")
    as_of, captured_at = moments.as_of(options), moments.captured_at(options)
    policy = None if all(are_reports) else prepared_here(options.baseline)[0]
    found = [
        read_report(path, checker)
        if policy is None or is_report
        else _judged(policy, build_snapshots((path,), checker, as_of, captured_at), as_of)
        for path, is_report in zip(paths, are_reports, strict=True)
    ]
    for path, report in zip(paths, found, strict=True):
        if report.header["redacted"]:
            raise UsageError(
                f"{path.as_posix()}: the report is redacted, and an alias stands for somebody else in another report; compare "
                "the whole reports"
            )
    return found[0], found[1]


def _judged(policy: "PreparedPolicy", snapshots: "SnapshotSet", as_of: "datetime") -> "Report":
    from baselint.report.document import Report
    from baselint.reporting import reporting
    from baselint.verdicts import judge

    with reporting(judge(policy, snapshots.accounts, snapshots.problems, as_of)) as report:
        return Report(report.header, tuple(report.accounts))


COMMAND = Command(_EXAMPLES, _arguments, _run)

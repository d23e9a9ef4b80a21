"""``baselint lint``: judges exported accounts against baselines, and reports every verdict with its evidence."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands import fail_on
from baselint.commands.command import Command, Streams
from baselint.commands.fail_on import NEVER
from baselint.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from baselint.evidence import AccountList
    from baselint.snapshot.build import SnapshotSet
    from baselint.verdicts import Verdicts

_EXAMPLES = """\
  baselint lint 111122223333/                           judge the exports in a directory
  baselint lint -b aws-root-hardening exports/          against a named baseline
  baselint lint --format json exports/ > report.json    for a machine
  baselint lint --output json=report.json exports/      text here, JSON there
  baselint lint --as-of 2026-11-23 exports/             as it was on a day: same input, same bytes out
  baselint lint --accounts list-accounts.json exports/  tell which accounts are missing
  baselint lint --ignore-exceptions exports/            what every verdict would be without exceptions
"""
_STATUSES = ("pass", "fail", "unknown", "manual", "not-applicable", "excepted")
_SEVERITIES = ("critical", "high", "medium", "low")
_DEFAULT_FAIL_ON = "fail,unknown"
_UNKNOWN = "unknown"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "snapshots",
        nargs="+",
        type=Path,
        metavar="SNAPSHOT",
        help="a file, or a directory with the exports of accounts",
    )
    parser.add_argument(
        "-b", "--baseline", action="append", metavar="BASELINE", help="id or path of a baseline; may be repeated"
    )
    parser.add_argument("--as-of", metavar="TIME", help="moment of the verdicts: a date or a UTC stamp; default: now")
    parser.add_argument(
        "--captured-at", metavar="TIME", help="when the exports were made that do not say it themselves"
    )
    parser.add_argument(
        "--ignore-exceptions", action="store_true", help="judge as if there were no exceptions; the report says so"
    )
    parser.add_argument(
        "--accounts",
        type=Path,
        metavar="LIST",
        help="the accounts that are expected: the answer of 'aws organizations list-accounts', a JSON array of ids, or one id "
        "a line; one that is missing is unknown",
    )
    parser.add_argument(
        "--expiring-within",
        metavar="DAYS",
        default="30d",
        help="name exceptions and attestations that end within so many days; default: 30d",
    )
    _output_arguments(parser)


def _output_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what decides how verdicts are told, and not what they are."""
    parser.add_argument(
        "--format",
        default="text",
        metavar="FORMAT",
        help="format of the report on stdout, of those that 'baselint list formats' names; default: text",
    )
    parser.add_argument(
        "--output",
        action="append",
        default=[],
        metavar="FORMAT=PATH",
        help="write the report to a file too; may be repeated",
    )
    parser.add_argument(
        "--fail-on",
        default=_DEFAULT_FAIL_ON,
        metavar="STATUSES",
        help=f"statuses that make exit code 1, with commas between, or {NEVER}; default: {_DEFAULT_FAIL_ON}",
    )
    parser.add_argument(
        "--severity",
        choices=_SEVERITIES,
        help="findings below this severity do not change the exit code, and are only counted in formats for people and in "
        "sarif-github; other formats stay whole",
    )
    parser.add_argument(
        "--redact",
        action="store_true",
        help="write aliases in place of user names, account ids and names, people, mail domains, ARNs and addresses",
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.clock import parse_days
    from baselint.commands import moments
    from baselint.commands.lint_output import Outputs
    from baselint.commands.policy_access import prepared_here
    from baselint.model import Severity
    from baselint.reporting import reporting, requirements_of
    from baselint.verdicts import judge

    outputs = Outputs.of(options.format, options.output)
    failing = fail_on.words(options.fail_on, _STATUSES, "status")
    as_of, captured_at = moments.as_of(options), moments.captured_at(options)
    within = parse_days(options.expiring_within, "--expiring-within")
    policy, library = prepared_here(options.baseline)
    listed = _listed(options.accounts)
    snapshots = _snapshots(tuple(options.snapshots), as_of, captured_at)
    exports = (Path(item.path) for account in snapshots.accounts for item in account.exports)
    outputs.require_apart((*options.snapshots, *exports))
    verdicts = judge(
        policy,
        snapshots.accounts,
        snapshots.problems,
        as_of,
        listed=listed,
        within=within,
        minimum_severity=Severity(options.severity) if options.severity else None,
        ignore_exceptions=options.ignore_exceptions,
    )
    users = _users(snapshots) if options.redact else None
    with reporting(verdicts, requirements_of(policy.baselines, library), users) as report:
        outputs.write(report, streams)
    verdicts.require_some()
    return ExitCode.FINDINGS if _fails(verdicts, failing) else ExitCode.CLEAN


def _snapshots(paths: tuple[Path, ...], as_of: "datetime", captured_at: "datetime | None") -> "SnapshotSet":
    from baselint.policy.schema_check import SchemaChecker
    from baselint.snapshot.build import build_snapshots

    return build_snapshots(paths, SchemaChecker(), as_of, captured_at)


def _users(snapshots: "SnapshotSet") -> "Iterator[str]":
    """Yield the name of every IAM user that an export lists."""
    from baselint.evidence import Missing
    from baselint.model import PopulationName

    for account in snapshots.accounts:
        users = account.facts.population(PopulationName.USER)
        if not isinstance(users, Missing):
            yield from (member.subject for member in users.members(()))


def _listed(path: Path | None) -> "AccountList | None":
    from baselint.snapshot.account_list import read_account_list

    return read_account_list(path) if path else None


def _fails(verdicts: "Verdicts", failing: frozenset[str]) -> bool:
    """Tell whether a finding, or an account of which nothing is known, is one that was to be failed on."""
    least, expected = verdicts.header.minimum_severity, verdicts.header.expected
    if expected is not None and expected.missing and _UNKNOWN in failing:
        return True
    return any(
        finding.status in failing and (least is None or finding.severity.rank <= least.rank)
        for account in verdicts.accounts
        for finding in account.findings
    )


COMMAND = Command(_EXAMPLES, _arguments, _run)

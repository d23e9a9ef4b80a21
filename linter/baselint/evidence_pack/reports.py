"""Judges what a pack holds, and writes what follows from it: the same when it is made and when it is verified."""

import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from baselint import __version__
from baselint.clock import parse_moment
from baselint.evidence_pack.manifest import Arguments
from baselint.evidence_pack.policy_files import prepared, resolved_document
from baselint.policy.library import PolicyLibrary
from baselint.policy.prepare import PreparedPolicy
from baselint.policy.schema_check import SchemaChecker
from baselint.report.document import SCHEMA_VERSION, Report
from baselint.report.formats import FORMATS
from baselint.reporting import reporting, requirements_of
from baselint.snapshot.account_list import account_list
from baselint.snapshot.build import build_from
from baselint.snapshot.files import SnapshotFile
from baselint.verdicts import judge

REPORT = "report.json"
_FORMATS: Mapping[str, str] = {REPORT: "json", "report.html": "html", "report.csv": "csv"}
ACCOUNTS = "accounts/expected"
"""The list of accounts that are expected, where there is one."""
RESOLVED, README = "policy/resolved.json", "README.txt"
_README = """\
An evidence pack of baselint
============================

exports/              the files of the snapshots, byte for byte as they were given
accounts/expected     the list of accounts that were expected, if there was one
policy/               the policy files that took part: baselines with their parents, controls, standards, attestations
policy/resolved.json  the values by which the accounts were judged
report.json           every verdict with its evidence, for programs
report.html           the same to read and to print
report.csv            a row for each account and control
manifest.json         how it was made, and the SHA-256 of every other file

To check it, with no network and no access to AWS:

    baselint evidence verify PACK.zip --sha256 SUM

SUM is the SHA-256 of the whole pack that was recorded when it was made, elsewhere. Without it a changed file is
noticed, but not a pack that somebody made anew: whoever changes a file can write a new manifest too.

The hashes show that nothing changed since the pack was made. They do not show that the exports came from AWS.
"""


def versions() -> Mapping[str, str]:
    """Return what made a pack."""
    return {"baselint": __version__, "python": platform.python_version(), "report_schema": str(SCHEMA_VERSION)}


@contextmanager
def judging(
    library: PolicyLibrary, arguments: Arguments, files: Iterable[SnapshotFile], accounts: bytes | None
) -> Iterator["Judged"]:
    """Judge the files of snapshots by a library that holds what a pack holds; ``accounts`` is the list of expected ones.

    Raises:
        BaselintError: nothing can be judged.
    """
    as_of = parse_moment(arguments.as_of, "--as-of")
    captured_at = parse_moment(arguments.captured_at, "--captured-at") if arguments.captured_at else None
    listed = account_list(accounts, arguments.accounts or "") if accounts is not None else None
    policy = prepared(library, arguments.baselines)
    snapshots = build_from(files, SchemaChecker(), as_of, captured_at, arguments.directory)
    verdicts = judge(policy, snapshots.accounts, snapshots.problems, as_of, listed=listed)
    verdicts.require_some()
    with reporting(verdicts, requirements_of(policy.baselines, library)) as report:
        yield Judged(policy, report)


class Judged:
    """The verdicts on what a pack holds, and the members that are made from them."""

    def __init__(self, policy: PreparedPolicy, report: Report) -> None:
        self.policy = policy
        self.report = report

    def members(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Yield name and content of each member that follows from the others, in their order."""
        yield RESOLVED, (resolved_document(self.policy.baselines),)
        for name, format_ in _FORMATS.items():
            yield name, map(_encoded, FORMATS[format_].write(self.report))
        yield README, (_README.encode("ascii"),)


def _encoded(piece: str) -> bytes:
    return piece.encode("utf-8", errors="backslashreplace")

"""Builds the account snapshots of a run from paths: files in, facts and problems out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.errors import NothingToCheckError
from baselint.evidence import AccountSnapshot, ExportKind, ExportRecord, Known, Problem, Unrecognised
from baselint.snapshot.account_facts import AccountFacts
from baselint.snapshot.assignment import AssignedExport
from baselint.snapshot.files import SnapshotFile, read_files
from baselint.snapshot.group import group
from baselint.snapshot.recognise import recognise

if TYPE_CHECKING:
    from baselint.policy.schema_check import SchemaChecker


@dataclass(frozen=True, slots=True)
class SnapshotSet:
    """The snapshots of all accounts of a run, by account id, and what a person should know of the files."""

    accounts: tuple[AccountSnapshot, ...]
    problems: tuple[Problem, ...]


def build_snapshots(
    paths: tuple[Path, ...], checker: "SchemaChecker", as_of: datetime, captured_at: datetime | None = None
) -> SnapshotSet:
    """Read every file, recognise it, group by account, and offer the facts.

    ``captured_at`` is when the exports were made that do not say it themselves.

    Raises:
        UsageError: a path cannot be read, or accounts cannot be told apart.
        NothingToCheckError: no export of any account was recognised.
    """
    return build_from(read_files(paths), checker, as_of, captured_at, Path.cwd().name)


def build_from(
    files: Iterable[SnapshotFile],
    checker: "SchemaChecker",
    as_of: datetime,
    captured_at: datetime | None,
    directory: str,
) -> SnapshotSet:
    """Do the same with files that were read already, by a run whose working directory has this name.

    Raises:
        UsageError: accounts cannot be told apart.
        NothingToCheckError: no export of any account was recognised.
    """
    grouping = group(recognise(files, checker, captured_at, as_of), directory)
    if not any(
        item.export.kind is not ExportKind.MANIFEST for exports in grouping.accounts.values() for item in exports
    ):
        lines = (f"{problem.path}: {problem.message}" for problem in grouping.problems[:10])
        hints = "".join(f"\n  {' '.join(line.split())}" for line in lines)
        raise NothingToCheckError(f"nothing to check: none of the files is an export of an account{hints}")
    accounts = tuple(
        _snapshot(account, exports, grouping.unrecognised.get(account, ()), as_of)
        for account, exports in grouping.accounts.items()
    )
    return SnapshotSet(accounts, grouping.problems)


def _snapshot(
    account: str, assigned: tuple[AssignedExport, ...], unrecognised: tuple[Unrecognised, ...], as_of: datetime
) -> AccountSnapshot:
    facts = AccountFacts(account, tuple(item.export for item in assigned), as_of)
    partition, role = facts.fact("account.partition"), facts.fact("organization.role")
    return AccountSnapshot(
        account=account,
        partition=str(partition.value) if isinstance(partition, Known) else None,
        facts=facts,
        exports=tuple(sorted((_record(item) for item in assigned), key=lambda record: record.path)),
        unrecognised=unrecognised,
        kind=str(role.value) if isinstance(role, Known) else None,
    )


def _record(item: AssignedExport) -> ExportRecord:
    export = item.export
    payload = export.reading.payload
    return ExportRecord(
        path=export.path,
        kind=export.kind,
        account_from=item.account_from,
        sha256=export.sha256,
        captured_at=export.captured_at,
        records=payload.records if payload is not None else None,
    )

"""Gives what an organization exports once, from its management account, to every account of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from baselint.evidence import ExportKind, Problem
from baselint.snapshot.assignment import AssignedExport
from baselint.snapshot.export import Export

SHARED = frozenset(
    (
        ExportKind.ORGANIZATIONS_FEATURES,
        ExportKind.ORGANIZATION_ACCOUNTS,
        ExportKind.POLICIES,
        ExportKind.POLICY,
        ExportKind.POLICY_TARGETS,
    )
)
"""Kinds whose answer is about the whole organization."""


def share(exports: Sequence[tuple[Path, Export]], accounts: Mapping[str, list[AssignedExport]]) -> Iterator[Problem]:
    """Add each export to the accounts of the organization that it, or else every export in its directory, speaks of.

    An account belongs to the organization that its own answer of describe-organization names. Yields a problem for each
    export that no account has.
    """
    beside: dict[Path, set[str]] = defaultdict(set)
    for directory, export in exports:
        if export.reading.organization is not None:
            beside[directory].add(export.reading.organization)
    members = {account: _organization(own) for account, own in accounts.items()}
    for directory, export in exports:
        near = beside[directory]
        organization = export.reading.organization or (next(iter(near)) if len(near) == 1 else None)
        holders = {account for account, own in accounts.items() if any(item.export is export for item in own)}
        for account, own in members.items():
            if organization is not None and own == organization and account not in holders:
                accounts[account].append(AssignedExport(export, "organization"))
                holders.add(account)
        if not holders:
            message = "no account of this organization is here, as its answer of describe-organization would show"
            yield Problem(export.path, None, "no-account", message)


def _organization(exports: Sequence[AssignedExport]) -> str | None:
    named = {item.export.reading.organization for item in exports if item.export.kind is ExportKind.ORGANIZATION} - {
        None
    }
    return named.pop() if len(named) == 1 else None

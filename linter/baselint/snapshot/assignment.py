"""An export together with how its account was told."""

from dataclasses import dataclass

from baselint.snapshot.export import Export


@dataclass(frozen=True, slots=True)
class AssignedExport:
    """An export with what named its account: arn, manifest, directory, neighbours or organization."""

    export: Export
    account_from: str

"""Finds what an organization exports once, and lets it speak only where it is of the account's own organization."""

from collections.abc import Callable
from typing import TypeVar

from baselint.evidence import ExportKind, Missing, MissingReason
from baselint.snapshot.organization import Organization
from baselint.snapshot.sources import Source, Sources

_Payload = TypeVar("_Payload")


class SameOrganization:
    """The answers of one organization; ids that conflict never decide."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.described: Source[Organization] | Missing = sources.find(
            ExportKind.ORGANIZATION, Organization, tells=lambda told: (told.management_account, told.has_policies)
        )

    @property
    def conflict(self) -> Missing | None:
        """Return why the account's organization cannot be told: its exports name several."""
        named: dict[str, str] = {}
        for identifier, export in self.sources.organizations:
            named.setdefault(identifier, export.path)
        if len(named) < 2:
            return None
        claims = " and ".join(f"{path} is of {identifier}" for identifier, path in sorted(named.items()))
        detail = f"the exports are of several organizations: {claims}; keep those of the account's own"
        return Missing(MissingReason.SOURCES_DISAGREE, detail, needs=(ExportKind.ORGANIZATION,))

    def find(
        self,
        kind: ExportKind,
        payload_type: type[_Payload],
        variant: str | None = None,
        tells: Callable[[_Payload], object] = lambda payload: payload,
    ) -> Source[_Payload] | Missing:
        """Return the export of a kind that speaks for the account, unless the exports are of several organizations."""
        found = self.sources.find(kind, payload_type, variant, tells=tells)
        return found if isinstance(found, Missing) else self.conflict or found

"""Picks, for each kind of export, the one that speaks for an account, or says why none does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from baselint.clock import write_stamp
from baselint.evidence import ExportKind, Missing, MissingReason, most_curable
from baselint.exports import EXPORTS
from baselint.snapshot.export import Export

_Payload = TypeVar("_Payload")


@dataclass(frozen=True, slots=True)
class Source(Generic[_Payload]):
    """An export that speaks for the account."""

    export: Export
    payload: _Payload
    notes: tuple[str, ...] = ()


class Sources:
    """The exports of one account."""

    def __init__(self, exports: tuple[Export, ...], as_of: datetime) -> None:
        self._exports = exports
        self.as_of = as_of

    @property
    def partitions(self) -> tuple[tuple[str, Export], ...]:
        """Return every partition that stands in an ARN, with the export that names it."""
        return tuple((partition, export) for export in self._exports for partition in sorted(export.reading.partitions))

    def made_by_root(self, account: str) -> tuple[Export, ...]:
        """Return the exports that the account's root user made, by the manifest; privileged sessions are root as well."""
        return tuple(export for export in self._exports if export.made_by_root_of == account)

    @property
    def organizations(self) -> tuple[tuple[str, Export], ...]:
        """Return every organization that an export says it is of, with the export."""
        named = ((export.reading.organization, export) for export in self._exports)
        return tuple((identifier, export) for identifier, export in named if identifier is not None)

    def variants(self, kind: ExportKind) -> tuple[str, ...]:
        """Return the variants that exports of a kind are of, for example the ids of policies."""
        found = (export.reading.variant for export in self._exports if export.kind is kind)
        return tuple(sorted({variant for variant in found if variant is not None}))

    def every(
        self,
        kind: ExportKind,
        payload_type: type[_Payload],
        variant: str | None = None,
        where: Callable[[_Payload], bool] = lambda _payload: True,
    ) -> tuple[Source[_Payload], ...]:
        """Return every export of a kind that says something, among those ``where`` holds of."""
        return tuple(
            Source(export, export.reading.payload)
            for export in self._of_kind(kind, variant)
            if isinstance(export.reading.payload, payload_type) and where(export.reading.payload)
        )

    def find(
        self,
        kind: ExportKind,
        payload_type: type[_Payload],
        variant: str | None = None,
        where: Callable[[_Payload], bool] = lambda _payload: True,
        tells: Callable[[_Payload], object] = lambda payload: payload,
    ) -> Source[_Payload] | Missing:
        """Return the export of a kind that speaks for the account, among those ``where`` holds of.

        Of several that differ in what they tell of the fact, by ``tells``, the newest speaks when all are dated; else none
        does. What a fact does not use never silences it.
        """
        speaking = self.every(kind, payload_type, variant, where)
        if speaking:
            return _settle(speaking, kind, tells)
        candidates = self._of_kind(kind, variant)
        failures = [export.reading.failure for export in candidates if export.reading.failure is not None]
        if failures:
            return most_curable(failures)
        title = EXPORTS[kind].title
        if variant:
            title = f"{variant} contact" if variant in EXPORTS[kind].variants else f"{title} {variant}"
        return Missing(MissingReason.NOT_EXPORTED, f"there is no export of the {title}", needs=(kind,))

    def _of_kind(self, kind: ExportKind, variant: str | None) -> tuple[Export, ...]:
        return tuple(
            export
            for export in self._exports
            if export.kind is kind and (variant is None or export.reading.variant == variant)
        )


def _settle(
    speaking: tuple[Source[_Payload], ...], kind: ExportKind, tells: Callable[[_Payload], object]
) -> Source[_Payload] | Missing:
    if len(speaking) == 1:
        return speaking[0]
    moments = [source.export.captured_at for source in speaking]
    newest = max((moment for moment in moments if moment), default=None)
    latest = [source for source in speaking if source.export.captured_at == newest]
    decisive = latest[0]
    told = tells(decisive.payload)
    if all(tells(source.payload) == told for source in speaking):
        return decisive
    if newest is None or None in moments or any(tells(source.payload) != told for source in latest):
        paths = " and ".join(source.export.path for source in speaking)
        detail = f"several exports of one kind differ, and which is the newest cannot be told: {paths}; keep the newest"
        return Missing(MissingReason.SOURCES_DISAGREE, detail, needs=(kind,))
    older = ", ".join(source.export.path for source in speaking if tells(source.payload) != told)
    note = f"{decisive.export.path} of {write_stamp(newest)} decides; it differs from the older {older}"
    return Source(decisive.export, decisive.payload, (note,))

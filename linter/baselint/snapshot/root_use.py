"""When root was last used: by the credential report, and by root's own lists where these tell more."""

from collections.abc import Callable, Iterable
from datetime import datetime

from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason, Span, most_curable
from baselint.snapshot.account_summary import AccountSummary
from baselint.snapshot.own_lists import OwnLists
from baselint.snapshot.report_cells import NO_INFORMATION, NOT_APPLICABLE
from baselint.snapshot.report_source import ReportSource
from baselint.snapshot.sources import Source, Sources

_REPORT, _SUMMARY = ExportKind.CREDENTIAL_REPORT, ExportKind.ACCOUNT_SUMMARY
_SLOTS = (1, 2)
_NEVER_USED = frozenset((NO_INFORMATION, NOT_APPLICABLE))
_NO_USE = frozenset((NOT_APPLICABLE,))


class RootUse:
    """How long root's password and keys have been unused; a credential that the report lacks has no known use."""

    def __init__(
        self, sources: Sources, report: ReportSource, own: OwnLists, has_password: Callable[[], FactValue]
    ) -> None:
        self._sources = sources
        self._report = report
        self._own = own
        self._has_password = has_password

    def password_unused_days(self) -> FactValue:
        """Report ``password_last_used``; missing where a source that is not older counts a password that it lacks."""
        age = self._report.observe_root(lambda cells: cells.age("password_last_used", absent=_NEVER_USED)).value
        enabled = self._report.observe_root(lambda cells: cells.boolean("password_enabled")).value
        if isinstance(age, Missing) or isinstance(enabled, Missing) or enabled.value is True:
            return age
        held = self._has_password()
        if isinstance(held, Missing):
            return _newest_use((age, held))
        if held.value is not True:
            return age
        detail = "another source counts a password that the credential report lacks, so its last use was not seen; export the report again"
        return _newest_use((age, Missing(MissingReason.SOURCES_DISAGREE, detail, held.evidence, needs=(_REPORT,))))

    def key_unused_days(self, slot: int) -> FactValue:
        """Report ``access_key_N_last_used_date``, and the keys of root's own list, whose places need not be the slots."""
        reported = self._report.observe_root(
            lambda cells: cells.age(f"access_key_{slot}_last_used_date", absent=_NO_USE)
        ).value
        others = self._own.uses_of_other_keys(self._since) if slot == 1 else ()
        if isinstance(self._report.root_rows(), Missing):
            listed = self._own.access_key_unused_days(slot)
            return _newest_use((reported if listed is None else listed, *others))
        lack, empty = self._lack(), self._empty_slots()
        if lack is not None:
            at = (empty or _SLOTS)[-1]
            return _newest_use((reported, lack) if slot == at else (reported, *self._known_uses()))
        own = self._own.access_key_unused_days(slot, self._since)
        if own is None or (isinstance(own, Missing) and own.reason is MissingReason.NOT_EXPORTED):
            return _newest_use((reported, *others))
        return _newest_use((reported, own, *others))

    @property
    def _since(self) -> datetime | None:
        """The time of the report, before which no use is measured: the report may be newer than root's own lists."""
        return self._report.captured_at

    def _empty_slots(self) -> tuple[int, ...]:
        """Return the slots of the report that are not known to hold a key."""
        return tuple(slot for slot in _SLOTS if not self._holds_key(slot))

    def _holds_key(self, slot: int) -> bool:
        held = self._report.observe_root(lambda cells: cells.in_slot(f"access_key_{slot}")).value
        return isinstance(held, Known) and held.value is True

    def _known_uses(self) -> tuple[FactValue, ...]:
        """Return what root's own answers tell of the last use of any of its keys."""
        uses = (*self._own.uses_of_listed_keys(self._since), *self._own.uses_of_other_keys(self._since))
        return tuple(use for use in uses if isinstance(use, Known))

    def _lack(self) -> Missing | None:
        """Return what is missing when a source that is not older counts keys that neither the report nor an answer shows."""
        held = len(_SLOTS) - len(self._empty_slots())
        uses = self._own.uses_of_listed_keys(self._since)
        seen = all(isinstance(use, Known) for use in uses)
        if not seen and len(uses) > held and self._is_not_older(self._own.keys_captured_at):
            return self._lacking("root's own list names", len(uses), held)
        made = self._own.unseen_keys_made_after(self._since) if self._since else 0
        if made:
            return self._lacking("root's own list names, as made after the report,", made, 0)
        counted = max((self._counted(summary) for summary in self._summaries()), default=0)
        if counted > held and not (seen and len(uses) >= counted):
            return self._lacking("the account summary counts", counted, held)
        return None

    def _summaries(self) -> tuple[Source[AccountSummary], ...]:
        found = self._sources.find(_SUMMARY, AccountSummary, tells=AccountSummary.of_root)
        return (found,) if isinstance(found, Source) else self._sources.every(_SUMMARY, AccountSummary)

    def _counted(self, summary: Source[AccountSummary]) -> int:
        count = summary.payload.number("AccountAccessKeysPresent") or 0
        return count if self._is_not_older(summary.export.captured_at) else 0

    def _is_not_older(self, moment: datetime | None) -> bool:
        """Tell whether another source may be as new as the report."""
        since = self._since
        return since is None or moment is None or moment >= since

    def _lacking(self, who: str, count: int, held: int) -> Missing:
        detail = f"{who} {count} access key(s), the credential report holds {held}, so not every last use was seen; export the report again"
        return Missing(MissingReason.SOURCES_DISAGREE, detail, needs=(_REPORT,))


def _newest_use(values: Iterable[FactValue]) -> FactValue:
    """Return the days since the newest of several uses; what is missing may be newer still, down to no day at all."""
    everything = tuple(values)
    if len(everything) == 1:
        return everything[0]
    missing = [value for value in everything if isinstance(value, Missing)]
    known = [value for value in everything if isinstance(value, Known)]
    days = [value.value for value in known]
    spans = [item for item in days if isinstance(item, Span)] + [
        Span(item, item) for item in days if isinstance(item, int)
    ]
    if missing and not spans:
        return most_curable(missing)
    used = [value for value in known if value.value is not None] or known
    evidence = tuple(dict.fromkeys(item for value in used for item in value.evidence))
    notes = tuple(
        dict.fromkeys((*(note for value in used for note in value.notes), *(item.detail for item in missing)))
    )
    if not spans:
        return Known(None, evidence, notes)
    low = 0 if missing else min(span.low for span in spans)
    high = min(span.high for span in spans)
    return Known(high if low == high else Span(low, high), evidence, notes)

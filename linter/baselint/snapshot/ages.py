"""Measures ages inside a credential report: at its capture time, or between two ends where that is not known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baselint.clock import TOLERANCE
from baselint.evidence import Evidence, FactValue, Known, Missing, MissingReason, Span


@dataclass(frozen=True, slots=True)
class Capture:
    """When an export was made: at a moment, or somewhere between two."""

    earliest: datetime
    latest: datetime

    def age_in_days(self, stamp: datetime, evidence: Evidence) -> FactValue:
        """Return the whole days from a stamp to the capture, rounded down.

        A stamp more than a few minutes after the capture is no evidence at all.
        """
        if stamp - self.latest > TOLERANCE:
            detail = f"{evidence.pointer} holds a date after the export was made; export it again"
            return Missing(MissingReason.INVALID, detail, (evidence,))
        low, high = (_days(moment - stamp) for moment in (self.earliest, self.latest))
        return Known(high if low == high else Span(low, high), (evidence,))


def _days(difference: timedelta) -> int:
    return max(difference.days, 0)

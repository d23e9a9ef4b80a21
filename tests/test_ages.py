"""Ages inside an export, at its capture or between two ends."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import gist
from baselint.evidence import Evidence, Known, Missing, MissingReason, Span
from baselint.snapshot.ages import Capture

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
PLACE = Evidence("r.csv", "line 2, column password_last_used", "raw")


@pytest.mark.parametrize(
    ("before", "days"),
    [
        (timedelta(0), 0),
        (DAY - SECOND, 0),
        (DAY, 1),
        (90 * DAY, 90),
        (91 * DAY - SECOND, 90),
        (-SECOND, 0),
        (-5 * MINUTE, 0),
    ],
)
def test_an_age_is_in_whole_days_rounded_down(before: timedelta, days: int) -> None:
    assert Capture(NOON, NOON).age_in_days(NOON - before, PLACE) == Known(days, (PLACE,))


def test_a_stamp_more_than_five_minutes_after_the_capture_is_no_evidence() -> None:
    found = Capture(NOON - DAY, NOON).age_in_days(NOON + 5 * MINUTE + SECOND, PLACE)
    assert isinstance(found, Missing)
    assert (found.reason, found.evidence) == (MissingReason.INVALID, (PLACE,))
    assert found.detail.startswith("line 2, column password_last_used holds a date after the export was made")


@pytest.mark.parametrize(
    ("earliest", "stamp", "expected"),
    [
        (NOON - 10 * DAY, NOON - 30 * DAY, Span(20, 30)),
        (NOON - 10 * DAY, NOON - 5 * DAY, Span(0, 5)),
        (NOON - SECOND, NOON - DAY, Span(0, 1)),
        (NOON - SECOND, NOON - DAY - SECOND, 1),
        (NOON - 10 * DAY, NOON + MINUTE, 0),
    ],
)
def test_an_unknown_capture_time_makes_two_ends_unless_they_meet(
    earliest: datetime, stamp: datetime, expected: object
) -> None:
    assert gist(Capture(earliest, NOON).age_in_days(stamp, PLACE)) == expected

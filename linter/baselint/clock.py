"""Points in time as exports and people write them; the only clock is the one that is passed in."""

import re
from datetime import UTC, date, datetime, time, timedelta

from baselint.errors import UsageError

TOLERANCE = timedelta(minutes=5)
"""How far ahead a stamp may lie: clocks of two machines differ."""

_STAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T|[ ](?!.*Z))[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?(?:Z|\+00:00)\Z"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_DAYS = re.compile(r"([0-9]{1,4})d?\Z")
_MOST_DAYS = 3660


def parse_stamp(text: str) -> datetime | None:
    """Read a UTC stamp in whole seconds as AWS writes it, ``Z`` or ``+00:00``, or as Python writes its dates as text."""
    found = _STAMP.match(text)
    if not found:
        return None
    try:
        return datetime.fromisoformat(found.group(1)).replace(tzinfo=UTC)
    except ValueError:
        return None


def parse_moment(text: str, option: str) -> datetime:
    """Read the value of a time option: a UTC stamp, or a bare date, which means its last second.

    Raises:
        UsageError: it is neither.
    """
    if _DAY.match(text):
        try:
            return datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
        except ValueError:
            pass
    stamp = parse_stamp(text)
    if stamp is None:
        raise UsageError(f"{option}: {text!r} is no time; write 2026-11-23 or 2026-11-23T08:00:00Z")
    return stamp


def parse_days(text: str, option: str) -> timedelta:
    """Read the value of an option that is a number of days, ``30d`` or ``30``.

    Raises:
        UsageError: it is none, or more than ten years.
    """
    found = _DAYS.match(text)
    if not found or int(found.group(1)) > _MOST_DAYS:
        raise UsageError(
            f"{option}: {text!r} is no number of days; write a whole number from 0d to {_MOST_DAYS}d, for example 30d"
        )
    return timedelta(days=int(found.group(1)))


def write_stamp(moment: datetime) -> str:
    """Write a moment in UTC with whole seconds, as reports carry it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"

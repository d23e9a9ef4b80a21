"""How a dated decision stands on a day: not in force yet, in force, about to end, or lapsed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """How a dated decision stands on a day."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    ENDING = "ending"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Term:
    """The days on which a decision holds, both ends included."""

    first: date
    last: date | None
    """None: it holds until another takes its place."""

    def standing(self, day: date, within: timedelta) -> Standing:
        """Tell how it stands on a day (UTC); it is about to end where its last day lies within that time."""
        if day < self.first:
            return Standing.NOT_YET
        if self.last is None:
            return Standing.IN_FORCE
        if day > self.last:
            return Standing.LAPSED
        return Standing.ENDING if self.last - day <= within else Standing.IN_FORCE

    def days_left(self, day: date) -> int | None:
        """Return how many days follow a day until the last one; less than zero once it is over."""
        return (self.last - day).days if self.last is not None else None


def in_days(days: int) -> str:
    """Say how far ahead a day lies: ``today``, ``tomorrow``, ``in 6 days``."""
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")

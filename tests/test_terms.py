"""How a dated decision stands on a day."""

from datetime import date, timedelta

import pytest

from baselint.terms import Standing, Term, in_days

FIRST, LAST = date(2026, 9, 1), date(2027, 1, 31)


@pytest.mark.parametrize(
    ("day", "within", "standing", "left"),
    [
        ("2026-08-31", 30, Standing.NOT_YET, 153),
        ("2026-08-31", 3660, Standing.NOT_YET, 153),
        ("2026-09-01", 30, Standing.IN_FORCE, 152),
        ("2026-12-31", 30, Standing.IN_FORCE, 31),
        ("2027-01-01", 30, Standing.ENDING, 30),
        ("2027-01-31", 0, Standing.ENDING, 0),
        ("2027-01-30", 0, Standing.IN_FORCE, 1),
        ("2027-02-01", 30, Standing.LAPSED, -1),
    ],
)
def test_both_ends_count(day: str, within: int, standing: Standing, left: int) -> None:
    term = Term(FIRST, LAST)
    assert term.standing(date.fromisoformat(day), timedelta(days=within)) is standing
    assert term.days_left(date.fromisoformat(day)) == left


@pytest.mark.parametrize(("day", "standing"), [("2026-08-31", Standing.NOT_YET), ("9999-12-31", Standing.IN_FORCE)])
def test_without_a_last_day_it_holds_for_ever(day: str, standing: Standing) -> None:
    term = Term(FIRST, None)
    assert term.standing(date.fromisoformat(day), timedelta(days=3660)) is standing
    assert term.days_left(date.fromisoformat(day)) is None


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow"), (2, "in 2 days"), (30, "in 30 days")])
def test_a_day_ahead_is_said_in_words(days: int, words: str) -> None:
    assert in_days(days) == words

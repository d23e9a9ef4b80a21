"""Points in time as exports and people write them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.clock import TOLERANCE, parse_days, parse_moment, parse_stamp, write_stamp
from baselint.errors import UsageError

MOMENT = datetime(2026, 9, 11, 13, 14, 52, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-11T13:14:52Z",
        "2026-09-11T13:14:52+00:00",
        "2026-09-11 13:14:52+00:00",
        "2026-09-11 13:14:52.250000+00:00",
        "2026-09-11T13:14:52.9Z",
        "2026-09-11T13:14:52.123456789+00:00",
    ],
)
def test_stamps_of_aws_are_read_in_whole_seconds(text: str) -> None:
    assert parse_stamp(text) == MOMENT
    assert parse_moment(text, "--as-of") == MOMENT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "N/A",
        "2026-09-11",
        "2026-09-11T13:14:52",
        "2026-09-11 13:14:52Z",
        "2026-09-11T13:14:52+02:00",
        "2026-09-11T13:14:52-00:00",
        "2026-09-11T13:14:52.Z",
        "2026-09-11T13:14:52.1234567890Z",
        "2026-09-11T13:14:52Z\n",
        " 2026-09-11T13:14:52Z",
        "2026-02-30T13:14:52Z",
        "2026-09-11T24:14:52Z",
        "2026-09-11T13:14:60Z",
        "0000-09-11T13:14:52Z",
        "٢٠٢٦-09-11T13:14:52Z",
        "11/09/2026 13:14",
        "1795462642.87",
    ],
)
def test_nothing_else_is_a_stamp(text: str) -> None:
    assert parse_stamp(text) is None


def test_a_bare_date_means_its_last_second() -> None:
    assert parse_moment("2026-11-23", "--as-of") == datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    assert parse_moment("9999-12-31", "--as-of") == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "2026-11-23\n", "2026-11", "2026-11-23T08:00", ""])
def test_a_time_option_that_is_none_is_named(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_moment(text, "--captured-at")
    assert str(caught.value) == (f"--captured-at: {text!r} is no time; write 2026-11-23 or 2026-11-23T08:00:00Z")


def test_stamps_are_written_in_utc_with_four_digits_of_year() -> None:
    east = timezone(timedelta(hours=2))
    assert write_stamp(datetime(2026, 9, 11, 15, 14, 52, 999999, tzinfo=east)) == "2026-09-11T13:14:52Z"
    assert write_stamp(datetime(1, 1, 1, tzinfo=UTC)) == "0001-01-01T00:00:00Z"


def test_clocks_may_differ_by_five_minutes() -> None:
    assert timedelta(minutes=5) == TOLERANCE


@settings(deadline=None, max_examples=100)
@given(st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)))
def test_what_is_written_is_read_again(moment: datetime) -> None:
    assert parse_stamp(write_stamp(moment)) == moment
    assert parse_moment(write_stamp(moment), "--as-of") == moment


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("30", 30), ("0d", 0), ("0", 0), ("3660d", 3660), ("007d", 7)])
def test_a_number_of_days_is_read(text: str, days: int) -> None:
    assert parse_days(text, "--expiring-within") == timedelta(days=days)


@pytest.mark.parametrize(
    "text", ["", "d", "-1d", "3661d", "99999", "30 d", "30D", "1.5d", "4w", "30d\n", "٣٠d", "soon"]
)
def test_nothing_else_is_a_number_of_days(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_days(text, "--expiring-within")
    assert str(caught.value) == (
        f"--expiring-within: {text!r} is no number of days; write a whole number from 0d to 3660d, for example 30d"
    )

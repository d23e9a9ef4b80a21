"""Rules that look at the calendar: they warn, and say nothing where no day is given."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from baselint.errors import Level
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from demanding import baseline, control, told
from policytree import LENGTH, OLD, library, tree

TODAY = date(2026, 11, 25)
MFA = {"mfa": control("mfa", "attest: {within_days: 9}")}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("left", "message"),
    [
        (-40, "the review was due on 2026-10-16, 40 days ago; review the baseline, and set the next day"),
        (-1, "the review was due on 2026-11-24, 1 day ago; review the baseline, and set the next day"),
        (0, "the review is due on 2026-11-25, in 0 days; plan it"),
        (1, "the review is due on 2026-11-26, in 1 day; plan it"),
        (30, "the review is due on 2026-12-25, in 30 days; plan it"),
        (31, None),
    ],
)
def test_a_review_is_told_when_it_is_near_and_when_it_is_over(here: Path, left: int, message: str | None) -> None:
    text = baseline("own", "mfa", more=f'review_by: "{days(left)}"\n')
    found = told(here, "review-overdue", text, MFA, TODAY)
    assert [item.message for item in found] == ([message] if message else [])
    assert all((item.location.line, item.location.column, item.level) == (6, 12, Level.WARNING) for item in found)


def test_how_near_is_near_can_be_said(here: Path) -> None:
    opened = library(tree(here, baselines__own=baseline("own", "length", more=f'review_by: "{days(8)}"\n')))
    path = [Path("policies/baselines/own.yaml")]
    for near, number in ((7, 0), (8, 1)):
        context = Context(opened, TODAY, expiring_within=timedelta(days=near))
        assert len(validate_paths(path, context).diagnostics) == number


def test_without_a_day_or_without_a_review_nothing_is_said(here: Path) -> None:
    assert told(here, "review-overdue", baseline("own", "mfa", more='review_by: "2020-01-01"\n'), MFA) == []
    assert told(here, "review-overdue", baseline("own", "mfa"), MFA, TODAY) == []


def verified(directory: Path, text: str, today: date | None = TODAY) -> list[str]:
    opened = library(tree(directory, controls__g__length=text))
    path = "policies/controls/g/length.yaml"
    found = [
        item for item in validate_paths([Path(path)], Context(opened, today)).diagnostics if item.location.path == path
    ]
    assert all((item.rule, item.level) == ("stale-verified", Level.WARNING) for item in found)
    return [f"{item.location.line}:{item.location.column} {item.message}" for item in found]


def test_a_control_is_compared_with_aws_once_a_year(here: Path) -> None:
    assert verified(here, f'{LENGTH}verified: "{days(-366)}"\n') == [
        "10:11 the control was last compared with AWS 366 days ago; follow its procedure, correct it, and write the day"
    ]
    assert verified(here, f'{LENGTH}verified: "{days(-365)}"\n') == []
    assert verified(here, f'{LENGTH}verified: "{days(0)}"\n') == []
    assert verified(here, f'{LENGTH}verified: "{days(1)}"\n') == [
        "10:11 the control was verified on 2026-11-26, which has not come yet; write the day on which it was"
    ]


def test_a_control_without_a_day_and_a_retired_one_may_be_old(here: Path) -> None:
    retired = OLD.replace("id: old", "id: length").replace(", replaced_by: review", "")
    assert verified(here, LENGTH) == []
    assert verified(here, f'{LENGTH}verified: "2020-01-01"\n', None) == []
    assert verified(here, f'{retired}verified: "2020-01-01"\n') == []
    assert len(verified(here, f'{retired}verified: "2030-01-01"\n')) == 1

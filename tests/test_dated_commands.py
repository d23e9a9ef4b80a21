"""The options of the commands that look at the calendar."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from builders import ACCOUNT, user_row, write
from conftest import Cli
from dated_files import ATTESTING, EXCEPTING
from linting import OLD_KEY, VALIDATOR, exports, findings, settle
from policytree import tree


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tree(settle(tmp_path), baselines__base=EXCEPTING, attestations__a=ATTESTING)


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (("--as-of", "2026-12-31"), []),
        (("--as-of", "2027-01-01"), ["attestation-lapsing", "exception-lapsing"]),
        (("--as-of", "2027-01-01", "--expiring-within", "29"), []),
        (("--as-of", "2026-12-31", "--expiring-within", "31d"), ["attestation-lapsing", "exception-lapsing"]),
        (("--as-of", "2027-02-01", "--expiring-within", "0d"), ["attestation-lapsed", "exception-lapsed"]),
        (("--as-of", "2026-08-31"), ["attestation-future", "exception-approval"]),
    ],
)
def test_validate_warns_of_what_the_calendar_brings(
    here: Path, cli: Cli, options: tuple[str, ...], rules: list[str]
) -> None:
    found = cli("validate", *options)
    assert found.code == 0
    assert re.findall(r"warning\[(.*?)\]", found.out) == rules
    assert f": 0 error(s), {len(rules)} warning(s)\n" in found.err


def test_validate_refuses_what_is_no_number_of_days(here: Path, cli: Cli) -> None:
    wrong = cli("validate", "--expiring-within", "soon")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == (
        "baselint: --expiring-within: 'soon' is no number of days; write a whole number from 0d to 3660d, for example 30d\n"
    )


def judged(cli: Cli, *options: str) -> tuple[int, dict[str, Any]]:
    """Lint the account in ``s``; the report must fit its schema."""
    write(Path("s"), exports(user_row("alice", **OLD_KEY)))
    result = cli("lint", "--format", "json", *options, "s")
    found = json.loads(result.out)
    assert VALIDATOR.is_valid(found)
    return result.code, found


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--as-of", "2026-12-31"), []),
        (("--as-of", "2027-01-01"), ["exception legacy for", "the attestation of review by"]),
        (("--as-of", "2027-01-01", "--expiring-within", "29d"), []),
        (
            ("--as-of", "2026-12-31", "--expiring-within", "31"),
            ["exception legacy for", "the attestation of review by"],
        ),
        (("--as-of", "2027-01-01", "--ignore-exceptions"), ["the attestation of review by"]),
        (("--as-of", "2027-02-01"), []),
    ],
)
def test_lint_names_what_ends_soon_and_keeps_its_exit_code(
    here: Path, cli: Cli, options: tuple[str, ...], named: list[str]
) -> None:
    code, found = judged(cli, "--fail-on", "never", *options)
    problems = [item for item in found["problems"] if item["reason"] == "expiring"]
    assert [item["message"].split(" 1")[0].split(" A. ")[0] for item in problems] == named
    assert all(item["account"] == ACCOUNT for item in problems)
    assert code == 0


def test_lint_without_exceptions_cannot_be_taken_for_another(here: Path, cli: Cli) -> None:
    code, usual = judged(cli, "--as-of", "2026-11-02")
    assert (code, usual["exceptions_ignored"], usual["summary"]["excepted"]) == (0, False, 1)
    assert findings(usual)["keys"]["exception"]["id"] == "legacy"
    code, found = judged(cli, "--as-of", "2026-11-02", "--ignore-exceptions")
    assert (code, found["exceptions_ignored"], found["summary"]["excepted"]) == (1, True, 0)
    keys = findings(found)["keys"]
    assert (keys["status"], keys["exception"], keys["further_exceptions"]) == ("fail", None, [])
    assert keys["message"].endswith("; ignored in this run: excepted by legacy until 2027-01-31: because")
    (problem,) = found["problems"]
    assert (problem["path"], problem["reason"]) == ("policies/baselines/base.yaml", "exceptions-ignored")
    assert "base has 1 in force" in problem["message"]
    others = ("length", "review")
    assert [findings(found)[name] for name in others] == [findings(usual)[name] for name in others]


def test_an_exception_for_nobody_here_is_not_told_where_none_counts(here: Path, cli: Cli) -> None:
    tree(here, baselines__base=EXCEPTING.replace(ACCOUNT, "444455556666"))
    reasons = [
        [item["reason"] for item in judged(cli, "--as-of", "2026-11-02", *options)[1]["problems"]]
        for options in ((), ("--ignore-exceptions",))
    ]
    assert reasons == [["exception-unused"], ["exceptions-ignored"]]


def test_lint_refuses_what_is_no_number_of_days(here: Path, cli: Cli) -> None:
    wrong = cli("lint", "--expiring-within", "4000", "s")
    assert (wrong.code, wrong.out) == (2, "")
    assert "--expiring-within: '4000' is no number of days" in wrong.err

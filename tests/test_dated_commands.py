"""The options of the commands that look at the calendar."""

import re
from pathlib import Path

import pytest

from conftest import Cli
from dated_files import ATTESTING, EXCEPTING
from linting import settle
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

"""Single cells of a credential report."""

import pytest

from accounts import gist
from baselint.clock import parse_stamp
from baselint.evidence import Evidence, ExportKind, Known, Missing, MissingReason
from baselint.snapshot.ages import Capture
from baselint.snapshot.credential_report import Row
from baselint.snapshot.report_cells import Cells, either

MOMENT = parse_stamp("2026-11-01T08:00:00Z")
assert MOMENT is not None
CELLS = Cells("r.csv", {"user": 0, "flag": 1, "slot_active": 1, "slot_last_rotated": 2}, Capture(MOMENT, MOMENT))
STAMP = "2026-10-02T08:00:00Z"
INVALID, NOT_REPORTED, INCOMPLETE = MissingReason.INVALID, MissingReason.NOT_REPORTED, MissingReason.INCOMPLETE


def row(flag: str = "false", date: str = "N/A") -> Row:
    return Row(7, ("alice", flag, date))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("TRUE", True),
        ("False", False),
        (" false ", False),
        ("not_supported", NOT_REPORTED),
        ("N/A", INVALID),
        ("", INVALID),
        ("1", INVALID),
        ("yes", INVALID),
        ("true\x00", INVALID),
    ],
)
def test_booleans(text: str, expected: object) -> None:
    assert gist(CELLS.boolean("flag")(row(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STAMP, 30),
        ("2026-10-02T08:00:00+00:00", 30),
        ("2026-10-02T08:00:00.123456Z", 30),
        ("2026-11-01T08:05:00Z", 0),
        ("2026-11-01T08:05:01Z", INVALID),
        ("N/A", None),
        ("n/a", INVALID),
        ("no_information", INVALID),
        ("not_supported", NOT_REPORTED),
        ("2026-10-02", INVALID),
        ("2026-10-02 08:00:00", INVALID),
        ("2026-10-02T08:00:00+02:00", INVALID),
        ("2026-13-02T08:00:00Z", INVALID),
        ("02/10/2026 08:00", INVALID),
        ("", INVALID),
    ],
)
def test_dates(text: str, expected: object) -> None:
    reader = CELLS.age("slot_last_rotated", absent=frozenset(("N/A",)))
    assert gist(reader(row(date=text))) == expected


def test_a_date_has_no_word_for_none_unless_it_is_given() -> None:
    assert gist(CELLS.age("slot_last_rotated")(row(date="N/A"))) == INVALID


@pytest.mark.parametrize(
    ("active", "date", "expected"),
    [
        ("true", STAMP, True),
        ("true", "N/A", True),
        ("true", "?", True),
        ("false", STAMP, True),
        ("?", STAMP, True),
        ("not_supported", STAMP, True),
        ("false", "N/A", False),
        ("false", "not_supported", NOT_REPORTED),
        ("false", "?", INVALID),
        ("false", "", INVALID),
        ("?", "N/A", INVALID),
        ("not_supported", "N/A", NOT_REPORTED),
        ("not_supported", "?", INVALID),
    ],
)
def test_a_slot_holds_a_credential_that_is_active_or_has_a_date(active: str, date: str, expected: object) -> None:
    assert gist(CELLS.in_slot("slot")(row(active, date))) == expected


def test_evidence_is_the_cell_as_it_stands() -> None:
    place = Evidence("r.csv", "line 7, column flag", "True")
    assert CELLS.boolean("flag")(row(" True")) == Known(True, (place,))
    assert CELLS.evidence(row("True"), "flag") == place
    assert CELLS.evidence(row(), "elsewhere") == Evidence("r.csv", "line 7, column elsewhere", None)
    assert (CELLS.text(row("True"), "flag"), CELLS.text(row(), "elsewhere")) == ("True", None)


def test_what_cannot_be_read_says_where_and_how_to_cure_it() -> None:
    odd = CELLS.boolean("flag")(row("x" * 60))
    assert isinstance(odd, Missing)
    shown = "'" + "x" * 40 + "'"
    assert odd.detail == (
        f"line 7, column flag holds {shown}, which is nothing AWS writes there; export the report again"
    )
    unsupported = CELLS.boolean("flag")(row("not_supported"))
    assert isinstance(unsupported, Missing)
    assert unsupported.detail == "the report says not_supported (line 7, column flag)"
    lacking = CELLS.boolean("elsewhere")(row())
    assert lacking == Missing(
        INCOMPLETE,
        "r.csv has no column elsewhere; export the whole report again",
        needs=(ExportKind.CREDENTIAL_REPORT,),
    )
    assert odd.needs == unsupported.needs == lacking.needs


@pytest.mark.parametrize(
    ("active", "expected"), [("true", True), ("false", INCOMPLETE), ("?", INVALID), ("not_supported", INCOMPLETE)]
)
def test_a_missing_column_leaves_only_what_the_other_shows(active: str, expected: object) -> None:
    reader = either((CELLS.boolean("flag"), CELLS.presence("elsewhere")))
    assert gist(reader(row(active))) == expected

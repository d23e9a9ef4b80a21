"""The credential report that speaks for an account: its root row, its age, its completeness."""

from pathlib import Path
from typing import Any

import pytest

from accounts import AS_OF, NEWER, OLDER, account, fact, gist, members, places
from baselint.evidence import Known, Missing, MissingReason, Span
from baselint.snapshot.account_summary import AccountSummary
from baselint.snapshot.report_source import ReportSource
from baselint.snapshot.sources import Sources
from builders import caller, error_text, report_csv, report_json, root_row, summary, user_row

INCOMPLETE, INVALID = MissingReason.INCOMPLETE, MissingReason.INVALID
DISAGREE = MissingReason.SOURCES_DISAGREE
KEY = {"access_key_1_active": "true", "access_key_1_last_rotated": "2024-05-01T08:00:00Z"}
USERS = (user_row("alice"), user_row("bob"))


def test_there_are_no_cells_root_or_notes_without_a_report() -> None:
    source = ReportSource(Sources((), AS_OF))
    assert (source.captured_at, source.notes, source.lacks_root_row) == (None, (), False)
    assert isinstance(source.root_rows(), Missing)
    with pytest.raises(TypeError, match="there is no report"):
        _ = source.cells


@pytest.mark.parametrize(
    ("captured", "days"),
    [
        ("2026-11-02T23:59:59Z", 0),
        ("2026-11-02T00:00:00Z", 0),
        ("2026-11-01T23:59:59Z", 1),
        ("2026-11-02T00:00:00+00:00", 0),
        ("2026-08-04T23:59:59Z", 90),
        ("2026-11-03T00:04:59Z", 0),
        ("2026-11-03T00:05:00Z", INVALID),
        (None, MissingReason.CAPTURE_TIME_UNKNOWN),
    ],
)
def test_the_age_of_a_report(tmp_path: Path, captured: str | None, days: object) -> None:
    files = {"r.json": report_json(root_row(), captured=captured)}
    assert gist(fact(tmp_path, "credential_report.age_days", files)) == days


def test_the_age_of_a_report_says_when_it_was_made(tmp_path: Path) -> None:
    found = fact(tmp_path, "credential_report.age_days", {"r.json": report_json(root_row())})
    assert places(found) == [("r.json", "time of capture", "2026-11-01T08:00:00Z")]
    undated = fact(tmp_path / "x", "credential_report.age_days", {"r.csv": report_csv(root_row())})
    assert isinstance(undated, Missing)
    assert "r.csv does not say when it was made; give the JSON of get-credential-report" in undated.detail


@pytest.mark.parametrize(
    ("files", "name", "expected"),
    [
        ({"w.json": caller()}, "root.mfa_enabled", MissingReason.NOT_EXPORTED),
        ({"w.json": caller()}, "credential_report.age_days", MissingReason.NOT_EXPORTED),
        ({"w.json": caller()}, "credential_report.complete", MissingReason.NOT_EXPORTED),
        ({"r.csv": report_csv(user_row("alice"))}, "root.mfa_enabled", INCOMPLETE),
        ({"r.csv": report_csv(user_row("alice"))}, "root.password_age_days", INCOMPLETE),
        ({"r.csv": report_csv(user_row("alice"))}, "root.access_key_1_unused_days", INCOMPLETE),
        ({"r.csv": report_csv(user_row("alice")), "s.json": summary(users=1)}, "root.mfa_enabled", True),
        ({"r.csv": report_csv(user_row("alice")), "s.json": summary(users=1)}, "root.has_access_key", False),
        ({"r.csv": report_csv(root_row(), root_row())}, "root.mfa_enabled", True),
        ({"r.csv": report_csv(root_row(), root_row(mfa_active="false"))}, "root.mfa_enabled", DISAGREE),
        ({"r.csv": report_csv(root_row(), root_row(mfa_active="?"))}, "root.mfa_enabled", DISAGREE),
        ({"r.csv": report_csv(*[root_row(mfa_active="?")] * 2)}, "root.mfa_enabled", INVALID),
        (
            {"r.csv": report_csv(root_row(), root_row(**KEY)), "s.json": summary()},
            "root.has_active_access_key",
            DISAGREE,
        ),
        (
            {"r.csv": report_csv(root_row(), root_row(**KEY)), "s.json": summary(keys=1)},
            "root.has_active_access_key",
            DISAGREE,
        ),
        ({"r.csv": report_csv(*[root_row(**KEY)] * 2), "s.json": summary()}, "root.has_active_access_key", True),
        ({"r.csv": report_csv(root_row()) + "\nragged"}, "root.mfa_enabled", True),
    ],
)
def test_the_root_row(tmp_path: Path, files: dict[str, Any], name: str, expected: object) -> None:
    assert gist(fact(tmp_path, name, files)) == expected


COMPLETE: list[tuple[str, dict[str, Any], object, str]] = [
    ("equal", {"r.csv": report_csv(root_row(), *USERS), "s.json": summary(users=2)}, True, ""),
    ("equal without root", {"r.csv": report_csv(*USERS), "s.json": summary(users=2)}, True, ""),
    ("no users", {"r.csv": report_csv(root_row()), "s.json": summary(users=0)}, True, ""),
    (
        "one lacks",
        {"r.csv": report_csv(root_row(), USERS[0]), "s.json": summary(users=2)},
        False,
        "the report has 1 user(s), the account summary counts 2; the report is cached for up to 4 hours",
    ),
    (
        "one too many",
        {"r.csv": report_csv(root_row(), *USERS), "s.json": summary(users=1)},
        False,
        "the report has 2 user(s), the account summary counts 1",
    ),
    (
        "a doubled row hides one that lacks",
        {"r.csv": report_csv(root_row(), USERS[0], USERS[0]), "s.json": summary(users=2)},
        False,
        "the report has 1 user(s) in 2 rows, the account summary counts 2",
    ),
    (
        "a doubled row",
        {"r.csv": report_csv(root_row(), *USERS, USERS[0]), "s.json": summary(users=2)},
        False,
        "the report has 2 user(s) in 3 rows, the account summary counts 2",
    ),
    (
        "ragged",
        {"r.csv": report_csv(root_row(), *USERS) + "\nbroken,row", "s.json": summary(users=2)},
        False,
        "r.csv has 1 row(s) that cannot be read",
    ),
    ("ragged, no summary", {"r.csv": report_csv(root_row()) + "\nx"}, False, "r.csv has 1 row(s)"),
    (
        "no summary",
        {"r.csv": report_csv(root_row())},
        MissingReason.NOT_EXPORTED,
        "there is no export of the account summary",
    ),
    (
        "summary refused",
        {"r.csv": report_csv(root_row()), "s.err": error_text("AccessDenied", "GetAccountSummary", "no")},
        MissingReason.ACCESS_DENIED,
        "AWS refused GetAccountSummary",
    ),
    (
        "summary without the number",
        {"r.csv": report_csv(root_row()), "s.json": {"SummaryMap": {"UsersQuota": 5000}}},
        INVALID,
        "s.json has no number at /SummaryMap/Users",
    ),
    (
        "summary with a text",
        {"r.csv": report_csv(root_row()), "s.json": {"SummaryMap": {"UsersQuota": 5000, "Users": "0"}}},
        INVALID,
        "s.json has no number at /SummaryMap/Users",
    ),
]


@pytest.mark.parametrize(("files", "expected", "words"), [case[1:] for case in COMPLETE], ids=[c[0] for c in COMPLETE])
def test_completeness(tmp_path: Path, files: dict[str, Any], expected: object, words: str) -> None:
    found = fact(tmp_path, "credential_report.complete", files)
    assert gist(found) == expected
    told = found.detail if isinstance(found, Missing) else "; ".join(found.notes)
    assert words in told
    assert bool(words) == bool(told)


def test_completeness_shows_both_numbers(tmp_path: Path) -> None:
    files = {"r.csv": report_csv(root_row(), *USERS), "s.json": summary(users=2)}
    found = fact(tmp_path, "credential_report.complete", files)
    assert places(found) == [("r.csv", "rows of users", 2), ("s.json", "/SummaryMap/Users", 2)]


def test_of_two_reports_the_newer_speaks_wherever_it_decides(tmp_path: Path) -> None:
    files = {
        "old.json": report_json(root_row(), captured=OLDER),
        "new.json": report_json(root_row(mfa_active="false"), user_row("alice"), captured=NEWER),
        "s.json": summary(users=1, mfa=0),
    }
    facts = account(tmp_path, files).facts
    note = "new.json of 2026-10-02T00:00:00Z decides; it differs from the older"
    names = (
        "root.mfa_enabled",
        "root.password_age_days",
        "root.password_unused_days",
        "credential_report.age_days",
        "credential_report.complete",
    )
    for name in names:
        found = facts.fact(name)
        assert isinstance(found, Known), name
        assert any(note in text for text in found.notes), name
    users = facts.population("user")
    assert not isinstance(users, Missing)
    assert note in users.notes[0]
    assert gist(facts.fact("root.mfa_enabled")) is False


KEY = {"access_key_1_active": "true", "access_key_1_last_rotated": "2020-01-01T00:00:00Z"}


def test_a_newer_report_without_roots_row_does_not_silence_an_older_one(tmp_path: Path) -> None:
    files = {
        "old.json": report_json(root_row(**KEY), user_row("alice"), captured=OLDER),
        "new.json": report_json(user_row("bob"), captured=NEWER),
        "s.json": summary(users=1),
    }
    facts = account(tmp_path, files).facts
    found = facts.fact("root.has_active_access_key")
    assert gist(found) is True
    assert isinstance(found, Known)
    assert any("since" in note and "new.json has none" in note for note in found.notes)
    assert [gist(facts.fact("credential_report.age_days")), *members(account(tmp_path, files), "user", ())] == [
        31,
        "bob",
    ]


def test_reports_that_differ_in_users_do_not_silence_root_nor_the_other_way_round(tmp_path: Path) -> None:
    users = {"1.csv": report_csv(root_row(), USERS[0]), "2.csv": report_csv(root_row(), USERS[1])}
    facts = account(tmp_path / "a", users).facts
    assert gist(facts.fact("root.mfa_enabled")) is True
    assert isinstance(facts.population("user"), Missing)
    roots = {"1.csv": report_csv(root_row(), USERS[0]), "2.csv": report_csv(root_row(**KEY), USERS[0])}
    found = account(tmp_path / "b", roots)
    assert gist(found.facts.fact("root.has_active_access_key")) is MissingReason.SOURCES_DISAGREE
    assert list(members(found, "user", ())) == ["alice"]


def test_summaries_that_differ_elsewhere_say_the_same_of_root(tmp_path: Path) -> None:
    more = summary(users=2)
    more["SummaryMap"]["Roles"] = 7
    files = {"r.csv": report_csv(root_row(), *USERS), "1.json": summary(users=2), "2.json": more}
    facts = account(tmp_path, files).facts
    assert gist(facts.fact("root.mfa_enabled")) is True
    assert gist(facts.fact("credential_report.complete")) is True
    facts = account(tmp_path / "x", {**files, "2.json": summary(users=3)}).facts
    assert gist(facts.fact("root.mfa_enabled")) is True
    assert gist(facts.fact("credential_report.complete")) is MissingReason.SOURCES_DISAGREE
    one, other = AccountSummary({"Users": 1}, ""), AccountSummary({"Users": 2}, "/x")
    assert one.of_root() == other.of_root()
    assert one.of_root() != AccountSummary({"AccountMFAEnabled": 1}, "").of_root()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"password_last_used": "2026-10-01T00:00:00Z", "password_next_rotation": "2027-01-01T00:00:00Z"}, Span(0, 32)),
        ({"access_key_1_last_rotated": "2026-10-31T00:00:00Z"}, Span(658, 661)),
        ({"password_last_used": " 2026-10-31T00:00:00Z"}, Span(0, 2)),
        ({"password_last_used": "2026-11-03T00:04:59Z"}, 0),
        ({"password_last_used": "2026-11-03T00:05:00Z"}, INVALID),
    ],
)
def test_without_a_capture_time_an_age_lies_between_the_newest_stamp_and_as_of(
    tmp_path: Path, cells: dict[str, str], expected: object
) -> None:
    found = fact(tmp_path, "root.password_unused_days", {"r.csv": report_csv(root_row(**cells))})
    assert gist(found) == expected


def test_stamps_nobody_could_order_never_make_an_exact_age(tmp_path: Path) -> None:
    row = {name: value.replace("20", " 20", 1) if value[:2] == "20" else value for name, value in root_row().items()}
    found = fact(tmp_path, "root.password_unused_days", {"r.csv": report_csv(row)})
    assert isinstance(found, Known)
    assert isinstance(found.value, Span)
    assert found.value.high == 661

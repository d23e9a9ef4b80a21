"""Rules that look at the calendar, or at two places at once: what they tell on which day, and where they are silent."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from baselint.configuration import Configuration
from baselint.policy.open import open_library
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_library, validate_paths
from dated_files import ATTESTATION_DAYS, ATTESTING, EXCEPTING, EXCEPTION_DAYS, NAMED
from policytree import BASELINE, REVIEW, library, tree

CADENCE = REVIEW.replace("check:", "parameters:\n  days: {title: D, type: integer, default: 60, minimum: 1}\ncheck:")
CADENCE = CADENCE.replace("within_days: 90", "within_days: $days")
FILES = {"baselines__base": "baselines/base.yaml", "attestations__a": "attestations/a.yaml"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(directory: Path, name: str, day: str | None, *, within: int = 30, **files: str) -> list[str]:
    """What validate says of one file on a day, without the name of the file."""
    opened = library(tree(directory, **files))
    today = date.fromisoformat(day) if day else None
    context = Context(opened, today, expiring_within=timedelta(days=within))
    path = Path("policies", FILES[name])
    return [str(item).removeprefix(f"{path.as_posix()}:") for item in validate_paths([path], context).diagnostics]


@pytest.mark.parametrize(
    ("name", "text", "line", "day", "rule", "words"),
    [
        *(("baselines__base", EXCEPTING, 0, *case) for case in EXCEPTION_DAYS),
        *(("attestations__a", ATTESTING, 8, *case) for case in ATTESTATION_DAYS),
    ],
)
def test_what_the_calendar_brings_is_a_warning(
    here: Path, name: str, text: str, line: int, day: str, rule: str | None, words: str
) -> None:
    found = told(here, name, day, **{name: text})
    if rule is None:
        assert found == []
        return
    (message,) = found
    assert words in message
    place = line or (16 if "approval" in rule else 17)
    assert message.startswith(f"{place}:")
    assert f": {rule}: " in message


@pytest.mark.parametrize("name", FILES)
def test_without_a_day_nothing_is_said_of_the_calendar(here: Path, name: str) -> None:
    assert told(here, name, None, **{name: EXCEPTING if name == "baselines__base" else ATTESTING}) == []


@pytest.mark.parametrize(("within", "number"), [(0, 0), (29, 0), (30, 1), (3660, 1)])
@pytest.mark.parametrize("name", FILES)
def test_how_long_before_the_end_it_is_told_can_be_chosen(here: Path, name: str, within: int, number: int) -> None:
    text = EXCEPTING if name == "baselines__base" else ATTESTING
    assert len(told(here, name, "2027-01-01", within=within, **{name: text})) == number


def test_the_calendar_may_end_before_the_warning_begins(here: Path) -> None:
    text = EXCEPTING.replace("2026-09-01", "9999-01-01").replace("2027-01-31", "9999-12-31")
    assert [item.split(" ")[1] for item in told(here, "baselines__base", "9999-12-31", baselines__base=text)] == [
        "warning[exception-lapsing]:"
    ]


def second(
    name: str = "second",
    control: str = "keys",
    account: str = "111122223333",
    first: str = "2026-09-01",
    last: str = "2027-01-31",
) -> str:
    """A baseline with a second exception beside the first."""
    return EXCEPTING + (
        f"  - {{id: {name}, control: {control}, accounts: ['{account}'], reason: r, owner: o, "
        f"approved: {{by: c, date: '{first}'}}, expires: '{last}'}}\n"
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "from 2026-09-01 through 2027-01-31; keep one of them"),
        ({"first": "2027-01-31", "last": "2027-03-01"}, "from 2027-01-31 through 2027-01-31; keep one of them"),
        ({"first": "2026-01-01", "last": "2026-09-01"}, "from 2026-09-01 through 2026-09-01; keep one of them"),
        ({"first": "2027-02-01", "last": "2027-03-01"}, None),
        ({"first": "2026-01-01", "last": "2026-08-31"}, None),
        ({"control": "length"}, None),
        ({"account": "444455556666"}, None),
    ],
)
def test_two_exceptions_overlap_where_control_account_and_days_do(
    here: Path, changes: dict[str, str], words: str | None
) -> None:
    found = told(here, "baselines__base", None, baselines__base=second(**changes))
    if words is None:
        assert found == []
        return
    assert found == [
        "18:10: warning[exception-overlap]: legacy and second are both for keys in 111122223333 "
        f"{words}\n    legacy: policies/baselines/base.yaml:11:5\n    second: policies/baselines/base.yaml:18:5"
    ]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("alice/access-key-1", "alice/access-key-2", None),
        ("alice/access-key-1, bob/access-key-1", "bob/access-key-1", ", for bob/access-key-1; keep"),
        ("alice/access-key-1", "", ", for alice/access-key-1; keep"),
        ("", "bob/access-key-1", ", for bob/access-key-1; keep"),
    ],
)
def test_exceptions_for_different_subjects_do_not_overlap(here: Path, one: str, other: str, words: str | None) -> None:
    first, last = (f"    subjects: [{names}]\n    reason:" if names else "    reason:" for names in (one, other))
    text = EXCEPTING.replace("    reason:", first) + NAMED.removeprefix("exceptions:\n").replace(
        "legacy", "second"
    ).replace("    reason:", last)
    found = told(here, "baselines__base", None, baselines__base=text)
    assert len(found) == (1 if words else 0)
    assert all(words in item for item in found if words)


def test_two_of_one_id_are_told_once(here: Path) -> None:
    (found,) = told(here, "baselines__base", None, baselines__base=second("legacy"))
    assert (
        "error[duplicate-exception]: the exception 'legacy' stands twice, first in line 11; rename or remove" in found
    )


def test_the_longest_term_can_be_chosen(here: Path) -> None:
    opened = library(tree(here, baselines__base=EXCEPTING))
    path = Path("policies/baselines/base.yaml")
    days = 152  # from 2026-09-01 to 2027-01-31
    assert validate_paths([path], Context(opened, longest_exception=timedelta(days=days))).diagnostics == ()
    (found,) = validate_paths([path], Context(opened, longest_exception=timedelta(days=days - 1))).diagnostics
    assert (found.rule, "more than 151 days" in found.message) == ("exception-term", True)


@pytest.mark.parametrize(
    ("control", "known"), [("keys", True), ("old", True), ("base", True), ("other", True), ("kees", False)]
)
def test_the_log_of_changes_may_name_a_control_or_a_baseline(here: Path, control: str, known: bool) -> None:
    text = BASELINE + f'changes:\n  - {{date: "2026-09-01", control: {control}, reason: because}}\n'
    found = told(
        here, "baselines__base", None, baselines__base=text, baselines__other=BASELINE.replace("base", "other")
    )
    assert found == (
        []
        if known
        else [
            "11:35: warning[unknown-subject]: there is no control or baseline 'kees'; right only if it was removed since; "
            "did you mean 'keys'?"
        ]
    )


NEWER = ATTESTING.replace("2026-11-02", "2027-01-20")


@pytest.mark.parametrize(
    ("newer", "number"),
    [
        (NEWER, 0),
        (NEWER.replace("outcome: pass", "outcome: fail"), 0),
        (NEWER.replace("111122223333", "444455556666"), 1),
        (NEWER.replace("2027-01-20", "2027-03-03"), 1),
        (ATTESTING.replace("outcome: pass", "outcome: fail"), 0),
        ("kind: [", 1),
        ("kind: attestations\n", 1),
        (BASELINE.replace("id: base", "id: b"), 1),
    ],
)
def test_an_attestation_that_was_replaced_does_not_lapse(here: Path, newer: str, number: int) -> None:
    found = told(here, "attestations__a", "2027-03-01", attestations__a=ATTESTING, attestations__b=newer)
    assert len([item for item in found if "attestation-lapsed" in item]) == number


def test_it_lapses_for_the_accounts_only_that_nobody_looked_at_again(here: Path) -> None:
    both = ATTESTING.replace('["111122223333"]', '["111122223333", "444455556666", "555566667777"]')
    (found,) = told(here, "attestations__a", "2027-03-01", attestations__a=both, attestations__b=NEWER)
    assert "of review for 444455556666, 555566667777 lapsed after" in found


@pytest.mark.parametrize("outcome", ["pass", "fail"])
def test_a_fail_holds_for_ever(here: Path, outcome: str) -> None:
    text = ATTESTING.replace("outcome: pass", f"outcome: {outcome}")
    found = told(here, "attestations__a", "2036-01-01", attestations__a=text)
    assert len(found) == (1 if outcome == "pass" else 0)


def cadence(days: str) -> str:
    return BASELINE.replace("- id: review", f"- {{id: review, parameters: {{days: {days}}}}}")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "after 2027-01-01 (60 days by base)"),
        ({"baselines__base": cadence("1")}, "after 2026-11-03 (1 day by base)"),
        (
            {"baselines__base": cadence("1"), "baselines__other": cadence("2").replace("id: base", "id: other")},
            "after 2026-11-04 (2 days by other)",
        ),
        ({"baselines__base": cadence("soon")}, "after 2027-01-01 (60 days by default)"),
        ({"baselines__base": "kind: ["}, "after 2027-01-01 (60 days by default)"),
        ({"baselines__base": BASELINE.replace("  - id: review\n", "")}, "after 2027-01-01 (60 days by default)"),
        (
            {"baselines__base": BASELINE.replace("- id: review", "- {id: review, exclude: true, reason: r}")},
            "after 2027-01-01 (60 days by default)",
        ),
        ({"controls__g__review": CADENCE.replace("$days", "$dayz")}, None),
        ({"controls__g__review": CADENCE.replace("default: 60", "default: null")}, None),
    ],
)
def test_the_baseline_that_asks_least_often_decides(here: Path, files: dict[str, str], said: str | None) -> None:
    found = told(
        here, "attestations__a", "2028-01-01", attestations__a=ATTESTING, **({"controls__g__review": CADENCE} | files)
    )
    assert len(found) == (1 if said else 0)
    assert all(said in item for item in found if said)


def test_a_control_that_nobody_can_attest_does_not_lapse(here: Path) -> None:
    text = ATTESTING.replace("control: review", "control: length").replace("    answers: {trigger: periodic}\n", "")
    (found,) = told(here, "attestations__a", "2036-01-01", attestations__a=text)
    assert "attestation-without-effect" in found
    (found,) = told(here, "attestations__a", "2036-01-01", attestations__a=text.replace("length", "lenght"))
    assert "error[unknown-control]" in found


def test_attestations_that_contradict_each_other_across_files_are_told_in_each(here: Path) -> None:
    opposite = ATTESTING.replace("outcome: pass", "outcome: fail")
    opened = library(tree(here, attestations__a=ATTESTING, attestations__b=opposite))
    found = [str(item) for item in validate_library(Context(opened)).diagnostics]
    words = "review is attested as {} and as {} for 111122223333 on 2026-11-02; the fail counts; keep one"
    a, b = "policies/attestations/a.yaml:3:5", "policies/attestations/b.yaml:3:5"
    assert found == [
        f"policies/attestations/a.yaml:5:14: warning[attestation-conflict]: {words.format('pass', 'fail')}\n"
        f"    fail: {b}\n    pass: {a}",
        f"policies/attestations/b.yaml:5:14: warning[attestation-conflict]: {words.format('fail', 'pass')}\n"
        f"    pass: {a}\n    fail: {b}",
    ]


@pytest.mark.parametrize("changes", [("111122223333", "444455556666"), ("2026-11-02", "2026-11-03"), ("fail", "pass")])
def test_attestations_that_differ_in_account_or_day_contradict_nobody(here: Path, changes: tuple[str, str]) -> None:
    opposite = ATTESTING.replace("outcome: pass", "outcome: fail").replace(*changes)
    assert told(here, "attestations__a", None, attestations__a=ATTESTING, attestations__b=opposite) == []


def test_the_same_file_by_another_path_is_no_other_file(here: Path) -> None:
    opened = library(tree(here, attestations__a=ATTESTING))
    path = (here / "policies/attestations/a.yaml").resolve()
    assert validate_paths([path], Context(opened, date(2026, 11, 25))).diagnostics == ()


SHIPPED = ATTESTING.replace("review", "root-recovery-channels").replace("    answers: {trigger: periodic}\n", "")
OWN = BASELINE[: BASELINE.index("controls:")] + "controls: [{id: root-recovery-channels, parameters: {cadence: 30}}]\n"


@pytest.mark.parametrize(
    ("baseline", "day", "said"),
    [
        (OWN, "2026-12-03", "(30 days by base)"),
        (BASELINE[: BASELINE.index("controls:")] + "controls: [{id: root-mfa}]\n", "2027-11-03", "(365 days by aws-"),
    ],
)
def test_a_tree_of_ones_own_speaks_before_the_shipped_baselines(here: Path, baseline: str, day: str, said: str) -> None:
    for name, text in {"baselines/base": baseline, "attestations/a": SHIPPED}.items():
        path = here / "policies" / f"{name}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    opened = open_library(Configuration(policies=Path("policies")))
    path = Path("policies/attestations/a.yaml")
    (found,) = validate_paths([path], Context(opened, date.fromisoformat(day))).diagnostics
    assert (found.rule, said in found.message) == ("attestation-lapsed", True), found.message

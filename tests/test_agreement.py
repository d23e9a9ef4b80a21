"""What several exports say together of one fact."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import gist
from baselint.evidence import Evidence, FactValue, Known, Missing, MissingReason
from baselint.snapshot.agreement import Observation, any_of, settle

EARLY, LATE = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)
DISAGREE = MissingReason.SOURCES_DISAGREE


def known(value: bool, name: str = "a", *notes: str) -> Known:
    return Known(value, (Evidence(f"{name}.json", "/x", value),), notes)


def missing(reason: MissingReason) -> Missing:
    return Missing(reason, f"because of {reason}")


@pytest.mark.parametrize(
    ("observations", "expected"),
    [
        ([(True, None)], True),
        ([(True, None), (True, EARLY)], True),
        ([(False, EARLY), (False, LATE)], False),
        ([(True, EARLY), (False, LATE)], False),
        ([(False, EARLY), (True, LATE)], True),
        ([(True, EARLY), (False, None)], DISAGREE),
        ([(True, None), (False, None)], DISAGREE),
        ([(True, LATE), (False, LATE)], DISAGREE),
        ([(True, EARLY), (False, LATE), (False, LATE)], False),
        ([(True, EARLY), (False, LATE), (True, LATE)], DISAGREE),
        ([(True, EARLY), (False, LATE), (False, None)], DISAGREE),
        ([(MissingReason.INVALID, None), (True, None)], True),
        ([(MissingReason.NOT_EXPORTED, None), (False, EARLY), (True, LATE)], True),
        ([(MissingReason.NOT_EXPORTED, None), (MissingReason.ACCESS_DENIED, None)], MissingReason.ACCESS_DENIED),
        ([(MissingReason.NOT_REPORTED, LATE), (MissingReason.NOT_EXPORTED, None)], MissingReason.NOT_EXPORTED),
        ([(MissingReason.INCOMPLETE, None), (MissingReason.INVALID, None)], MissingReason.INVALID),
        ([(MissingReason.NOT_AN_ANSWER, None), (MissingReason.INVALID, None)], MissingReason.NOT_AN_ANSWER),
    ],
)
def test_agreement_in_every_order(observations: list[tuple[Any, datetime | None]], expected: object) -> None:
    made = [
        Observation(known(value, str(index)) if isinstance(value, bool) else missing(value), moment)
        for index, (value, moment) in enumerate(observations)
    ]
    assert {gist(settle(order)) for order in permutations(made)} == {expected}


def test_those_that_agree_show_all_evidence_the_best_dated_first() -> None:
    found = settle(
        [
            Observation(known(True, "undated", "u", "same")),
            Observation(known(True, "early", "same"), EARLY),
            Observation(known(True, "late", "l"), LATE),
        ]
    )
    assert isinstance(found, Known)
    assert [item.export for item in found.evidence] == ["late.json", "undated.json", "early.json"]
    assert found.notes == ("l", "u", "same")


def test_the_newer_decides_and_the_disagreement_is_told_with_each_place_once() -> None:
    found = settle([Observation(known(True, "old", "o"), EARLY), Observation(known(False, "new", "n"), LATE)])
    assert isinstance(found, Known)
    assert found.value is False
    assert [item.export for item in found.evidence] == ["new.json", "old.json"]
    told = "old.json (/x: true) and new.json (/x: false) contradict each other; the newer one decides"
    assert found.notes == (told, "n", "o")


def test_sources_that_disagree_show_both_places() -> None:
    first = Known(True, (Evidence("a.csv", "line 2", "true"),))
    second = Known(False, (Evidence("b.json", "/n", 0),))
    found = settle([Observation(first, EARLY), Observation(second)])
    assert isinstance(found, Missing)
    assert found.detail == (
        "a.csv (line 2: true) and b.json (/n: 0) contradict each other, and which is newer cannot be told; "
        "export both again, one after the other"
    )
    assert found.evidence == (*first.evidence, *second.evidence)


def values() -> st.SearchStrategy[FactValue]:
    return st.one_of(st.booleans().map(known), st.sampled_from(MissingReason).map(missing))


def observations() -> st.SearchStrategy[list[Observation]]:
    moments = st.sampled_from([None, EARLY, LATE, LATE + timedelta(seconds=1)])
    return st.lists(st.builds(Observation, values(), moments), min_size=1, max_size=5)


@settings(deadline=None, max_examples=200)
@given(observations(), st.randoms())
def test_the_order_of_sources_changes_neither_value_nor_reason(everything: list[Observation], random: Any) -> None:
    shuffled = list(everything)
    random.shuffle(shuffled)
    assert gist(settle(everything)) == gist(settle(shuffled))


@settings(deadline=None, max_examples=200)
@given(observations())
def test_a_settled_value_is_one_that_every_newest_source_tells(everything: list[Observation]) -> None:
    found = settle(everything)
    told = [item for item in everything if isinstance(item.value, Known)]
    contradiction = len({gist(item.value) for item in told}) == 2
    undecided = any(isinstance(item.value, Missing) and item.value.reason is DISAGREE for item in everything)
    if isinstance(found, Missing):
        assert not told or ((contradiction or undecided) and found.reason is DISAGREE)
        return
    assert not undecided
    assert found.value in {gist(item.value) for item in told}
    if contradiction:
        moments = [item.captured_at for item in told if item.captured_at]
        assert len(moments) == len(told)
        assert {gist(item.value) for item in told if item.captured_at == max(moments)} == {found.value}


@settings(deadline=None, max_examples=200)
@given(st.lists(values(), min_size=1, max_size=4))
def test_any_of_is_the_three_valued_or(parts: list[FactValue]) -> None:
    found = any_of(parts)
    gists = [item.value if isinstance(item, Known) else None for item in parts]
    expected = True if True in gists else None if None in gists else False
    assert (found.value if isinstance(found, Known) else None) is expected


def test_any_of_shows_what_decided() -> None:
    assert any_of([known(False, "a"), known(True, "b", "n"), known(True, "c")]) == known(True, "b", "n")
    found = any_of([known(False, "a", "n", "m"), known(False, "b", "n")])
    assert found == Known(False, (Evidence("a.json", "/x", False), Evidence("b.json", "/x", False)), ("n", "m"))
    unclear = any_of([known(False), missing(MissingReason.NOT_REPORTED), missing(MissingReason.INVALID)])
    assert unclear == missing(MissingReason.INVALID)

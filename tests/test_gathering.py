"""Pieces of text, brought together by key."""

import pytest

from baselint.report.gathering import Gathering


@pytest.mark.parametrize("in_memory", [1, 1_000_000])
def test_pieces_come_back_by_key_in_their_order(in_memory: int) -> None:
    with Gathering[str](in_memory) as gathered:
        for number in range(4):
            gathered.add("a", f"a{number}é")
            gathered.add("b", f"b{number}\udc80")
        assert list(gathered.pieces("b")) == ["b0\udc80", "b1\udc80", "b2\udc80", "b3\udc80"]
        gathered.add("a", "")
        assert "".join(gathered.pieces("a")) == "a0éa1éa2éa3é"
        assert list(gathered.pieces("c")) == []


def test_two_keys_can_be_read_in_turn() -> None:
    with Gathering[int]() as gathered:
        gathered.add(1, "one")
        gathered.add(2, "two")
        gathered.add(1, "uno")
        pairs = list(zip(gathered.pieces(1), gathered.pieces(2), strict=False))
        assert pairs == [("one", "two")]

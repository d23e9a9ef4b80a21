"""Did-you-mean: the measure against its definition, what counts as near, and every list of names that words are compared with."""

import random
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baselint.cli import COMMANDS
from baselint.commands.lint import _STATUSES
from baselint.configuration import _SETTINGS, Configuration
from baselint.facts import FACTS
from baselint.placeholders import DERIVED
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.policy.rules.table import rule_pages
from baselint.report.formats import FORMATS
from baselint.suggestion import did_you_mean, edits, nearest
from misspelling import every_slip, plain, rank, usual_slips
from schema_walk import SCHEMAS, closed_nodes, enum_nodes

SHORT = st.text(alphabet="abc", max_size=7)


@cache
def distance(one: str, other: str) -> int:
    """The definition: the fewest letters added, left out, replaced or swapped, none of them touched twice."""
    if not one or not other:
        return len(one) + len(other)
    found = [
        distance(one[:-1], other) + 1,
        distance(one, other[:-1]) + 1,
        distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if len(one) > 1 and one[-2:] == other[-1:] + other[-2:-1]:
        found.append(distance(one[:-2], other[:-2]) + 1)
    return min(found)


@given(SHORT, SHORT, st.integers(0, 8))
def test_mistakes_are_counted_as_they_are_defined_up_to_a_limit(one: str, other: str, limit: int) -> None:
    assert min(edits(one, other, limit), limit + 1) == min(distance(one, other), limit + 1)
    assert edits(one, other, 99) == distance(one, other) == edits(other, one, 99)


@given(st.text(max_size=12), st.lists(st.text(max_size=12)))
def test_a_suggestion_is_one_of_the_names_and_a_name_suggests_itself(name: str, known: list[str]) -> None:
    found = nearest(name, known)
    assert found is None or found in known
    again = nearest(name, [*known, name])
    assert again is not None
    assert plain(again) == plain(name)


@given(st.text(alphabet="abcde_-", min_size=3, max_size=9), st.lists(SHORT), st.data())
def test_one_slip_never_hides_a_name(name: str, known: list[str], data: st.DataObject) -> None:
    slip = data.draw(st.sampled_from(sorted(every_slip(name))))
    if len(plain(slip)) > 1:
        found = nearest(slip, [*known, name])
        assert found is not None
        assert rank(slip, found) <= rank(slip, name)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("ib", ("do", "id"), "id"),
        ("d", ("do", "id"), "do"),
        ("d", ("id", "do"), "id"),
        ("x", ("y",), None),
        ("X", ("x",), "x"),
        ("", ("a", "id"), None),
        ("xy", ("id",), None),
        ("yb", ("by", "do"), "by"),
        ("orAbsent", ("or_attest", "or_absent"), "or_absent"),
        ("OR ABSENT", ("or_attest", "or_absent"), "or_absent"),
        ("or-absent", ("or_attest", "or_absent"), "or_absent"),
        ("policy", ("policies", "library", "baseline"), "policies"),
        ("severities", ("severity", "severity_reason"), "severity"),
        ("tilte", ("time", "title"), "title"),
        ("ttle", ("title",), "title"),
        ("tiltes", ("title",), "title"),
        ("itltes", ("title",), None),
        ("param", ("parameters", "partitions"), "parameters"),
        ("sev", ("severity_reason", "severity"), "severity"),
        ("pa", ("parameters",), None),
        ("minimum_length", ("min", "minimum", "maximum"), "minimum"),
        ("descriptions_of_it", ("description", "id"), "description"),
        ("ﬁx", ("fix",), "fix"),
        ("$minimun", ("minimum",), "minimum"),
    ],
)
def test_what_is_near(name: str, known: tuple[str, ...], expected: str | None) -> None:
    assert nearest(name, known) == expected


FAR = (
    "banana", "xylophone", "kubernetes", "lorem", "zzz", "qwerty", "foo", "bar", "hello", "window", "yellow",
    "chocolate", "x", "42", "-", "?!", "äöü", "日本", "true", "monday", "x" * 100_000,
)  # fmt: skip


@pytest.mark.parametrize("far", FAR)
def test_a_word_that_is_far_off_suggests_nothing(far: str) -> None:
    for schema in SCHEMAS.values():
        for node in closed_nodes(schema):
            assert did_you_mean(far, node["properties"]) == ""
        for node in enum_nodes(schema):
            assert did_you_mean(far, node["enum"]) == ""
    assert [did_you_mean(far, names) for names in NAMES.values()] == [""] * len(NAMES)


def _names() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every list of names that a message compares words with, as the shipped library fills it."""
    library = open_library(Configuration(policies=None))
    yield "commands", tuple(command.name for command in COMMANDS)
    yield "settings", tuple(_SETTINGS)
    yield "statuses", _STATUSES
    yield "formats", tuple(FORMATS)
    yield "rules", tuple(rule_pages())
    yield "facts", tuple(FACTS)
    for name, fact in FACTS.items():
        if fact.choices:
            yield f"choices of {name}", fact.choices
    for kind in (PolicyKind.CONTROL, PolicyKind.BASELINE, PolicyKind.FRAMEWORK):
        yield f"{kind} ids", library.ids(kind)
    for identifier in library.ids(PolicyKind.CONTROL):
        control = library.outline(identifier)
        if control.parameters:
            yield f"parameters of {identifier}", tuple(control.parameters)
            yield f"placeholders of {identifier}", (*control.parameters, *DERIVED)
        asked = control.check.attestation.answers if control.check and control.check.attestation else {}
        if asked:
            yield f"questions of {identifier}", tuple(asked)
        for question, answers in asked.items():
            yield f"answers to {question} of {identifier}", answers


NAMES = dict(_names())


@pytest.mark.parametrize("kind", NAMES)
def test_a_misspelt_name_of_any_kind_has_its_suggestion(kind: str) -> None:
    for name in NAMES[kind]:
        slips = sorted(usual_slips(name).difference(NAMES[kind]))
        for slip in random.Random(name).sample(slips, min(len(slips), 8)):
            found = nearest(slip, NAMES[kind])
            assert found is not None, slip
            assert found == name or rank(slip, found) <= min(rank(slip, name), 1), (slip, found)


def test_the_lists_of_names_are_there() -> None:
    assert {"facts", "control ids", "baseline ids", "framework ids", "parameters of password-minimum-length"} <= set(
        NAMES
    )
    assert [kind for kind, names in NAMES.items() if not names] == []

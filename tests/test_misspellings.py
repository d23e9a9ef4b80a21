"""Every misspelling of every key and word of the policy schemas is told at its place, with the right word, as one mistake."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baselint import yamlsource
from baselint.errors import Diagnostic, PolicyError
from baselint.policy.kinds import PolicyKind
from baselint.policy.schema_check import SchemaChecker
from baselint.policy.schema_misspellings import meant_keys, meant_value
from baselint.policy.schema_places import key_places
from baselint.policy.source import read
from baselint.yamldocument import Document
from misspelling import every_slip, rank, usual_slips
from schema_walk import SCHEMAS, Mapping, Path, Word, along, closed_nodes, enum_nodes
from spelling_documents import DOCUMENTS

CHECKER = SchemaChecker()
GUESS = re.compile(r"; did you mean '([^']*)'\?$")


def diagnostics(text: str) -> tuple[Diagnostic, ...]:
    try:
        read(text.encode(), "f.yaml", "f", "group", CHECKER)
    except PolicyError as error:
        return error.diagnostics
    return ()


@lru_cache
def document(text: str) -> Document:
    return yamlsource.load(text.encode(), "f.yaml")


def found(schema: str) -> Iterator[tuple[str, Mapping | Word]]:
    """Yield the mappings and words of all documents of a schema, those of small documents first."""
    for text in sorted(DOCUMENTS[schema], key=len):
        for item in along(document(text).data, schema):
            yield text, item


def keys(schema: str) -> dict[tuple[int, str], tuple[str, Mapping]]:
    """Return every key of a schema, as part of the schema and name, with a document and a mapping that has it."""
    first: dict[tuple[int, str], tuple[str, Mapping]] = {}
    for text, item in found(schema):
        if isinstance(item, Mapping):
            for key in item.data:
                first.setdefault((id(item.node), key), (text, item))
    return first


def words(schema: str) -> dict[int, tuple[str, Word]]:
    """Return every part of a schema that lists words, with a document and a place that has one."""
    first: dict[int, tuple[str, Word]] = {}
    for text, item in found(schema):
        if isinstance(item, Word):
            first.setdefault(id(item.node), (text, item))
    return first


def instead(text: str, line: int | None, column: int | None, old: str, new: str) -> str:
    """Return a text with another word at a place: quoted, so that YAML sees nothing but letters in it."""
    assert line is not None
    assert column is not None
    lines = text.splitlines(keepends=True)
    head, tail = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    assert tail.startswith(old)
    lines[line - 1] = f"{head}{json.dumps(new)}{tail.removeprefix(old)}"
    return "".join(lines)


def as_good(slip: str, word: str, told: str) -> bool:
    """Tell whether a suggestion is right: the word itself, or another allowed one that is as near to the slip, or nearer."""
    return told == word or rank(slip, told) <= min(rank(slip, word), 1)


KEYS = [
    pytest.param(text, item, key, id=f"{schema}-{'.'.join(map(str, (*item.path, key)))}")
    for schema in SCHEMAS
    for (_, key), (text, item) in keys(schema).items()
]
WORDS = [
    pytest.param(text, item.path, item.node["enum"], id=f"{schema}-{'.'.join(map(str, item.path))}")
    for schema in SCHEMAS
    for text, item in words(schema).values()
]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_documents_are_right_and_have_every_key_and_word_of_the_schema(schema: str) -> None:
    assert [diagnostics(text) for text in DOCUMENTS[schema]] == [()] * len(DOCUMENTS[schema])
    asked = {(id(node), key) for node in closed_nodes(SCHEMAS[schema]) for key in node["properties"]}
    assert keys(schema).keys() == asked
    assert words(schema).keys() == {id(node) for node in enum_nodes(SCHEMAS[schema])}


@pytest.mark.parametrize(("text", "item", "key"), KEYS)
def test_a_misspelt_key_is_one_mistake_at_its_place(text: str, item: Mapping, key: str) -> None:
    place = document(text).at_key((*item.path, key))
    for slip in sorted(usual_slips(key).difference(item.node["properties"])):
        told = diagnostics(instead(text, place.line, place.column, key, slip))
        (misspelt,) = (one for one in told if one.rule == "unknown-key")
        guess = GUESS.search(misspelt.message)
        assert misspelt.location == place
        assert guess is not None, slip
        assert as_good(slip, key, guess[1]), (slip, guess[1])
        assert len(told) == 1 or guess[1] != key, told


@pytest.mark.parametrize(("text", "path", "allowed"), WORDS)
def test_a_misspelt_word_is_one_mistake_at_its_place(text: str, path: Path, allowed: list[str]) -> None:
    place = document(text).at(path)
    data: Any = document(text).data
    for step in path:
        data = data[step]
    for word in allowed:
        for slip in sorted(usual_slips(word).difference(allowed)):
            (told,) = diagnostics(instead(text, place.line, place.column, data, slip))
            guess = GUESS.search(told.message)
            assert (told.rule, told.location) == ("value-not-allowed", place)
            assert guess is not None, slip
            assert as_good(slip, word, guess[1]), (slip, guess[1])


@pytest.mark.parametrize("kind", list(PolicyKind))
def test_a_misspelt_kind_is_one_mistake_at_its_place(kind: PolicyKind) -> None:
    for slip in sorted(every_slip(kind) | usual_slips(kind)):
        (told,) = diagnostics(f'kind: "{slip}"\nid: a\n')
        assert (told.rule, str(told.location)) == ("value-not-allowed", "f.yaml:1:7")
        assert told.message.endswith(f"; did you mean {str(kind)!r}?")


@pytest.mark.parametrize(("text", "item", "key"), KEYS)
def test_every_slip_in_every_key_has_its_suggestion(text: str, item: Mapping, key: str) -> None:
    """All letters at all places: too many to read a file for each, so the words are asked for as the checker does."""
    schema = next(name for name, texts in DOCUMENTS.items() if text in texts)
    places = key_places(SCHEMAS[schema])
    for slip in every_slip(key).difference(item.node["properties"]):
        instance = {slip: 1, **{name: 1 for name in item.data if name != key}}
        told = meant_keys(SimpleNamespace(schema=item.node, instance=instance), places)
        assert told.keys() == {slip}
        guess = told[slip]
        assert guess is not None, slip
        assert as_good(slip, key, guess), (slip, guess)


@pytest.mark.parametrize(("text", "path", "allowed"), WORDS)
def test_every_slip_in_every_word_has_its_suggestion(text: str, path: Path, allowed: list[str]) -> None:
    for word in allowed:
        for slip in every_slip(word).difference(allowed):
            guess = meant_value(SimpleNamespace(validator="enum", validator_value=allowed, instance=slip))
            assert guess is not None, slip
            assert as_good(slip, word, guess), (slip, guess)


@given(st.sampled_from(KEYS), st.data())
@settings(max_examples=200, deadline=None)
def test_any_slip_in_any_key_of_a_file_is_told(case: Any, data: st.DataObject) -> None:
    text, item, key = case.values
    slip = data.draw(st.sampled_from(sorted(every_slip(key).difference(item.node["properties"]))))
    place = document(text).at_key((*item.path, key))
    told = diagnostics(instead(text, place.line, place.column, key, slip))
    guesses = [GUESS.search(one.message) for one in told if (one.rule, one.location) == ("unknown-key", place)]
    assert [guess is not None and as_good(slip, key, guess[1]) for guess in guesses] == [True]

"""The schemas as they are used: definitions stand where they are referred to, and nothing else changes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import FormatChecker

from baselint import yamlsource
from baselint.policy.kinds import SCHEMAS
from baselint.policy.schema_check import _VALIDATOR, SchemaChecker, _inlined, load_schema
from broken_baselines import ATTESTATION, FRAMEWORK, FULL
from policytree import KEYS, LENGTH, OLD, REVIEW

WRONG: tuple[Any, ...] = (None, "", "x y\n", -1, True, [], ["", 0], {}, {"no": 1})


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_reference_is_left(name: str) -> None:
    schema = _inlined(load_schema(name))
    assert '"$ref"' not in json.dumps(schema)
    assert "$defs" not in schema


def damaged(data: Any) -> Iterator[Any]:
    """Yield copies of plain data with one part missing, and with one part of another type or form."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        rest = {name: item for name, item in data.items() if name != key} if isinstance(data, dict) else list(data)
        if isinstance(rest, dict):
            yield rest
        for wrong in (*WRONG, *damaged(value)):
            copy = data.copy()
            copy[key] = wrong
            yield copy


@pytest.mark.parametrize("text", [LENGTH, KEYS, REVIEW, OLD, FULL, FRAMEWORK, ATTESTATION])
def test_the_same_is_wrong_with_and_without_references(text: str) -> None:
    data: Any = yamlsource.load(text.encode(), "x.yaml").data
    plain = _VALIDATOR(load_schema(data["kind"]), format_checker=FormatChecker(formats=("date",)))
    checker = SchemaChecker()
    for wrong in damaged(data):
        found, expected = (
            sorted((list(map(str, item.absolute_path)), str(item.validator), item.message) for item in errors)
            for errors in (checker.errors(wrong, data["kind"]), plain.iter_errors(wrong))
        )
        assert found == expected

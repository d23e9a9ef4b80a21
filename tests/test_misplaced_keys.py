"""A key that is right elsewhere in the file is told with the place where it belongs."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from baselint import yamlsource
from baselint.errors import PolicyError
from baselint.policy.schema_check import SchemaChecker
from baselint.policy.source import read
from schema_walk import SCHEMAS, Mapping, along
from spelling_documents import DOCUMENTS

CHECKER = SchemaChecker()


def told(text: str) -> list[str]:
    try:
        read(text.encode(), "f.yaml", "f", "group", CHECKER)
    except PolicyError as error:
        return [str(item) for item in error.diagnostics]
    return []


def mappings(schema: str) -> list[tuple[str, Mapping]]:
    return [
        (text, item)
        for text in sorted(DOCUMENTS[schema], key=len)
        for item in along(yamlsource.load(text.encode(), "f.yaml").data, schema)
        if isinstance(item, Mapping)
    ]


def places(schema: str) -> dict[str, set[str | None]]:
    """Return the keys that hold each key in the documents, which have every key in every place."""
    found: dict[str, set[str | None]] = {}
    for _, item in mappings(schema):
        for key in item.data:
            found.setdefault(key, set()).add(item.holder)
    return found


def cases() -> Iterator[Any]:
    for schema in SCHEMAS:
        first = {id(item.node): (text, item) for text, item in reversed(mappings(schema))}
        for text, item in first.values():
            yield pytest.param(schema, text, item, id=f"{schema}-{'.'.join(map(str, item.path)) or 'top'}")


@pytest.mark.parametrize(("schema", "text", "item"), list(cases()))
def test_every_key_that_stands_where_it_may_not_is_told_with_its_places(schema: str, text: str, item: Mapping) -> None:
    last = yamlsource.load(text.encode(), "f.yaml").keys[(*item.path, list(item.data)[-1])]
    assert last.line is not None
    assert last.column is not None
    lines = text.splitlines(keepends=True)
    before = last.column - 1
    for key, holders in places(schema).items():
        if key in item.node["properties"]:
            continue
        line = f"{lines[last.line - 1][:before]}{key}: 1\n{' ' * before}{lines[last.line - 1][before:]}"
        (message,) = told("".join((*lines[: last.line - 1], line, *lines[last.line :])))
        assert message.startswith(f"{last}: error[unknown-key]: the key {key!r} is not known here; allowed: ")
        (belongs,) = re.findall(rf"; '{key}' belongs ([^;]*)", message)
        named: set[str | None] = set(re.findall("'([a-z0-9_]+)'", belongs))
        assert named | ({None} if "at the top level of the file" in belongs else set()) == holders


HEAD = 'kind: baseline\nid: acme\ntitle: Acme\nversion: "1"\nowner: ops\n'
TAIL = "controls:\n  - id: root-mfa\n"
CHECK = "kind: control\nid: a\ntitle: A\nseverity: low\ncheck:\n  expect: {fact: root.mfa_enabled, equals: true}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEAD}reason: x\n{TAIL}", "'reason' belongs in an entry of 'controls', 'changes' or 'exceptions'"),
        (f"{HEAD}date: x\n{TAIL}", "'date' belongs under 'approved', or in an entry of 'changes'"),
        (f"{HEAD}{TAIL}    format: 1\n", "'format' belongs at the top level of the file"),
        (
            f"{HEAD}control:\n  - id: root-mfa\n",
            "'control' belongs in an entry of 'changes' or 'exceptions'; did you mean 'controls'?",
        ),
        (f"{HEAD}paramters: {{}}\n{TAIL}", "did you mean 'parameters', which belongs in an entry of 'controls'?"),
        (f"{HEAD}banana: 1\n{TAIL}", "changes, exceptions"),
        (
            f"{CHECK}do: x\n",
            "'do' belongs in an entry of 'before', 'console', 'cli', 'verify' or 'rollback'",
        ),
        (f"{CHECK}minimum: 6\n", "'minimum' belongs in an entry of 'parameters'"),
        (
            CHECK.replace("equals: true", "equals: true, attest: 1"),
            "'attest' belongs under 'check'",
        ),
    ],
)
def test_the_place_is_told_in_words(text: str, words: str) -> None:
    (message,) = told(text)
    assert message.endswith(f"; {words}" if words.startswith(("'", "did")) else words)

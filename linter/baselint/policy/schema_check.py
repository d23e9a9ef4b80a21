"""Checks a loaded document against the JSON Schema of its kind; every mistake becomes one diagnostic."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from baselint import resources
from baselint.errors import Diagnostic
from baselint.policy.schema_messages import rewrite
from baselint.policy.schema_misspellings import as_meant
from baselint.policy.schema_places import Places, key_places
from baselint.yamldocument import Document


def _pattern(_validator: object, pattern: str, instance: object, _schema: object) -> Iterator[ValidationError]:
    """Match as ECMA does: Python's ``$`` would accept a text that ends with a line break."""
    strict = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
    if isinstance(instance, str) and not re.search(strict, instance):
        yield ValidationError("does not match")


_VALIDATOR: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


_MISSPELT = frozenset({"unknown-key", "value-not-allowed"})


def load_schema(name: str) -> dict[str, Any]:
    """Return a shipped schema by name, for example ``control``."""
    schema: dict[str, Any] = json.loads(resources.read_text("schema", f"{name}.schema.json"))
    return schema


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """Put definitions in the place of the references to them: the schema says the same, and nothing is looked up for each value."""
    definitions = schema.get("$defs", {})

    def place(node: Any) -> Any:
        if isinstance(node, list):
            return [place(item) for item in node]
        if not isinstance(node, dict):
            return node
        found = {key: place(value) for key, value in node.items() if key != "$ref"}
        if "$ref" in node:
            return {**place(definitions[node["$ref"].removeprefix("#/$defs/")]), **found}
        return found

    return {key: place(value) for key, value in schema.items() if key != "$defs"}


class SchemaChecker:
    """Checks documents; keeps each schema it has read, so that many files cost one reading."""

    def __init__(self) -> None:
        self._validators: dict[str, Any] = {}
        self._places: dict[str, Places] = {}

    def check(self, document: Document, schema_name: str) -> tuple[Diagnostic, ...]:
        """Return every mistake that the schema sees, in the order of the file.

        A mistake that is gone once the misspelt words are read as they were meant has no cause of its own, and is not told:
        a key that only seems to be lacking, for example.
        """
        errors = list(self.errors(document.data, schema_name))
        if not errors:
            return ()
        if schema_name not in self._places:
            self._places[schema_name] = key_places(self._validators[schema_name].schema)
        places = self._places[schema_name]
        found = _rewritten(errors, document, places)
        meant = as_meant(document.data, errors, places)
        if meant is not document.data:
            left = _rewritten(self.errors(meant, schema_name), document, places)
            found = {item for item in found if item.rule in _MISSPELT or item in left}
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))

    def errors(self, data: object, schema_name: str) -> Iterator[ValidationError]:
        """Yield the schema library's own errors for plain data."""
        if schema_name not in self._validators:
            checker = FormatChecker(formats=("date",))
            self._validators[schema_name] = _VALIDATOR(_inlined(load_schema(schema_name)), format_checker=checker)
        errors: Iterator[ValidationError] = self._validators[schema_name].iter_errors(data)
        return errors


def _rewritten(errors: Iterable[ValidationError], document: Document, places: Places) -> set[Diagnostic]:
    return {diagnostic for error in errors for diagnostic in rewrite(error, document, places)}

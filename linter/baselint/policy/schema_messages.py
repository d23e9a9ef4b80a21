"""Rewrites the schema library's errors for people: what is wrong, what is allowed, did you mean."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from baselint.errors import Diagnostic
from baselint.policy.schema_forms import PATTERN_WORDS, in_form, well_formed
from baselint.policy.schema_misspellings import meant_keys, meant_value
from baselint.policy.schema_places import Places
from baselint.suggestion import as_yaml, converted, nearest, only_meant
from baselint.yamldocument import Document, Path

_TYPE_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def rewrite(error: Any, document: Document, places: Places) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each cause of a schema error; the instance itself is never printed whole."""
    path: Path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from _unknown_key(error, document, path, places)
    else:
        yield from _HANDLERS.get(str(error.validator), _other)(error, document, path)


def _name(path: Path) -> str:
    keys = [step for step in path if isinstance(step, str)]
    if not keys:
        return "the file"
    last = path[-1]
    return f"entry {last + 1} of {keys[-1]!r}" if isinstance(last, int) else repr(keys[-1])


def _items(values: list[Any]) -> str:
    return ", ".join(
        "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value) for value in values
    )


def _unknown_key(error: Any, document: Document, path: Path, places: Places) -> Iterator[Diagnostic]:
    allowed = error.schema.get("properties", {})
    free = [key for key in allowed if key not in error.instance]
    found = meant_keys(error, places)
    for key, meant in found.items():
        message = f"the key {key!r} is not known here; allowed: {', '.join(allowed)}{_guess(key, meant, places)}"
        alone = meant is not None and list(found.values()).count(meant) == 1
        correction = meant if alone and meant == only_meant(key, free) else None
        yield Diagnostic(document.at_key((*path, key)), "unknown-key", message, correction=correction)


def _guess(key: str, meant: str | None, places: Places) -> str:
    """Say which key was meant, and where a key belongs that does not belong here."""
    belongs = f"; {key!r} belongs {places[key]}" if key in places else ""
    if meant is not None:
        return f"{belongs}; did you mean {meant!r}?"
    elsewhere = None if belongs else nearest(key, places)
    return f"; did you mean {elsewhere!r}, which belongs {places[elsewhere]}?" if elsewhere else belongs


def _missing_key(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    for key in error.validator_value:
        if key not in error.instance and f"{key!r} is a required property" == error.message:
            message = f"{_name(path)} lacks the key {key!r}; add it{_form(error.schema, key)}"
            yield Diagnostic(document.at_key(path), "missing-key", message)


def _form(schema: Any, key: str) -> str:
    """Show what a key that holds a mapping must hold at least, for example ``: approved: {by: ..., date: ...}``."""
    needed = schema.get("properties", {}).get(key, {}).get("required", ())
    return f": {key}: {{{', '.join(f'{name}: ...' for name in needed)}}}" if needed else ""


def _type(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = " or ".join(_TYPE_NAMES[name] for name in wanted)
    hint = _type_hint(error.instance, wanted)
    message = f"{_name(path)} must be {expected}, not {_kind(error.instance)}{hint}"
    yield Diagnostic(document.at(path), "wrong-type", message, correction=_in_type(error, wanted))


def _in_type(error: Any, wanted: list[str]) -> str | None:
    """Return the value in a type that is wanted, where only that can be meant, and its own schema takes it so."""
    types = {"string": str, "integer": int, "boolean": bool}
    found = [converted(error.instance, types[name]) for name in wanted if name in types]
    meant = next((value for value in found if value is not None), None)
    pattern = error.schema.get("pattern", "")
    if meant is None or (isinstance(meant, str) and not re.search(pattern, meant)):
        return None
    return None if _beyond(error.schema, meant) else as_yaml(meant)


def _beyond(schema: Mapping[str, Any], value: bool | int | str) -> bool:
    return type(value) is int and value < schema.get("minimum", value)


def _kind(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case int():
            return f"the number {value}"
        case str():
            return f"the text {_short(value)}"
        case list():
            return "a list"
        case _:
            return "a mapping"


def _short(text: str) -> str:
    return repr(text) if len(text) <= 40 else repr(text[:40] + "…")


def _type_hint(value: object, wanted: list[str]) -> str:
    if isinstance(value, str) and "boolean" in wanted and value.casefold() in {"yes", "no", "on", "off", "y", "n"}:
        return "; write true or false"
    if isinstance(value, str) and "integer" in wanted and re.fullmatch(r"[0-9]{1,11}", value):
        return "; write the number without quotes and without leading zeros"
    if isinstance(value, int) and wanted == ["string"]:
        return "; put it in quotes"
    return ""


def _not_allowed(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    constant = error.validator == "const"
    allowed = [error.validator_value] if constant else list(error.validator_value)
    meant = meant_value(error)
    guess = f"; did you mean {meant!r}?" if meant is not None else ""
    message = f"{_name(path)} cannot be {_kind(error.instance)}; allowed: {_items(allowed)}{guess}"
    texts = [item for item in allowed if isinstance(item, str)]
    correction = only_meant(error.instance, texts) if meant is not None else None
    yield Diagnostic(document.at(path), "value-not-allowed", message, correction=correction)


def _range(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    side = "at least" if error.validator == "minimum" else "at most"
    message = f"{_name(path)} is {error.instance}; it must be {side} {error.validator_value}"
    yield Diagnostic(document.at(path), "out-of-range", message)


def _length(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    too_short = error.validator in {"minLength", "minItems"}
    if too_short and not error.instance:
        yield Diagnostic(document.at(path), "empty-value", f"{_name(path)} is empty; fill it in, or remove the key")
        return
    side = "at least" if too_short else "at most"
    unit = "entries" if error.validator == "minItems" else "characters"
    message = f"{_name(path)} has a length of {len(error.instance)}; it must have {side} {error.validator_value} {unit}"
    yield Diagnostic(document.at(path), "wrong-length", message)


def _bad_pattern(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    pattern, text = error.validator_value, error.instance
    likely = well_formed(text, pattern)
    expected = PATTERN_WORDS.get(pattern, f"a text that matches {pattern}") + (
        f"; did you mean {likely!r}?" if likely else ""
    )
    if "propertyNames" in error.absolute_schema_path:
        message = f"the key {_short(text)} is not {expected}"
        yield Diagnostic(document.at_key((*path, text)), "bad-form", message, correction=likely)
    elif text and not text.strip():
        yield Diagnostic(document.at(path), "empty-value", f"{_name(path)} is blank; fill it in")
    elif text:  # an empty text is told once, as empty
        message = f"{_name(path)} is {_short(text)}; it must be {expected}"
        correction = _number(error) or _reference(error, document) or in_form(text, pattern)
        yield Diagnostic(document.at(path), "bad-form", message, correction=correction)


def _number(error: Any) -> str | None:
    """Return the number that a text in quotes is, where the schema takes numbers as well."""
    number = converted(error.instance, int) if "integer" in error.schema.get("type", ()) else None
    return None if number is None or _beyond(error.schema, number) else as_yaml(number)


def _reference(error: Any, document: Document) -> str | None:
    """Return the reference to a parameter that is named without its sign."""
    is_declared = ("parameters", error.instance) in document.keys
    return f"${error.instance}" if error.validator_value.startswith("^[$]") and is_declared else None


def _bad_date(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", error.instance):
        message = f"{_name(path)} is {error.instance!r}, a day that does not exist"
        yield Diagnostic(document.at(path), "bad-form", message)


def _one_of(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    """Every ``oneOf`` of our schemas lists single required keys, so the keys themselves tell the story."""
    choices = [branch["required"][0] for branch in error.validator_value]
    if not isinstance(error.instance, dict):
        return
    present = [key for key in choices if key in error.instance]
    found = f"it has {' and '.join(present)}" if present else "it has none"
    message = f"{_name(path)} needs exactly one of {', '.join(choices)}; {found}"
    yield Diagnostic(document.at_key(path), "one-of-these-keys", message)


def _dependent(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    for key, needed in error.validator_value.items():
        if key in error.instance:
            for other in needed:
                if other not in error.instance:
                    message = f"the key {key!r} needs the key {other!r} beside it"
                    yield Diagnostic(document.at_key((*path, key)), "missing-key", message)


def _other(error: Any, document: Document, path: Path) -> Iterator[Diagnostic]:
    message = f"{_name(path)} does not fit the schema ({error.validator})"
    yield Diagnostic(document.at(path), "schema", message)


_HANDLERS: Mapping[str, Callable[[Any, Document, Path], Iterator[Diagnostic]]] = {
    "required": _missing_key,
    "type": _type,
    "enum": _not_allowed,
    "const": _not_allowed,
    "minimum": _range,
    "maximum": _range,
    "minLength": _length,
    "maxLength": _length,
    "minItems": _length,
    "pattern": _bad_pattern,
    "format": _bad_date,
    "oneOf": _one_of,
    "dependentRequired": _dependent,
}

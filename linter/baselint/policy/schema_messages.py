"""Rewrites the schema library's errors for people: what is wrong, what is allowed, did you mean."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from baselint.errors import Diagnostic, Location
from baselint.facts import FACTS
from baselint.policy.schema_misspellings import meant_keys, meant_value
from baselint.policy.schema_places import Places
from baselint.suggestion import did_you_mean, nearest
from baselint.yamldocument import Document, Path

_TYPE_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}

_ID = "^[a-z][a-z0-9]*([-.][a-z0-9]+)*$"
_NAME = "^[a-z][a-z0-9_]*$"
_FACT = "^[a-z][a-z0-9_]*[.][a-z][a-z0-9_]*$"
_REFERENCE = "^[$][a-z][a-z0-9_]*$"

PATTERN_WORDS = {
    _ID: "an id: lower-case words joined by '-' or '.', for example root-mfa",
    _NAME: "a name: lower-case letters, digits and '_', starting with a letter",
    _FACT: "a fact's name, for example root.mfa_enabled",
    _REFERENCE: "a number, or $ and a parameter's name",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": 'a date, for example "2026-11-23"',
    "^[0-9]{12}$": 'an account id: 12 digits in quotes, for example "111122223333"',
    "^[0-9a-f]{64}$": "a SHA-256: 64 lower-case hexadecimal digits",
    '^https://[^\\s<>"]+$': "an address that starts with https://",
    "^aws[a-z-]*$": "a partition, for example aws or aws-us-gov",
    "^[^\\n]*[^\\s]$": "one line, without a space or line break at its end",
}
"""What each pattern of a policy schema asks for, in words."""

_JOINTS = {
    _ID: ("[^a-z0-9.]+", "-"),
    _NAME: ("[^a-z0-9]+", "_"),
    _REFERENCE: ("[^a-z0-9$]+", "_"),
}
"""What does not stand between the words of a text of some form, and what stands there instead."""

_LONGEST_ID = 80


def rewrite(error: Any, document: Document, places: Places) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each cause of a schema error; the instance itself is never printed whole."""
    path: Path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        causes = _unknown_key(error, document, path, places)
    else:
        causes = _HANDLERS.get(str(error.validator), _other)(error, document, path)
    for location, rule, message in causes:
        yield Diagnostic(location, rule, message)


_Cause = tuple[Location, str, str]


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


def _unknown_key(error: Any, document: Document, path: Path, places: Places) -> Iterator[_Cause]:
    allowed = ", ".join(error.schema.get("properties", ()))
    for key, meant in meant_keys(error, places).items():
        message = f"the key {key!r} is not known here; allowed: {allowed}{_guess(key, meant, places)}"
        yield document.at_key((*path, key)), "unknown-key", message


def _guess(key: str, meant: str | None, places: Places) -> str:
    """Say which key was meant, and where a key belongs that does not belong here."""
    belongs = f"; {key!r} belongs {places[key]}" if key in places else ""
    if meant is not None:
        return f"{belongs}; did you mean {meant!r}?"
    elsewhere = None if belongs else nearest(key, places)
    return f"; did you mean {elsewhere!r}, which belongs {places[elsewhere]}?" if elsewhere else belongs


def _missing_key(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    for key in error.validator_value:
        if key not in error.instance and f"{key!r} is a required property" == error.message:
            yield (
                document.at_key(path),
                "missing-key",
                f"{_name(path)} lacks the key {key!r}; add it{_form(error.schema, key)}",
            )


def _form(schema: Any, key: str) -> str:
    """Show what a key that holds a mapping must hold at least, for example ``: approved: {by: ..., date: ...}``."""
    needed = schema.get("properties", {}).get(key, {}).get("required", ())
    return f": {key}: {{{', '.join(f'{name}: ...' for name in needed)}}}" if needed else ""


def _type(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = " or ".join(_TYPE_NAMES[name] for name in wanted)
    hint = _type_hint(error.instance, wanted)
    yield document.at(path), "wrong-type", f"{_name(path)} must be {expected}, not {_kind(error.instance)}{hint}"


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


def _not_allowed(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    constant = error.validator == "const"
    allowed = [error.validator_value] if constant else list(error.validator_value)
    meant = meant_value(error)
    guess = f"; did you mean {meant!r}?" if meant is not None else ""
    message = f"{_name(path)} cannot be {_kind(error.instance)}; allowed: {_items(allowed)}{guess}"
    yield document.at(path), "value-not-allowed", message


def _range(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    side = "at least" if error.validator == "minimum" else "at most"
    yield (
        document.at(path),
        "out-of-range",
        f"{_name(path)} is {error.instance}; it must be {side} {error.validator_value}",
    )


def _length(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    too_short = error.validator in {"minLength", "minItems"}
    if too_short and not error.instance:
        yield document.at(path), "empty-value", f"{_name(path)} is empty; fill it in, or remove the key"
        return
    side = "at least" if too_short else "at most"
    unit = "entries" if error.validator == "minItems" else "characters"
    message = f"{_name(path)} has a length of {len(error.instance)}; it must have {side} {error.validator_value} {unit}"
    yield document.at(path), "wrong-length", message


def _bad_pattern(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    expected = PATTERN_WORDS.get(error.validator_value, f"a text that matches {error.validator_value}")
    expected += _well_formed(error.instance, error.validator_value)
    if "propertyNames" in error.absolute_schema_path:
        yield (
            document.at_key((*path, error.instance)),
            "bad-form",
            f"the key {_short(error.instance)} is not {expected}",
        )
    elif error.instance and not error.instance.strip():
        yield document.at(path), "empty-value", f"{_name(path)} is blank; fill it in"
    elif error.instance:  # an empty text is told once, as empty
        yield document.at(path), "bad-form", f"{_name(path)} is {_short(error.instance)}; it must be {expected}"


def _well_formed(text: str, pattern: str) -> str:
    """Suggest the fact that was meant, or a text whose case and whose signs between words are those of its pattern."""
    if pattern == _FACT:
        return did_you_mean(text, FACTS)
    if pattern not in _JOINTS or len(text) > _LONGEST_ID:
        return ""
    signs, joint = _JOINTS[pattern]
    words = re.sub("(?<=[a-z0-9])(?=[A-Z])", joint, text).casefold()
    meant = re.sub(signs, joint, words).strip(joint)
    return f"; did you mean {meant!r}?" if re.fullmatch(pattern, meant) else ""


def _bad_date(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", error.instance):
        yield document.at(path), "bad-form", f"{_name(path)} is {error.instance!r}, a day that does not exist"


def _one_of(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    """Every ``oneOf`` of our schemas lists single required keys, so the keys themselves tell the story."""
    choices = [branch["required"][0] for branch in error.validator_value]
    if not isinstance(error.instance, dict):
        return
    present = [key for key in choices if key in error.instance]
    found = f"it has {' and '.join(present)}" if present else "it has none"
    yield (
        document.at_key(path),
        "one-of-these-keys",
        f"{_name(path)} needs exactly one of {', '.join(choices)}; {found}",
    )


def _dependent(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    for key, needed in error.validator_value.items():
        if key in error.instance:
            for other in needed:
                if other not in error.instance:
                    message = f"the key {key!r} needs the key {other!r} beside it"
                    yield document.at_key((*path, key)), "missing-key", message


def _other(error: Any, document: Document, path: Path) -> Iterator[_Cause]:
    yield document.at(path), "schema", f"{_name(path)} does not fit the schema ({error.validator})"


_HANDLERS: Mapping[str, Callable[[Any, Document, Path], Iterator[_Cause]]] = {
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

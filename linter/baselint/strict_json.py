"""Reads JSON that means one thing: no key twice, no number without an end."""

import json
import math
from collections.abc import Iterable
from typing import Any


class DuplicateKeyError(ValueError):
    """A key stands twice in one object; the text names it."""


def loads(text: str) -> Any:
    """Return the data of a JSON text.

    Raises:
        DuplicateKeyError: an object names a key twice.
        json.JSONDecodeError: the text is no JSON.
        ValueError: a number has no end, or is none.
        RecursionError: the text is nested too deeply.
    """
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_finite, parse_float=_finite)


def _unique(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise DuplicateKeyError(repr(key[:40]))
        result[key] = value
    return result


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value

"""What misspelt keys and values of a document were meant to be, and the document as it was meant."""

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from baselint.policy.schema_places import Places
from baselint.suggestion import edits, nearest


def meant_keys(error: Any, places: Places) -> Mapping[str, str | None]:
    """Return the keys that a mapping may not have, each with the key that it was meant to be, or None.

    Of keys that are equally near one that is still lacking is meant. A key that is right elsewhere in the file is taken for
    a misspelling only where one letter tells the two apart.
    """
    allowed, required = error.schema.get("properties", {}), error.schema.get("required", ())
    likely = sorted(allowed, key=lambda name: (name in error.instance, name not in required))
    found: dict[str, str | None] = {}
    for key in error.instance:
        if key not in allowed:
            near = nearest(key, likely)
            misplaced = near is not None and key in places and edits(key, near, 1) > 1
            found[key] = None if misplaced else near
    return found


def meant_value(error: Any) -> str | None:
    """Return the allowed text that a text was meant to be, or None."""
    allowed = [error.validator_value] if error.validator == "const" else error.validator_value
    texts = [item for item in allowed if isinstance(item, str)]
    return nearest(error.instance, texts) if isinstance(error.instance, str) else None


def as_meant(data: Any, errors: Iterable[Any], places: Places) -> Any:
    """Return plain data with every misspelling put right that has a likely meaning; the same data when there is none.

    A key is not put right where the key that was meant is there as well.
    """
    renamed = copy.deepcopy(data)
    changed = False
    for error in errors:
        path = list(error.absolute_path)
        if error.validator == "additionalProperties":
            mapping = _follow(renamed, path)
            for key, meant in meant_keys(error, places).items():
                if meant is not None and meant not in mapping:
                    mapping[meant] = mapping.pop(key)
                    changed = True
        elif error.validator == "enum" and (value := meant_value(error)) is not None:
            _follow(renamed, path[:-1])[path[-1]] = value
            changed = True
    return renamed if changed else data


def _follow(data: Any, path: Iterable[str | int]) -> Any:
    for step in path:
        data = data[step]
    return data

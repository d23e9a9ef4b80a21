"""Fills frozen types with one text, by their annotations: a field that somebody adds tomorrow is filled as well."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

DAY = date(2026, 1, 1)
NUMBER = 3


def filled(kind: Any, text: str, fixed: Mapping[str, Any]) -> Any:
    """Return a value of a type in which every text is the one given.

    ``fixed`` holds what a schema does not leave free, such as ids, by ``Type.field``; text without a field is free.
    """
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        values = {}
        for item in fields(kind):
            name = f"{getattr(kind, '__name__', '')}.{item.name}"
            values[item.name] = fixed[name] if name in fixed else filled(hints[item.name], text, fixed)
        return kind(**values)  # type: ignore[operator]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        free = [item for item in arguments if item is not NoneType]
        return filled(str if str in free else free[0], text, fixed)
    if origin is tuple:
        return (filled(arguments[0], text, fixed),)
    if origin is not None and issubclass(origin, Mapping):
        return {fixed["key"]: filled(arguments[1], text, fixed)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    simple: Mapping[type, Any] = {str: text, int: NUMBER, bool: True, date: DAY}
    return simple[kind]

"""Tells whether the text of a service control policy denies everything to the root user of an account."""

import fnmatch
from collections.abc import Iterable
from typing import Any

from baselint.snapshot.form import JsonForm, read_form

_ARN_LIKE = frozenset(("ArnLike", "ArnEquals"))
_ARN_PARTS = 6
_PRINCIPAL, _ASSUMED_ROOT = "aws:principalarn", "aws:assumedroot"
_NO_SESSION = frozenset((("Null", "true"), ("BoolIfExists", "false"), ("StringNotEquals", "true")))
"""Operators and values that hold for a root user who signs in: the key exists in privileged root sessions only."""


def denies_root(content: str, arn: str) -> bool | None:
    """Tell whether a policy denies every action, but for single ones it names, to a root user; None when it cannot be read.

    A condition that exempts privileged root sessions (``aws:AssumedRoot``) narrows nothing here; any other one does. A
    ``NotAction`` with a wildcard leaves whole services to root, so it denies too little.
    """
    form = read_form(content.encode("utf-8", "surrogatepass"))
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict):
        return None
    statements = form.data.get("Statement")
    entries = statements if isinstance(statements, list) else [statements]
    known = [entry for entry in entries if isinstance(entry, dict)]
    return any(_denies(entry, arn) for entry in known) if len(known) == len(entries) else None


def _denies(statement: dict[str, Any], arn: str) -> bool:
    left = _texts(statement.get("NotAction"))
    whole = "*" in _texts(statement.get("Action")) or bool(
        left and not any("*" in name or "?" in name for name in left)
    )
    if statement.get("Effect") != "Deny" or not whole or "*" not in _texts(statement.get("Resource")):
        return False
    return all(_met(operator, asked, arn) for operator, asked in _conditions(statement.get("Condition")))


def _conditions(condition: Any) -> Iterable[tuple[str, Any]]:
    return condition.items() if isinstance(condition, dict) else () if condition is None else (("", condition),)


def _met(operator: str, asked: Any, arn: str) -> bool:
    """Tell whether a part of a condition holds for a root user who signs in, whatever the request is."""
    if not isinstance(asked, dict) or not asked:
        return False
    return all(_holds(operator, key.lower(), _texts(values), arn) for key, values in asked.items())


def _holds(operator: str, key: str, values: list[str], arn: str) -> bool:
    if key == _ASSUMED_ROOT:
        return len(values) == 1 and (operator, values[0].lower()) in _NO_SESSION
    if key != _PRINCIPAL:
        return False
    plain = operator.removesuffix("IfExists")
    if plain == "StringEquals":
        return arn in values
    if plain == "StringLike":
        return any(_like(arn, value) for value in values)
    return plain in _ARN_LIKE and any(_arn_like(arn, value) for value in values)


def _like(text: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(text, pattern.replace("[", "[[]"))


def _arn_like(arn: str, pattern: str) -> bool:
    """Compare the six parts of two ARNs one by one: a ``*`` never reaches over a colon."""
    asked = pattern.split(":", _ARN_PARTS - 1)
    parts = arn.split(":", _ARN_PARTS - 1)
    return len(asked) == len(parts) and all(map(_like, parts, asked))


def _texts(value: Any) -> list[str]:
    """Return the texts of a value or a list of them; policies may write true and false without quotes."""
    values = value if isinstance(value, list) else [value]
    return [str(item).lower() if isinstance(item, bool) else item for item in values if isinstance(item, bool | str)]

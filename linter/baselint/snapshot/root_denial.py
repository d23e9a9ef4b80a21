"""Tells whether the text of a service control policy denies everything to the root user of an account."""

import fnmatch
from collections.abc import Iterable
from typing import Any

from baselint.snapshot.form import JsonForm, read_form

_LIKE = frozenset(("StringLike", "ArnLike", "ArnEquals"))
_PRINCIPAL, _ASSUMED_ROOT = "aws:principalarn", "aws:assumedroot"


def denies_root(content: str, arn: str) -> bool | None:
    """Tell whether a policy denies every action, but for exceptions it lists, to a root user; None when it cannot be read.

    A condition that exempts privileged root sessions (``aws:AssumedRoot``) narrows nothing here; any other one does.
    """
    form = read_form(content.encode("utf-8", "surrogatepass"))
    if not isinstance(form, JsonForm) or not isinstance(form.data, dict):
        return None
    statements = form.data.get("Statement")
    entries = statements if isinstance(statements, list) else [statements]
    known = [entry for entry in entries if isinstance(entry, dict)]
    return any(_denies(entry, arn) for entry in known) if len(known) == len(entries) else None


def _denies(statement: dict[str, Any], arn: str) -> bool:
    whole = "*" in _texts(statement.get("Action")) or bool(_texts(statement.get("NotAction")))
    if statement.get("Effect") != "Deny" or not whole or "*" not in _texts(statement.get("Resource")):
        return False
    return all(_met(operator, asked, arn) for operator, asked in _conditions(statement.get("Condition")))


def _conditions(condition: Any) -> Iterable[tuple[str, Any]]:
    return condition.items() if isinstance(condition, dict) else () if condition is None else (("", condition),)


def _met(operator: str, asked: Any, arn: str) -> bool:
    """Tell whether a part of a condition holds for a root user who signs in, whatever the request is."""
    if not isinstance(asked, dict) or not asked:
        return False
    return all(
        _holds(operator.removesuffix("IfExists"), key.lower(), _texts(values), arn) for key, values in asked.items()
    )


def _holds(operator: str, key: str, values: list[str], arn: str) -> bool:
    if key == _ASSUMED_ROOT:
        return True
    if key != _PRINCIPAL:
        return False
    if operator == "StringEquals":
        return arn in values
    return operator in _LIKE and any(fnmatch.fnmatchcase(arn, value.replace("[", "[[]")) for value in values)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, str)]

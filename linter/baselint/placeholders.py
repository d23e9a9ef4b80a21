"""Replaces ``{$name}`` in texts of policy files, literally; every other brace stays as it is."""

import re
from collections.abc import Iterator, Mapping

from baselint.model import ParameterValue

PASSWORD_POLICY_OPTIONS = "password-policy-options"  # noqa: S105 - name of a placeholder
PASSWORD_POLICY_ARGUMENTS = "password-policy-arguments"  # noqa: S105 - name of a placeholder
DERIVED = frozenset({PASSWORD_POLICY_OPTIONS, PASSWORD_POLICY_ARGUMENTS})
"""Placeholders that are computed from the whole baseline, not from one parameter."""

_PLACEHOLDER = re.compile(r"\{\$([A-Za-z0-9_-]*)\}")


def names(text: str) -> Iterator[str]:
    """Yield the name of every placeholder in a text."""
    yield from _PLACEHOLDER.findall(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace every placeholder by its value; a name without a value is a programming error."""
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], text)


def word(value: ParameterValue) -> str:
    """Write a parameter's value as texts show it."""
    if value is None:
        return "(not set)"
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, tuple) else str(value)

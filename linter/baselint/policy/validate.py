"""Validates policy files: every gate and every rule, all mistakes of all files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from baselint.errors import Diagnostic, PolicyError
from baselint.policy.rules.rule import Context
from baselint.policy.rules.table import RULES
from baselint.policy.source import PolicyFile


def validate_paths(paths: Iterable[Path], context: Context) -> tuple[Diagnostic, ...]:
    """Return every mistake of the files at the paths.

    Raises:
        UsageError: a path cannot be read.
    """
    found: set[Diagnostic] = set()
    for path in paths:
        try:
            found.update(check(context.library.read_path(path), context))
        except PolicyError as error:
            found.update(error.diagnostics)
    return _sorted(found)


def validate_library(context: Context, shown_prefixes: tuple[str, ...] = ("",)) -> tuple[Diagnostic, ...]:
    """Return every mistake of the files of a library whose shown paths start with one of the prefixes."""
    found: set[Diagnostic] = set()
    for entry in context.library.entries:
        if entry.path.startswith(shown_prefixes):
            try:
                found.update(check(context.library.read_entry(entry), context))
            except PolicyError as error:
                found.update(error.diagnostics)
    return _sorted(found)


def check(file: PolicyFile[Any], context: Context) -> tuple[Diagnostic, ...]:
    """Return everything the rules say of a file that passed its schema, once, mistakes of files it refers to included."""
    found: list[Diagnostic] = []
    for rule in RULES:
        if file.kind in rule.kinds:
            try:
                found.extend(rule.check(file, context))
            except PolicyError as error:  # a file that this one refers to is broken
                found.extend(error.diagnostics)
    return tuple(dict.fromkeys(found))


def _sorted(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))

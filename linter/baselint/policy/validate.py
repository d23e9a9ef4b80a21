"""Validates policy files: every gate and every rule, all mistakes of all files."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baselint.errors import Diagnostic, PolicyError
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyEntry, PolicyLibrary
from baselint.policy.rules.removed_baseline import removed_baselines
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.rules.table import RULES
from baselint.policy.source import PolicyFile

_DEPENDING: Mapping[PolicyKind, tuple[tuple[PolicyKind, ...], str | None]] = {
    PolicyKind.CONTROL: ((PolicyKind.BASELINE, PolicyKind.FRAMEWORK, PolicyKind.ATTESTATIONS), None),
    PolicyKind.FRAMEWORK: ((PolicyKind.BASELINE,), "satisfies"),
    PolicyKind.BASELINE: ((PolicyKind.BASELINE,), "extends"),
}
"""Which kinds of files can name a file of a kind, and be wrong when that one changes; and under which key, where it is one."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What was found, and in how many files it was looked for."""

    diagnostics: tuple[Diagnostic, ...]
    files: int


def validate_paths(paths: Iterable[Path], context: Context) -> Validation:
    """Return every mistake of the files at the paths, and of the files that stand on them: children, and what names an id.

    Raises:
        UsageError: a path cannot be read.
    """
    found: set[Diagnostic] = set()
    named: dict[str, PolicyFile[Any]] = {}
    places = {path.as_posix() for path in paths}
    for path in places:
        try:
            named[path] = context.library.read_path(Path(path))
        except PolicyError as error:
            found.update(error.diagnostics)
    entries = dependents(named.values(), context.library, places)
    for file in named.values():
        found.update(check(file, context))
    found.update(_of_entries(entries, context))
    return Validation(_sorted(found), len(places) + len(entries))


def validate_library(
    context: Context, shown_prefixes: tuple[str, ...] = ("",), rules: tuple[Rule, ...] = RULES
) -> Validation:
    """Return every mistake of the files of a library whose shown paths start with one of the prefixes."""
    kinds = {kind for rule in rules for kind in rule.kinds}
    entries = tuple(
        entry for entry in context.library.entries if entry.path.startswith(shown_prefixes) and entry.kind in kinds
    )
    found = {*_of_entries(entries, context, rules), *removed_baselines(context)}
    return Validation(_sorted(found), len(entries))


def dependents(
    files: Iterable[PolicyFile[Any]], library: PolicyLibrary, known: Container[str]
) -> tuple[PolicyEntry, ...]:
    """Return the files of the user's own trees in which the id of one of some files stands, and so on; not the known ones."""
    found: dict[str, PolicyEntry] = {}
    asked = [(file.model.id, file.kind) for file in files if file.kind in _DEPENDING]
    while asked:
        identifier, kind = asked.pop()
        kinds, under = _DEPENDING[kind]
        for entry in library.mentioning(identifier, *kinds, under=under):
            if entry.path not in found and entry.path not in known and entry.id != identifier and entry.is_own:
                found[entry.path] = entry
                asked.extend([(entry.id, entry.kind)] if entry.kind in _DEPENDING else [])
    return tuple(found[path] for path in sorted(found))


def _of_entries(
    entries: Iterable[PolicyEntry], context: Context, rules: tuple[Rule, ...] = RULES
) -> Iterator[Diagnostic]:
    for entry in entries:
        try:
            yield from check(context.library.read_entry(entry), context, rules)
        except PolicyError as error:
            yield from error.diagnostics


def check(file: PolicyFile[Any], context: Context, rules: tuple[Rule, ...] = RULES) -> tuple[Diagnostic, ...]:
    """Return everything the rules say of a file that passed its schema, once, mistakes of files it refers to included."""
    found: list[Diagnostic] = []
    for rule in rules:
        if file.kind in rule.kinds:
            try:
                found.extend(rule.check(file, context))
            except PolicyError as error:  # a file that this one refers to is broken
                found.extend(error.diagnostics)
    return tuple(dict.fromkeys(found))


def _sorted(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))

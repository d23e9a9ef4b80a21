"""Where the evidence for a control stands: the facts that its check reads, and the exports that carry them."""

from collections.abc import Iterable
from dataclasses import dataclass

from baselint.evidence import ExportKind
from baselint.exports import EXPORTS, ExportDefinition, commands
from baselint.facts import FACTS
from baselint.facts.definition import FactDefinition


@dataclass(frozen=True, slots=True)
class Read:
    """A fact, and the exports any of which tells it."""

    fact: FactDefinition
    exports: tuple[ExportDefinition, ...]


@dataclass(frozen=True, slots=True)
class Export:
    """An export with the commands that make what is read of it."""

    definition: ExportDefinition
    commands: tuple[str, ...]


def reads(names: Iterable[str]) -> tuple[Read, ...]:
    """Return the facts of some names with their exports."""
    return tuple(Read(FACTS[name], tuple(EXPORTS[kind] for kind in FACTS[name].exports)) for name in names)


def exports(names: Iterable[str]) -> tuple[Export, ...]:
    """Return the exports that carry some facts, each once, in the order in which a person would make them."""
    wanted: dict[ExportKind, dict[str, None]] = {}
    for name in names:
        for kind in FACTS[name].exports:
            wanted.setdefault(kind, {}).update(dict.fromkeys(commands((kind,), FACTS[name].variant)))
    return tuple(Export(definition, tuple(wanted[kind])) for kind, definition in EXPORTS.items() if kind in wanted)

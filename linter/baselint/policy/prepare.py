"""Prepares baselines for judging: every file they need is read, checked by the rules, and resolved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from baselint.attestation import Attestation
from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level, PolicyError
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.resolve import ResolvedBaseline, resolve
from baselint.policy.rules.rule import LONGEST_EXCEPTION, Context
from baselint.policy.validate import check


@dataclass(frozen=True, slots=True)
class PreparedPolicy:
    """Policy without mistakes, ready to judge by."""

    baselines: tuple[ResolvedBaseline, ...]
    attestations: tuple[Attestation, ...]


def prepare(
    baselines: Iterable[Baseline],
    library: PolicyLibrary,
    *,
    frameworks: bool = False,
    longest_exception: timedelta = LONGEST_EXCEPTION,
) -> PreparedPolicy:
    """Resolve baselines and read the attestations; ``frameworks`` says that every framework takes part too.

    Raises:
        PolicyError: a file that takes part has a mistake; all mistakes are told. Warnings are not mistakes.
    """
    context = Context(library, longest_exception=longest_exception)
    resolved: list[ResolvedBaseline] = []
    found: set[Diagnostic] = set()
    for baseline in baselines:
        try:
            resolved.append(resolve(baseline, library))
        except PolicyError as error:
            found.update(error.diagnostics)
    files = library.loaded(PolicyKind.BASELINE)
    selected = {item.control.id for baseline in resolved for item in baseline.controls}
    if found:  # what the broken baselines and their parents would have selected
        selected.update(item.control for file in files for item in cast("Baseline", file.model).selections)
    taking_part = {PolicyKind.ATTESTATIONS, *([PolicyKind.FRAMEWORK] if frameworks else [])}
    for entry in library.entries:
        if entry.kind in taking_part or (entry.kind is PolicyKind.CONTROL and entry.id in selected):
            try:
                found.update(check(library.read_entry(entry), context))
            except PolicyError as error:
                found.update(error.diagnostics)
    for file in files:
        found.update(check(file, context))
    mistakes = tuple(item for item in found if item.level is Level.ERROR)
    if mistakes:
        raise PolicyError(mistakes)
    return PreparedPolicy(tuple(resolved), library.attestations())

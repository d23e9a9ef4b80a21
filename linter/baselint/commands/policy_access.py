"""Opens the policy library for a command, as the configuration of the working directory says."""

from collections.abc import Iterable
from pathlib import Path

from baselint import configuration
from baselint.baseline import Baseline
from baselint.configuration import Configuration
from baselint.errors import Diagnostic, PolicyError, UsageError
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from baselint.policy.prepare import PreparedPolicy, prepare


def open_here() -> tuple[Configuration, PolicyLibrary]:
    """Return the configuration of the working directory and the library it asks for."""
    settings = configuration.find(Path.cwd())
    return settings, open_library(settings)


def prepared_here(names: Iterable[str] | None) -> tuple[PreparedPolicy, PolicyLibrary]:
    """Return the baselines of these names, or the configured one, ready to judge, and the library they are of.

    Raises:
        PolicyError: files that take part are broken.
        UsageError: two different files share an id.
    """
    settings, library = open_here()
    chosen = chosen_baselines(names or [settings.baseline], library)
    return prepare(chosen, library, longest_exception=settings.longest_exception), library


def chosen_baselines(names: Iterable[str], library: PolicyLibrary) -> tuple[Baseline, ...]:
    """Return the baselines that ids and paths name, each once however often it is named.

    Raises:
        PolicyError: files are broken; the mistakes of all are told.
        UsageError: two different files share an id, so that a finding would not say which it is of.
    """
    chosen: dict[str, Baseline] = {}
    mistakes: list[Diagnostic] = []
    for name in names:
        try:
            baseline = library.baseline(name)
        except PolicyError as error:
            mistakes.extend(error.diagnostics)
            continue
        other = chosen.setdefault(baseline.id, baseline)
        if _file(other) != _file(baseline):
            paths = f"{other.location.path} and {baseline.location.path}"
            raise UsageError(f"two baselines have the id {baseline.id!r}: {paths}; name one of them")
    if mistakes:
        raise PolicyError(tuple(mistakes))
    return tuple(chosen.values())


def _file(baseline: Baseline) -> Path:
    return Path(baseline.location.path).resolve()

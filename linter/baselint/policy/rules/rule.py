"""What every rule is, and what it may look at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from baselint.errors import Diagnostic, Level
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.source import PolicyFile
from baselint.yamldocument import Path


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check on policy files; its module's docstring is its page."""

    ids: tuple[str, ...]
    """The names that its diagnostics carry."""
    kinds: tuple[PolicyKind, ...]
    check: "Callable[[PolicyFile[Any], PolicyLibrary], Iterator[Diagnostic]]"
    page: str


def mistake(file: PolicyFile[Any], path: Path, rule: str, message: str, *, key: bool = False) -> Diagnostic:
    """Return an error at a value of a policy file, or at its key."""
    place = file.document.at_key(path) if key else file.document.at(path)
    return Diagnostic(place, rule, message)


def warning(file: PolicyFile[Any], path: Path, rule: str, message: str) -> Diagnostic:
    """Return a warning at a value of a policy file; warnings never change the exit code."""
    return Diagnostic(file.document.at(path), rule, message, Level.WARNING)

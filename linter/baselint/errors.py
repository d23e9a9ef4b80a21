"""What can go wrong, where, what to do about it, and the exit code it leads to."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """Exit codes of every command; nothing else is ever returned."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    NOTHING_TO_CHECK = 3
    INTERNAL = 70


class Level(StrEnum):
    """Weight of a diagnostic: only errors change the exit code."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file; line and column count from 1, and are None where only the file is known."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """Return ``path:line:column``, as editors and CI logs link it."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake in a policy file: where, which rule, what is wrong and what is allowed."""

    location: Location
    rule: str
    message: str
    level: Level = Level.ERROR
    details: tuple[str, ...] = ()
    """What else a reader needs to decide, one line each."""
    correction: str | None = None
    """The text to write instead, or to add, where that is mechanical."""

    def __str__(self) -> str:
        """Return ``file:line:col: error[rule-id]: what is wrong; what is allowed``, with the details on lines below."""
        lines = [f"{self.location}: {self.level}[{self.rule}]: {self.message}", *self.details]
        if self.correction is not None:
            lines.append(f"write: {self.correction}")
        return "\n    ".join(lines)

    @property
    def order(self) -> tuple[bool, str, int, int, str, str]:
        """Sort key: errors before warnings, then by place."""
        place = self.location
        return (self.level is not Level.ERROR, place.path, place.line or 0, place.column or 0, self.rule, self.message)


class BaselintError(Exception):
    """An error that is told to the user in one line and ends the command."""

    exit_code = ExitCode.USAGE


class UsageError(BaselintError):
    """Wrong arguments, a path that cannot be read, or accounts that cannot be told apart."""


class NothingToCheckError(BaselintError):
    """There was nothing to check; never to be mistaken for a clean result."""

    exit_code = ExitCode.NOTHING_TO_CHECK


class PolicyError(BaselintError):
    """One or more policy files are broken; holds every mistake that was found."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda diagnostic: diagnostic.order))
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))

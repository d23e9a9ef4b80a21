"""One recognised export as the readers hand it on: what it says, or why it says nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from baselint.evidence import Evidence, ExportKind, Missing, MissingReason

if TYPE_CHECKING:
    from collections.abc import Callable
    from re import Pattern

    from baselint.snapshot.form import ErrorForm, JsonForm, TableForm


@dataclass(frozen=True, slots=True)
class FileContext:
    """What is known of a file besides its content: where it lies, and what a manifest says of it."""

    path: str
    words: frozenset[str]
    """Lower-case words of the file's name."""
    command: str | None = None
    caller: str | None = None
    captured_at: datetime | None = None
    """When it was made, by the manifest."""


class Payload(Protocol):
    """What an export says; each reader has its own type."""

    @property
    def records(self) -> int | None:
        """How many records the export holds, where that is a number worth telling."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a file: a payload, or the reason why there is none."""

    payload: Payload | None = None
    failure: Missing | None = None
    accounts: frozenset[str] = frozenset()
    """Account ids that stand in the content."""
    partitions: frozenset[str] = frozenset()
    captured_at: datetime | None = None
    """When the content says it was made."""
    newest_stamp: datetime | None = None
    """The newest date in the content: it was not made before."""
    variant: str | None = None
    """Which of several files of this kind, for example the type of a contact."""
    organization: str | None = None
    """Id of the organization that the content speaks of."""
    problems: tuple[tuple[str, str], ...] = ()
    """Reason and message of what a person should know about the file."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of export, and how to read it."""

    kind: ExportKind
    read: "Callable[[JsonForm | TableForm, FileContext], Reading | None]"
    """Returns None when the content is not of this kind."""
    mark: "Pattern[str]"
    """Finds the kind in the text of a file that is broken."""
    names: tuple[frozenset[str], ...]
    """Sets of words that, in a file's name, say what a file without usable content was meant to be."""
    read_error: "Callable[[ErrorForm, FileContext], Reading | None] | None" = None
    """Reads the error texts that are answers, such as "there is none"; returns None for all others."""


@dataclass(frozen=True, slots=True)
class Export:
    """A recognised file of a snapshot."""

    path: str
    kind: ExportKind
    sha256: str
    reading: Reading
    captured_at: datetime | None
    """When it was made: by the content, the manifest, then the user; None when nobody says it."""
    made_by_root_of: str | None = None
    """The account whose root user made it, by the manifest."""

    def evidence(self, pointer: str, raw: bool | int | str | None) -> Evidence:
        """Return a piece of evidence from this file."""
        return Evidence(self.path, pointer, raw)


def fail(kind: ExportKind, reason: MissingReason, detail: str) -> Missing:
    """Return why an export says nothing."""
    return Missing(reason, detail, needs=(kind,))

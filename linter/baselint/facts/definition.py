"""What a fact is: its name, type, wording and scope, and which exports carry it."""

from dataclasses import dataclass
from enum import StrEnum

from baselint.evidence import ExportKind, Span, Value


class FactType(StrEnum):
    """Type of a fact's value."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    TEXT = "text"
    CHOICE = "choice"


class Disclosure(StrEnum):
    """How much of a value reports may show: a contact's data are personal."""

    WHOLE = "whole"
    MAIL_DOMAIN = "mail-domain"
    PRESENCE = "presence"


class Scope(StrEnum):
    """Whose property a fact is: the account's, or that of each member of a population."""

    ACCOUNT = "account"
    USER = "user"
    ACCESS_KEY = "access-key"
    SIGNING_CERTIFICATE = "signing-certificate"


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """A fact that checks can name."""

    name: str
    type: FactType
    label: str
    """Subject of the English sentence, for example ``the root user's MFA``."""
    exports: tuple[ExportKind, ...]
    scope: Scope = Scope.ACCOUNT
    words: tuple[str, str] = ("yes", "no")
    """What true and false are called in sentences."""
    unit: str | None = None
    choices: tuple[str, ...] = ()
    range: tuple[int, int] | None = None
    """The least and the most that AWS lets the fact be, both included; None where it sets no limit that we know."""
    absent: str | None = None
    """What "there is none" is called; None where the fact always has a value."""
    variant: str | None = None
    """Which of an export's commands carries the fact, where each variant has its own."""

    disclosure: Disclosure = Disclosure.WHOLE

    def shown(self, value: Value) -> Value:
        """Return what a report may show of a value."""
        if self.disclosure is Disclosure.WHOLE or not isinstance(value, str):
            return value
        domain = value.rpartition("@")[2].strip()
        return f"…@{domain}" if self.disclosure is Disclosure.MAIL_DOMAIN else "given"

    def word(self, value: Value) -> str:
        """Say a value as people would: ``on``, ``14 characters``, ``never used``; never more than a report may show."""
        value = self.shown(value)
        if value is None:
            return self.absent or "none"
        if isinstance(value, bool):
            return self.words[0] if value else self.words[1]
        if isinstance(value, int | Span) and self.unit:
            return f"{value} {_singular(self.unit) if value == 1 else self.unit}"
        return str(value)


def _singular(unit: str) -> str:
    return unit[:-2] if unit.endswith("sses") else unit[:-1]

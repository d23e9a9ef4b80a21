"""What is known of an account, where from, and why something is not known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias


class MissingReason(StrEnum):
    """Why a fact is not known; declared in the order in which a person can cure it."""

    ACCESS_DENIED = "access-denied"
    NOT_AN_ANSWER = "not-an-answer"
    INVALID = "invalid"
    SOURCES_DISAGREE = "sources-disagree"
    CAPTURE_TIME_UNKNOWN = "capture-time-unknown"
    INCOMPLETE = "incomplete"
    NOT_EXPORTED = "not-exported"
    NOT_REPORTED = "not-reported"


class ExportKind(StrEnum):
    """Kinds of files that carry facts about an account."""

    CREDENTIAL_REPORT = "credential-report"
    ACCOUNT_SUMMARY = "account-summary"
    PASSWORD_POLICY = "password-policy"  # noqa: S105 - a file kind
    VIRTUAL_MFA_DEVICES = "virtual-mfa-devices"
    MFA_DEVICES = "mfa-devices"
    ACCESS_KEYS = "access-keys"
    ACCESS_KEY_LAST_USED = "access-key-last-used"
    SIGNING_CERTIFICATES = "signing-certificates"
    LOGIN_PROFILE = "login-profile"
    ALTERNATE_CONTACT = "alternate-contact"
    CONTACT_INFORMATION = "contact-information"
    PRIMARY_EMAIL = "primary-email"
    CALLER_IDENTITY = "caller-identity"
    ORGANIZATION = "organization"
    ORGANIZATIONS_FEATURES = "organizations-features"
    ORGANIZATION_ACCOUNTS = "organization-accounts"
    POLICIES = "service-control-policies"
    POLICY = "service-control-policy"
    POLICY_TARGETS = "service-control-policy-targets"
    SAML_PROVIDERS = "saml-providers"
    IDENTITY_CENTER_INSTANCES = "identity-center-instances"
    AUTHORIZATION_DETAILS = "authorization-details"
    MANIFEST = "snapshot-manifest"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in one export: the raw value that stands there, never a secret or personal data."""

    export: str
    pointer: str
    raw: bool | int | str | None


MANY = 1_000_000
"""The upper end of a number that has none."""


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number that lies somewhere between two ends, both included."""

    low: int
    high: int
    cause: "Missing | None" = field(default=None, compare=False)
    """Why it is not known better; None where only the time of the capture lacks."""

    def __str__(self) -> str:
        """Return the number, or both ends."""
        if self.high >= MANY:
            return f"{self.low} or more"
        return str(self.low) if self.low == self.high else f"between {self.low} and {self.high}"


Value: TypeAlias = bool | int | str | Span | None
"""Value of a known fact; None means that there is none: no key, never used, not set."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that the exports tell."""

    value: Value
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the exports do not tell, with the reason and what would cure it."""

    reason: MissingReason
    detail: str
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    needs: tuple[ExportKind, ...] = ()
    """The exports that would tell."""


FactValue: TypeAlias = Known | Missing

_CURE_ORDER = {reason: position for position, reason in enumerate(MissingReason)}


def most_curable(missing: Iterable[Missing]) -> Missing:
    """Return the one whose reason a person can cure best; there must be at least one."""
    return min(missing, key=lambda item: _CURE_ORDER[item.reason])


class Member(Protocol):
    """One member of a population, for example one access key."""

    @property
    def subject(self) -> str:
        """Stable name, for example ``alice/access-key-1``."""
        ...

    @property
    def export(self) -> str:
        """Path of the export that lists the member."""
        ...

    @property
    def pointer(self) -> str:
        """Place of the member in the export."""
        ...

    def fact(self, index: int) -> FactValue:
        """Return the fact at an index of the names that the population was bound to."""
        ...


class Population(Protocol):
    """Members of one kind; facts of a member are derived only when asked for."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the members stand, and where they were counted."""
        ...

    @property
    def gaps(self) -> tuple[Missing, ...]:
        """Why members may be missing; empty when none are known to be."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said wherever the population decides."""
        ...

    def members(self, facts: tuple[str, ...]) -> Iterator[Member]:
        """Yield every member, bound to the names of the facts that will be asked for."""
        ...


class Facts(Protocol):
    """All facts of one account."""

    def fact(self, name: str) -> FactValue:
        """Return a fact of the account; a name nobody derives is a programming error."""
        ...

    def population(self, name: str) -> Population | Missing:
        """Return the members of one kind, or why nobody knows them."""
        ...


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """One recognised export of an account, as the report lists it."""

    path: str
    kind: ExportKind
    account_from: str
    """What named the account: content, manifest, directory, neighbours or organization."""
    sha256: str
    captured_at: datetime | None
    records: int | None


_INACTIVE = frozenset(("SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION"))


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account as a list of accounts names it."""

    id: str
    name: str | None = None
    state: str | None = None
    """What AWS says of it, for example ``ACTIVE``; None where the list says nothing."""

    @property
    def is_active(self) -> bool:
        """Tell whether exports of it are to be expected; so they are unless AWS says that it is closed or the like."""
        return self.state not in _INACTIVE


@dataclass(frozen=True, slots=True)
class AccountList:
    """The accounts that somebody says there are, each once, and the file that says so."""

    path: str
    sha256: str
    accounts: tuple[ListedAccount, ...]


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A file that is not an export baselint reads, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a file that a person should know; it never stops the run."""

    path: str
    account: str | None
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class AccountSnapshot:
    """The exports of one account taken together."""

    account: str
    partition: str | None
    facts: Facts
    exports: tuple[ExportRecord, ...]
    unrecognised: tuple[Unrecognised, ...] = ()
    kind: str | None = None
    name: str | None = None

"""The registry of facts: name, type, wording, scope, and which exports carry each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from baselint.evidence import ExportKind, Span, Value
from baselint.exports import CONTACT_TYPES


class FactType(StrEnum):
    """Type of a fact's value."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    TEXT = "text"
    CHOICE = "choice"


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
    absent: str | None = None
    """What "there is none" is called; None where the fact always has a value."""
    variant: str | None = None
    """Which of an export's commands carries the fact, where each variant has its own."""

    def word(self, value: Value) -> str:
        """Say a value as people would: ``on``, ``14 characters``, ``never used``."""
        if value is None:
            return self.absent or "none"
        if isinstance(value, bool):
            return self.words[0] if value else self.words[1]
        if isinstance(value, int | Span) and self.unit:
            return f"{value} {_singular(self.unit) if value == 1 else self.unit}"
        return str(value)


def _singular(unit: str) -> str:
    return unit[:-2] if unit.endswith("sses") else unit[:-1]


_REPORT = ExportKind.CREDENTIAL_REPORT
_SUMMARY = ExportKind.ACCOUNT_SUMMARY
_POLICY = ExportKind.PASSWORD_POLICY
_VIRTUAL = ExportKind.VIRTUAL_MFA_DEVICES
_DEVICES = ExportKind.MFA_DEVICES
_CONTACT = ExportKind.ALTERNATE_CONTACT
_CALLER = ExportKind.CALLER_IDENTITY

_BOOLEAN, _INTEGER, _TEXT, _CHOICE = FactType.BOOLEAN, FactType.INTEGER, FactType.TEXT, FactType.CHOICE

_PRESENCE = ("present", "absent")
_STATE = ("on", "off")

_ROOT = (
    FactDefinition("root.exists", _BOOLEAN, "a root user", (_REPORT, _CALLER), words=_PRESENCE),
    FactDefinition(
        "root.console_sign_in_possible",
        _BOOLEAN,
        "console sign-in of the root user",
        (_REPORT, _CALLER),
        words=("possible", "impossible"),
    ),
    FactDefinition("root.has_password", _BOOLEAN, "the root user's password", (_REPORT, _SUMMARY), words=_PRESENCE),
    FactDefinition(
        "root.has_active_access_key", _BOOLEAN, "an active access key of the root user", (_REPORT,), words=_PRESENCE
    ),
    FactDefinition(
        "root.has_access_key",
        _BOOLEAN,
        "an access key of the root user, active or not,",
        (_REPORT, _SUMMARY),
        words=_PRESENCE,
    ),
    FactDefinition(
        "root.has_signing_certificate",
        _BOOLEAN,
        "a signing certificate of the root user, active or not,",
        (_REPORT, _SUMMARY),
        words=_PRESENCE,
    ),
    FactDefinition(
        "root.has_usable_credentials",
        _BOOLEAN,
        "a password or an active access key of the root user",
        (_REPORT, _SUMMARY),
        words=_PRESENCE,
    ),
    FactDefinition(
        "root.has_credentials",
        _BOOLEAN,
        "a password, an access key or a signing certificate of the root user",
        (_REPORT, _SUMMARY),
        words=_PRESENCE,
    ),
    FactDefinition("root.mfa_enabled", _BOOLEAN, "the root user's MFA", (_REPORT, _SUMMARY), words=_STATE),
    FactDefinition(
        "root.mfa_kind",
        _CHOICE,
        "the kind of the root user's MFA",
        (_REPORT, _SUMMARY, _VIRTUAL),
        choices=("none", "virtual", "not-virtual"),
    ),
    FactDefinition(
        "root.mfa_has_backup", _BOOLEAN, "a second MFA device of the root user", (_DEVICES,), words=_PRESENCE
    ),
    FactDefinition(
        "root.password_age_days",
        _INTEGER,
        "the age of the root user's password",
        (_REPORT,),
        unit="days",
        absent="no password",
    ),
    FactDefinition(
        "root.password_unused_days",
        _INTEGER,
        "the time since the root user's password was last used",
        (_REPORT,),
        unit="days",
        absent="no use known",
    ),
    *(
        FactDefinition(
            f"root.access_key_{slot}_unused_days",
            _INTEGER,
            f"the time since the root user's access key {slot} was last used",
            (_REPORT,),
            unit="days",
            absent="no use known",
        )
        for slot in (1, 2)
    ),
)

_PASSWORD_POLICY = (
    FactDefinition(
        "password_policy.configured", _BOOLEAN, "a custom password policy", (_POLICY,), words=("set", "not set")
    ),
    FactDefinition(
        "password_policy.minimum_length",
        _INTEGER,
        "the minimum length of IAM users' passwords",
        (_POLICY,),
        unit="characters",
    ),
    *(
        FactDefinition(
            f"password_policy.requires_{name}",
            _BOOLEAN,
            f"{article} in IAM users' passwords",
            (_POLICY,),
            words=("required", "not required"),
        )
        for name, article in (
            ("symbols", "a symbol"),
            ("numbers", "a digit"),
            ("uppercase", "an uppercase letter"),
            ("lowercase", "a lowercase letter"),
        )
    ),
    FactDefinition(
        "password_policy.classes_required",
        _INTEGER,
        "the number of character classes required in IAM users' passwords",
        (_POLICY,),
        unit="classes",
    ),
    FactDefinition(
        "password_policy.reuse_prevention",
        _INTEGER,
        "the number of earlier passwords an IAM user cannot reuse",
        (_POLICY,),
        unit="passwords",
    ),
    FactDefinition(
        "password_policy.maximum_age_days",
        _INTEGER,
        "the maximum age of IAM users' passwords",
        (_POLICY,),
        unit="days",
        absent="passwords never expire",
    ),
    FactDefinition(
        "password_policy.hard_expiry",
        _BOOLEAN,
        "the lock-out of IAM users whose password expired",
        (_POLICY,),
        words=_STATE,
    ),
    FactDefinition(
        "password_policy.users_may_change",
        _BOOLEAN,
        "changing one's own password, for IAM users,",
        (_POLICY,),
        words=("allowed", "not allowed"),
    ),
)

_CONTACTS = (
    FactDefinition(
        "contacts.kept_here",
        _BOOLEAN,
        "alternate contacts in this account",
        (_REPORT, _CALLER),
        words=("kept here", "kept elsewhere"),
    ),
    *(
        FactDefinition(
            f"contacts.{name}",
            _BOOLEAN,
            f"the {name} contact",
            (_CONTACT,),
            words=("registered", "not registered"),
            absent="not registered",
            variant=name,
        )
        for name in CONTACT_TYPES
    ),
)

_ACCOUNT = (
    FactDefinition("account.partition", _TEXT, "the partition of the account", (_REPORT, _CALLER)),
    FactDefinition("exports.made_by_root", _BOOLEAN, "exports made by the root user", (_CALLER,)),
    FactDefinition("credential_report.age_days", _INTEGER, "the age of the credential report", (_REPORT,), unit="days"),
    FactDefinition(
        "credential_report.complete",
        _BOOLEAN,
        "the credential report",
        (_REPORT, _SUMMARY),
        words=("complete", "incomplete"),
    ),
)

_USER = tuple(
    FactDefinition(f"user.{name}", type_, label, (_REPORT,), Scope.USER, words=words, unit=unit, absent=absent)
    for name, type_, label, words, unit, absent in (
        ("console_enabled", _BOOLEAN, "the user's console password", _PRESENCE, None, None),
        ("mfa_active", _BOOLEAN, "the user's MFA", _STATE, None, None),
        ("has_active_credential", _BOOLEAN, "a password or an active access key of the user", _PRESENCE, None, None),
        ("password_age_days", _INTEGER, "the age of the user's password", ("", ""), "days", "no password"),
        ("password_unused_days", _INTEGER, "the unused time of the user's password", ("", ""), "days", "no password"),
        *(
            (
                f"access_key_{slot}_{what}_days",
                _INTEGER,
                f"{label} access key {slot}",
                ("", ""),
                "days",
                "no active key",
            )
            for slot in (1, 2)
            for what, label in (
                ("age", "the age of the user's active"),
                ("unused", "the unused time of the user's active"),
            )
        ),
        ("active_access_keys", _INTEGER, "the number of active access keys of the user", ("", ""), "keys", None),
        (
            "has_unused_initial_key",
            _BOOLEAN,
            "an active access key, never used, of a user with a password",
            _PRESENCE,
            None,
            None,
        ),
        (
            "has_signing_certificate",
            _BOOLEAN,
            "a signing certificate of the user, active or not,",
            _PRESENCE,
            None,
            None,
        ),
    )
)

_ACCESS_KEY = (
    FactDefinition(
        "access_key.active", _BOOLEAN, "the key", (_REPORT,), Scope.ACCESS_KEY, words=("active", "inactive")
    ),
    FactDefinition("access_key.age_days", _INTEGER, "the age of the key", (_REPORT,), Scope.ACCESS_KEY, unit="days"),
    FactDefinition(
        "access_key.unused_days",
        _INTEGER,
        "the time the key has been unused",
        (_REPORT,),
        Scope.ACCESS_KEY,
        unit="days",
    ),
)

_CERTIFICATE = (
    FactDefinition(
        "signing_certificate.active",
        _BOOLEAN,
        "the certificate",
        (_REPORT,),
        Scope.SIGNING_CERTIFICATE,
        words=("active", "inactive"),
    ),
    FactDefinition(
        "signing_certificate.age_days",
        _INTEGER,
        "the age of the certificate",
        (_REPORT,),
        Scope.SIGNING_CERTIFICATE,
        unit="days",
    ),
)

FACTS: Mapping[str, FactDefinition] = {
    definition.name: definition
    for definition in (
        *_ROOT,
        *_PASSWORD_POLICY,
        *_CONTACTS,
        *_ACCOUNT,
        *_USER,
        *_ACCESS_KEY,
        *_CERTIFICATE,
    )
}
"""Every fact a check can name, by name."""

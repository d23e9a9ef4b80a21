"""Facts of IAM users, their access keys and their signing certificates."""

from baselint.evidence import ExportKind
from baselint.facts.definition import FactDefinition, FactType, Scope

_REPORT = ExportKind.CREDENTIAL_REPORT
_BOOLEAN = FactType.BOOLEAN
_INTEGER = FactType.INTEGER
_PRESENCE = ("present", "absent")
_STATE = ("on", "off")

USER = tuple(
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

ACCESS_KEY = (
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

SIGNING_CERTIFICATE = (
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

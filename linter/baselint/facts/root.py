"""Facts of the root user."""

from baselint.evidence import ExportKind
from baselint.facts.definition import FactDefinition, FactType

_REPORT = ExportKind.CREDENTIAL_REPORT
_SUMMARY = ExportKind.ACCOUNT_SUMMARY
_VIRTUAL = ExportKind.VIRTUAL_MFA_DEVICES
_DEVICES = ExportKind.MFA_DEVICES
_CALLER = ExportKind.CALLER_IDENTITY
_BOOLEAN = FactType.BOOLEAN
_INTEGER = FactType.INTEGER
_CHOICE = FactType.CHOICE
_PRESENCE = ("present", "absent")
_STATE = ("on", "off")

ROOT = (
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
    FactDefinition(
        "root.denied_by_scp",
        _BOOLEAN,
        "a service control policy that denies everything to the root user",
        (
            ExportKind.POLICIES,
            ExportKind.POLICY,
            ExportKind.POLICY_TARGETS,
            ExportKind.ORGANIZATION_ACCOUNTS,
            ExportKind.ORGANIZATION,
        ),
        words=("attached", "not attached"),
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

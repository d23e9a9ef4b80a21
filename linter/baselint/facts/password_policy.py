"""Facts of the password policy for IAM users.

Ranges are those of the settings in the IAM API reference, data type ``PasswordPolicy`` (read 2026-11-25):
``MinimumPasswordLength`` 6 to 128, ``MaxPasswordAge`` 1 to 1095, ``PasswordReusePrevention`` 1 to 24. A policy without the
last remembers none, which the fact calls 0. There are four switches for character classes, so 0 to 4 of them are on.
"""

from baselint.evidence import ExportKind
from baselint.facts.definition import FactDefinition, FactType

_POLICY = ExportKind.PASSWORD_POLICY
_BOOLEAN = FactType.BOOLEAN
_INTEGER = FactType.INTEGER
_STATE = ("on", "off")

PASSWORD_POLICY = (
    FactDefinition(
        "password_policy.configured", _BOOLEAN, "a custom password policy", (_POLICY,), words=("set", "not set")
    ),
    FactDefinition(
        "password_policy.minimum_length",
        _INTEGER,
        "the minimum length of IAM users' passwords",
        (_POLICY,),
        unit="characters",
        range=(6, 128),
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
        range=(0, 4),
    ),
    FactDefinition(
        "password_policy.reuse_prevention",
        _INTEGER,
        "the number of earlier passwords an IAM user cannot reuse",
        (_POLICY,),
        unit="passwords",
        range=(0, 24),
    ),
    FactDefinition(
        "password_policy.maximum_age_days",
        _INTEGER,
        "the maximum age of IAM users' passwords",
        (_POLICY,),
        unit="days",
        range=(1, 1095),
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

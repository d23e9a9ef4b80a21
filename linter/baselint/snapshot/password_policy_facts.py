"""Derives the facts of the IAM password policy, AWS's own defaults included where no custom policy is set."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from baselint.evidence import Evidence, ExportKind, FactValue, Known, Missing, MissingReason, Value
from baselint.snapshot.password_policy import PasswordPolicy
from baselint.snapshot.report_source import ReportSource
from baselint.snapshot.sources import Source, Sources

_KIND = ExportKind.PASSWORD_POLICY
DEFAULT_LENGTH = 8
DEFAULT_CLASSES = 3
_CLASSES = {
    "symbols": "RequireSymbols",
    "numbers": "RequireNumbers",
    "uppercase": "RequireUppercaseCharacters",
    "lowercase": "RequireLowercaseCharacters",
}
_DEFAULT_NOTE = "no custom policy is set, so AWS's default holds"


class PasswordPolicyFacts:
    """The facts whose names start with ``password_policy.``.

    Source: ``aws iam get-account-password-policy``, fields as the IAM API reference names them (2026-11). Fields of
    numbers that are absent or 0 are not set; ``HardExpiry`` absent, null or false is false. A field that AWS could not
    have answered is missing as invalid, for that field only.
    """

    def __init__(self, sources: Sources, report: ReportSource) -> None:
        self._policy = sources.find(_KIND, PasswordPolicy)
        self._report = report

    def derivations(self) -> Mapping[str, Callable[[], FactValue]]:
        """Return the derivation of each fact, by name."""
        table: dict[str, Callable[[], FactValue]] = {
            "password_policy.configured": self._configured,
            "password_policy.minimum_length": self._minimum_length,
            "password_policy.classes_required": self._classes_required,
            "password_policy.reuse_prevention": self._reuse_prevention,
            "password_policy.maximum_age_days": self._maximum_age,
            "password_policy.hard_expiry": self._hard_expiry,
            "password_policy.users_may_change": self._users_may_change,
        }
        for name, field in _CLASSES.items():
            table[f"password_policy.requires_{name}"] = self._class_reader(field)
        return {name: self._with_affected_users(derive) for name, derive in table.items()}

    def _with_affected_users(self, derive: Callable[[], FactValue]) -> Callable[[], FactValue]:
        def derived() -> FactValue:
            value = derive()
            if isinstance(value, Known) and self._nobody_affected:
                note = "no IAM user has a password today, by the complete credential report, so nobody is affected yet"
                return replace(value, notes=(*value.notes, note))
            return value

        return derived

    @cached_property
    def _nobody_affected(self) -> bool:
        complete = self._report.complete
        if not isinstance(complete, Known) or complete.value is not True or isinstance(self._report.report, Missing):
            return False
        enabled = self._report.cells.boolean("password_enabled")
        values = map(enabled, self._report.report.payload.user_rows)
        return all(isinstance(value, Known) and value.value is False for value in values)

    def _configured(self) -> FactValue:
        if isinstance(self._policy, Missing):
            return self._policy
        configured = self._policy.payload.configured
        raw = "policy" if configured else "NoSuchEntity"
        return Known(configured, (self._policy.export.evidence(self._policy.payload.prefix, raw),), self._policy.notes)

    def _minimum_length(self) -> FactValue:
        policy = self._custom(DEFAULT_LENGTH)
        if not isinstance(policy, Source):
            return policy
        value = self._number(policy, "MinimumPasswordLength", 6, 128)
        if isinstance(value, Known) and isinstance(value.value, int) and value.value < DEFAULT_LENGTH:
            note = f"without a custom policy AWS would ask for {DEFAULT_LENGTH} characters, which is stronger"
            return replace(value, notes=(*value.notes, note))
        return value

    def _class_reader(self, field: str) -> Callable[[], FactValue]:
        def derive() -> FactValue:
            policy = self._custom(False)
            if not isinstance(policy, Source):
                if isinstance(policy, Known):
                    note = "AWS's default asks for three of the four character classes, and for none in particular"
                    return replace(policy, notes=(*policy.notes, note))
                return policy
            value = self._flag(policy, field)
            classes = self._classes_required()
            if isinstance(value, Known) and value.value is False and isinstance(classes, Known):
                return self._compared_with_default(value, classes.value)
            return value

        return derive

    @staticmethod
    def _compared_with_default(value: Known, classes: Value) -> Known:
        if not isinstance(classes, int) or classes >= DEFAULT_CLASSES:
            return value
        note = f"the custom policy asks for {classes} character class(es); without it AWS would ask for three of four, which is stronger"
        return replace(value, notes=(*value.notes, note))

    def _classes_required(self) -> FactValue:
        policy = self._custom(DEFAULT_CLASSES)
        if not isinstance(policy, Source):
            return policy
        flags = [self._flag(policy, field) for field in _CLASSES.values()]
        for flag in flags:
            if isinstance(flag, Missing):
                return flag
        known = [flag for flag in flags if isinstance(flag, Known)]
        evidence = tuple(item for flag in known for item in flag.evidence)
        return Known(sum(flag.value is True for flag in known), evidence, policy.notes)

    def _reuse_prevention(self) -> FactValue:
        policy = self._custom(0)
        if not isinstance(policy, Source):
            return policy
        value = self._number(policy, "PasswordReusePrevention", 1, 24)
        return replace(value, value=0) if isinstance(value, Known) and value.value is None else value

    def _maximum_age(self) -> FactValue:
        policy = self._custom(None)
        if not isinstance(policy, Source):
            return policy
        value = self._number(policy, "MaxPasswordAge", 1, 1095)
        if isinstance(value, Missing):
            return value
        evidence, expires = self._field(policy, "ExpirePasswords")
        if expires is not None and not isinstance(expires, bool):
            return self._invalid(evidence)
        if expires is not None and expires is not (value.value is not None):
            detail = f"{policy.export.path}: ExpirePasswords contradicts MaxPasswordAge, which AWS never answers; export it again"
            return Missing(MissingReason.INVALID, detail, (evidence, *value.evidence), needs=(_KIND,))
        return value

    def _hard_expiry(self) -> FactValue:
        policy = self._custom(False)
        if not isinstance(policy, Source):
            return policy
        age = self._maximum_age()
        if isinstance(age, Missing):
            return age
        evidence, raw = self._field(policy, "HardExpiry")
        if raw is not None and not isinstance(raw, bool):
            return self._invalid(evidence)
        if raw and age.value is None:
            note = "HardExpiry is set, but has no effect while passwords do not expire"
            return Known(False, (evidence, *age.evidence), (*policy.notes, note))
        return Known(raw is True, (evidence,), policy.notes)

    def _users_may_change(self) -> FactValue:
        policy = self._custom(None)
        if isinstance(policy, Known):
            detail = "no custom policy is set, and AWS does not report whether users may then change their own password"
            return Missing(MissingReason.NOT_REPORTED, detail, policy.evidence)
        return policy if isinstance(policy, Missing) else self._flag(policy, "AllowUsersToChangePassword")

    def _custom(self, default: Value) -> "Source[PasswordPolicy] | FactValue":
        """Return the custom policy; AWS's default as a fact where none is set; or why nobody knows."""
        if isinstance(self._policy, Missing) or self._policy.payload.configured:
            return self._policy
        evidence = self._policy.export.evidence(self._policy.payload.prefix, "NoSuchEntity")
        return Known(default, (evidence,), (*self._policy.notes, _DEFAULT_NOTE))

    def _field(self, policy: Source[PasswordPolicy], name: str) -> tuple[Evidence, object]:
        raw = policy.payload.fields.get(name)
        shown = raw if isinstance(raw, bool | int | None) else "not readable"
        return policy.export.evidence(f"{policy.payload.prefix}/{name}", shown), raw

    def _number(self, policy: Source[PasswordPolicy], name: str, minimum: int, maximum: int) -> FactValue:
        evidence, raw = self._field(policy, name)
        if raw is None or (raw == 0 and isinstance(raw, int) and not isinstance(raw, bool)):
            return (
                Known(None, (evidence,), policy.notes) if name != "MinimumPasswordLength" else self._invalid(evidence)
            )
        if not isinstance(raw, int) or isinstance(raw, bool) or not minimum <= raw <= maximum:
            return self._invalid(evidence)
        return Known(raw, (evidence,), policy.notes)

    def _flag(self, policy: Source[PasswordPolicy], name: str) -> FactValue:
        evidence, raw = self._field(policy, name)
        return Known(raw, (evidence,), policy.notes) if isinstance(raw, bool) else self._invalid(evidence)

    @staticmethod
    def _invalid(evidence: Evidence) -> Missing:
        detail = f"{evidence.export}: {evidence.pointer} holds nothing AWS could have answered; export it again"
        return Missing(MissingReason.INVALID, detail, (evidence,), needs=(_KIND,))

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
_EXPIRY = ("MaxPasswordAge", "ExpirePasswords")
_DEFAULT_NOTE = "no custom policy is set, so AWS's default holds"


class PasswordPolicyFacts:
    """The facts whose names start with ``password_policy.``.

    Source: ``aws iam get-account-password-policy``, fields as the IAM API reference names them (2026-11). Fields of
    numbers that are absent or 0 are not set; ``HardExpiry`` absent, null or false is false. A field that AWS could not
    have answered is missing as invalid, for that field only.
    """

    def __init__(self, sources: Sources, report: ReportSource) -> None:
        self._sources = sources
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
        policy = self._told()
        if isinstance(policy, Missing):
            return policy
        configured = policy.payload.configured
        raw = "policy" if configured else "NoSuchEntity"
        return Known(configured, (policy.export.evidence(policy.payload.prefix, raw),), policy.notes)

    def _told(self, *names: str) -> Source[PasswordPolicy] | Missing:
        """Return the answer that speaks of the named fields; another one that differs elsewhere silences none of them."""

        def tells(policy: PasswordPolicy) -> object:
            return policy.configured, [repr(policy.fields.get(name)) for name in names]

        return self._sources.find(_KIND, PasswordPolicy, tells=tells)

    def _minimum_length(self) -> FactValue:
        policy = self._custom(DEFAULT_LENGTH, "MinimumPasswordLength")
        if not isinstance(policy, Source):
            return policy
        value = self._number(policy, "MinimumPasswordLength", 6, 128)
        if isinstance(value, Known) and isinstance(value.value, int) and value.value < DEFAULT_LENGTH:
            note = f"without a custom policy AWS would ask for {DEFAULT_LENGTH} characters, which is stronger"
            return replace(value, notes=(*value.notes, note))
        return value

    def _class_reader(self, field: str) -> Callable[[], FactValue]:
        def derive() -> FactValue:
            policy = self._custom(False, *_CLASSES.values())
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
        policy = self._custom(DEFAULT_CLASSES, *_CLASSES.values())
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
        policy = self._custom(0, "PasswordReusePrevention")
        if not isinstance(policy, Source):
            return policy
        if lacking := self._left_out(policy, "PasswordReusePrevention"):
            return lacking
        value = self._number(policy, "PasswordReusePrevention", 1, 24)
        return replace(value, value=0) if isinstance(value, Known) and value.value is None else value

    def _maximum_age(self) -> FactValue:
        policy = self._custom(None, *_EXPIRY)
        if not isinstance(policy, Source):
            return policy
        if lacking := self._left_out(policy, "MaxPasswordAge"):
            return lacking
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
        policy = self._custom(False, "HardExpiry", *_EXPIRY)
        if not isinstance(policy, Source):
            return policy
        if lacking := self._left_out(policy, "HardExpiry"):
            return lacking
        evidence, raw = self._field(policy, "HardExpiry")
        age = self._maximum_age()
        if isinstance(age, Missing):
            off = raw is False and age.reason is MissingReason.INCOMPLETE
            return Known(False, (evidence,), policy.notes) if off else age
        if raw is not None and not isinstance(raw, bool):
            return self._invalid(evidence)
        if raw and age.value is None:
            note = "HardExpiry is set, but has no effect while passwords do not expire"
            return Known(False, (evidence, *age.evidence), (*policy.notes, note))
        return Known(raw is True, (evidence,), policy.notes)

    def _users_may_change(self) -> FactValue:
        policy = self._custom(None, "AllowUsersToChangePassword")
        if isinstance(policy, Known):
            detail = "no custom policy is set, and AWS does not report whether users may then change their own password"
            return Missing(MissingReason.NOT_REPORTED, detail, policy.evidence)
        return policy if isinstance(policy, Missing) else self._flag(policy, "AllowUsersToChangePassword")

    def _custom(self, default: Value, *names: str) -> "Source[PasswordPolicy] | FactValue":
        """Return the custom policy; AWS's default as a fact where none is set; or why nobody knows."""
        policy = self._told(*names)
        if isinstance(policy, Missing) or policy.payload.configured:
            return policy
        evidence = policy.export.evidence(policy.payload.prefix, "NoSuchEntity")
        return Known(default, (evidence,), (*policy.notes, _DEFAULT_NOTE))

    def _left_out(self, policy: Source[PasswordPolicy], name: str) -> Missing | None:
        """Return why the absence of a field says nothing: the answer is not whole, as AWS always prints ExpirePasswords."""
        if policy.payload.fields.get(name) is not None or policy.payload.fields.get("ExpirePasswords") is not None:
            return None
        evidence, _ = self._field(policy, "ExpirePasswords")
        detail = (
            f"{policy.export.path} has no ExpirePasswords, which AWS always gives, so {name} may have been left out too; "
            "export the whole answer"
        )
        return Missing(MissingReason.INCOMPLETE, detail, (evidence,), needs=(_KIND,))

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

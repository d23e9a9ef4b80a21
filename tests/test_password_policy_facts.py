"""The password policy, AWS's own default included: section 6 of the truth table."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accounts import AS_OF, NEWER, OLDER, account, fact, gist, places
from baselint.clock import parse_stamp
from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason
from baselint.snapshot.account_facts import AccountFacts
from baselint.snapshot.account_summary import AccountSummary
from baselint.snapshot.credential_report import CredentialReport, Row
from baselint.snapshot.export import Export, Reading
from baselint.snapshot.password_policy import PasswordPolicy
from builders import error_text, password_policy, report_json, root_row, summary, user_row

INVALID, NOT_REPORTED = MissingReason.INVALID, MissingReason.NOT_REPORTED
NONE_SET = error_text(
    "NoSuchEntity", "GetAccountPasswordPolicy", "The Password Policy with domain name 111122223333 cannot be found."
)
DEFAULTS = {
    "configured": False,
    "minimum_length": 8,
    "requires_symbols": False,
    "requires_numbers": False,
    "requires_uppercase": False,
    "requires_lowercase": False,
    "classes_required": 3,
    "reuse_prevention": 0,
    "maximum_age_days": None,
    "hard_expiry": False,
    "users_may_change": NOT_REPORTED,
}
CUSTOM = {
    "configured": True,
    "minimum_length": 14,
    "requires_symbols": True,
    "requires_numbers": True,
    "requires_uppercase": True,
    "requires_lowercase": True,
    "classes_required": 4,
    "reuse_prevention": 24,
    "maximum_age_days": 90,
    "hard_expiry": False,
    "users_may_change": True,
}
FIELDS = {
    "minimum_length": "MinimumPasswordLength",
    "requires_symbols": "RequireSymbols",
    "requires_numbers": "RequireNumbers",
    "requires_uppercase": "RequireUppercaseCharacters",
    "requires_lowercase": "RequireLowercaseCharacters",
    "reuse_prevention": "PasswordReusePrevention",
    "maximum_age_days": "MaxPasswordAge",
    "hard_expiry": "HardExpiry",
    "users_may_change": "AllowUsersToChangePassword",
}
NEVER = {"ExpirePasswords": False, "MaxPasswordAge": ...}


def policy(content: Any, directory: Path, **more: Any) -> dict[str, FactValue]:
    facts = account(directory, {"p.json": content}, **more).facts
    return {name: facts.fact(f"password_policy.{name}") for name in CUSTOM}


def custom(directory: Path, **fields: Any) -> dict[str, FactValue]:
    return policy(password_policy(**fields), directory)


def gists(values: dict[str, FactValue]) -> dict[str, object]:
    return {name: gist(value) for name, value in values.items()}


def notes(value: FactValue) -> str:
    assert isinstance(value, Known)
    return "; ".join(value.notes)


def test_a_custom_policy_is_taken_as_given(tmp_path: Path) -> None:
    values = custom(tmp_path)
    assert gists(values) == CUSTOM
    assert all(not value.notes for value in values.values())


def test_a_policy_without_its_wrapper_is_the_same(tmp_path: Path) -> None:
    values = policy(password_policy()["PasswordPolicy"], tmp_path)
    assert gists(values) == CUSTOM
    assert places(values["minimum_length"]) == [("p.json", "/MinimumPasswordLength", 14)]


def test_every_field_is_its_own_evidence(tmp_path: Path) -> None:
    answer = password_policy(HardExpiry=False)
    values = policy(answer, tmp_path)
    for name, field in FIELDS.items():
        assert places(values[name]) == [("p.json", f"/PasswordPolicy/{field}", answer["PasswordPolicy"][field])]
    assert places(values["configured"]) == [("p.json", "/PasswordPolicy", "policy")]
    assert [place[1].rpartition("/")[2] for place in places(values["classes_required"])] == [
        "RequireSymbols",
        "RequireNumbers",
        "RequireUppercaseCharacters",
        "RequireLowercaseCharacters",
    ]


def test_without_a_custom_policy_the_default_of_aws_holds_and_says_so(tmp_path: Path) -> None:
    values = policy(NONE_SET, tmp_path)
    assert gists(values) == DEFAULTS
    for name, value in values.items():
        assert places(value) == [("p.json", "error text", "NoSuchEntity")]
        if name not in {"configured", "users_may_change"}:
            assert "no custom policy is set, so AWS's default holds" in notes(value)
    assert "three of the four character classes, and for none in particular" in notes(values["requires_symbols"])
    change = values["users_may_change"]
    assert isinstance(change, Missing)
    assert "AWS does not report whether users may then change their own password" in change.detail


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (error_text("AccessDenied", "GetAccountPasswordPolicy", "no"), MissingReason.ACCESS_DENIED),
        (error_text("Throttling", "GetAccountPasswordPolicy", "slow"), MissingReason.NOT_AN_ANSWER),
        (error_text("ExpiredToken", "GetAccountPasswordPolicy", "late"), MissingReason.NOT_AN_ANSWER),
        ({"PasswordPolicy": {}}, INVALID),
        ('{"PasswordPolicy": {"MinimumPasswordLength": 14', INVALID),
    ],
)
def test_what_is_no_answer_is_never_no_policy(tmp_path: Path, content: Any, reason: MissingReason) -> None:
    assert gists(policy(content, tmp_path)) == dict.fromkeys(CUSTOM, reason)


def test_an_empty_file_is_never_no_policy(tmp_path: Path) -> None:
    facts = account(tmp_path, {"password-policy.json": ""}).facts
    for name in CUSTOM:
        found = facts.fact(f"password_policy.{name}")
        assert isinstance(found, Missing)
        assert found.reason is MissingReason.NOT_AN_ANSWER
        assert "goes to stderr" in found.detail


def test_a_policy_that_was_not_exported_is_never_no_policy(tmp_path: Path) -> None:
    facts = account(tmp_path, {"s.json": summary()}).facts
    reasons = {gist(facts.fact(f"password_policy.{name}")) for name in CUSTOM}
    assert reasons == {MissingReason.NOT_EXPORTED}


FIELD_CASES: list[tuple[str, dict[str, Any], object]] = [
    ("minimum_length", {"MinimumPasswordLength": 6}, 6),
    ("minimum_length", {"MinimumPasswordLength": 128}, 128),
    *(
        ("minimum_length", {"MinimumPasswordLength": value}, INVALID)
        for value in (5, 129, 0, -14, None, "14", 14.0, True, [14], ...)
    ),
    ("reuse_prevention", {"PasswordReusePrevention": 1}, 1),
    *(("reuse_prevention", {"PasswordReusePrevention": value}, 0) for value in (..., 0, None)),
    *(
        ("reuse_prevention", {"PasswordReusePrevention": value}, INVALID)
        for value in (25, 36, -1, "24", 24.0, 0.0, True, False, {})
    ),
    ("maximum_age_days", {"MaxPasswordAge": 1}, 1),
    ("maximum_age_days", {"MaxPasswordAge": 1095}, 1095),
    ("maximum_age_days", {"MaxPasswordAge": 90, "ExpirePasswords": ...}, 90),
    *(("maximum_age_days", {"MaxPasswordAge": value, "ExpirePasswords": False}, None) for value in (..., 0, None)),
    *(("maximum_age_days", {"MaxPasswordAge": value}, INVALID) for value in (1096, -1, "90", 90.0, True, False)),
    *(
        (name, {"ExpirePasswords": absent, field: ...}, MissingReason.INCOMPLETE)
        for name, field in (
            ("maximum_age_days", "MaxPasswordAge"),
            ("reuse_prevention", "PasswordReusePrevention"),
            ("hard_expiry", "HardExpiry"),
        )
        for absent in (..., None)
    ),
    ("maximum_age_days", {"ExpirePasswords": ..., "MaxPasswordAge": 0}, None),
    ("reuse_prevention", {"ExpirePasswords": ..., "PasswordReusePrevention": 5}, 5),
    ("hard_expiry", {"ExpirePasswords": ..., "HardExpiry": True}, True),
    ("hard_expiry", {"ExpirePasswords": ..., "HardExpiry": False, "MaxPasswordAge": ...}, False),
    ("hard_expiry", {"ExpirePasswords": ..., "HardExpiry": True, "MaxPasswordAge": ...}, MissingReason.INCOMPLETE),
    ("maximum_age_days", {"ExpirePasswords": False}, INVALID),
    ("maximum_age_days", {"MaxPasswordAge": ...}, INVALID),
    ("maximum_age_days", {"MaxPasswordAge": 0}, INVALID),
    *(("maximum_age_days", {"ExpirePasswords": value}, INVALID) for value in ("true", 1, 1.0)),
    ("maximum_age_days", {"ExpirePasswords": 0, "MaxPasswordAge": ...}, INVALID),
    ("hard_expiry", {"HardExpiry": True}, True),
    *(("hard_expiry", {"HardExpiry": value}, False) for value in (..., None, False)),
    *(("hard_expiry", {"HardExpiry": value}, INVALID) for value in (0, 1, 0.0, 1.0, "", "false", [], {})),
    *(("hard_expiry", {**NEVER, "HardExpiry": value}, INVALID) for value in (0, 1, 1.0, "true")),
    ("hard_expiry", {"MaxPasswordAge": "90"}, INVALID),
    ("hard_expiry", {"ExpirePasswords": False}, INVALID),
    *(
        (name, {FIELDS[name]: value}, INVALID)
        for name in ("requires_symbols", "requires_numbers", "requires_uppercase", "requires_lowercase")
        for value in (..., None, 1, "true")
    ),
    ("requires_symbols", {"RequireSymbols": False}, False),
    ("classes_required", {"RequireSymbols": False, "RequireNumbers": False}, 2),
    ("classes_required", {"RequireSymbols": 1}, INVALID),
    ("users_may_change", {"AllowUsersToChangePassword": False}, False),
    ("users_may_change", {"AllowUsersToChangePassword": None}, INVALID),
    ("users_may_change", {"AllowUsersToChangePassword": ...}, INVALID),
    ("users_may_change", {"AllowUsersToChangePassword": 1}, INVALID),
]


@pytest.mark.parametrize(("name", "fields", "expected"), FIELD_CASES)
def test_a_field(tmp_path: Path, name: str, fields: dict[str, Any], expected: object) -> None:
    assert gist(custom(tmp_path, **fields)[name]) == expected


def test_an_invalid_value_spoils_its_own_facts_only(tmp_path: Path) -> None:
    values = gists(custom(tmp_path, MinimumPasswordLength="14", MaxPasswordAge=...))
    spoilt = {name for name, value in values.items() if value is INVALID}
    assert spoilt == {"minimum_length", "maximum_age_days", "hard_expiry"}
    assert {name: values[name] for name in CUSTOM.keys() - spoilt} == {
        name: CUSTOM[name] for name in CUSTOM.keys() - spoilt
    }


def test_an_invalid_value_says_where_and_what_to_export(tmp_path: Path) -> None:
    found = custom(tmp_path, MinimumPasswordLength="14")["minimum_length"]
    assert isinstance(found, Missing)
    assert places(found) == [("p.json", "/PasswordPolicy/MinimumPasswordLength", "not readable")]
    assert "/PasswordPolicy/MinimumPasswordLength holds nothing AWS could have answered" in found.detail
    assert found.needs == (ExportKind.PASSWORD_POLICY,)
    contradiction = custom(tmp_path / "x", ExpirePasswords=False)["maximum_age_days"]
    assert isinstance(contradiction, Missing)
    assert "ExpirePasswords contradicts MaxPasswordAge" in contradiction.detail
    assert places(contradiction) == [
        ("p.json", "/PasswordPolicy/ExpirePasswords", False),
        ("p.json", "/PasswordPolicy/MaxPasswordAge", 90),
    ]


def test_a_custom_policy_weaker_than_the_default_says_so(tmp_path: Path) -> None:
    weak = custom(tmp_path, MinimumPasswordLength=7, RequireSymbols=False, RequireNumbers=False)
    assert notes(weak["minimum_length"]).startswith("without a custom policy AWS would ask for 8 characters")
    assert notes(weak["requires_symbols"]).startswith("the custom policy asks for 2 character class(es)")
    assert notes(weak["requires_lowercase"]) == ""
    equal = custom(tmp_path / "x", MinimumPasswordLength=8, RequireSymbols=False)
    assert (notes(equal["minimum_length"]), notes(equal["requires_symbols"])) == ("", "")
    unclear = custom(tmp_path / "y", RequireSymbols=False, RequireNumbers="no", RequireLowercaseCharacters=False)
    assert (gist(unclear["requires_symbols"]), notes(unclear["requires_symbols"])) == (False, "")


def test_hard_expiry_without_expiry_has_no_effect_and_says_so(tmp_path: Path) -> None:
    found = custom(tmp_path, **NEVER, HardExpiry=True)["hard_expiry"]
    assert gist(found) is False
    assert notes(found) == "HardExpiry is set, but has no effect while passwords do not expire"
    assert places(found)[0] == ("p.json", "/PasswordPolicy/HardExpiry", True)


def test_of_two_dated_policies_the_newer_decides_what_they_differ_in_and_says_so(tmp_path: Path) -> None:
    files = {"old.json": password_policy(), "new.json": password_policy(**NEVER, HardExpiry=True)}
    facts = account(tmp_path, files, captured={"old.json": OLDER, "new.json": NEWER}).facts
    undated = account(tmp_path / "x", files).facts
    differing = {"maximum_age_days", "hard_expiry"}
    for name in CUSTOM:
        told = "new.json of 2026-10-02T00:00:00Z decides" in notes(facts.fact(f"password_policy.{name}"))
        assert told is (name in differing), name
        disagree = gist(undated.fact(f"password_policy.{name}")) is MissingReason.SOURCES_DISAGREE
        assert disagree is (name in differing), name


NOBODY = "no IAM user has a password today, by the complete credential report, so nobody is affected yet"
ALICE, BOB = user_row("alice"), user_row("bob", password_enabled="true")


@pytest.mark.parametrize(
    ("rows", "users", "told"),
    [
        ((ALICE,), 1, True),
        ((), 0, True),
        ((ALICE, BOB), 2, False),
        ((ALICE,), 2, False),
        ((ALICE,), None, False),
        ((user_row("a", password_enabled="not_supported"),), 1, False),
        ((user_row("a", password_enabled="?"),), 1, False),
        (None, 0, False),
    ],
)
def test_a_policy_nobody_is_affected_by_says_so(
    tmp_path: Path, rows: tuple[dict[str, str], ...] | None, users: int | None, told: bool
) -> None:
    files: dict[str, Any] = {"p.json": password_policy()}
    if rows is not None:
        files["r.json"] = report_json(root_row(), *rows)
    if users is not None:
        files["s.json"] = summary(users=users)
    found = fact(tmp_path, "password_policy.minimum_length", files)
    assert gist(found) == 14
    assert notes(found) == (NOBODY if told else "")


def test_a_missing_fact_says_nothing_of_affected_users(tmp_path: Path) -> None:
    files = {"r.json": report_json(root_row(), ALICE), "s.json": summary(users=1)}
    found = fact(tmp_path, "password_policy.minimum_length", files)
    assert isinstance(found, Missing)
    assert found.notes == ()


class Counting(tuple[Row, ...]):
    """Rows that count how often somebody goes through all of them."""

    walks = 0

    def __iter__(self) -> Iterator[Row]:
        type(self).walks += 1
        return super().__iter__()


def test_the_users_are_looked_at_once_for_all_facts_of_the_policy() -> None:
    rows = Counting([Row(number, (f"user-{number}", "false")) for number in range(2, 5)])
    report = CredentialReport({"user": 0, "password_enabled": 1}, (), rows, ())
    payloads = {
        ExportKind.CREDENTIAL_REPORT: report,
        ExportKind.ACCOUNT_SUMMARY: AccountSummary({"Users": 3}, ""),
        ExportKind.PASSWORD_POLICY: PasswordPolicy(True, password_policy()["PasswordPolicy"], ""),
    }
    moment = parse_stamp(OLDER)
    exports = tuple(Export(kind, kind, "0" * 64, Reading(payload), moment) for kind, payload in payloads.items())
    facts = AccountFacts("111122223333", exports, AS_OF)
    values = [facts.fact(name) for name in sorted(facts.names) if name.startswith("password_policy.")]
    assert all(NOBODY in notes(value) for value in values)
    assert len(values) == 11
    assert Counting.walks == 2  # once for the number of names, once for their passwords

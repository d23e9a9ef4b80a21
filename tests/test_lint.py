"""Judging accounts: the precedence of verdicts, from policy files and exports to findings."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from baselint.evidence import AccountSnapshot
from baselint.lint import Linter
from baselint.policy.resolve import resolve
from builders import ACCOUNT, caller, password_policy, report_json, root_row, summary, user_row, write
from conftest import Cli
from fakefacts import FakeFacts
from linting import OLD_KEY, exports, findings, judged, report, settle
from policytree import BASELINE, KEYS, LENGTH, library, tree

CONTACTS = """\
kind: control
id: length
title: Two contacts are there
severity: medium
check:
  expect:
    - {fact: contacts.billing, equals: true}
    - {fact: contacts.security, equals: true}
"""
BACKUP = """\
kind: control
id: length
title: Two things, one of which no export reports
severity: medium
check:
  expect:
    - {fact: password_policy.minimum_length, at_least: 14}
    - {fact: password_policy.users_may_change, equals: true}
  or_attest: {within_days: 90}
"""
ATTESTED = """\
kind: attestations
attestations:
  - {control: length, accounts: ["111122223333"], outcome: pass, statement: seen, by: Ann, date: "2026-10-01"}
"""
NO_POLICY = (
    "\nAn error occurred (NoSuchEntity) when calling the GetAccountPasswordPolicy operation: "
    "The Password Policy with domain name 111122223333 cannot be found.\n"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return settle(tmp_path)


def test_each_control_of_each_baseline_has_one_finding_for_each_account(here: Path, cli: Cli) -> None:
    other = BASELINE.replace("id: base", "id: other").replace('"1"', '"2"')
    tree(here, baselines__other=other + "approved: {by: CISO, date: '2026-01-01'}\n")
    write(here / "s", {"a/w.json": caller(), "b/w.json": caller(account="444455556666")})
    found = report(cli, "-b", "base", "-b", "policies/baselines/other.yaml", "s", code=1)
    seen = [
        (account["id"], item["baseline"], item["control"])
        for account in found["accounts"]
        for item in account["findings"]
    ]
    assert len(seen) == len(set(seen)) == 2 * 2 * 3
    assert [item["approved"] for item in found["baselines"]] == [None, {"by": "CISO", "date": "2026-01-01"}]


def test_a_member_that_fails_is_named_with_its_place(here: Path, cli: Cli) -> None:
    keys = judged(cli, tree(here), exports(user_row("alice", **OLD_KEY), user_row("bob")), "keys")
    assert (keys["status"], keys["reason"]) == ("fail", "expectation-not-met")
    assert keys["observed"] == "1 of 1 does not meet it"
    assert keys["subjects"] == [
        {"id": "alice/access-key-1", "observed": "1035 days", "export": "s/credential-report.json", "pointer": "line 3"}
    ]
    assert keys["location"] == {"path": "policies/baselines/base.yaml", "line": 8, "column": 5}
    assert keys["help"] == "controls/g/keys/"
    assert keys["export_again"] == (
        "aws iam generate-credential-report\naws iam get-credential-report > credential-report.json"
    )


@pytest.mark.parametrize(
    ("users", "observed", "reason"),
    [
        ([], "nobody is concerned", "nobody-concerned"),
        ([{"access_key_1_active": "true", "access_key_1_last_rotated": "2026-10-01T00:00:00Z"}], "all 1 ", None),
    ],
)
def test_a_population_that_passes_says_how_many_were_looked_at(
    here: Path, cli: Cli, users: list[dict[str, str]], observed: str, reason: str | None
) -> None:
    rows = [user_row(f"user{index}", **cells) for index, cells in enumerate(users)]
    keys = judged(cli, tree(here), exports(*rows), "keys")
    assert keys["status"] == "pass"
    assert keys["reason"] == (reason or "expectation-met")
    assert keys["observed"].startswith(observed)


def test_a_known_fact_carries_its_place_and_raw_value(here: Path, cli: Cli) -> None:
    length = judged(cli, tree(here), exports(), "length")
    assert (length["status"], length["observed"]) == ("pass", "14 characters")
    assert length["evidence"] == [
        {
            "fact": "password_policy.minimum_length",
            "value": 14,
            "export": "s/password-policy.json",
            "pointer": "/PasswordPolicy/MinimumPasswordLength",
            "raw": 14,
        }
    ]


def test_a_retired_control_is_not_applicable_whatever_the_facts_and_attestations(here: Path, cli: Cli) -> None:
    retired = LENGTH.replace(
        "severity: medium", "severity: medium\nstatus: retired\nretired: {date: '2025-01-06', reason: it ended}"
    )
    tree(here, controls__g__length=retired)
    length = judged(cli, here, exports() | {"password-policy.json": password_policy(MinimumPasswordLength=6)}, "length")
    assert (length["status"], length["reason"]) == ("not-applicable", "retired")
    assert (length["observed"], length["requirement"]) == (
        "retired on 2025-01-06: it ended",
        "nothing is asked any more",
    )
    assert (length["fix"], length["export_again"], length["evidence"]) == (None, None, [])


GUARDED = LENGTH.replace("check:", "check:\n  applies_when: {fact: root.mfa_enabled, equals: false OTHERWISE}")


@pytest.mark.parametrize(
    ("otherwise", "observed"), [("", "the root user's MFA is on"), (", otherwise: root has MFA", "root has MFA")]
)
def test_a_guard_that_does_not_hold_says_why(here: Path, cli: Cli, otherwise: str, observed: str) -> None:
    tree(here, controls__g__length=GUARDED.replace(" OTHERWISE", otherwise))
    length = judged(cli, here, exports() | {"password-policy.json": password_policy(MinimumPasswordLength=6)}, "length")
    assert (length["status"], length["reason"], length["observed"]) == ("not-applicable", "does-not-apply", observed)
    assert {item["fact"] for item in length["evidence"]} == {"root.mfa_enabled"}


@pytest.mark.parametrize(("length_", "status"), [(14, "pass"), (6, "fail")])
def test_a_guard_that_cannot_be_seen_is_told_and_the_control_is_judged(
    here: Path, cli: Cli, length_: int, status: str
) -> None:
    tree(here, controls__g__length=GUARDED.replace(" OTHERWISE", ""))
    files = {"w.json": caller(), "password-policy.json": password_policy(MinimumPasswordLength=length_)}
    length = judged(cli, here, files, "length")
    assert length["status"] == status
    assert "judged as if it applied, since it could not be seen whether it does: " in length["message"]


def test_what_is_missing_in_each_of_several_facts_is_exported_again(here: Path, cli: Cli) -> None:
    tree(here, controls__g__length=CONTACTS)
    complete = exports()
    security = "aws account get-alternate-contact --alternate-contact-type SECURITY"
    billing = security.replace("SECURITY", "BILLING")
    del complete["alternate-contact-security.json"]
    length = judged(cli, here, complete, "length")
    assert (length["status"], length["reason"]) == ("unknown", "not-exported")
    assert [line.split(" >")[0] for line in length["export_again"].splitlines()] == [security]
    (here / "s" / "alternate-contact-billing.json").unlink()
    length = findings(report(cli, "s"))["length"]
    assert [line.split(" >")[0] for line in length["export_again"].splitlines()] == [billing, security]
    assert length["message"].startswith(f"{length['requirement']}; observed: {length['observed']}")


def test_a_verdict_on_several_facts_names_the_commands_of_all(here: Path, cli: Cli) -> None:
    length = judged(cli, tree(here, controls__g__length=CONTACTS), exports(), "length")
    assert length["observed"] == "the billing contact: registered; the security contact: registered"
    assert [line.split(" >")[0].split()[-1] for line in length["export_again"].splitlines()] == ["BILLING", "SECURITY"]


def test_an_incomplete_population_is_unknown_with_its_evidence(here: Path, cli: Cli) -> None:
    files = exports(user_row("alice")) | {"account-summary.json": summary(users=9)}
    keys = judged(cli, tree(here), files, "keys")
    assert (keys["status"], keys["reason"]) == ("unknown", "incomplete")
    assert {item["raw"] for item in keys["evidence"]} == {1, 9}
    assert "aws iam get-credential-report > credential-report.json" in keys["export_again"]


def test_members_that_cannot_be_judged_are_named_with_each_reason(here: Path, cli: Cli) -> None:
    control = KEYS.replace(
        "at_most: $days", "at_most: $days}\n    - {fact: access_key.unused_days, at_most: $days"
    ).replace("expect: {", "expect:\n    - {")
    tree(here, controls__g__keys=control)
    keys = judged(cli, here, exports(user_row("alice", access_key_1_active="true")), "keys")
    assert (keys["status"], keys["reason"]) == ("unknown", "invalid")
    assert keys["subjects"][0]["observed"] == (
        "the age of the key: not known (invalid); the time the key has been unused: not known (invalid)"
    )


def test_unset_parameters_leave_the_verdict_to_a_person(here: Path, cli: Cli) -> None:
    control = LENGTH.replace("default: 14", "default: null")
    length = judged(cli, tree(here, controls__g__length=control), exports(), "length")
    assert (length["status"], length["reason"]) == ("manual", "no-attestation")
    assert "no value is set to judge by" in length["message"]
    tree(here, controls__g__length=control + "  or_attest: {within_days: 90}\n", attestations__a=ATTESTED)
    length = findings(report(cli, "s"))["length"]
    assert (length["status"], length["reason"]) == ("pass", "attested")


@pytest.mark.parametrize("minimum", [6, 14])
def test_an_attestation_beside_facts_that_decide_changes_nothing(here: Path, cli: Cli, minimum: int) -> None:
    control = LENGTH + "  or_attest: {within_days: 90}\n"
    outcome = "pass" if minimum == 6 else "fail"
    tree(here, controls__g__length=control, attestations__a=ATTESTED.replace("outcome: pass", f"outcome: {outcome}"))
    files = exports() | {"password-policy.json": password_policy(MinimumPasswordLength=minimum)}
    length = judged(cli, here, files, "length")
    assert (length["status"], length["attestation"]["outcome"]) == ("fail" if minimum == 6 else "pass", outcome)
    (here / "s" / "password-policy.json").unlink()
    length = findings(report(cli, "s"))["length"]
    assert (length["status"], length["reason"], length["attestation"]["by"]) == ("unknown", "not-exported", "Ann")


def test_an_attestation_never_outweighs_a_fact_that_fails_beside_one_not_reported(here: Path, cli: Cli) -> None:
    tree(here, controls__g__length=BACKUP, attestations__a=ATTESTED)
    files = {name: content for name, content in exports().items() if name != "password-policy.json"}
    length = judged(cli, here, files | {"password-policy.err": NO_POLICY}, "length")
    assert (length["status"], length["reason"]) == ("fail", "expectation-not-met")
    assert length["observed"] == "the minimum length of IAM users' passwords: 8 characters"


@pytest.mark.parametrize(("attested", "status"), [(True, "pass"), (False, "manual")])
def test_an_attestation_stands_in_for_what_no_export_reports(here: Path, cli: Cli, attested: bool, status: str) -> None:
    control = BACKUP.replace("at_least: 14", "at_least: 8")
    tree(here, controls__g__length=control, **({"attestations__a": ATTESTED} if attested else {}))
    files = {name: content for name, content in exports().items() if name != "password-policy.json"}
    length = judged(cli, here, files | {"password-policy.err": NO_POLICY}, "length")
    assert length["status"] == status
    assert length["evidence"][0]["export"] == "s/password-policy.err"
    assert "; observed: " in length["message"]
    assert len(length["message"]) > len(f"{length['requirement']}; observed: {length['observed']}")


def test_the_attestation_that_decides_is_shown_whole(here: Path, cli: Cli) -> None:
    text = (
        ATTESTED.replace("length", "review").rstrip("}\n")
        + ", answers: {trigger: periodic}, evidence: [{title: Minutes, url: 'https://example.com/m'}]}\n"
    )
    review = judged(cli, tree(here, attestations__a=text), exports(), "review")
    assert (review["status"], review["reason"]) == ("pass", "attested")
    assert review["attestation"] == {
        "outcome": "pass",
        "by": "Ann",
        "date": "2026-10-01",
        "valid_through": "2026-12-30",
        "statement": "seen",
        "answers": {"trigger": "periodic"},
        "evidence": [{"title": "Minutes", "url": "https://example.com/m", "sha256": None}],
        "location": {"path": "policies/attestations/a.yaml", "line": 3, "column": 5},
    }


@pytest.mark.parametrize(
    ("restriction", "number"),
    [
        ("accounts: ['444455556666']", 0),
        (f"accounts: ['{ACCOUNT}']", 3),
        ("partitions: [aws-cn]", 0),
        ("partitions: [aws]", 3),
        ("kinds: [member]", 0),
        ("kinds: [member, management]", 3),
    ],
)
def test_accounts_a_baseline_is_not_meant_for_have_no_findings(
    here: Path, cli: Cli, restriction: str, number: int
) -> None:
    tree(here, baselines__base=BASELINE + f"applies_to: {{{restriction}}}\n")
    write(here / "s", exports())
    (account,) = report(cli, "s", code=0 if number else 3)["accounts"]
    assert (account["id"], len(account["findings"])) == (ACCOUNT, number)


@pytest.mark.parametrize(
    ("restriction", "partition", "kind", "meant"),
    [
        ("partitions: [aws-cn]", None, None, True),
        ("partitions: [aws-cn, aws]", "aws", None, True),
        ("kinds: [member]", "aws", "management", False),
        ("kinds: [member, management]", "aws", "management", True),
        ("partitions: [aws-cn], kinds: [member]", "aws", "member", False),
    ],
)
def test_what_nobody_knows_of_an_account_leaves_nothing_out(
    here: Path, restriction: str, partition: str | None, kind: str | None, meant: bool
) -> None:
    text = BASELINE.replace("  - id: length\n  - id: keys\n", "") + f"applies_to: {{{restriction}}}\n"
    opened = library(tree(here, baselines__base=text))
    linter = Linter([resolve(opened.baseline("base"), opened)], (), datetime(2026, 11, 2, tzinfo=UTC))
    result = linter.lint(AccountSnapshot(ACCOUNT, partition, FakeFacts(), (), kind=kind, name="n"))
    assert bool(result.findings) is meant
    assert (result.kind, result.name) == (kind, "n")


FIXING = (
    LENGTH
    + """\
procedure:
  cli:
    - {id: look, do: look, run: "aws iam get-account-password-policy", expect: seen}
    - {id: none, do: think, expect: thought}
    - {id: set, do: set, run: "aws iam update-account-password-policy {$password-policy-options} # {$password-policy-arguments}", expect: done}
"""
)


@pytest.mark.parametrize(("minimum", "fixed"), [(6, True), (16, False)])
def test_a_failure_carries_the_command_for_the_whole_policy(here: Path, cli: Cli, minimum: int, fixed: bool) -> None:
    tree(here, controls__g__length=FIXING)
    files = exports() | {"password-policy.json": password_policy(MinimumPasswordLength=minimum)}
    fix = judged(cli, here, files, "length")["fix"]
    if fixed:
        assert fix.startswith("aws iam update-account-password-policy --minimum-password-length 14 ")
        assert "--max-password-age 90" in fix
        assert fix.endswith("\n  hard_expiry                    = false")
    else:
        assert fix is None


def test_a_failure_without_a_command_carries_none(here: Path, cli: Cli) -> None:
    files = exports() | {"password-policy.json": password_policy(MinimumPasswordLength=6)}
    assert judged(cli, tree(here), files, "length")["fix"] is None


def test_outside_the_working_directory_the_deciding_export_is_the_place(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "s", exports())
    monkeypatch.chdir(tmp_path)
    found = findings(report(cli, "s"))
    assert found["root-mfa"]["location"] == {"path": "s/credential-report.json", "line": None, "column": None}
    assert found["root-recovery-channels"]["location"]["path"].startswith("<baselint>/")


def test_outside_the_working_directory_a_failing_member_is_the_place(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(settle(tmp_path))
    work = tmp_path / "work"
    write(work / "s", {"credential-report.json": report_json(root_row(), user_row("alice", **OLD_KEY))})
    monkeypatch.chdir(work)
    keys: dict[str, Any] = findings(report(cli, "-b", "../policies/baselines/base.yaml", "s"))["keys"]
    assert keys["location"]["path"] == "s/credential-report.json"

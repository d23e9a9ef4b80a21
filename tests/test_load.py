"""Every key of every kind of policy file arrives in the model."""

from datetime import date

import pytest

from baselint.attestation import AttestedEvidence, Outcome
from baselint.baseline import AppliesTo, Approval, Baseline, Change, ControlException, Parent, Selection
from baselint.errors import Location
from baselint.framework import Alternative, Bound, Framework, MappedControl, MappingSource, Relation, Requirement
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Control,
    Effort,
    Operator,
    Parameter,
    ParameterReference,
    ParameterType,
    PopulationName,
    Procedure,
    Reference,
    Retirement,
    Severity,
    Step,
)
from baselint.policy.kinds import PolicyKind
from baselint.policy.schema_check import SchemaChecker
from baselint.policy.source import PolicyFile, read

CONTROL = """\
kind: control
format: 1
id: c
title: A title
severity: critical
severity_reason: because
status: active
summary: a summary
rationale: |
  a rationale
applicability: everywhere
parameters:
  days: {title: Days, description: How many, type: integer, default: 90, minimum: 1, maximum: 365, unit: days}
  kind: {title: Kind, type: choice, default: null, choices: [a, b]}
  names: {title: Names, type: list, default: [x, y]}
  strict: {title: Strict, type: boolean, default: false}
  zero: {title: Zero, type: integer, default: 0, minimum: 0}
check:
  applies_when: {fact: root.exists, equals: true, otherwise: there is no root user}
  each: access-key
  where:
    - {fact: access_key.active, equals: true}
  expect:
    - {fact: access_key.age_days, at_most: $days, or_absent: true}
    - {fact: access_key.unused_days, one_of: [1, 2]}
    - {fact: access_key.unused_days, present: false}
  or_attest: {within_days: $days, answers: {trigger: [periodic, leaver]}}
effort: {time: 1 hour, people: 2, needs_root_sign_in: true, downtime: none, reversible: false, cost: none}
procedure:
  before: [{id: b, do: x, expect: y}]
  console: [{id: c, do: x, expect: y, when: w, why: z, run: r, trouble: t}]
  cli: [{id: d, do: x, expect: y}]
  terraform: resource
  verify: [{id: e, do: x, expect: y}]
  rollback: [{id: f, do: x, expect: y}]
breaks: nothing
evidence_to_keep: [the answer]
limits: some
references: [{title: R, url: "https://example.com/r"}]
verified: "2026-11-23"
"""
BASELINE = """\
kind: baseline
id: b
title: A title
description: text
version: "1.10"
owner: ops
approved: {by: CISO, date: "2026-10-01"}
review_by: "2027-04-01"
extends: [p, q/r.yaml]
applies_to: {accounts: ["111122223333"], partitions: [aws], kinds: [member]}
satisfies: [cis-7.0]
controls:
  - {id: c, parameters: {days: 3, names: [z], kind: null, strict: true}, severity: low, reason: why}
  - {id: d, exclude: true, reason: no such thing}
changes:
  - {date: "2026-11-02", control: c, reason: why, approved_by: CISO}
exceptions:
  - id: e
    control: c
    accounts: ["111122223333"]
    subjects: [alice/access-key-1]
    reason: because
    owner: team
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-01-31"
    compensating_control: watched
    ticket: "https://example.com/t"
"""
FRAMEWORK = """\
kind: framework
id: f
title: A title
publisher: Us
edition: "7.0"
url: "https://example.com"
relation: supports
description: About it.
sources:
  - {title: A, url: "https://example.com", date: "2026-01-02"}
  - {title: B, date: "2026-01-03"}
requirements:
  - id: "1"
    title: One
    relation: decides
    coverage: partial
    unverified: the id
    limits: some
    controls: [{id: c, needs: {days: {at_most: 90}, names: {one_of: [x, y]}}}, {id: d}]
  - id: "2"
    title: Two
    any_of:
      - controls: [{id: c}]
      - otherwise: something else
  - {id: "3", title: Three, not_covered: outside}
"""
ATTESTATIONS = """\
kind: attestations
attestations:
  - control: c
    accounts: ["111122223333"]
    outcome: fail
    statement: seen
    by: A. Example
    date: "2026-11-02"
    answers: {trigger: periodic}
    evidence: [{title: T, url: "https://example.com", sha256: "%s"}, {title: U}]
  - {control: d, accounts: ["444455556666"], outcome: pass, statement: s, by: b, date: "2026-11-03"}
""" % ("ab" * 32)


def loaded(text: str) -> PolicyFile:
    return read(text.encode(), "p.yaml", "p", "credentials", SchemaChecker())


def place(line: int, column: int) -> Location:
    return Location("p.yaml", line, column)


def test_every_key_of_a_control_is_loaded() -> None:
    step = Step("b", "x", "y")
    assert loaded(CONTROL).model == Control(
        id="c",
        group="credentials",
        title="A title",
        severity=Severity.CRITICAL,
        location=place(3, 5),
        check=Check(
            applies_when=(Condition("root.exists", Operator.EQUALS, True, otherwise="there is no root user"),),
            each=PopulationName.ACCESS_KEY,
            where=(Condition("access_key.active", Operator.EQUALS, True),),
            expect=(
                Condition("access_key.age_days", Operator.AT_MOST, ParameterReference("days"), or_absent=True),
                Condition("access_key.unused_days", Operator.ONE_OF, (1, 2)),
                Condition("access_key.unused_days", Operator.PRESENT, False),
            ),
            or_attest=AttestationRequirement(ParameterReference("days"), {"trigger": ("periodic", "leaver")}),
        ),
        severity_reason="because",
        summary="a summary",
        rationale="a rationale\n",
        applicability="everywhere",
        parameters={
            "days": Parameter("days", "Days", ParameterType.INTEGER, 90, 1, 365, (), "days", "How many"),
            "kind": Parameter("kind", "Kind", ParameterType.CHOICE, None, choices=("a", "b")),
            "names": Parameter("names", "Names", ParameterType.LIST, ("x", "y")),
            "strict": Parameter("strict", "Strict", ParameterType.BOOLEAN, False),
            "zero": Parameter("zero", "Zero", ParameterType.INTEGER, 0, minimum=0),
        },
        effort=Effort("1 hour", 2, True, "none", False, "none"),
        procedure=Procedure(
            before=(step,),
            console=(Step("c", "x", "y", when="w", why="z", run="r", trouble="t"),),
            cli=(Step("d", "x", "y"),),
            terraform="resource",
            verify=(Step("e", "x", "y"),),
            rollback=(Step("f", "x", "y"),),
        ),
        breaks="nothing",
        evidence_to_keep=("the answer",),
        limits="some",
        references=(Reference("R", "https://example.com/r"),),
        verified=date(2026, 11, 23),
    )


def test_a_control_with_only_what_is_required_has_the_models_defaults() -> None:
    text = "kind: control\nid: c\ntitle: T\nseverity: low\ncheck: {attest: {within_days: 30}}\n"
    file = loaded(text)
    check = Check(attest=AttestationRequirement(30))
    assert file.model == Control("c", "credentials", "T", Severity.LOW, place(2, 5), check)
    assert (file.kind, file.stem, file.group) == (PolicyKind.CONTROL, "p", "credentials")


@pytest.mark.parametrize(("more", "successor"), [("", None), (", replaced_by: d", "d")])
def test_a_retired_control_keeps_its_reason_and_may_have_no_check(more: str, successor: str | None) -> None:
    text = (
        "kind: control\nid: c\ntitle: T\nseverity: low\nstatus: retired\n"
        f'retired: {{date: "2025-01-06", reason: it ended{more}}}\n'
    )
    model = loaded(text).model
    assert isinstance(model, Control)
    assert (model.check, model.retired) == (None, Retirement(date(2025, 1, 6), "it ended", successor))


def test_every_key_of_a_baseline_is_loaded() -> None:
    assert loaded(BASELINE).model == Baseline(
        id="b",
        title="A title",
        version="1.10",
        owner="ops",
        location=place(2, 5),
        selections=(
            Selection(
                "c",
                place(13, 5),
                {"days": 3, "names": ("z",), "kind": None, "strict": True},
                severity=Severity.LOW,
                reason="why",
            ),
            Selection("d", place(14, 5), exclude=True, reason="no such thing"),
        ),
        description="text",
        approved=Approval("CISO", date(2026, 10, 1)),
        review_by=date(2027, 4, 1),
        extends=(Parent("p", place(9, 11)), Parent("q/r.yaml", place(9, 14))),
        applies_to=AppliesTo(("111122223333",), ("aws",), ("member",)),
        satisfies=("cis-7.0",),
        changes=(Change(date(2026, 11, 2), "c", "why", "CISO"),),
        exceptions=(
            ControlException(
                id="e",
                control="c",
                accounts=("111122223333",),
                reason="because",
                owner="team",
                approved=Approval("CISO", date(2026, 9, 1)),
                expires=date(2027, 1, 31),
                location=place(18, 5),
                subjects=("alice/access-key-1",),
                compensating_control="watched",
                ticket="https://example.com/t",
            ),
        ),
    )


def test_every_key_of_a_framework_is_loaded() -> None:
    bounds = (Bound("days", Operator.AT_MOST, 90), Bound("names", Operator.ONE_OF, ("x", "y")))
    assert loaded(FRAMEWORK).model == Framework(
        id="f",
        title="A title",
        publisher="Us",
        edition="7.0",
        url="https://example.com",
        relation=Relation.SUPPORTS,
        requirements=(
            Requirement(
                "1",
                "One",
                Relation.DECIDES,
                place(13, 5),
                controls=(MappedControl("c", bounds), MappedControl("d")),
                limits="some",
                unverified="the id",
            ),
            Requirement(
                "2",
                "Two",
                Relation.SUPPORTS,
                place(20, 5),
                any_of=(Alternative((MappedControl("c"),)), Alternative(otherwise="something else")),
            ),
            Requirement("3", "Three", Relation.SUPPORTS, place(25, 5), not_covered="outside"),
        ),
        location=place(2, 5),
        description="About it.",
        sources=(MappingSource("A", date(2026, 1, 2), "https://example.com"), MappingSource("B", date(2026, 1, 3))),
    )
    assert loaded(FRAMEWORK).model.requirements[1].mapped == (MappedControl("c"),)  # type: ignore[union-attr]


def test_every_key_of_attestations_is_loaded() -> None:
    first, second = loaded(ATTESTATIONS).model  # type: ignore[misc]
    assert (first.control, first.accounts, first.outcome) == ("c", ("111122223333",), Outcome.FAIL)
    assert (first.statement, first.by, first.date) == ("seen", "A. Example", date(2026, 11, 2))
    assert first.answers == {"trigger": "periodic"}
    assert first.evidence == (AttestedEvidence("T", "https://example.com", "ab" * 32), AttestedEvidence("U"))
    assert (first.location, second.location) == (place(3, 5), place(11, 5))
    assert (second.outcome, dict(second.answers), second.evidence) == (Outcome.PASS, {}, ())


def test_severities_rank_from_the_worst() -> None:
    assert [severity.rank for severity in (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW)] == [
        0,
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2026-08-31", False), ("2026-09-01", True), ("2027-01-31", True), ("2027-02-01", False)],
)
def test_an_exception_holds_from_its_approval_through_its_last_day(day: str, holds: bool) -> None:
    model = loaded(BASELINE).model
    assert isinstance(model, Baseline)
    assert model.exceptions[0].in_force(date.fromisoformat(day)) is holds


def test_an_attestation_decides_alone_or_where_exports_do_not_report() -> None:
    alone, beside = AttestationRequirement(1), AttestationRequirement(2)
    assert Check().attestation is None
    assert Check(attest=alone).attestation is alone
    assert Check(or_attest=beside).attestation is beside

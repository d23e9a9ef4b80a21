"""Right policy documents, small, in block style; together they have every key of every policy schema in every place."""

_CONTROL = """\
kind: control
id: keys
title: Keys are young
severity: high
"""
_CHECK = """\
check:
  expect:
    fact: root.mfa_enabled
    equals: true
"""
_STEPS = """\
    - id: a
      when: always
      do: Look.
      why: To see.
      run: "true"
      expect: It is there.
      trouble: Look again.
"""
_OPERATORS = ("equals: 1", "one_of:\n{0}  - a", "at_least: 1", "at_most: 1", "present: true", "matches:\n{0}  - a")


def _conditions(key: str, *extra: str) -> str:
    """Return a list with one condition for each operator, under a key of the check."""
    lines = [f"  {key}:\n"]
    for operator in _OPERATORS:
        lines.append(f"    - fact: user.mfa_active\n      {operator.format(' ' * 6)}\n      or_absent: true\n")
        lines.extend(f"      {line}\n" for line in extra)
    return "".join(lines)


_CONTROLS = (
    _CONTROL
    + """\
format: 1
severity_reason: It hurts.
status: active
retired:
  date: "2025-01-06"
  reason: It ended.
  replaced_by: other
summary: Young.
rationale: Old keys leak.
applicability: Everywhere.
parameters:
  days:
    title: Days
    description: How old.
    type: integer
    default: 90
    minimum: 1
    maximum: 365
    choices:
      - a
    unit: days
breaks: Nothing.
evidence_to_keep:
  - The report.
limits: None.
references:
  - title: Guide
    url: https://example.com/guide
verified: "2026-11-23"
"""
    + _CHECK,
    _CONTROL
    + _CHECK
    + """\
effort:
  time: 15 minutes
  people: 1
  needs_root_sign_in: true
  downtime: none
  reversible: true
  cost: none
""",
    _CONTROL
    + _CHECK
    + "procedure:\n  terraform: x\n"
    + "".join(f"  {name}:\n{_STEPS}" for name in ("before", "console", "cli", "verify", "rollback")),
    _CONTROL
    + "check:\n  each: user\n"
    + _conditions("applies_when", "otherwise: There is none.")
    + _conditions("where")
    + _conditions("expect")
    + "  or_attest:\n    within_days: 90\n    answers:\n      trigger:\n        - leaver\n",
    _CONTROL + "check:\n  attest:\n    within_days: 90\n    answers:\n      trigger:\n        - leaver\n",
    *(
        f"{_CONTROL}check:\n  each: user\n  expect:\n    fact: user.mfa_active\n    {operator.format(' ' * 4)}\n    or_absent: true\n"
        for operator in _OPERATORS
    ),
)

_BASELINE = """\
kind: baseline
id: acme
title: Acme
version: "1"
owner: ops
controls:
  - id: root-mfa
"""
_BASELINES = (
    _BASELINE
    + """\
    section: Root
    parameters:
      days: 30
    severity: low
    exclude: true
    reason: Not ours.
format: 1
description: Ours.
approved:
  by: CISO
  date: "2026-09-01"
review_by: "2027-09-01"
extends:
  - other
applies_to:
  accounts:
    - "111122223333"
  partitions:
    - aws
  kinds:
    - member
satisfies:
  - cis
changes:
  - date: "2026-09-01"
    control: root-mfa
    reason: Bought keys.
    approved_by: CISO
""",
    _BASELINE
    + """\
exceptions:
  - id: legacy
    control: root-mfa
    accounts:
      - "111122223333"
    subjects:
      - alice
    reason: Soon.
    owner: ops
    approved:
      by: CISO
      date: "2026-09-01"
    expires: "2027-01-31"
    compensating_control: A guard.
    ticket: https://example.com/1
""",
)

_FRAMEWORK = """\
kind: framework
id: cis-1.0
title: CIS
publisher: CIS
edition: "1.0"
url: https://example.com
relation: decides
"""
_FRAMEWORKS = (
    _FRAMEWORK
    + """\
format: 1
description: Theirs.
sources:
  - title: Page
    url: https://example.com
    date: "2026-09-01"
requirements:
  - id: "1.10"
    title: MFA
    not_covered: Nobody can.
    relation: supports
    unverified: The number.
""",
    _FRAMEWORK
    + """\
requirements:
  - id: "1.10"
    title: MFA
    coverage: partial
    limits: Half of it.
    controls:
      - id: root-mfa
        needs:
          one:
            equals: 1
          two:
            at_least: 1
          three:
            at_most: 1
          four:
            one_of:
              - 1
  - id: "1.11"
    title: Either
    any_of:
      - otherwise: A guard.
      - controls:
          - id: root-mfa
""",
)

_ATTESTATIONS = (
    """\
kind: attestations
format: 1
attestations:
  - control: root-mfa
    accounts:
      - "111122223333"
    outcome: pass
    statement: Seen.
    by: A. Example
    date: "2026-11-02"
    answers:
      trigger: leaver
    evidence:
      - title: Minutes
        url: https://example.com
        sha256: "%s"
"""
    % ("0" * 64),
)

DOCUMENTS: dict[str, tuple[str, ...]] = {
    "control": _CONTROLS,
    "baseline": _BASELINES,
    "framework": _FRAMEWORKS,
    "attestations": _ATTESTATIONS,
}
"""Documents by the name of their schema."""

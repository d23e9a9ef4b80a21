"""Baselines and attestations that a calendar changes, and what is told of them day by day."""

from policytree import BASELINE

NAMED = """\
exceptions:
  - id: legacy
    control: keys
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-01-31"
"""
EXCEPTING = BASELINE + NAMED
ATTESTING = """\
kind: attestations
attestations:
  - control: review
    accounts: ["111122223333"]
    outcome: pass
    statement: seen
    by: A. Example
    date: "2026-11-02"
    answers: {trigger: periodic}
"""
EXCEPTION_DAYS = [
    ("2026-08-31", "warning[exception-approval]", "approved on 2026-09-01, which is still to come"),
    ("2026-09-01", None, ""),
    ("2026-12-31", None, ""),
    (
        "2027-01-01",
        "warning[exception-lapsing]",
        "ends on 2027-01-31, in 30 days; meet keys by then, or approve it again",
    ),
    ("2027-01-30", "warning[exception-lapsing]", "ends on 2027-01-31, tomorrow;"),
    ("2027-01-31", "warning[exception-lapsing]", "ends on 2027-01-31, today;"),
    ("2027-02-01", "warning[exception-lapsed]", "ended on 2027-01-31 and no longer holds"),
]
ATTESTATION_DAYS = [
    ("2026-11-01", "warning[attestation-future]", "dated 2026-11-02, which is still to come"),
    ("2026-11-02", None, ""),
    ("2026-12-31", None, ""),
    (
        "2027-01-01",
        "warning[attestation-lapsing]",
        "of review for 111122223333 counts through 2027-01-31 (90 days by base), which is in 30 days;",
    ),
    ("2027-01-31", "warning[attestation-lapsing]", "which is today;"),
    (
        "2027-02-01",
        "warning[attestation-lapsed]",
        "of review for 111122223333 lapsed after 2027-01-31 (90 days by base);",
    ),
]
DATED_RULES = {
    rule.removeprefix("warning[").removesuffix("]") for _, rule, _ in (*EXCEPTION_DAYS, *ATTESTATION_DAYS) if rule
}

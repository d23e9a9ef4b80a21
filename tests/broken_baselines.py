"""Broken baselines, frameworks and attestations: file, text, right and wrong words, and the place, rule and words told."""

from policytree import BASELINE

ATTESTATION = """\
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
FRAMEWORK = """\
kind: framework
id: frame
title: Frame
publisher: Us
edition: "1"
url: "https://example.com"
relation: decides
requirements:
  - id: "1.1"
    title: Length
    controls: [{id: length, needs: {minimum: {at_least: 14}}}]
  - id: "1.2"
    title: Either
    any_of:
      - controls: [{id: keys, needs: {days: {equals: 90}}}]
      - otherwise: something else
"""
EXCEPTION = """\
exceptions:
  - id: legacy
    control: keys
    accounts: ["111122223333"]
    subjects: [alice/access-key-1]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-01-31"
changes:
  - {date: "2026-09-01", control: keys, reason: because}
"""
SECOND = """\
  - id: second
    control: keys
    accounts: ["444455556666", "111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-10-01"}
    expires: "2027-08-31"
"""
OPPOSITE = """\
  - control: review
    accounts: ["444455556666", "111122223333"]
    outcome: fail
    statement: not seen
    by: B. Example
    date: "2026-11-02"
    answers: {trigger: periodic}
"""
B, F, T = "baselines__base", "frameworks__frame", "attestations__a"
FULL = BASELINE + EXCEPTION

BROKEN_BASELINES = [
    (B, FULL, 'version: "1"', "version: 1.10", "4:10", "unquoted-text", "do not read 1.10 as text; put it in quotes"),
    (
        B,
        FULL,
        "  - id: keys\n",
        "  - id: keys\n  - id: length\n",
        "9:9",
        "duplicate-control",
        "already selected in line 7",
    ),
    (B, FULL, "  - id: keys\n", "  - id: keyz\n", "8:9", "unknown-control", "did you mean 'keys'?"),
    (
        B,
        FULL,
        "  - id: keys\n",
        "  - id: keys\n    parameters: {dayz: 3}\n",
        "9:18",
        "unknown-parameter",
        "did you mean 'days'?",
    ),
    (
        B,
        FULL,
        "  - id: review\n",
        "  - id: review\n    parameters: {dayz: 3}\n",
        "10:18",
        "unknown-parameter",
        "allowed: it has none",
    ),
    (
        B,
        FULL,
        "  - id: length\n",
        "  - id: length\n    parameters: {minimum: 300}\n",
        "8:18",
        "parameter-value",
        "must be at least 6 and at most 128",
    ),
    (
        B,
        FULL,
        "  - id: length\n",
        "  - id: length\n    parameters: {minimum: long}\n",
        "8:18",
        "parameter-value",
        "must be a whole number",
    ),
    (
        B,
        FULL,
        "owner: ops\ncontrols",
        "owner: ops\nextends: [bose]\ncontrols",
        "6:11",
        "unknown-baseline",
        "did you mean 'base'?",
    ),
    (
        B,
        FULL,
        "owner: ops\ncontrols",
        "owner: ops\nsatisfies: [cis-9]\ncontrols",
        "6:13",
        "unknown-framework",
        "there is no framework 'cis-9'; see 'baselint list frameworks'",
    ),
    (
        B,
        FULL,
        "owner: ops\ncontrols",
        "owner: ops\nextends: [base]\ncontrols",
        "6:11",
        "extends-circle",
        "base -> base",
    ),
    (
        B,
        FULL,
        "  - id: keys\n",
        "  - id: old\n",
        "8:9",
        "retired-control-required",
        "retired since 2025-01-06 and decides nothing; see review",
    ),
    (
        B,
        FULL,
        "changes:",
        FULL[FULL.index("  - id: legacy") : FULL.index("changes:")] + "changes:",
        "19:9",
        "duplicate-exception",
        "'legacy' stands twice",
    ),
    (B, FULL, "  - id: keys\n", "", "11:14", "exception-without-effect", "base does not require keys"),
    (B, FULL, "2027-01-31", "2026-08-31", "18:14", "exception-dates", "before its approval"),
    (
        B,
        FULL,
        "2027-01-31",
        "2027-09-03",
        "18:14",
        "exception-term",
        "more than 366 days from its approval on 2026-09-01",
    ),
    (
        B,
        FULL,
        "  - id: keys\n",
        "  - {id: keys, exclude: true, reason: r}\n",
        "12:14",
        "exception-without-effect",
        "base excludes keys (policies/baselines/base.yaml:8:5)",
    ),
    (
        B,
        FULL.replace("    subjects: [alice/access-key-1]\n", "").replace("control: keys\n", "control: old\n"),
        "  - id: keys\n",
        "  - id: old\n",
        "12:14",
        "exception-without-effect",
        "old is retired, so this exception has no effect",
    ),
    (
        B,
        FULL.replace("  - id: legacy", "  - id: first").replace('["111122223333"]', '["444455556666", "111122223333"]'),
        "owner: ops\ncontrols",
        "owner: ops\napplies_to: {accounts: ['444455556666']}\ncontrols",
        "14:32",
        "exception-without-effect",
        "111122223333 is not among the accounts of 'applies_to'",
    ),
    (
        B,
        FULL,
        "changes:",
        SECOND + "changes:",
        "19:9",
        "exception-overlap",
        "legacy and second are both for keys in 111122223333 from 2026-10-01 through 2027-01-31, for alice/access-key-1",
    ),
    (B, FULL, "    control: keys", "    control: kees", "12:14", "unknown-control", "did you mean 'keys'?"),
    (B, FULL, "    control: keys", "    control: length", "14:5", "exception-subjects", "cannot name 'subjects'"),
    (T, ATTESTATION, "control: review", "control: revue", "3:14", "unknown-control", "did you mean 'review'?"),
    (
        T,
        ATTESTATION,
        "control: review",
        "control: length",
        "3:14",
        "attestation-without-effect",
        "is not decided by attestations",
    ),
    (
        T,
        ATTESTATION,
        "    answers: {trigger: periodic}\n",
        "",
        "3:5",
        "attestation-answers",
        "{trigger: periodic | leaver}",
    ),
    (
        T,
        ATTESTATION,
        "trigger: periodic",
        "trigger: periodc",
        "9:24",
        "attestation-answers",
        "did you mean 'periodic'?",
    ),
    (
        T,
        ATTESTATION,
        "trigger: periodic",
        "trigger: periodic, triger: leaver",
        "9:34",
        "attestation-answers",
        "did you mean 'trigger'?",
    ),
    (
        T,
        ATTESTATION,
        "    answers: {trigger: periodic}\n",
        "    answers: {trigger: periodic}\n" + OPPOSITE,
        "12:14",
        "attestation-conflict",
        "review is attested as fail and as pass for 111122223333 on 2026-11-02; the fail counts",
    ),
    (
        T,
        ATTESTATION,
        "    answers: {trigger: periodic}\n",
        "    answers: {trigger: periodic}\n    evidence: [{title: t}, {title: t, url: 'https://example.com/m'}]\n",
        "10:44",
        "attestation-evidence",
        "'sha256sum FILE' prints",
    ),
    (F, FRAMEWORK, '"1.2"', '"1.1"', "12:9", "duplicate-requirement", "'1.1' stands twice"),
    (F, FRAMEWORK, "{id: length,", "{id: lenght,", "11:21", "unknown-control", "did you mean 'length'?"),
    (F, FRAMEWORK, "{minimum: {", "{minimun: {", "11:37", "unknown-parameter", "did you mean 'minimum'?"),
    (F, FRAMEWORK, "{equals: 90}", "{equals: often}", "15:45", "parameter-value", "does not fit 'days'"),
    (
        F,
        FRAMEWORK,
        "{days: {equals: 90}}",
        "{days: {one_of: [a, 3]}}",
        "15:45",
        "parameter-value",
        "does not fit 'days'",
    ),
]

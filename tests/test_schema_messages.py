"""Schema mistakes in words: one golden file for each kind of mistake."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from baselint.errors import PolicyError
from baselint.policy import schema_forms, schema_messages
from baselint.policy.schema_check import SchemaChecker, load_schema
from baselint.policy.source import read

ROOT = Path(__file__).parents[1]

CONTROL = """\
kind: control
id: password-minimum-length
title: IAM user passwords have a minimum length
severity: medium
summary: A policy asks for a length.
parameters:
  minimum: {title: Minimum, type: integer, default: 14, minimum: 6, maximum: 128, unit: characters}
check:
  expect: {fact: password_policy.minimum_length, at_least: $minimum}
procedure:
  verify:
    - {id: lint, do: Lint., expect: It passes.}
references:
  - {title: Guide, url: "https://example.com/guide"}
verified: "2026-11-23"
"""

BASELINE = """\
kind: baseline
id: acme
title: Acme
version: "1"
owner: ops
controls:
  - id: root-mfa
  - id: root-unused
    parameters: {days: 30}
exceptions:
  - id: legacy
    control: root-mfa
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2027-01-31"
"""

FRAMEWORK = """\
kind: framework
id: cis-1.0
title: CIS
publisher: CIS
edition: "1.0"
url: "https://example.com"
relation: decides
requirements:
  - id: "1.10"
    title: MFA
    controls: [{id: root-mfa}]
"""

ATTESTATIONS = """\
kind: attestations
attestations:
  - control: root-mfa-backup
    accounts: ["111122223333"]
    outcome: pass
    statement: seen
    by: A. Example
    date: "2026-11-02"
"""

MISTAKES: dict[str, tuple[str, str, str]] = {
    "unknown-key": (CONTROL, "severity: medium", "severity: medium\nseverty_reason: because"),
    "unknown-key-in-a-condition": (CONTROL, "at_least: $minimum", "at_lest: 3"),
    "missing-key": (CONTROL, "severity: medium\n", ""),
    "missing-key-in-a-step": (CONTROL, "id: lint, do: Lint.,", "id: lint,"),
    "text-for-a-number": (CONTROL, "minimum: 6", "minimum: '6'"),
    "word-for-a-boolean": (CONTROL, "summary:", "effort: {reversible: yes}\nsummary:"),
    "number-for-a-text": (BASELINE, 'version: "1"', "version: 1"),
    "empty-for-a-text": (BASELINE, "owner: ops\ncontrols", "owner:\ncontrols"),
    "list-for-a-mapping": (
        CONTROL,
        "procedure:\n  verify:\n    - {id: lint, do: Lint., expect: It passes.}",
        "procedure: [verify]",
    ),
    "mapping-for-a-text": (BASELINE, "title: Acme", "title: {a: 1}"),
    "boolean-for-a-text": (BASELINE, "title: Acme", "title: true"),
    "list-for-a-text": (BASELINE, "title: Acme", "title: [Acme]"),
    "unknown-word": (CONTROL, "severity: medium", "severity: criticl"),
    "unknown-population": (CONTROL, "check:\n", "check:\n  each: acces-key\n"),
    "wrong-format-version": (CONTROL, "title: IAM", "format: 2\ntitle: IAM"),
    "below-the-minimum": (CONTROL, "check:\n", "effort: {people: 0}\ncheck:\n"),
    "empty-text": (BASELINE, "title: Acme", 'title: ""'),
    "empty-list": (BASELINE, 'accounts: ["111122223333"]', "accounts: []"),
    "too-short-a-list": (FRAMEWORK, "controls: [{id: root-mfa}]", "any_of: [{otherwise: else}]"),
    "too-long-a-line": (BASELINE, "title: Acme", f"title: {'x' * 301}"),
    "bad-id": (BASELINE, "id: acme", "id: Acme_Prod"),
    "bad-fact-name": (CONTROL, "password_policy.minimum_length", "minimum-length"),
    "bad-date": (CONTROL, '"2026-11-23"', "23.11.2026"),
    "day-that-does-not-exist": (CONTROL, '"2026-11-23"', '"2026-02-30"'),
    "bad-account-id": (BASELINE, '"111122223333"', '"1111-2222-3333"'),
    "account-id-as-a-number": (BASELINE, '"111122223333"', "11112222333"),
    "http-address": (CONTROL, "https://example.com/guide", "http://example.com/guide"),
    "bad-sha256": (ATTESTATIONS, "date:", "evidence: [{title: Minutes, sha256: ABC}]\n    date:"),
    "no-operator": (CONTROL, ", at_least: $minimum", ""),
    "two-operators": (CONTROL, "at_least: $minimum", "at_least: $minimum, at_most: 20"),
    "neither-expect-nor-attest": (
        CONTROL,
        "  expect: {fact: password_policy.minimum_length, at_least: $minimum}",
        "  {}",
    ),
    "key-that-needs-another": (CONTROL, "check:\n", "check:\n  where: {fact: access_key.active, equals: true}\n"),
    "bad-parameter-name": (CONTROL, "  minimum: {title", "  Min-imum: {title"),
    "bad-reference": (CONTROL, "$minimum", "minimum"),
    "retired-without-reason": (CONTROL, "severity: medium", "severity: medium\nstatus: retired"),
    "active-without-check": (
        CONTROL,
        "check:\n  expect: {fact: password_policy.minimum_length, at_least: $minimum}\n",
        "",
    ),
    "exclusion-without-reason": (BASELINE, "  - id: root-mfa\n", "  - id: root-mfa\n    exclude: true\n"),
    "partial-without-limits": (FRAMEWORK, "title: MFA", "title: MFA\n    coverage: partial"),
    "several-at-once": (BASELINE, "owner: ops\ncontrols", "onwer: ops\nowner: 3\nreview_by: soon\ncontrols"),
    "misspelt-and-lacking": (BASELINE, "owner: ops\ncontrols", "onwer: ops\ncontrols"),
    "misspelt-twice": (BASELINE, "owner: ops\ncontrols", "onwer: ops\nowners: ops\ncontrols"),
    "misspelt-beside-another-mistake": (BASELINE, 'version: "1"\nowner', "onwer"),
    "misspelt-list-with-mistakes-in-it": (BASELINE, "controls:\n", "contrls:\n  - {idd: 3}\n"),
    "misspelt-key-that-another-needs": (
        CONTROL,
        "check:\n",
        "check:\n  eahc: user\n  where: {fact: user.mfa_active, equals: true}\n",
    ),
    "misspelt-key-that-decides-what-is-needed": (
        CONTROL,
        "check:\n  expect: {fact: password_policy.minimum_length, at_least: $minimum}\n",
        'statsu: retired\nretired: {date: "2025-01-06", reason: it ended}\n',
    ),
    "misspelt-word-that-decides-what-is-needed": (
        CONTROL,
        "check:\n  expect: {fact: password_policy.minimum_length, at_least: $minimum}\n",
        'status: retird\nretired: {date: "2025-01-06", reason: it ended}\n',
    ),
    "unknown-and-lacking": (BASELINE, "owner: ops\ncontrols", "banana: ops\ncontrols"),
    "key-in-the-wrong-place": (BASELINE, "owner: ops\ncontrols", "owner: ops\nparameters: {days: 3}\ncontrols"),
    "misspelt-in-the-wrong-place": (BASELINE, "owner: ops\ncontrols", "owner: ops\nparamters: {days: 3}\ncontrols"),
    "kind-missing": (BASELINE, "kind: baseline\n", ""),
    "kind-misspelt": (BASELINE, "kind: baseline", "kind: baselin"),
    "kind-as-a-list": (BASELINE, "kind: baseline", "kind: [baseline]"),
    "kind-key-misspelt": (BASELINE, "kind: baseline", "knid: baseline"),
    "kind-not-first": (BASELINE, "kind: baseline\nid: acme\n", "id: acme\nkind: baseline\n"),
    "no-mapping": (BASELINE, BASELINE, "- just\n- a list\n"),
    "outcome-misspelt": (ATTESTATIONS, "outcome: pass", "outcome: passed"),
}


def messages(text: str) -> str:
    try:
        read(text.encode(), "policies/file.yaml", "file", "group", SchemaChecker())
    except PolicyError as error:
        return "".join(f"{item}\n" for item in error.diagnostics)
    return ""


@pytest.mark.parametrize("text", [CONTROL, BASELINE, FRAMEWORK, ATTESTATIONS])
def test_the_documents_the_mistakes_are_made_in_are_right(text: str) -> None:
    assert messages(text) == ""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_in_words(name: str, golden: Callable[[str, str], None]) -> None:
    text, right, wrong = MISTAKES[name]
    assert right in text
    told = messages(text.replace(right, wrong, 1))
    assert told
    for line in told.splitlines():
        assert re.match(r"policies/file\.yaml:[0-9]+:[0-9]+: error\[[a-z0-9-]+\]: |    write: ", line)
    golden(f"schema/{name}.txt", told)


def test_every_pattern_of_a_policy_schema_has_words() -> None:
    used: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("pattern"), str):
                used.add(node["pattern"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for name in ("control", "baseline", "framework", "attestations"):
        walk(load_schema(name))
    assert used == set(schema_forms.PATTERN_WORDS)


def test_a_line_break_at_the_end_is_seen() -> None:
    told = messages(BASELINE.replace("id: acme", "id: |\n  acme"))
    assert "error[bad-form]: 'id' is 'acme\\n'" in told


def test_a_text_that_no_id_could_be_is_not_told_in_full() -> None:
    told = messages(BASELINE.replace("id: acme", f"id: {'Acme-' * 30}end"))
    assert len(told.splitlines()) == 2
    assert "did you mean" not in told
    assert all(len(line) < 250 for line in told.splitlines())


def test_an_unforeseen_keyword_still_names_place_and_cause() -> None:
    checker = SchemaChecker()
    (error,) = checker.errors({"kind": "snapshot-manifest", "account": "1"}, "snapshot-manifest")
    error.validator = "dependentSchemas"
    document = read(BASELINE.encode(), "f.yaml", "acme", "baselines", checker).document
    (diagnostic,) = schema_messages.rewrite(error, document, {})
    assert diagnostic.message == "'account' does not fit the schema (dependentSchemas)"


def test_a_bound_that_is_no_mapping_is_told_once() -> None:
    told = messages(FRAMEWORK.replace("{id: root-mfa}", "{id: root-unused, needs: {days: 30}}"))
    assert [line.split("error")[1] for line in told.splitlines()] == [
        "[wrong-type]: 'days' must be a mapping, not the number 30"
    ]


def test_a_key_that_needs_another_is_told_and_one_that_has_it_is_not() -> None:
    checks = "check:\n  each: user\n  where: {fact: user.mfa_active, equals: true}\n  attest: {within_days: 9}\n"
    told = messages(re.sub(r"check:\n  expect:.*\n", checks, CONTROL))
    assert "the key 'each' needs the key 'expect' beside it" in told
    assert "the key 'where'" not in told

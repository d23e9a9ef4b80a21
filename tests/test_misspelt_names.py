"""A name that policy files give each other, misspelt where it is used, is told there with the right name."""

import json
from pathlib import Path

import pytest

from baselint.errors import Diagnostic
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from misspelling import usual_slips
from policytree import library, tree

CONTROL = """\
kind: control
id: key-age
title: Keys are young
severity: high
summary: At most {$max_days} days.
parameters:
  max_days: {title: Days, type: integer, default: 90, minimum: 1}
check:
  each: access-key
  where: {fact: access_key.active, equals: true}
  expect: {fact: access_key.age_days, at_most: $max_days}
  or_attest: {within_days: 90, answers: {the_trigger: [at-leave, on-demand]}}
"""
CADENCE = CONTROL.replace("at_most: $max_days", "at_most: 90").replace("within_days: 90", "within_days: $max_days")
BASELINE = """\
kind: baseline
id: own-base
title: Own
version: "1"
owner: ops
extends: [all-keys]
satisfies: [std-one]
controls:
  - id: key-age
    parameters: {max_days: 30}
"""
PARENT = 'kind: baseline\nid: all-keys\ntitle: All\nversion: "1"\nowner: ops\ncontrols:\n  - id: key-age\n'
LOG = f"""\
{PARENT.replace("all-keys", "own-base")}\
satisfies: [std-one]
changes:
  - {{date: "2026-09-01", control: key-age, reason: because}}
exceptions:
  - id: legacy
    control: key-age
    accounts: ["111122223333"]
    reason: because
    owner: ops
    approved: {{by: CISO, date: "2026-09-01"}}
    expires: "2027-01-31"
"""
FRAMEWORK = """\
kind: framework
id: std-one
title: One
publisher: Us
edition: "1"
url: https://example.com
relation: decides
requirements:
  - id: "1"
    title: Keys
    controls: [{id: key-age, needs: {max_days: {at_most: 90}}}]
"""
ATTESTATION = """\
kind: attestations
attestations:
  - control: key-age
    accounts: ["111122223333"]
    outcome: pass
    statement: seen
    by: A. Example
    date: "2026-11-02"
    answers: {the_trigger: at-leave}
"""
FILES = {
    "controls__g__key-age": CONTROL,
    "baselines__own-base": BASELINE,
    "baselines__all-keys": PARENT,
    "frameworks__std-one": FRAMEWORK,
    "attestations__a": ATTESTATION,
}
A, B, C, F = ("attestations__a", "baselines__own-base", "controls__g__key-age", "frameworks__std-one")
USES = [
    (C, CONTROL, "at_most: $", "max_days"),
    (C, CADENCE, "within_days: $", "max_days"),
    (C, CONTROL, "expect: {fact: ", "access_key.age_days"),
    (B, BASELINE, "extends: [", "all-keys"),
    (B, BASELINE, "satisfies: [", "std-one"),
    (B, BASELINE, "  - id: ", "key-age"),
    (B, BASELINE, "parameters: {", "max_days"),
    (B, LOG, "  - id: ", "key-age"),
    (B, LOG, ", control: ", "key-age"),
    (B, LOG, "    control: ", "key-age"),
    (F, FRAMEWORK, "controls: [{id: ", "key-age"),
    (F, FRAMEWORK, "needs: {", "max_days"),
    (A, ATTESTATION, "control: ", "key-age"),
    (A, ATTESTATION, "answers: {", "the_trigger"),
    (A, ATTESTATION, "the_trigger: ", "at-leave"),
]


def told(here: Path, file: str, text: str) -> list[Diagnostic]:
    tree(here, **{**FILES, file: text})
    path = Path("policies", file.replace("__", "/") + ".yaml")
    return list(validate_paths([path], Context(library(here))).diagnostics)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("file", "text"), [*FILES.items(), (C, CADENCE), (B, LOG)])
def test_the_files_are_right(here: Path, file: str, text: str) -> None:
    assert told(here, file, text) == []


@pytest.mark.parametrize(("file", "text", "before", "name"), USES)
def test_a_misspelt_name_is_one_mistake_at_its_place(here: Path, file: str, text: str, before: str, name: str) -> None:
    sign = "$" if before.endswith("$") else ""
    head, _, tail = text.partition(before + name)
    head += before.removesuffix("$")
    place = f"{head.count(chr(10)) + 1}:{len(head) - head.rfind(chr(10))}"
    for slip in sorted(usual_slips(name)):
        (mistake,) = told(here, file, f"{head}{json.dumps(sign + slip)}{tail}")
        assert str(mistake.location).endswith(f".yaml:{place}"), slip
        assert mistake.message.endswith(f"; did you mean {sign + name!r}?") or mistake.message.endswith(
            f"; did you mean {name!r}?"
        ), slip

"""Takes the examples out of a rule's page, and makes whole policy trees of them."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from baselint.configuration import Configuration
from baselint.errors import Diagnostic, PolicyError
from baselint.policy.earlier import Earlier
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from baselint.policy.rules.gate import Gate
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.schema_check import load_schema
from baselint.policy.validate import validate_library

TODAY = date(2026, 11, 25)
EXAMPLE = re.compile(r"^(Bad|Good)(?:, [^\n]*)?:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACES = {
    PolicyKind.CONTROL: "policies/controls/acme/acme-control.yaml",
    PolicyKind.BASELINE: "policies/baselines/acme.yaml",
    PolicyKind.FRAMEWORK: "policies/frameworks/acme-standard.yaml",
    PolicyKind.ATTESTATIONS: "policies/attestations/acme.yaml",
}
BASES = {
    PolicyKind.CONTROL: """\
kind: control
id: acme-control
title: Passwords are long
severity: medium
check:
  expect: {fact: password_policy.minimum_length, at_least: 14}
""",
    PolicyKind.BASELINE: """\
kind: baseline
id: acme
title: Accounts of Acme
version: "1.0.0"
owner: security team
controls:
  - id: root-mfa
""",
    PolicyKind.FRAMEWORK: """\
kind: framework
id: acme-standard
title: Standard of Acme
publisher: Acme
edition: "1"
url: "https://example.com/standard"
relation: decides
requirements:
  - id: "1.5"
    title: The root user has MFA
    controls: [{id: root-mfa}]
""",
    PolicyKind.ATTESTATIONS: """\
kind: attestations
attestations:
  - control: root-mfa-backup
    accounts: ["111122223333"]
    outcome: pass
    statement: Both keys were used to sign in.
    by: A. Example
    date: "2026-11-02"
""",
}
"""Small valid files, against the library that ships; an example replaces some of their keys."""

EXCEPTING = """\
controls:
  - id: root-mfa
  - {id: password-minimum-length, parameters: {minimum: 14}}
  - {id: user-access-key-rotation, parameters: {days: 90}}
"""
"""What stands beside exceptions whose example names no controls."""

SELECTING = """\
controls:
  - {id: password-maximum-age, parameters: {maximum: 90}}
  - id: acme-control
"""
"""What a baseline selects beside a control, for rules on baselines whose example shows one."""

EXCEPTION = """\
controls:
  - id: root-no-access-keys
exceptions:
  - id: legacy-billing-key
    control: root-no-access-keys
    accounts: ["111122223333"]
    reason: The billing export signs with it.
    owner: billing
    approved: {by: CISO, date: "2026-09-01"}
    expires: "2026-12-31"
"""
LOG = """\
changes:
  - {date: "2026-11-02", control: password-reuse-prevention, reason: The directory keeps the history., approved_by: CISO}
"""
EARLIER = {
    "excluded-control": "extends: [aws-root-hardening]\n",
    "narrowed-scope": 'applies_to: {accounts: ["111122223333", "444455556666"]}\n',
    "not-compared": "kind: baseline\nid: acme\n",
    "removed-baseline": "# policies/baselines/acme-test.yaml\nid: acme-test\ncontrols:\n  - id: root-no-access-keys\n",
    "rewritten-change": LOG,
    "weakened-check": "controls:\n  - id: acme-control\n",
    "widened-exception": EXCEPTION,
}
"""What stood in the baseline at the revision that an example is compared with, for rules that look at one."""


def examples(page: str) -> dict[str, str]:
    """Return the YAML under ``Bad:`` and under ``Good:`` of a page."""
    return dict(EXAMPLE.findall(page))


def whole_file(example: str, kind: PolicyKind) -> tuple[str, str]:
    """Return the path and the text of the file that an example shows a part of.

    An example with a kind, or without any key, is the whole file already. A comment in its first line may say where the
    file lies.
    """
    named = re.match(r"# (policies/\S+)\n", example)
    keys = set(re.findall(r"^([a-z_]+):", example, re.MULTILINE))
    if "kind" in keys or not keys:
        return (named[1] if named else PLACES[kind]), example
    base = BASES[kind]
    if "exceptions" in keys:
        base = base.replace("controls:\n  - id: root-mfa\n", EXCEPTING)
    blocks = re.findall(r"^[a-z_]+:.*\n(?: .*\n)*", base, re.MULTILINE)
    kept = [block for block in blocks if block.split(":")[0] not in keys]
    return (named[1] if named else PLACES[kind]), "".join(kept) + example


def kind_of(example: str, rule: Rule | Gate) -> PolicyKind:
    """Return the first kind of file that has the keys of an example: of a rule's kinds, else of all."""
    if isinstance(rule, Gate):
        return rule.kind
    keys = set(re.findall(r"^([a-z_]+):", example, re.MULTILINE))
    kinds = [kind for kind in (*rule.kinds, *PolicyKind) if keys <= load_schema(kind)["properties"].keys()]
    return kinds[0]


def validated(example: str, rule: Rule | Gate) -> list[Diagnostic]:
    """Return what ``baselint validate`` tells of a tree with the file of an example in it; writes it in here.

    For a rule that compares revisions an earlier tree is written as well, as ``--against`` would read it. Where a rule on
    baselines shows a control, a baseline selects it.
    """
    kind = kind_of(example, rule)
    beside: dict[str, str] = {}
    earlier = None
    if rule.id in EARLIER:
        control = BASES[PolicyKind.CONTROL]
        earlier = Earlier("main", tree_of("earlier", EARLIER[rule.id], kind, {PLACES[PolicyKind.CONTROL]: control}))
        beside = {PLACES[PolicyKind.CONTROL]: control.replace("14", "8")}
    elif kind not in rule.kinds:
        beside = dict([whole_file(SELECTING, PolicyKind.BASELINE)])
    try:
        library = tree_of(".", example, kind, beside)
        return list(validate_library(Context(library, TODAY, earlier=earlier), ("policies/",)).diagnostics)
    except PolicyError as error:
        return list(error.diagnostics)


def tree_of(directory: str, example: str, kind: PolicyKind, beside: Mapping[str, str]) -> PolicyLibrary:
    """Write the file of an example into a tree, and others beside it; open it with the library that ships."""
    name, text = whole_file(example, kind)
    for place, content in {**beside, name: text}.items():
        path = Path(directory, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return open_library(Configuration(policies=Path(directory, "policies")))

"""Takes the examples out of a rule's page, and makes whole policy trees of them."""

import re
from datetime import date
from pathlib import Path

from baselint.configuration import Configuration
from baselint.errors import Diagnostic, PolicyError
from baselint.policy.earlier import Earlier
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_library

TODAY = date(2026, 11, 23)
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
    blocks = re.findall(r"^[a-z_]+:.*\n(?: .*\n)*", BASES[kind], re.MULTILINE)
    kept = [block for block in blocks if block.split(":")[0] not in keys]
    return (named[1] if named else PLACES[kind]), "".join(kept) + example


def validated(example: str, kind: PolicyKind, rule: str) -> list[Diagnostic]:
    """Return what ``baselint validate`` tells of a tree with the file of an example in it; writes it in here.

    For a rule that compares revisions an earlier tree is written as well, as ``--against`` would read it.
    """
    earlier = (
        Earlier("main", _tree("earlier", EARLIER[rule], kind, BASES[PolicyKind.CONTROL])) if rule in EARLIER else None
    )
    try:
        library = _tree(".", example, kind, BASES[PolicyKind.CONTROL].replace("14", "8") if earlier else None)
        return list(validate_library(Context(library, TODAY, earlier=earlier), ("policies/",)).diagnostics)
    except PolicyError as error:
        return list(error.diagnostics)


def _tree(directory: str, example: str, kind: PolicyKind, control: str | None) -> PolicyLibrary:
    """Write the file of an example into a tree, and a control beside it; open it with the library that ships."""
    name, text = whole_file(example, kind)
    beside = {PLACES[PolicyKind.CONTROL]: control} if control is not None else {}
    for place, content in {**beside, name: text}.items():
        path = Path(directory, place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return open_library(Configuration(policies=Path(directory, "policies")))

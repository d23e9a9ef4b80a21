"""A small project with everything that a report or an evidence pack can hold: a parent, a standard, decisions, packed exports."""

import json
import zipfile
from pathlib import Path

import yaml

from builders import caller, user_row, write
from linting import OLD_KEY, exports
from policytree import tree

BASE = """\
kind: baseline
id: base
title: Base
version: "1.4.0"
owner: ops@acme.example
approved: {by: A. Chief, date: "2026-10-01"}
extends: [../shared/parent.yaml]
controls:
  - id: keys
  - id: old
    exclude: true
    reason: it ended
exceptions:
  - id: legacy-keys
    control: keys
    accounts: ["111122223333"]
    reason: The billing job moves in January.
    owner: billing
    approved: {by: A. Chief, date: "2026-10-02"}
    expires: "2027-01-31"
    compensating_control: The key reads one bucket.
    ticket: https://tickets.acme.example/12
"""
PARENT = """\
kind: baseline
id: parent
title: Parent
version: "1"
owner: ops
controls:
  - {id: length, parameters: {minimum: 12}}
  - id: review
  - id: old
"""
OTHER = """\
kind: baseline
id: other
title: Other
version: "2"
owner: ops
applies_to: {accounts: ["111122223333"]}
controls:
  - id: length
"""
ATTESTED = """\
kind: attestations
attestations:
  - control: review
    accounts: ["111122223333"]
    outcome: pass
    statement: I read every line.
    by: Ann
    date: "2026-10-20"
    answers: {trigger: periodic}
    evidence: [{title: Record, url: "https://records.acme.example/7"}]
"""
STANDARD = """\
kind: framework
id: standard-1
title: A standard
publisher: Somebody
edition: "1"
url: https://standard.example/
relation: decides
requirements:
  - id: "2.8"
    title: Long passwords
    controls: [{id: length, needs: {minimum: {at_least: 14}}}]
  - id: "2.9"
    title: Young keys
    coverage: partial
    limits: Only the age is seen.
    controls: [{id: keys}]
  - id: "3.1"
    title: Reviews
    relation: supports
    controls: [{id: review}]
  - id: "9"
    title: Fences
    not_covered: no account has one
"""


def project(directory: Path) -> Path:
    """Make a directory such a project, with snapshots in ``s`` and ``t.zip``."""
    directory.mkdir(exist_ok=True)
    (directory / "baselint.toml").write_text('library = false\nbaseline = "base"\n')
    tree(
        directory,
        baselines__base=BASE,
        shared__parent=PARENT,
        baselines__other=OTHER,
        attestations__all=ATTESTED,
        frameworks__standard_1=STANDARD,
    )
    place = directory / "policies" / "frameworks"
    (place / "standard_1.yaml").rename(place / "standard-1.yaml")
    files = exports(user_row("alice", **OLD_KEY))
    files["password-policy.yaml"] = yaml.safe_dump(files.pop("password-policy.json"))
    write(directory / "s", {f"111122223333/{name}": content for name, content in files.items()})
    write(directory / "s", {"111122223333/notes.txt": "an own note\n"})
    with zipfile.ZipFile(directory / "t.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("444455556666/who.json"), json.dumps(caller(account="444455556666")))
    return directory

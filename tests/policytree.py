"""Writes small policy trees for tests, and opens them without the shipped library."""

from pathlib import Path

from baselint.configuration import Configuration
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library

LENGTH = """\
kind: control
id: length
title: Passwords have a length
severity: medium
summary: At least {$minimum} characters.
parameters:
  minimum: {title: Minimum, type: integer, default: 14, minimum: 6, maximum: 128, unit: characters}
check:
  expect: {fact: password_policy.minimum_length, at_least: $minimum}
"""
KEYS = """\
kind: control
id: keys
title: Keys are young
severity: high
parameters:
  days: {title: Days, type: integer, default: 90, minimum: 1}
check:
  each: access-key
  where: {fact: access_key.active, equals: true}
  expect: {fact: access_key.age_days, at_most: $days}
"""
REVIEW = """\
kind: control
id: review
title: Somebody reviewed it
severity: low
check:
  attest: {within_days: 90, answers: {trigger: [periodic, leaver]}}
"""
OLD = """\
kind: control
id: old
title: Nothing any more
severity: low
status: retired
retired: {date: "2025-01-06", reason: it ended, replaced_by: review}
"""
BASELINE = """\
kind: baseline
id: base
title: Base
version: "1"
owner: ops
controls:
  - id: length
  - id: keys
  - id: review
"""


def tree(directory: Path, **files: str) -> Path:
    """Write the small tree, with files added or replaced: ``baselines__base="..."`` is policies/baselines/base.yaml."""
    contents = {
        "controls__g__length": LENGTH,
        "controls__g__keys": KEYS,
        "controls__g__review": REVIEW,
        "controls__g__old": OLD,
        "baselines__base": BASELINE,
        **files,
    }
    for name, text in contents.items():
        path = directory / "policies" / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def library(directory: Path) -> PolicyLibrary:
    """Open the tree of a directory that is the working directory."""
    return open_library(Configuration(policies=Path("policies"), library=False))

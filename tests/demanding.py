"""Small controls and baselines that demand something of facts, and what one rule tells of them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from baselint.errors import Diagnostic
from baselint.policy.rules.rule import Context
from baselint.policy.validate import validate_paths
from policytree import library, tree

HEAD = 'kind: baseline\nid: {}\ntitle: B\nversion: "1"\nowner: ops\n'
DAYS = "parameters: {days: {title: Days, type: integer, default: 90, minimum: 1, maximum: 1095}}\n"


def control(name: str, check: str, more: str = "") -> str:
    """Write a control with a check in braces."""
    return f"kind: control\nid: {name}\ntitle: T\nseverity: low\nsummary: s\n{more}check: {{{check}}}\n"


def baseline(name: str, *selections: str, more: str = "") -> str:
    """Write a baseline; a selection is what stands behind ``id:``, in braces."""
    lines = "".join(f"  - {{id: {selection}}}\n" for selection in selections)
    return f"{HEAD.format(name)}{more}controls:\n{lines}"


def told(
    directory: Path, rule: str, text: str, controls: Mapping[str, str], today: date | None = None, **files: str
) -> list[Diagnostic]:
    """Write a baseline ``own`` beside controls, and return what one rule tells of it."""
    every = {f"controls__g__{name}": check for name, check in controls.items()}
    opened = library(tree(directory, baselines__own=text, **every, **files))
    own = "policies/baselines/own.yaml"
    found = validate_paths([Path(own)], Context(opened, today)).diagnostics
    return [item for item in found if item.rule == rule and item.location.path == own]

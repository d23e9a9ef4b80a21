"""The examples on the pages of rules on values: the bad one is told by that rule, the good one is refused by none."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from baselint.configuration import Configuration
from baselint.errors import Diagnostic, Level
from baselint.policy.open import open_library
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.rules.table import RULES
from baselint.policy.validate import validate_library

FENCE = re.compile(r"^(Bad|Good)\b[^\n]*:\n\n```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONTROL = {"kind": "control", "id": "acme-own", "title": "Ours", "severity": "low", "summary": "Ours."}
BASELINE = {"kind": "baseline", "id": "acme", "title": "Acme", "version": "1", "owner": "ops"}
OF_CONTROLS = {"check", "parameters", "verified"}
SHOWN = """
outside-aws-range vacuous-value impossible-together contradictory-claims hard-expiry-lockout expiry-without-change
member-accounts-only rotation-uses-root report-outlives-bound implicit-parameter unused-exclude review-overdue
stale-verified
"""
PAGES = [rule for rule in RULES if rule.ids[0] in SHOWN.split()]


def told(directory: Path, fragment: str) -> tuple[Diagnostic, ...]:
    """Put a fragment into a control that a baseline selects, or into a baseline, beside the shipped library."""
    keys = yaml.safe_load(fragment)
    files = {}
    if keys.keys() <= OF_CONTROLS:
        check = {"expect": {"fact": "root.mfa_enabled", "equals": True}}
        files["controls/own/acme-own"] = {**CONTROL, "check": check, **keys}
        keys = {"controls": [{"id": "password-maximum-age"}, {"id": "acme-own"}]}
    files["baselines/acme"] = {**BASELINE, "controls": [{"id": "root-mfa"}], **keys}
    for name, data in files.items():
        path = directory / "policies" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    library = open_library(Configuration(policies=Path("policies")))
    return validate_library(Context(library, date(2026, 11, 25)), ("policies/",)).diagnostics


@pytest.mark.parametrize("rule", PAGES, ids=[rule.ids[0] for rule in PAGES])
def test_the_examples_of_a_page_are_what_they_say(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examples = FENCE.findall(rule.page)
    assert [kind for kind, _ in examples] == ["Bad", "Good"]
    for kind, fragment in examples:
        place = tmp_path / kind
        place.mkdir()
        monkeypatch.chdir(place)
        found = told(place, fragment)
        rules = {item.rule for item in found}
        if kind == "Bad":
            assert rules & set(rule.ids), rules
        else:
            assert not rules & set(rule.ids), rules
            assert [item for item in found if item.level is Level.ERROR] == []


def test_every_page_is_there() -> None:
    assert len(PAGES) == len(SHOWN.split())

"""The pages of the rules on exceptions and attestations: what they show as bad is told, and what they show as good is not."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from baselint.configuration import Configuration
from baselint.policy.open import open_library
from baselint.policy.rules.rule import Context, Rule
from baselint.policy.rules.table import RULES
from baselint.policy.validate import validate_paths

DAY = date(2026, 11, 25)
ABOUT = "kind: baseline\nid: acme\ntitle: Acme\nversion: '1'\nowner: acme\n"
CONTROLS = """controls:
  - {id: root-mfa}
  - {id: password-minimum-length, parameters: {minimum: 14}}
  - {id: user-access-key-rotation, parameters: {days: 90}}
"""
FENCE = re.compile(r"^(Bad|Good)[^\n]*:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMES = {
    *("duplicate-exception", "exception-approval", "exception-dates", "exception-lapsed", "exception-lapsing"),
    *("exception-overlap", "exception-subjects", "exception-term", "exception-without-effect"),
    *("attestation-answers", "attestation-conflict", "attestation-evidence", "attestation-future"),
    *("attestation-lapsed", "attestation-lapsing", "attestation-without-effect"),
}
SHOWN = [rule for rule in RULES if NAMES.intersection(rule.ids) or rule.check.__module__.endswith("_control_named")]


def told(directory: Path, fragment: str) -> set[str]:
    """What is said of a file that is made of a fragment and of no more than it needs."""
    if fragment.startswith("attestations:"):
        text = "kind: attestations\n" + fragment
    else:
        text = ABOUT + ("" if "controls" in yaml.safe_load(fragment) else CONTROLS) + fragment
    path = directory / "acme.yaml"
    path.write_text(text, encoding="utf-8")
    opened = open_library(Configuration(policies=None))
    return {item.rule for item in validate_paths([path], Context(opened, DAY)).diagnostics}


def test_every_rule_is_there() -> None:
    assert sorted(name for rule in SHOWN for name in rule.ids) == sorted((*NAMES, "unknown-control"))


@pytest.mark.parametrize("rule", SHOWN, ids=lambda rule: rule.ids[0])
def test_what_is_bad_is_told_and_what_is_good_is_not(rule: Rule, tmp_path: Path) -> None:
    found = FENCE.findall(rule.page)
    assert [name for name, _ in found] == ["Bad", "Good"]
    (name,) = rule.ids
    assert told(tmp_path, found[0][1]) == {name}
    assert told(tmp_path, found[1][1]) == set()
    summary = rule.page.split("\n\n")[0]
    assert "\n" not in summary


def test_a_module_is_named_after_its_rule() -> None:
    for rule in SHOWN:
        (name,) = rule.ids
        module = rule.check.__module__.rsplit(".", 1)[-1]
        assert module == name.replace("-", "_") or (name, module) == ("unknown-control", "unknown_control_named")

"""``controls.json``: as its schema says, true to what lint judges by, and safe to show."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from baselint.policy.schema_check import load_schema
from baselint.runbook.book import RunbookPolicy, book
from baselint.runbook.controls_feed import document, pages
from baselint.runbook.templating import PageContext, environment
from conftest import Cli
from policytree import BASELINE, LENGTH, library, tree
from shipped import POLICY

VALIDATOR = Draft202012Validator(load_schema("controls"))


@pytest.fixture(scope="module")
def text() -> str:
    made_of = book(POLICY)
    (page,) = pages(made_of)
    assert page.path == "controls.json"
    context = PageContext(page.path, made_of.addresses)
    return environment().get_template(page.template).render(page=context, **page.values)


@pytest.fixture(scope="module")
def feed(text: str) -> Any:
    return json.loads(text)


def control(feed: Any, name: str) -> Any:
    (found,) = (item for item in feed["controls"] if item["id"] == name)
    return found


def test_the_document_is_as_its_schema_says(feed: Any) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(feed)] == []
    assert [item["id"] for item in feed["controls"]] == sorted(item.id for item in POLICY.controls)
    assert [item["id"] for item in feed["baselines"]] == [item.baseline.id for item in POLICY.baselines]
    assert [item["id"] for item in feed["frameworks"]] == [item.id for item in POLICY.frameworks]


def nodes(document: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of the first mapping of each shape."""
    if isinstance(document, dict):
        yield path
        for key, value in document.items():
            yield from nodes(value, (*path, key))
    elif isinstance(document, list) and document:
        yield from nodes(document[0], (*path, 0))


def test_the_schema_is_awake(feed: Any) -> None:
    """Every key is required and no other is allowed, wherever the format names keys."""
    small = {
        **feed,
        "controls": [
            control(feed, "root-security-questions"),
            control(feed, "password-minimum-length"),
            control(feed, "root-mfa-backup"),
        ],
    }
    free = {"parameters", "answers"}
    tried = 0
    for path in [
        *nodes(small),
        ("controls", 1, "parameters", 0),
        ("controls", 2, "attestation"),
        ("controls", 0, "retired"),
    ]:
        if path and path[-1] in free:
            continue
        for key in [*_at(small, path), "unheard"]:
            broken = copy.deepcopy(small)
            place = _at(broken, path)
            if key == "unheard":
                place[key] = 1
            else:
                del place[key]
            assert not VALIDATOR.is_valid(broken), (path, key)
            tried += 1
    assert tried > 40
    assert VALIDATOR.is_valid(small)


def _at(document: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        document = document[part]
    return document


def test_a_control_has_its_values_in_every_baseline_and_the_requirements_that_it_serves(feed: Any) -> None:
    found = control(feed, "password-minimum-length")
    assert (found["group"], found["severity"], found["status"]) == ("password-policy", "medium", "active")
    assert found["page"] == "controls/password-policy/password-minimum-length/"
    assert found["facts"] == ["password_policy.minimum_length"]
    assert found["requirement"] == "the minimum length of IAM users' passwords must be at least 14 characters"
    (parameter,) = found["parameters"]
    assert (parameter["name"], parameter["default"], parameter["minimum"], parameter["maximum"]) == (
        "minimum",
        14,
        6,
        128,
    )
    assert parameter["stricter"] == "higher is stricter"
    by_baseline = {item["id"]: item for item in found["baselines"]}
    assert by_baseline["aws-nist-800-63b-4"]["parameters"] == {"minimum": 15}
    assert by_baseline["aws-nist-800-63b-4"]["requirement"].endswith("at least 15 characters")
    (cis,) = (item for item in found["requirements"] if item["framework"] == "cis-aws-foundations-7.0")
    assert cis == {
        "framework": "cis-aws-foundations-7.0",
        "id": "2.8",
        "title": cis["title"],
        "relation": "decides",
        "needs": ["Minimum length: at least 14 characters"],
        "page": "frameworks/cis-aws-foundations-7.0/#requirement-2.8",
    }


def test_a_retired_control_says_since_when_and_asks_nothing(feed: Any) -> None:
    found = control(feed, "root-security-questions")
    assert found["status"] == "retired"
    assert found["retired"]["date"] == "2025-01-06"
    assert (found["requirement"], found["facts"], found["attestation"]) == (None, [], None)
    assert all(item["requirement"] is None for item in found["baselines"])


def test_what_people_attest_is_told_with_the_answers(feed: Any) -> None:
    review = control(feed, "credential-report-reviewed")["attestation"]
    assert review["needed"] == "always"
    assert "leaver" in review["answers"]["trigger"]
    assert control(feed, "root-mfa-backup")["attestation"] == {"needed": "where no export reports it", "answers": {}}
    assert control(feed, "root-mfa")["attestation"] is None


def test_nothing_is_left_to_fill_in(text: str) -> None:
    assert "{$" not in text
    assert text.endswith("}\n")


def test_texts_of_policy_files_are_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    title = '"<script>{{ 7 * 7 }}</script> ✓"'
    monkeypatch.chdir(
        tree(tmp_path, controls__g__length=LENGTH.replace("Passwords have a length", title), baselines__base=BASELINE)
    )
    opened = library(tmp_path)
    assert opened.control("length").title.startswith("<script>{{ 7 * 7 }}</script> ✓")
    Path("baselint.toml").write_text('library = false\nbaseline = "base"\n')
    assert cli("render", "--output", "pages").code == 0
    written = Path("pages/controls.json").read_text()
    assert written.isascii()
    assert json.loads(written)["controls"][1]["title"] == opened.control("length").title
    assert cli("render", "--output", "pages", "--check").code == 0


def test_an_empty_runbook_is_a_document_too() -> None:
    assert document(book(RunbookPolicy((), (), {}))) == {
        "schema_version": 1,
        "baselines": [],
        "frameworks": [],
        "controls": [],
    }

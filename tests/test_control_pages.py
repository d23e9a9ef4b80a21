"""The page of a control: samples made by the engine, values with their direction and forms to copy."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from baselint import help_sections
from baselint.configuration import Configuration
from baselint.exports import EXPORTS
from baselint.finding import Status
from baselint.model import ParameterType, Procedure
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_library
from baselint.policy.resolve import ResolvedBaseline, resolve
from baselint.runbook import control_view, evidence_view, forms
from baselint.runbook.book import RunbookPolicy, book
from baselint.runbook.pages import pages
from baselint.runbook.parameter_view import parameters
from baselint.runbook.samples import samples
from policytree import BASELINE, LENGTH, REVIEW, library, tree

PARTS = ("before", "console", "cli", "verify", "rollback")


@pytest.fixture(scope="module")
def shipped() -> PolicyLibrary:
    return open_library(Configuration(policies=None))


@pytest.fixture(scope="module")
def resolved(shipped: PolicyLibrary) -> list[ResolvedBaseline]:
    return [resolve(shipped.baseline(name), shipped) for name in shipped.ids(PolicyKind.BASELINE)]


@pytest.fixture(scope="module")
def made(shipped: PolicyLibrary, resolved: list[ResolvedBaseline]) -> dict[str, str]:
    controls = tuple(shipped.control(name) for name in shipped.ids(PolicyKind.CONTROL))
    frameworks = tuple(shipped.framework(name) for name in shipped.ids(PolicyKind.FRAMEWORK))
    found = pages(RunbookPolicy(tuple(resolved), controls, {}, frameworks))
    return {
        Path(path).stem: text for path, text in found.items() if path.startswith("controls/") and path.count("/") == 2
    }


def test_every_page_has_its_anchors_in_the_order_of_work(made: dict[str, str], shipped: PolicyLibrary) -> None:
    order = ["why", "applies", "before", "steps", "verify", "rollback", "evidence", "exceptions", "values", "standards"]
    for name, text in made.items():
        found = re.findall(r"^## .* \{#([a-z]+)\}$", text, re.MULTILINE)
        assert found[-1] == "about"
        assert [anchor for anchor in found if anchor in order] == [anchor for anchor in order if anchor in found], name
        if shipped.control(name).retired is None:
            assert {"why", "applies", "steps", "verify", "evidence", "exceptions", "about"} <= set(found), name


def test_every_step_is_a_box_with_its_own_key_and_anchor(made: dict[str, str], shipped: PolicyLibrary) -> None:
    for name, text in made.items():
        procedure = shipped.control(name).procedure
        steps = [(part, step.id) for part in PARTS for step in getattr(procedure, part)]
        boxes = re.findall(
            r'<label class="bl-tick" id="([^"]+)"><input type="checkbox" data-bl-tick="([^"]+)"> <span>', text
        )
        assert boxes == [(f"{part}-{step}", f"{name}/{part}/{step}") for part, step in steps], name
        assert len(set(boxes)) == len(boxes)


def test_every_finding_leads_to_a_place_that_its_page_has(made: dict[str, str], shipped: PolicyLibrary) -> None:
    for name, text in made.items():
        control = shipped.control(name)
        anchors = set(re.findall(r'\{#([a-z-]+)\}$|<label class="bl-tick" id="([^"]+)"', text, re.MULTILINE))
        places = {place for pair in anchors for place in pair}
        for status in Status:
            assert help_sections.section(control, status) in places, (name, status)
        for step in control.procedure.cli:
            assert help_sections.section(control, Status.FAIL, step) in places, (name, step.id)


def test_a_finding_leads_to_what_is_to_be_done(shipped: PolicyLibrary) -> None:
    control = shipped.control("password-minimum-length")
    found = {status: help_sections.section(control, status) for status in Status}
    assert (found[Status.FAIL], found[Status.UNKNOWN], found[Status.EXCEPTED]) == ("steps", "evidence", "exceptions")
    assert help_sections.section(control, Status.FAIL, control.procedure.cli[0]) == f"cli-{control.procedure.cli[0].id}"
    bare = replace(control, procedure=Procedure())
    assert help_sections.section(bare, Status.FAIL) == "evidence"
    assert help_sections.section(shipped.control("root-security-questions"), Status.NOT_APPLICABLE) == "about"


def test_every_control_of_every_baseline_shows_how_it_passes_and_how_it_does_not(
    resolved: list[ResolvedBaseline],
) -> None:
    number = 0
    for baseline in resolved:
        for item in baseline.controls:
            found = [sample.status for sample in samples(item, baseline)]
            if item.control.retired is not None:
                assert found == []
                continue
            check = item.control.check
            assert check is not None
            assert found[0] is Status.PASS, item.control.id
            assert found[1] in ({Status.MANUAL} if check.attest else {Status.FAIL, Status.MANUAL}), item.control.id
            number += 1
    assert number > 150


def test_a_sample_has_the_words_and_the_bound_of_the_check(
    shipped: PolicyLibrary, resolved: list[ResolvedBaseline]
) -> None:
    (baseline,) = (item for item in resolved if item.baseline.id == "aws-root-hardening")
    (item,) = (item for item in baseline.controls if item.control.id == "password-minimum-length")
    passes, fails = samples(replace(item, parameters={"minimum": 21}), baseline)
    assert "observed  21 characters" in passes.text
    assert "must be at least 21 characters\n    observed  20 characters\n    fix       aws iam update" in fails.text
    assert "--minimum-password-length 21 " in fails.text
    assert fails.text.endswith("page      controls/password-policy/password-minimum-length/#cli-update")


def test_a_sample_of_members_names_one_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    opened = library(tree(tmp_path))
    baseline = resolve(opened.baseline("base"), opened)
    found = {item.control.id: samples(item, baseline) for item in baseline.controls}
    assert "all 1 concerned meet it" in found["keys"][0].text
    assert "who       alice/access-key-1: 91 days (credential-report.json, line 3)" in found["keys"][1].text
    assert [sample.status for sample in found["review"]] == [Status.PASS, Status.MANUAL]
    assert "trigger: periodic" in found["review"][0].text


@pytest.mark.parametrize(
    "expect",
    [
        "{fact: contacts.billing_email, matches: ['aws-*@example.com']}",
        "{fact: root.mfa_kind, one_of: [virtual, not-virtual]}",
        "{fact: password_policy.maximum_age_days, present: true}",
        "[{fact: password_policy.minimum_length, at_least: 8}, {fact: password_policy.minimum_length, at_most: 20}]",
        "{fact: root.password_unused_days, at_least: 3, or_absent: true}",
    ],
)
def test_every_operator_has_a_sample_of_both_verdicts(
    expect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    control = f"kind: control\nid: length\ntitle: T\nseverity: low\ncheck:\n  expect: {expect}\n"
    opened = library(tree(tmp_path, controls__g__length=control))
    baseline = resolve(opened.baseline("base"), opened)
    assert [sample.status for sample in samples(baseline.controls[0], baseline)] == [Status.PASS, Status.FAIL]


def test_what_no_account_can_meet_has_no_sample_of_a_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    never = "[{fact: root.mfa_enabled, equals: true}, {fact: root.mfa_enabled, equals: false}]"
    control = f"kind: control\nid: length\ntitle: T\nseverity: low\ncheck:\n  expect: {never}\n"
    opened = library(tree(tmp_path, controls__g__length=control))
    baseline = resolve(opened.baseline("base"), opened)
    assert [sample.status for sample in samples(baseline.controls[0], baseline)] == [Status.FAIL]


@pytest.mark.parametrize(
    ("control", "direction"),
    [
        ("password-minimum-length", "higher is stricter"),
        ("password-maximum-age", "lower is stricter"),
        ("credential-report-reviewed", "lower is stricter"),
        ("root-unused", "higher is stricter"),
        ("contacts-shared-mailboxes", "fewer entries are stricter"),
    ],
)
def test_the_direction_of_a_value_is_that_of_the_comparison(
    control: str, direction: str, shipped: PolicyLibrary
) -> None:
    view = book(RunbookPolicy((), (shipped.control(control),), {})).views[control]
    assert parameters(view)[0].stricter == direction


def test_a_value_says_what_is_allowed_and_what_standards_want(shipped: PolicyLibrary) -> None:
    frameworks = tuple(shipped.framework(name) for name in ("cis-aws-foundations-7.0", "nist-800-63b-4"))
    view = control_view.view(shipped.control("password-minimum-length"), (), frameworks)
    (item,) = parameters(view)
    assert item.allowed == "6 to 128 characters"
    wanted = {(found.framework.id, found.limit) for found in item.wanted}
    assert ("cis-aws-foundations-7.0", "at least 14 characters") in wanted
    assert any(name == "nist-800-63b-4" for name, _ in wanted)


@pytest.mark.parametrize(
    ("parameter", "allowed", "stricter"),
    [
        ("type: integer, default: 14", "any whole number", "higher is stricter"),
        ("type: integer, default: 14, minimum: 6", "at least 6", "higher is stricter"),
        ("type: integer, default: 14, maximum: 20, unit: characters", "at most 20 characters", "higher is stricter"),
    ],
)
def test_a_range_may_have_one_end_or_none(
    parameter: str, allowed: str, stricter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = re.sub(r"type: integer.*characters", parameter, LENGTH)
    opened = library(tree(tmp_path, controls__g__length=text))
    (item,) = parameters(book(RunbookPolicy((), (opened.control("length"),), {})).views["length"])
    assert (item.allowed, item.stricter) == (allowed, stricter)


@pytest.mark.parametrize(
    ("type_", "fact", "allowed", "stricter"),
    [
        (ParameterType.BOOLEAN, "root.mfa_enabled", "true or false", "neither way is stricter"),
        (ParameterType.TEXT, "root.mfa_kind", "any text", "neither way is stricter"),
        (ParameterType.CHOICE, "root.mfa_kind", "one of virtual, none", "neither way is stricter"),
        (ParameterType.LIST, "contacts.billing_email", "a list of texts", "fewer entries are stricter"),
    ],
)
def test_other_types_of_values_have_words_too(
    type_: ParameterType, fact: str, allowed: str, stricter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    control = library(tree(tmp_path)).control("length")
    assert control.check is not None
    condition = replace(control.check.expect[0], fact=fact, operator=control.check.expect[0].operator.EQUALS)
    choices = ("virtual", "none") if type_ is ParameterType.CHOICE else ()
    parameter = replace(
        control.parameters["minimum"], type=type_, choices=choices, minimum=None, maximum=None, default=None
    )
    changed = replace(control, check=replace(control.check, expect=(condition,)), parameters={"minimum": parameter})
    (item,) = parameters(book(RunbookPolicy((), (changed,), {})).views["length"])
    assert (item.allowed, item.stricter) == (allowed, stricter)


def _filled(text: str) -> str:
    day = text.replace("YYYY-MM-DD", "2026-02-01", 1).replace("YYYY-MM-DD", "2026-03-01")
    return day.replace("ACCOUNT-ID", "111122223333").replace("TICKET-NUMBER", "4711")


@pytest.mark.parametrize("name", ["length", "keys"])
def test_the_exception_to_copy_is_refused_until_it_is_filled_in(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    form = forms.exception_form(library(tree(tmp_path)).control(name))
    opened = library(tree(tmp_path, baselines__base=BASELINE + form + "\n"))
    with pytest.raises(Exception, match="YYYY-MM-DD"):
        opened.baseline("base")
    opened = library(tree(tmp_path, baselines__base=BASELINE + _filled(form) + "\n"))
    (exception,) = opened.baseline("base").exceptions
    assert (exception.control, exception.subjects) == (name, ("alice/access-key-1",) if name == "keys" else ())


def test_the_attestation_to_copy_is_refused_until_it_is_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    opened = library(tree(tmp_path))
    form = forms.attestation_form(opened.control("review"))
    assert form is not None
    assert forms.attestation_form(opened.control("length")) is None
    assert forms.attestation_form(opened.control("old")) is None
    with pytest.raises(Exception, match="YYYY-MM-DD"):
        library(tree(tmp_path, attestations__a=form + "\n")).attestations()
    (attestation,) = library(tree(tmp_path, attestations__a=_filled(form) + "\n")).attestations()
    assert (attestation.control, attestation.answers) == ("review", {"trigger": "periodic"})


def test_an_attestation_answers_only_what_the_control_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    review = REVIEW.replace(", answers: {trigger: [periodic, leaver]}", "")
    form = forms.attestation_form(library(tree(tmp_path, controls__g__review=review)).control("review"))
    assert "answers" not in str(form)


def test_a_page_shows_the_exceptions_and_the_decisions_on_its_control(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    more = (
        "changes:\n  - {date: '2026-01-02', control: length, reason: it was short, approved_by: CISO}\n"
        "  - {date: '2026-02-02', control: length, reason: it was long}\n  - {date: '2026-03-02', control: keys, reason: other}\n"
        "exceptions:\n  - id: late\n    control: length\n    accounts: ['111122223333']\n    reason: an old program\n"
        "    owner: ops\n    approved: {by: CISO, date: '2026-01-01'}\n    expires: '2026-06-30'\n"
        "    compensating_control: a vault\n    ticket: https://tickets.example.com/1\n"
    )
    opened = library(tree(tmp_path, baselines__base=BASELINE + more))
    baseline = resolve(opened.baseline("base"), opened)
    controls = tuple(opened.control(name) for name in opened.ids(PolicyKind.CONTROL))
    policy = RunbookPolicy((baseline,), controls, {}, longest_exception_days=90)
    page = pages(policy)["controls/g/length.md"]
    assert "at most 90 days after its approval" in page
    row = "| `late` | [`base`](../../baselines/base.md) | 111122223333 | 2026-01-01 | 2026-06-30 | ops | CISO |"
    assert row in page
    assert "- **late:** an old program *Instead:* a vault [Ticket](https://tickets.example.com/1)" in page
    decisions = re.findall(r"^    - (\S+), .*: (it was \w+)", page, re.MULTILINE)
    assert decisions == [("2026-02-02", "it was long"), ("2026-01-02", "it was short")]
    assert "other" not in page


def test_evidence_names_each_export_once_with_its_commands_and_its_age() -> None:
    found = evidence_view.exports(["contacts.billing", "root.mfa_enabled", "contacts.security"])
    assert [(item.definition.title, len(item.commands)) for item in found] == [
        ("credential report", 2),
        ("account summary", 1),
        ("alternate contact", 2),
    ]
    assert "four hours" in found[0].definition.freshness
    assert {item.freshness for item in EXPORTS.values()} - {found[0].definition.freshness} == {
        "as it is when the command runs"
    }
    (read,) = evidence_view.reads(["root.mfa_enabled"])
    assert [item.title for item in read.exports] == ["credential report", "account summary"]


def test_the_facts_of_a_check_decide_which_pages_show_a_diagram(made: dict[str, str]) -> None:
    showing = {name for name, text in made.items() if "<figure" in text}
    assert {"root-mfa", "root-no-credentials"} <= showing
    assert not any(name.startswith(("password-", "contact-", "user-")) for name in showing)

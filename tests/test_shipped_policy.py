"""What ships agrees with itself: controls, baselines and frameworks, checked by machine."""

from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urlsplit

import pytest

from baselint import placeholders
from baselint.configuration import Configuration
from baselint.control_words import words
from baselint.framework import Framework, Relation
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.policy.resolve import ResolvedBaseline, resolve
from baselint.runbook import control_view
from checkout import ROOT

LIBRARY = open_library(Configuration(policies=None))
CONTROLS = [LIBRARY.control(name) for name in LIBRARY.ids(PolicyKind.CONTROL)]
BASELINES = [resolve(LIBRARY.baseline(name), LIBRARY) for name in LIBRARY.ids(PolicyKind.BASELINE)]
FRAMEWORKS = [LIBRARY.framework(name) for name in LIBRARY.ids(PolicyKind.FRAMEWORK)]
SEED = "aws-root-hardening"


def identifier(item: Control | Framework | ResolvedBaseline) -> str:
    return item.baseline.id if isinstance(item, ResolvedBaseline) else item.id


def texts(control: Control) -> Iterator[str]:
    """Yield every text of a control that pages show."""
    yield from filter(None, (control.summary, control.rationale, control.applicability, control.breaks, control.limits))
    yield from control.evidence_to_keep
    procedure = control.procedure
    for step in (*procedure.before, *procedure.console, *procedure.cli, *procedure.verify, *procedure.rollback):
        yield from filter(None, (step.do, step.expect, step.why, step.run, step.trouble))
    yield procedure.terraform or ""


@pytest.mark.parametrize("control", CONTROLS, ids=identifier)
def test_a_control_leaves_nothing_to_know(control: Control) -> None:
    assert control.severity_reason
    assert control.summary
    assert control.rationale
    assert control.evidence_to_keep
    assert control.references
    assert control.breaks
    assert control.verified, "facts about AWS are dated"
    procedure = control.procedure
    assert all((procedure.before, procedure.console, procedure.cli, procedure.verify, procedure.rollback))
    assert any("baselint lint" in (step.run or "") for step in procedure.verify), "verified by baselint as well"
    assert len({step.run for step in procedure.verify} | {step.do for step in procedure.verify}) > 2, "and by hand"
    everything = " ".join(texts(control))
    assert procedure.terraform or "Terraform" in everything or "provider" in everything, (
        "why there is no Terraform code"
    )


@pytest.mark.parametrize("control", CONTROLS, ids=identifier)
def test_every_reference_is_well_formed(control: Control) -> None:
    for reference in control.references:
        address = urlsplit(reference.url)
        assert address.scheme == "https"
        assert "." in address.netloc
        assert address.port is None
        assert not address.username
        assert reference.title.strip()


@pytest.mark.parametrize("baseline", BASELINES, ids=identifier)
def test_every_placeholder_of_every_text_resolves(baseline: ResolvedBaseline) -> None:
    for control in CONTROLS:
        found = next((item for item in baseline.controls if item.control.id == control.id), None)
        values = found.parameters if found else {name: item.default for name, item in control.parameters.items()}
        filling = words(control, values, baseline)
        for text in texts(control):
            filled = placeholders.fill(text, filling)
            assert list(placeholders.names(filled)) == []
            assert not found or "OPTIONS-OF-THE-WHOLE-POLICY" not in filled, f"{control.id}: {text}"


@pytest.mark.parametrize("baseline", BASELINES, ids=identifier)
def test_password_commands_carry_the_whole_policy(baseline: ResolvedBaseline) -> None:
    """Every call of a baseline's pages sets everything that any of its controls asks of the policy."""
    password_controls = [item.control for item in baseline.controls if item.control.group == "password-policy"]
    found = set()
    for control in password_controls:
        view = control_view.view(control, (baseline,), FRAMEWORKS)
        runs = [placeholders.fill(step.run or "", view.words) for step in control.procedure.cli]
        found.update(run for run in runs if "update-account-password-policy" in run)
        assert any("update-account-password-policy" in run for run in runs), control.id
    assert len(found) <= 1
    assert bool(found) is bool(password_controls)
    for run in found:
        assert "--allow-users-to-change-password" in run, "else the call takes this right from everybody"
        assert ("--minimum-password-length" in run) is any(
            item.id == "password-minimum-length" for item in password_controls
        )


def test_no_two_controls_decide_the_same_without_saying_how_they_differ() -> None:
    def decides(control: Control) -> tuple[object, frozenset[str]]:
        check = control.check
        assert check is not None
        return check.each, frozenset(condition.fact for condition in check.expect)

    active = [control for control in CONTROLS if control.check is not None and control.check.expect]
    alike = [pair for pair in combinations(active, 2) if decides(pair[0]) == decides(pair[1])]
    assert alike, "for instance the two views on forced expiry"
    silent = [
        (one.id, other.id)
        for pair in alike
        for one, other in (pair, pair[::-1])
        if f"`{other.id}`" not in " ".join(texts(one))
    ]
    assert silent == []


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=identifier)
def test_a_framework_says_where_its_mapping_comes_from(framework: Framework) -> None:
    assert framework.description
    assert framework.sources
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for source in framework.sources:
        repository = "/".join(urlsplit(source.url or "").path.strip("/").split("/")[:2])
        if urlsplit(source.url or "").netloc == "github.com":
            assert repository in notice, f"{repository} is not credited"
    assert (
        framework.edition in framework.id
        or framework.edition[:4].isdigit()
        or framework.id.startswith(("aws-", "nist-", "soc-", "hipaa-", "fedramp-"))
    )


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=identifier)
def test_every_requirement_is_covered_or_says_why_not(framework: Framework) -> None:
    for requirement in framework.requirements:
        assert bool(requirement.alternatives) is not bool(requirement.not_covered), requirement.id
        retired = [item.id for item in requirement.mapped if LIBRARY.control(item.id).retired]
        assert retired == [], f"{requirement.id}: a retired control decides nothing"


def test_only_standards_that_state_their_bounds_decide() -> None:
    deciding = {framework.id for framework in FRAMEWORKS if framework.relation is Relation.DECIDES}
    assert all(name.startswith(("cis-aws-foundations-", "aws-")) for name in deciding)
    assert {
        f"cis-aws-foundations-{edition}"
        for edition in ("1.2", "1.3", "1.4", "1.5", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0")
    } <= deciding


def test_cis_asks_for_the_same_length_under_each_editions_own_number() -> None:
    number = {"1.2": "1.9", "1.3": "1.8", "4.0": "1.8", "5.0": "1.7", "6.0": "2.7", "7.0": "2.8"}
    for edition, expected in number.items():
        framework = LIBRARY.framework(f"cis-aws-foundations-{edition}")
        found = [
            item for item in framework.requirements for mapped in item.mapped if mapped.id == "password-minimum-length"
        ]
        assert [item.id for item in found] == [expected]
        assert [bound.value for item in found for mapped in item.mapped for bound in mapped.needs] == [14]


@pytest.mark.parametrize("baseline", BASELINES, ids=identifier)
def test_a_baseline_says_for_whom_it_is(baseline: ResolvedBaseline) -> None:
    assert len(baseline.baseline.description or "") > 200
    claims = baseline.baseline.satisfies
    stated = {item.control: item.parameters for item in baseline.baseline.selections}
    for item in baseline.controls if claims else ():
        unstated = [
            name for name, value in item.parameters.items() if value is not None and name not in stated[item.control.id]
        ]
        assert unstated == [], f"{item.control.id}: a claim must not hang on a default"


def test_the_shipped_baselines_are_those_that_were_promised() -> None:
    assert [identifier(item) for item in BASELINES] == [
        "aws-cis-1.2", "aws-cis-3.0", "aws-cis-5.0", "aws-cis-7.0", "aws-fsbp", "aws-management-account", "aws-member-account",
        "aws-nist-800-63b-4", SEED, "aws-startup",
    ]  # fmt: skip


def test_the_seed_shows_the_steps_of_its_guide_in_order() -> None:
    seed = next(item for item in BASELINES if identifier(item) == SEED)
    sections = list(dict.fromkeys(item.section for item in seed.controls))
    assert [(section or "").split(" ", 1)[0] for section in sections] == [
        "1.1",
        "1.2",
        "1.3",
        "1.4",
        "1.5",
        "1.6",
        "1.7",
    ]
    assert len(seed.controls) == 25

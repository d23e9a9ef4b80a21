"""OSCAL: only what passed is satisfied, every id leads somewhere, and the same input gives the same documents."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from baselint.report import oscal_catalog, oscal_plan, oscal_results
from baselint.report.document import Report
from baselint.report.formats import FORMATS
from every_verdict import (
    EVIL,
    FIRST,
    GONE,
    SECOND,
    account,
    attestation,
    every_finding,
    everything,
    exception,
    finding,
    report,
)

NAMES = ("oscal-catalog", "oscal-profile", "oscal-assessment-plan", "oscal-assessment-results")
TOKEN = re.compile(r"[^\W\d][\w.-]*\Z")
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")


def results(of: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads("".join(oscal_results.write(of)))["assessment-results"]["results"]
    return found


def first(*findings: dict[str, Any]) -> dict[str, Any]:
    """The result of one account with these findings."""
    return results(report([account(FIRST, *findings)]))[0]


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key of a document with its value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def props(of: dict[str, Any]) -> dict[str, str]:
    return {item["name"]: item["value"] for item in of["props"]}


def documents(of: Report) -> list[dict[str, Any]]:
    return [json.loads("".join(FORMATS[name].write(of))) for name in NAMES]


def test_only_what_passed_is_satisfied() -> None:
    (found, _) = results(everything())
    states = {item["target"]["target-id"]: item["target"]["status"] for item in found["findings"]}
    told = {name.removesuffix("_obj"): (status["state"], status["reason"]) for name, status in states.items()}
    assert told == {
        "base_a-pass": ("satisfied", "pass"),
        "base_b-fail": ("not-satisfied", "fail"),
        "base_c-unknown": ("not-satisfied", "other"),
        "base_d-manual": ("not-satisfied", "other"),
        "base_f-excepted": ("not-satisfied", "other"),
        "base_g-excepted": ("not-satisfied", "other"),
        "base_h-attested": ("satisfied", "pass"),
        "base_i-evil": ("not-satisfied", "fail"),
        "other_b-fail": ("satisfied", "pass"),
    }
    assert states["base_c-unknown_obj"]["remarks"] == "baselint's verdict: unknown"


def test_what_does_not_apply_was_observed_and_is_in_no_state() -> None:
    found = first(finding("c", "not-applicable"))
    assert props(found["observations"][0])["status"] == "not-applicable"
    assert "findings" not in found


def test_an_observation_says_what_was_seen_where_and_how() -> None:
    found = results(everything())[0]["observations"]
    assert [item["methods"] for item in found[:8]] == [["EXAMINE"]] * 7 + [["INTERVIEW"]]
    (evidence,) = found[0]["relevant-evidence"]
    assert evidence["href"] == f"s/{FIRST}/credential%20report.csv"
    assert evidence["description"] == "`password_policy.minimum_length`: 8 (line 3, column x)"
    assert props(evidence) == {"sha-256": "0" * 64, "captured-at": "2026-11-01T08:00:00Z"}
    assert found[1]["remarks"] == "To mend it:\n\n```sh\naws iam mend\n```"
    assert "relevant-evidence" not in found[2]


def test_what_a_person_stated_stands_with_its_proof_and_its_end() -> None:
    item = first(finding("c", "pass", reason="attested", attestation=attestation()))["observations"][0]
    stated, proof = item["relevant-evidence"]
    assert item["expires"] == "2027-01-30T23:59:59Z"
    assert stated["description"] == "I looked.\n\nAll is well."
    assert props(stated)["attested-by"] == "alice"
    assert props(stated)["answer-1"] == "trigger: periodic"
    assert proof["links"] == [{"href": "https://wiki.example/minutes", "rel": "reference"}]
    bare = attestation(valid_through=None, evidence=[{"title": "t", "url": None, "sha256": None}])
    item = first(finding("c", "fail", reason="attested-fail", attestation=bare))["observations"][0]
    assert "expires" not in item
    assert item["relevant-evidence"][1] == {"description": "t"}


def test_an_attestation_that_does_not_decide_makes_no_interview() -> None:
    item = first(finding("c", "pass", attestation=attestation()))["observations"][0]
    assert item["methods"] == ["EXAMINE"]
    assert "expires" not in item
    assert len(item["relevant-evidence"]) == 2


def test_an_exception_in_force_is_an_approved_risk_with_a_deadline() -> None:
    found = results(everything())[0]
    risk = found["risks"][0]
    assert (risk["status"], risk["deadline"]) == ("deviation-approved", "2026-12-31T23:59:59Z")
    assert props(risk)["approved-by"] == "ciso"
    assert risk["mitigating-factors"][0]["description"] == "it is watched"
    excepted = next(item for item in found["findings"] if item["target"]["target-id"] == "base_f-excepted_obj")
    assert [item["risk-uuid"] for item in excepted["related-risks"]] == [item["uuid"] for item in found["risks"][:2]]
    assert "mitigating-factors" not in found["risks"][2]
    assert "risks" not in first(finding("c", "fail", exception=exception(in_force=False)))


def test_accounts_that_are_missing_or_that_nobody_asks_anything_of_are_told() -> None:
    run = results(everything())[-1]
    assert [item["title"] for item in run["observations"][:2]] == [
        f"AWS account {GONE} is missing: no export of it is there",
        f"AWS account {SECOND} is not judged: no baseline is meant for it",
    ]
    assert [(item["title"], item["status"]) for item in run["risks"]] == [(run["observations"][0]["title"], "open")]
    assert props(run)["count-fail"] == "2"
    assert [props(item)["reason"] for item in run["observations"]] == [
        "missing-account",
        "no-baseline",
        "access-denied",
        "access-denied",
    ]


def test_the_result_of_the_run_says_that_it_judges_no_control() -> None:
    reviewed = results(everything())[-1]["reviewed-controls"]
    assert reviewed["remarks"].startswith("No control is judged in this result")


def test_nothing_at_all_is_four_documents_as_well() -> None:
    catalog, profile, plan, found = documents(report([], baselines=[]))
    assert "groups" not in catalog["catalog"]
    assert "parties" not in catalog["catalog"]["metadata"]
    assert profile["profile"]["imports"] == [{"href": "oscal-catalog.json", "include-all": {}}]
    assert plan["assessment-plan"]["assessment-subjects"][0]["include-all"] == {}
    (run,) = found["assessment-results"]["results"]
    assert "observations" not in run


def test_a_baseline_is_a_group_with_its_approval() -> None:
    (base, other) = documents(everything())[0]["catalog"]["groups"]
    assert [item["id"] for item in other["controls"]] == ["other_b-fail"]
    assert len(base["controls"]) == 9
    approved = everything().header["baselines"][0] | {"approved": {"by": "C", "date": "2026-01-01"}}
    (group,) = documents(report([], baselines=[approved]))[0]["catalog"]["groups"]
    assert props(group)["approved-by"] == "C"
    assert "controls" not in group


def test_every_reference_leads_somewhere() -> None:
    catalog, profile, plan, found = documents(everything())
    ids = {value for key, value in walk(catalog) if key == "id"}
    assert profile["profile"]["imports"][0]["href"] == f"{NAMES[0]}.json"
    assert found["assessment-results"]["import-ap"]["href"] == f"{NAMES[2]}.json"
    named = [value for document in (plan, found) for key, value in walk(document) if key in {"control-id", "target-id"}]
    assert named
    assert set(named) <= ids
    assert {item for key, value in walk(profile) if key == "with-ids" for item in value} <= ids
    for document in (plan, found):
        uuids = {value for key, value in walk(document) if key == "uuid"}
        wanted = {value for key, value in walk(document) if key.endswith("-uuid")}
        assert wanted
        assert wanted <= uuids


def test_ids_names_stamps_and_values_have_the_forms_that_oscal_asks() -> None:
    for document in documents(everything(exceptions_ignored=True, redacted=True)):
        for key, value in walk(document):
            if key in {"id", "control-id", "target-id", "name"} and isinstance(value, str):
                assert TOKEN.match(value)
            elif key in {"collected", "start", "end", "deadline", "expires", "last-modified"}:
                assert STAMP.match(value)
            elif key in {"uuid", "subject-uuid"}:
                assert uuid.UUID(value).version == 5
            elif key == "value":
                assert re.fullmatch(r"\S(.*\S)?", value)
            assert value not in ([], "")


def test_uuids_are_used_once_each() -> None:
    for document in documents(everything()):
        found = [value for key, value in walk(document) if key == "uuid"]
        assert len(set(found)) == len(found)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_the_same_twice_and_another_for_another_day(name: str) -> None:
    text = "".join(FORMATS[name].write(everything()))
    assert text == "".join(FORMATS[name].write(everything()))
    assert text.endswith("\n")
    assert text.isascii()
    later = json.loads("".join(FORMATS[name].write(everything(as_of="2026-11-03T23:59:59Z"))))
    root = name.removeprefix("oscal-")
    assert later[root]["uuid"] != json.loads(text)[root]["uuid"]


def test_documents_on_other_accounts_are_others_although_they_count_the_same() -> None:
    """A platform that knows a UUID already would drop the second, and with it what fails there."""

    def named(digest: str) -> set[str]:
        of = replace(report([]), digest=digest)
        return {next(iter(item.values()))["uuid"] for item in documents(of)} | {results(of)[-1]["uuid"]}

    assert len(named("a") | named("b")) == 10
    assert named("a") == named("a")


def test_what_stays_the_same_thing_keeps_its_uuid() -> None:
    def things(of: Report) -> set[str]:
        found = results(of)[0]
        return {item["uuid"] for item in (*found["risks"], *found["local-definitions"]["inventory-items"])}

    assert things(everything()) == things(everything(as_of="2026-11-03T23:59:59Z"))


def test_nothing_in_a_text_is_markup() -> None:
    evil = next(item for item in results(everything())[0]["observations"] if props(item)["control"] == "i-evil")
    assert evil["title"].startswith("&#93;(x) &lt;b&gt;&amp;amp;&#124;")
    assert "<" not in evil["description"]
    assert EVIL not in json.dumps(evil)


def test_controls_of_a_baseline_come_from_whichever_account_has_them() -> None:
    of = report([account(FIRST, finding("a", "pass")), account(SECOND, *every_finding())])
    (base, _) = documents(of)[0]["catalog"]["groups"]
    assert len(base["controls"]) == 10


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("catalog", oscal_catalog.write_catalog),
        ("profile", oscal_catalog.write_profile),
        ("assessment-plan", oscal_plan.write),
        ("assessment-results", oscal_results.write),
    ],
)
def test_the_documents_as_they_are_written(
    golden: Callable[[str, str], None], name: str, write: Callable[[Report], Iterator[str]]
) -> None:
    of = report([account(FIRST, *every_finding()[:2], *every_finding()[4:6])], missing_accounts=[GONE])
    golden(f"oscal/{name}.json", json.dumps(json.loads("".join(write(of))), indent=1) + "\n")

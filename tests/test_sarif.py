"""SARIF: every verdict keeps its meaning, every finding its identity, and nothing in a text is more than text."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from baselint.model import Severity
from baselint.report import sarif_report
from baselint.report.document import Report
from baselint.report.fingerprint import fingerprint
from baselint.report.interchange import line_of, reference, single_line
from baselint.report.sarif_limits import Selection
from every_verdict import (
    EVIL,
    FIRST,
    GONE,
    SECOND,
    account,
    every_finding,
    everything,
    exception,
    finding,
    report,
    subject,
)

WORDS = {
    "a-pass": ("pass", "none"),
    "b-fail": ("fail", "error"),
    "c-unknown": ("open", "none"),
    "d-manual": ("review", "none"),
    "e-gone": ("notApplicable", "none"),
    "f-excepted": ("fail", "error"),
    "g-excepted": ("review", "none"),
    "h-attested": ("pass", "none"),
    "i-evil": ("fail", "error"),
}


def run(pieces: Any) -> dict[str, Any]:
    """The one run of a SARIF log."""
    (found,) = json.loads("".join(pieces))["runs"]
    return found


def whole(of: Report) -> dict[str, Any]:
    return run(sarif_report.write(of))


def github(of: Report) -> dict[str, Any]:
    return run(sarif_report.write_github(of))


def controls(of: dict[str, Any]) -> list[str]:
    return [item["properties"].get("control", item["ruleId"]) for item in of["results"]]


def test_every_verdict_keeps_its_meaning() -> None:
    results = whole(everything(missing_accounts=[]))["results"]
    told = {item["properties"]["control"]: (item["kind"], item["level"]) for item in results[:-1]}
    assert told == WORDS
    suppressed = {item["properties"]["control"] for item in results if item["suppressions"]}
    assert suppressed == {"f-excepted", "g-excepted"}
    assert all((item["kind"] == "fail") == (item["level"] != "none") for item in results)


def test_an_exception_is_a_suppression_with_its_approval() -> None:
    (result,) = whole(report([account(FIRST, finding("c", "excepted", exception=exception()))]))["results"]
    (found,) = result["suppressions"]
    assert (found["kind"], found["status"]) == ("external", "accepted")
    assert found["justification"] == (
        "ex-1, approved by ciso on 2026-10-01, in force through 2026-12-31: a vendor needs it."
    )
    assert found["location"]["physicalLocation"]["region"] == {"startLine": 30}
    assert found["properties"]["ticket"] == "https://tickets.example/1"


def test_an_excepted_finding_without_its_exception_stays_a_failure() -> None:
    (result,) = whole(report([account(FIRST, finding("c", "excepted"))]))["results"]
    assert (result["kind"], result["level"], result["suppressions"]) == ("fail", "error", [])


def test_github_is_given_what_is_open_and_nothing_else() -> None:
    found = github(everything())
    assert controls(found) == ["baselint/missing-account", "b-fail", "c-unknown", "d-manual", "i-evil"]
    assert [item["level"] for item in found["results"]] == ["error", "error", "warning", "note", "error"]
    assert not any("suppressions" in item for item in found["results"])
    assert found["artifacts"] == []


def test_a_missing_account_is_open_and_never_closes_its_alerts_alone() -> None:
    """Results of an account that is not there are gone from the file: without one in their place all of it would read as fixed."""
    path = {
        "path": "list accounts.json",
        "sha256": "0" * 64,
        "expected": 1,
        "present": 0,
        "unexpected": [],
        "inactive": [],
    }
    of = report([], missing_accounts=[GONE], account_list=path)
    for found, kind, level, region in (
        (whole(of), "open", "none", {}),
        (github(of), "fail", "error", {"region": {"startLine": 1}}),
    ):
        (result,) = found["results"]
        assert (result["kind"], result["level"]) == (kind, level)
        assert (
            result["ruleId"]
            == found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
            == "baselint/missing-account"
        )
        assert GONE in result["message"]["text"]
        assert (
            result["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "list%20accounts.json"}} | region
        )
    names = [f"{number:012}" for number in range(3)]
    (first, second, third) = whole(report([], missing_accounts=names))["results"]
    assert first["ruleIndex"] == second["ruleIndex"] == third["ruleIndex"] == 0
    assert len({item["partialFingerprints"]["baselintFinding/v1"] for item in (first, second, third)}) == 3


def test_missing_accounts_come_before_findings_where_not_all_fit() -> None:
    of = report([account(FIRST, finding("c", "fail"), finding("d", "fail", "low"))], missing_accounts=[SECOND, GONE])
    for most, missing, written, left_out in (
        (1, [SECOND], [], 3),
        (3, [SECOND, GONE], ["c"], 1),
        (4, [SECOND, GONE], ["c", "d"], 0),
    ):
        selection = Selection.of(of, most)
        assert list(selection.missing) == missing
        assert [item["control"] for item, _ in selection.chosen(of)] == written
        assert selection.left_out == left_out
    low = replace(of, minimum_severity=Severity.HIGH)
    assert (Selection.of(low, 3).left_out, [item["control"] for item, _ in Selection.of(low, 3).chosen(low)]) == (
        0,
        ["c"],
    )


def test_every_result_has_a_place_in_a_file_and_names_its_account() -> None:
    for found in (whole(everything(missing_accounts=[])), github(everything(missing_accounts=[]))):
        for result in found["results"]:
            (place,) = result["locations"]
            assert not place["physicalLocation"]["artifactLocation"]["uri"].startswith(("/", "."))
            assert place["logicalLocations"][0] == {"name": FIRST, "fullyQualifiedName": FIRST, "kind": "account"}
    unplaced = whole(everything())["results"][2]["locations"][0]["physicalLocation"]
    assert unplaced == {"artifactLocation": {"uri": f"s/{FIRST}/credential%20report.csv"}}
    assert github(everything())["results"][2]["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_members_and_evidence_are_related_places_once_each() -> None:
    results = whole(everything())["results"]
    assert [item["message"]["text"] for item in results[0]["relatedLocations"]] == [
        "password_policy.minimum_length (line 3, column x)"
    ]
    member, fact = results[1]["relatedLocations"]
    assert member["message"]["text"].endswith(": 1035 days (line 3)")
    assert fact["physicalLocation"]["region"] == {"startLine": 3}


def test_a_rule_is_a_control_in_a_baseline() -> None:
    found = whole(everything(missing_accounts=[]))
    rules = found["tool"]["driver"]["rules"]
    assert [rules[item["ruleIndex"]]["id"] for item in found["results"]] == [
        item["ruleId"] for item in found["results"]
    ]
    assert len({rule["id"] for rule in rules}) == len(rules) == 10
    failed, other = rules[1], rules[-1]
    again = whole(report([account(FIRST, *every_finding()), account(SECOND, *every_finding())]))
    assert again["tool"]["driver"]["rules"] == rules
    assert (failed["id"], other["id"]) == ("base/b-fail", "other/b-fail")
    assert failed["properties"]["security-severity"] == "9.5"
    assert other["properties"]["security-severity"] == "3.0"
    assert "helpUri" not in failed
    assert other["helpUri"] == "https://runbook.example/b-fail/"
    assert "aws iam get-account-summary" in rules[2]["help"]["markdown"]
    assert set(failed["properties"]["tags"]) == {"security", "aws", "critical"}


def test_a_finding_is_the_same_one_as_long_as_control_account_and_baseline_are() -> None:
    same = finding("c", "fail")
    print_ = fingerprint(FIRST, same)
    assert print_ == "a27477ff502ee5f10010d0cc3159bada"
    changed = finding("c", "unknown", "low", message="other", location={"path": "x", "line": 1, "column": 1})
    assert fingerprint(FIRST, changed) == print_
    others = [
        fingerprint(FIRST, finding("d", "fail")),
        fingerprint(SECOND, same),
        fingerprint(FIRST, same | {"baseline": "o"}),
    ]
    assert len({print_, *others}) == 4
    (result,) = github(report([account(FIRST, same)]))["results"]
    assert result["partialFingerprints"] == {"primaryLocationLineHash": print_, "baselintFinding/v1": print_}


def test_the_run_tells_what_is_missing_and_what_needs_an_eye() -> None:
    (invocation,) = whole(everything(exceptions_ignored=True, redacted=True))["invocations"]
    told = [(item["level"], item["descriptor"]["id"]) for item in invocation["toolExecutionNotifications"]]
    assert told == [
        ("warning", "exceptions-ignored"),
        ("note", "redacted"),
        ("error", "missing-account"),
        ("warning", "access-denied"),
        ("warning", "access-denied"),
    ]
    assert GONE in invocation["toolExecutionNotifications"][2]["message"]["text"]
    place = invocation["toolExecutionNotifications"][3]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"s/{FIRST}/a%23b.err"


def test_the_exports_are_there_with_their_hashes() -> None:
    (artifact,) = whole(everything())["artifacts"]
    assert artifact["hashes"] == {"sha-256": "0" * 64}
    undated = account(FIRST)
    undated["exports"][0]["captured_at"] = None
    (artifact,) = whole(report([undated]))["artifacts"]
    assert "capturedAt" not in artifact["properties"]


def test_nothing_in_a_text_steers_or_links() -> None:
    for text in ("".join(sarif_report.write(everything())), "".join(sarif_report.write_github(everything()))):
        assert text.isascii()
        for raw in ("\\u0000", "\\u001b", "\\u202e", "\\ud800", "]("):
            assert raw not in text.replace("\\\\u", "")
        assert text.endswith("\n")


def test_a_version_that_is_none_is_not_called_one() -> None:
    assert whole(everything())["tool"]["driver"]["semanticVersion"] == "1.2.3"
    assert (
        "semanticVersion" not in whole(everything(tool={"name": "baselint", "version": "1.0.dev1"}))["tool"]["driver"]
    )


def test_more_than_github_keeps_is_cut_by_severity_and_told() -> None:
    found = [
        finding(f"c{number}", "fail", severity) for number, severity in enumerate(["low", "high", "critical", "low"])
    ]
    of = report([account(FIRST, *found), account(SECOND, finding("m", "manual", "critical"), *found)])
    selection = Selection.of(of, 6)
    assert [(item["control"], owner["id"][0]) for item, owner in selection.chosen(of)] == [
        ("c0", "1"),
        ("c1", "1"),
        ("c2", "1"),
        ("m", "2"),
        ("c1", "2"),
        ("c2", "2"),
    ]
    assert selection.left_out == 3
    assert selection.notices() == [
        "3 open results of the least severity are left out, since GitHub keeps 5000 of one run;"
        " the format sarif holds all of them"
    ]
    assert [item["control"] for item, _ in Selection.of(of, 1).chosen(of)] == ["c2"]
    assert Selection.of(of, 9).notices() == []


def test_findings_below_the_severity_asked_for_are_no_alerts_and_are_told() -> None:
    found = [finding("low", "fail", "low"), finding("high", "fail")]
    of = replace(report([account(FIRST, *found)]), minimum_severity=Severity.HIGH)
    assert controls(github(of)) == ["high"]
    assert github(of)["invocations"][0]["toolExecutionNotifications"][0]["descriptor"]["id"] == "left-out"
    assert controls(whole(of)) == ["low", "high"]
    assert [item["control"] for item, _ in Selection.of(of, 1).chosen(of)] == ["high"]


def test_a_result_has_no_more_places_than_github_shows() -> None:
    many = finding("c", "fail", subjects=[subject(f"user-{number}") for number in range(1200)])
    (result,) = github(report([account(FIRST, many)]))["results"]
    assert len(result["locations"]) + len(result["relatedLocations"]) == 100
    assert result["message"]["text"].endswith("\nAnd 1101 more places; the format sarif holds all of them.")
    assert len(whole(report([account(FIRST, many)]))["results"][0]["relatedLocations"]) == 1200


def test_nothing_to_tell_is_a_whole_log_too() -> None:
    for found in (whole(report([])), github(report([]))):
        assert found["results"] == found["tool"]["driver"]["rules"] == []
        assert found["automationDetails"]["id"] == "baselint/base+other/"


def test_the_alerts_of_a_sample_as_they_are_written(golden: Callable[[str, str], None]) -> None:
    golden("alerts.sarif", "".join(sarif_report.write_github(everything())))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/c.json", "a%20b/c.json"),
        ("javascript:x", "javascript%3Ax"),
        ("a?b#c%", "a%3Fb%23c%25"),
        ("\ud800", "%5Cud800"),
        ("", "."),
    ],
)
def test_a_path_is_a_reference_and_nothing_else(path: str, expected: str) -> None:
    assert reference(path) == expected


def test_lines_of_exports_and_of_texts() -> None:
    assert [line_of(text) for text in ("line 12", "line 3, column x", "/a/b", "line 0", "lines 3", None)] == [
        12,
        3,
        None,
        None,
        None,
        None,
    ]
    assert single_line(" \n ") == "-"
    assert "\n" not in single_line(EVIL)

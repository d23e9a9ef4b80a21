"""Accounts that were expected and are not there, as results of SARIF: without one, their alerts would close as if they were fixed."""

from baselint.report.document import HeaderDocument
from baselint.report.fingerprint import fingerprint_of
from baselint.report.interchange import reference, visible
from baselint.report.sarif_results import Json, logical
from baselint.report.shown import MISSING_ACCOUNT, MISSING_TEXT

MISSING_RULE: Json = {
    "id": f"baselint/{MISSING_ACCOUNT}",
    "shortDescription": {"text": "Every expected account is there."},
    "fullDescription": {"text": "Every account of the list of expected accounts must have exports in the run."},
    "help": {
        "text": "Export the account and lint again, or take it out of the list.",
        "markdown": "Export the account and lint again, or take it out of the list.\n",
    },
    "defaultConfiguration": {"level": "error"},
    "properties": {"tags": ["security", "aws", "critical"], "precision": "very-high", "security-severity": "9.5"},
}
"""The rule of such results."""


def missing_result(number: str, header: HeaderDocument, index: int) -> Json:
    """Return an account of which nothing is known, with the kind of what could not be decided."""
    listed = header["account_list"]
    print_ = fingerprint_of(number, MISSING_ACCOUNT)
    place = {"artifactLocation": {"uri": reference(listed["path"] if listed else "")}}
    return {
        "ruleId": MISSING_RULE["id"],
        "ruleIndex": index,
        "kind": "open",
        "level": "none",
        "message": {"text": visible(f"account {number}, unknown: {MISSING_TEXT}.")},
        "partialFingerprints": {"primaryLocationLineHash": print_, "baselintFinding/v1": print_},
        "properties": {"account": visible(number), "status": "unknown", "reason": MISSING_ACCOUNT},
        "locations": [{"physicalLocation": place, "logicalLocations": [logical(number)]}],
        "relatedLocations": [],
    }


def missing_alert(number: str, header: HeaderDocument, index: int) -> Json:
    """Return the same for a reader that makes an alert of every result, whatever its kind."""
    result = missing_result(number, header, index)
    result["locations"][0]["physicalLocation"]["region"] = {"startLine": 1}
    return result | {"kind": "fail", "level": "error"}

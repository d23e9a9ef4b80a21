"""OSCAL catalog and profile: what the baselines of a run ask, and that all of it was selected."""

from collections.abc import Iterator

from baselint.report.document import BaselineDocument, FindingDocument, Report
from baselint.report.oscal import (
    CATALOG,
    Json,
    as_text,
    control_id,
    controls,
    document_uuid,
    line,
    metadata,
    objective_id,
    properties,
    prose,
)


def write_catalog(report: Report) -> Iterator[str]:
    """Yield a catalog with a group for each baseline; a control stands there as its baseline asks it."""
    asked = controls(report)
    groups = [_group(item, list(asked[item["id"]].values())) for item in report.header["baselines"]]
    document = {
        "uuid": document_uuid("catalog", report),
        "metadata": metadata(report.header, "Controls of AWS baselines, as resolved by baselint"),
    }
    yield from as_text("catalog", document | ({"groups": groups} if groups else {}))


def write_profile(report: Report) -> Iterator[str]:
    """Yield a profile that selects from the catalog what the accounts were judged by."""
    ids = [control_id(item) for asked in controls(report).values() for item in asked.values()]
    chosen: Json = {"include-controls": [{"with-ids": ids}]} if ids else {"include-all": {}}
    document = {
        "uuid": document_uuid("profile", report),
        "metadata": metadata(report.header, "Baselines that AWS accounts were judged by"),
        "imports": [{"href": CATALOG} | chosen],
        "merge": {"as-is": True},
    }
    yield from as_text("profile", document)


def _group(item: BaselineDocument, findings: list[FindingDocument]) -> Json:
    approved = item["approved"]
    group: Json = {
        "id": item["id"],
        "class": "baseline",
        "title": line(f"Baseline {item['id']}"),
        "props": properties(
            {
                "baseline-version": item["version"],
                "baseline-owner": item["owner"],
                "baseline-path": item["path"],
                "resolved-sha256": item["resolved_sha256"],
                "approved-by": approved["by"] if approved else None,
                "approved-on": approved["date"] if approved else None,
            }
        ),
    }
    return group | ({"controls": [_control(finding) for finding in findings]} if findings else {})


def _control(finding: FindingDocument) -> Json:
    name = control_id(finding)
    words = prose(finding["requirement"])
    return {
        "id": name,
        "class": "baselint",
        "title": line(finding["title"]),
        "props": [
            {"name": "label", "value": finding["control"]},
            *properties({"severity": finding["severity"], "runbook": finding["help"]}),
        ],
        "parts": [
            {"id": f"{name}_smt", "name": "statement", "prose": words},
            {"id": objective_id(finding), "name": "assessment-objective", "prose": words},
        ],
    }

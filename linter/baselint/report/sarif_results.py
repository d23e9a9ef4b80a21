"""Findings as results of SARIF: the verdict as kind and level, its places, and what makes it the same one next time."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from baselint.report.document import AccountDocument, ExceptionDocument, FindingDocument, LocationDocument
from baselint.report.fingerprint import fingerprint
from baselint.report.interchange import line_of, reference, visible

Json: TypeAlias = dict[str, Any]

LEVELS: Mapping[str, str] = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
"""Level of a failed control of each severity."""

_KINDS = {"pass": "pass", "fail": "fail", "unknown": "open", "manual": "review", "not-applicable": "notApplicable"}
_FAIL = "fail"


def rule_id(finding: FindingDocument) -> str:
    """Return the id of a rule: a control is a rule in each baseline, which may ask something else of it."""
    return f"{finding['baseline']}/{finding['control']}"


def text(words: str) -> str:
    """Return a plain text of SARIF, in which nothing is a link to follow."""
    return visible(words).replace("](", "] (")


def sentence(words: str) -> str:
    """Return a plain text that ends as a sentence does."""
    safe = text(words)
    return safe if safe.endswith((".", "!", "?")) else f"{safe}."


def whole_result(finding: FindingDocument, account: AccountDocument, index: int) -> Json:
    """Return any verdict, with its kind: only ``fail`` has a level, as the standard asks."""
    excepted = finding["exception"] if finding["status"] == "excepted" else None
    status = excepted["underlying"] if excepted else finding["status"]
    kind = _KINDS.get(status, _FAIL)
    result = _result(finding, account, index, kind, LEVELS[finding["severity"]] if kind == _FAIL else "none")
    place = finding["location"]
    result["locations"] = [_location(account, place, place["line"])]
    result["relatedLocations"] = list(_related(finding))
    result["suppressions"] = [_suppression(excepted)] if excepted else []
    return result


def alert(finding: FindingDocument, account: AccountDocument, index: int, most_places: int) -> Json:
    """Return an open verdict for a reader that makes an alert of every result, whatever its kind."""
    level = "note" if finding["status"] == "manual" else LEVELS[finding["severity"]]
    result = _result(finding, account, index, _FAIL, level)
    place = finding["location"]
    result["locations"] = [_location(account, place, place["line"] or 1)]
    related = list(_related(finding))
    result["relatedLocations"] = related[: most_places - 1]
    left_out = len(related) - len(result["relatedLocations"])
    if left_out:
        result["message"]["text"] += f"\nAnd {left_out} more places; the format sarif holds all of them."
    return result


def _result(finding: FindingDocument, account: AccountDocument, index: int, kind: str, level: str) -> Json:
    print_ = fingerprint(account["id"], finding)
    return {
        "ruleId": rule_id(finding),
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": {"text": _message(finding, account)},
        "partialFingerprints": {"primaryLocationLineHash": print_, "baselintFinding/v1": print_},
        "properties": {
            "account": visible(account["id"]),
            "control": finding["control"],
            "baseline": finding["baseline"],
            "severity": finding["severity"],
            "status": finding["status"],
            "reason": finding["reason"],
        },
    }


def _message(finding: FindingDocument, account: AccountDocument) -> str:
    name = f" ({account['name']})" if account["name"] else ""
    lines = [sentence(f"account {account['id']}{name}, {finding['status']}: {finding['message']}")]
    if finding["fix"]:
        lines.append(text(f"To mend it, run: {finding['fix']}"))
    elif finding["status"] == "unknown" and finding["export_again"]:
        lines.append(text(f"To see it, run: {finding['export_again']}"))
    return "\n".join(lines)


def _location(account: AccountDocument, place: LocationDocument, line: int | None) -> Json:
    return {
        "physicalLocation": _physical(place["path"], line, place["column"]),
        "logicalLocations": [logical(account["id"])],
    }


def logical(account: str) -> Json:
    """Return an account as the place of a result that is no file."""
    return {"name": visible(account), "fullyQualifiedName": visible(account), "kind": "account"}


def _physical(path: str, line: int | None, column: int | None = None) -> Json:
    """Return a place in a file, or the whole file where no line is known."""
    physical: Json = {"artifactLocation": {"uri": reference(path)}}
    if line is not None:
        physical["region"] = {"startLine": line} | ({"startColumn": column} if column else {})
    return physical


def _related(finding: FindingDocument) -> Iterator[Json]:
    """Yield the members that do not meet the requirement, then the places in exports that decided, each once."""
    members = (
        (item["export"], item["pointer"], f"{item['id']}: {item['observed']} ({item['pointer']})")
        for item in finding["subjects"]
    )
    facts = (
        (item["export"], item["pointer"], f"{item['fact']} ({item['pointer']})")
        for item in finding["evidence"]
        if item["export"] is not None
    )
    for export, pointer, words in dict.fromkeys((*members, *facts)):
        yield {"physicalLocation": _physical(export, line_of(pointer)), "message": {"text": text(words)}}


def _suppression(view: ExceptionDocument) -> Json:
    """Return the decision of a person, which stands in a baseline and not in the thing that was judged."""
    approved = f"approved by {view['approved_by']} on {view['approved']}, in force through {view['expires']}"
    return {
        "kind": "external",
        "status": "accepted",
        "justification": sentence(f"{view['id']}, {approved}: {view['reason']}"),
        "location": {"physicalLocation": _physical(view["location"]["path"], view["location"]["line"])},
        "properties": {
            key: visible(value)
            for key, value in (
                ("id", view["id"]),
                ("owner", view["owner"]),
                ("approvedBy", view["approved_by"]),
                ("approved", view["approved"]),
                ("expires", view["expires"]),
                ("ticket", view["ticket"]),
                ("compensatingControl", view["compensating_control"]),
            )
            if value
        },
    }

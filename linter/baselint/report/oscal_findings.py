"""One finding in the words of OSCAL: an observation with its evidence, the state of the objective, approved risks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baselint.markdown import address, code_block, code_span
from baselint.report.document import (
    AttestationDocument,
    ExceptionDocument,
    ExportDocument,
    FindingDocument,
)
from baselint.report.interchange import reference, visible
from baselint.report.oscal import Json, control_id, identifier, line, objective_id, properties, prose
from baselint.report.oscal_subjects import subject
from baselint.report.shown import BY_ATTESTATION

_REASONS = {"pass": "pass", "fail": "fail"}


@dataclass(frozen=True, slots=True)
class Entries:
    """What one finding gives to the result of its account."""

    observation: Json
    risks: list[Json]
    finding: Json | None
    """None where the control does not apply, which is neither of OSCAL's two states."""


def entries(finding: FindingDocument, item: Json, exports: Mapping[str, ExportDocument], when: str) -> Entries:
    """Return what was seen, what was approved, and the state of the objective, for an account's inventory item."""
    key = (control_id(finding), item["uuid"])
    shared: Json = {
        "title": line(finding["title"]),
        "description": prose(finding["message"]),
        "props": properties({name: finding[name] for name in ("control", "baseline", "severity", "status", "reason")}),
    }
    observed = {"uuid": identifier("observation", *key, when)} | _observation(finding, shared, item, exports, when)
    related = [{"observation-uuid": observed["uuid"]}]
    risks = [_risk(view, finding, identifier("risk", *key, view["id"]), related) for view in _in_force(finding)]
    if finding["status"] == "not-applicable":
        return Entries(observed, risks, None)
    state = {
        "uuid": identifier("finding", *key, when),
        **shared,
        "target": _target(finding),
        "related-observations": related,
    }
    if risks:
        state["related-risks"] = [{"risk-uuid": risk["uuid"]} for risk in risks]
    return Entries(observed, risks, state)


def _observation(
    finding: FindingDocument, shared: Json, item: Json, exports: Mapping[str, ExportDocument], when: str
) -> Json:
    """Return what was seen, where, and by which method."""
    person = finding["attestation"] if finding["reason"] in BY_ATTESTATION else None
    evidence = [*_attested(finding["attestation"]), *_examined(finding, exports)]
    found: Json = {
        **shared,
        "methods": ["INTERVIEW" if person else "EXAMINE"],
        "types": ["control-objective"],
        "subjects": [subject(item)],
        "collected": when,
    }
    if evidence:
        found["relevant-evidence"] = evidence
    if person and person["valid_through"]:
        found["expires"] = _end_of(person["valid_through"])
    commands = (("To export again what decides it:", finding["export_again"]), ("To mend it:", finding["fix"]))
    told = [f"{words}\n\n{code_block(visible(command), 'sh')}" for words, command in commands if command]
    if told:
        found["remarks"] = "\n\n".join(told)
    return found


def _target(finding: FindingDocument) -> Json:
    """Return the state of the objective: only what passed is satisfied."""
    status = finding["status"]
    return {
        "type": "objective-id",
        "target-id": objective_id(finding),
        "status": {
            "state": "satisfied" if status == "pass" else "not-satisfied",
            "reason": _REASONS.get(status, "other"),
            "remarks": f"baselint's verdict: {status}",
        },
    }


def _risk(view: ExceptionDocument, finding: FindingDocument, name: str, related: list[Json]) -> Json:
    """Return an exception in force as a risk that somebody approved, with its last moment."""
    found: Json = {
        "uuid": name,
        "title": line(f"Exception {view['id']}: {finding['title']}"),
        "description": prose(finding["requirement"]),
        "statement": prose(view["reason"]),
        "props": properties(
            {
                "exception": view["id"],
                "owner": view["owner"],
                "approved-by": view["approved_by"],
                "approved-on": view["approved"],
                "without-it": view["underlying"],
                "members": ", ".join(view["subjects"]) or None,
                "ticket": view["ticket"],
            }
        ),
        "status": "deviation-approved",
        "deadline": _end_of(view["expires"]),
        "related-observations": related,
    }
    if view["compensating_control"]:
        factor = {"uuid": identifier("instead", name), "description": prose(view["compensating_control"])}
        found["mitigating-factors"] = [factor]
    return found


def _in_force(finding: FindingDocument) -> list[ExceptionDocument]:
    first = finding["exception"]
    views = ([first] if first else []) + finding["further_exceptions"]
    return list({view["id"]: view for view in views if view["in_force"]}.values())


def _end_of(day: str) -> str:
    return f"{day}T23:59:59Z"


def _examined(finding: FindingDocument, exports: Mapping[str, ExportDocument]) -> Iterator[Json]:
    """Yield the exports that decided, each once, with the facts and members that stand in it."""
    told: dict[str, list[str]] = {}
    for item in finding["evidence"]:
        if item["export"] is not None:
            raw = str(item["raw"]).lower() if isinstance(item["raw"], bool) else str(item["raw"])
            place = line(f"{raw} ({item['pointer']})")
            words = f"{code_span(item['fact'])}: {place}"
            told.setdefault(item["export"], []).append(words)
    for member in finding["subjects"]:
        words = line(f"{member['id']}: {member['observed']} ({member['pointer']})")
        told.setdefault(member["export"], []).append(words)
    for path, found in told.items():
        piece: Json = {"href": reference(path), "description": "\n\n".join(dict.fromkeys(found))}
        export = exports.get(path)
        if export:
            piece["props"] = properties({"sha-256": export["sha256"], "captured-at": export["captured_at"]})
        yield piece


def _attested(item: AttestationDocument | None) -> Iterator[Json]:
    """Yield what a person stated, and what they name to prove it."""
    if item is None:
        return
    answers = {f"answer-{number}": f"{key}: {value}" for number, (key, value) in enumerate(item["answers"].items(), 1)}
    yield {
        "href": reference(item["location"]["path"]),
        "description": prose(item["statement"]),
        "props": properties(
            {"outcome": item["outcome"], "attested-by": item["by"], "attested-on": item["date"]} | answers
        ),
    }
    for proof in item["evidence"]:
        piece: Json = {"description": line(proof["title"])}
        if proof["url"]:
            piece["links"] = [{"href": _address(proof["url"]), "rel": "reference"}]
        if proof["sha256"]:
            piece["props"] = properties({"sha-256": proof["sha256"]})
        yield piece


def _address(url: str) -> str:
    """Return an address that a person gave, with everything encoded that no address may hold."""
    return address(url).replace("&amp;", "&")

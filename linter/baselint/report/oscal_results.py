"""OSCAL assessment results: one result for each account and one for the run; only what passed is satisfied."""

from collections.abc import Iterable, Iterator

from baselint.report.document import AccountDocument, ProblemDocument, Report
from baselint.report.interchange import dump, listed
from baselint.report.oscal import PLAN, Json, document_uuid, identifier, line, metadata, properties, prose, selection
from baselint.report.oscal_findings import entries
from baselint.report.oscal_subjects import account_item, missing_item, subject

_NOTHING_REVIEWED: Json = selection(()) | {
    "remarks": "No control is judged in this result: OSCAL wants a selection here."
}
"""What stands where OSCAL wants controls; all of them without a finding must not read as if they were met."""


def write(report: Report) -> Iterator[str]:
    """Yield the results account by account, then what concerns no single control."""
    header = report.header
    document = {
        "uuid": document_uuid("assessment-results", report),
        "metadata": metadata(header, "Verdicts on AWS accounts"),
        "import-ap": {"href": PLAN},
    }
    yield f'{{"assessment-results": {dump(document)[:-1]}, "results": [\n'
    unasked = []
    for account in report.accounts:
        if account["findings"]:
            yield from _account(account, header["as_of"])
            yield ",\n"
        else:
            unasked.append(account_item(account))
    yield f"{dump(_run(report, unasked))}\n]}}}}\n"


def _result(when: str, title: str, description: str, reviewed: Json, *key: str) -> Json:
    return {
        "uuid": identifier("result", when, *key),
        "title": title,
        "description": description,
        "start": when,
        "end": when,
        "reviewed-controls": reviewed,
    }


def _run(report: Report, unasked: list[Json]) -> Json:
    """Return counts, accounts that are missing or that no baseline is meant for, and files that need a person's eye."""
    header = report.header
    when = header["as_of"]
    told = "Counts, accounts of which nothing was judged, and problems."
    result = _result(when, "The run as a whole", told, _NOTHING_REVIEWED, document_uuid("run", report))
    result["props"] = properties({f"count-{name}": str(count) for name, count in header["summary"].items()})
    missing = [missing_item(number) for number in header["missing_accounts"]]
    absent = [_unjudged(item, "missing-account", "is missing: no export of it is there", when) for item in missing]
    observations = [
        *absent,
        *(_unjudged(item, "no-baseline", "is not judged: no baseline is meant for it", when) for item in unasked),
        *(_problem(item, number, when) for number, item in enumerate(header["problems"])),
    ]
    if missing or unasked:
        result["local-definitions"] = {"inventory-items": [*missing, *unasked]}
    if observations:
        result["observations"] = observations
    if missing:
        result["risks"] = [_missing_risk(item, found) for item, found in zip(missing, absent, strict=True)]
    return result


def _unjudged(item: Json, reason: str, words: str, when: str) -> Json:
    return {
        "uuid": identifier(reason, item["uuid"], when),
        "title": f"{item['description']} {words}",
        "description": f"{item['description']} {words}. Nothing is known about it.",
        "props": properties({"reason": reason}),
        "methods": ["EXAMINE"],
        "subjects": [subject(item)],
        "collected": when,
    }


def _missing_risk(item: Json, observed: Json) -> Json:
    return {
        "uuid": identifier("missing risk", item["uuid"]),
        "title": observed["title"],
        "description": observed["description"],
        "statement": "Whatever the baselines ask may not hold in this account.",
        "status": "open",
        "related-observations": [{"observation-uuid": observed["uuid"]}],
    }


def _problem(item: ProblemDocument, number: int, when: str) -> Json:
    about = f"account {item['account']}, " if item["account"] else ""
    return {
        "uuid": identifier("problem", str(number), item["path"], item["message"], when),
        "title": line(f"{about}{item['path']}"),
        "description": prose(item["message"]),
        "props": properties({"reason": item["reason"]}),
        "methods": ["EXAMINE"],
        "collected": when,
    }


def _account(account: AccountDocument, when: str) -> Iterator[str]:
    """Yield the result of one account, with one observation for each finding."""
    item = account_item(account)
    findings = account["findings"]
    told = "Verdicts on what the baselines ask of the account."
    result = _result(when, line(f"Account {account['id']}"), told, selection(findings), account["id"])
    result["local-definitions"] = {"inventory-items": [item]}
    yield dump(result)[:-1]
    dated = {export["path"]: export for export in account["exports"]}
    made = [entries(found, item, dated, when) for found in findings]
    yield from _list("observations", (entry.observation for entry in made))
    yield from _list("risks", (risk for entry in made for risk in entry.risks))
    yield from _list("findings", (entry.finding for entry in made if entry.finding is not None))
    yield "}"


def _list(name: str, items: Iterable[Json]) -> Iterator[str]:
    """Yield a list with its name, or nothing: OSCAL knows no empty lists."""
    pieces = "".join(listed(items))
    if pieces:
        yield f',\n"{name}": [{pieces}]'

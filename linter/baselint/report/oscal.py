"""What the four OSCAL documents share: file names, identifiers that are the same for the same input, metadata, texts."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from baselint.markdown import plain
from baselint.report.document import FindingDocument, HeaderDocument, Report
from baselint.report.interchange import dump, single_line, visible

Json: TypeAlias = dict[str, Any]

CATALOG = "oscal-catalog.json"
PROFILE = "oscal-profile.json"
PLAN = "oscal-assessment-plan.json"
RESULTS = "oscal-assessment-results.json"

_OSCAL_VERSION = "1.1.3"
_ADDRESS = "https://baselint.invalid/oscal"
NAMESPACE = f"{_ADDRESS}/ns"
_ROOT = uuid.uuid5(uuid.NAMESPACE_URL, _ADDRESS)
_LINE_BREAK = re.compile(r"\s*\n\s*")
_HARMLESS = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;:'()%/-]*(?<! )")
"""Most texts: nothing in them means anything to Markdown, so that nothing has to be looked for in them."""


def identifier(*parts: str) -> str:
    """Return the UUID of a thing that is named by its parts."""
    return str(uuid.uuid5(_ROOT, visible("\0".join(parts))))


def control_id(finding: FindingDocument) -> str:
    """Return the id of a control in the catalog: in another baseline it may ask something else."""
    return f"{finding['baseline']}_{finding['control']}"


def objective_id(finding: FindingDocument) -> str:
    """Return the id of what is assessed of a control."""
    return f"{control_id(finding)}_obj"


def line(text: str) -> str:
    """Return a title: one line of Markdown that shows a text as it is."""
    if _HARMLESS.fullmatch(text):
        return text
    return plain(visible(text)) or "-"


def prose(text: str) -> str:
    """Return a text of several lines as Markdown that shows it as it is."""
    return "\n\n".join(map(line, _LINE_BREAK.split(text.strip()))) if "\n" in text else line(text)


def properties(values: Mapping[str, str | None]) -> list[Json]:
    """Return properties of our own, those without a value left out."""
    return [
        {"name": name, "ns": NAMESPACE, "value": single_line(value)}
        for name, value in values.items()
        if value is not None
    ]


def metadata(header: HeaderDocument, title: str) -> Json:
    """Return who made a document and when; the owners of the baselines are its parties."""
    owners = sorted({item["owner"] for item in header["baselines"]})
    found: Json = {
        "title": title,
        "last-modified": header["as_of"],
        "version": header["as_of"],
        "oscal-version": _OSCAL_VERSION,
        "props": properties(
            {
                "made-by": f"{header['tool']['name']} {header['tool']['version']}",
                "exceptions-ignored": "yes" if header["exceptions_ignored"] else None,
                "redacted": "yes" if header["redacted"] else None,
            }
        ),
    }
    if owners:
        parties = [
            {"uuid": identifier("party", owner), "type": "organization", "name": single_line(owner)} for owner in owners
        ]
        found["roles"] = [{"id": "baseline-owner", "title": "Owner of a baseline"}]
        found["parties"] = parties
        found["responsible-parties"] = [
            {"role-id": "baseline-owner", "party-uuids": [item["uuid"] for item in parties]}
        ]
    return found


def document_uuid(kind: str, report: Report) -> str:
    """Return the UUID of a document: another moment, policy, account or outcome makes it another document."""
    return identifier(kind, dump(report.header), report.digest)


def as_text(name: str, document: Json) -> Iterator[str]:
    """Yield a document that is small whatever the number of accounts."""
    yield f"{dump({name: document})}\n"


def controls(report: Report) -> dict[str, dict[str, FindingDocument]]:
    """Return what each baseline asks, by baseline and control: a finding of any account says it."""
    found: dict[str, dict[str, FindingDocument]] = {item["id"]: {} for item in report.header["baselines"]}
    for account in report.accounts:
        for finding in account["findings"]:
            found.setdefault(finding["baseline"], {}).setdefault(finding["control"], finding)
    return found


def selection(findings: Iterable[FindingDocument]) -> Json:
    """Return the controls that were looked at, each once; all of them where no finding names one."""
    ids = dict.fromkeys(map(control_id, findings))
    chosen: Json = {"include-controls": [{"control-id": item} for item in ids]} if ids else {"include-all": {}}
    return {"control-selections": [chosen]}

"""All controls as one JSON document for other tools, in the shape of ``schema/controls.schema.json``."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from baselint import placeholders, wording
from baselint.framework import Framework
from baselint.model import Control, Parameter
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook.book import Book, Page
from baselint.runbook.control_view import Chosen, ControlView, Served
from baselint.runbook.parameter_view import parameters

SCHEMA_VERSION = 1

_Document: TypeAlias = Mapping[str, Any]


def pages(book: Book) -> Iterator[Page]:
    """Yield the document; every character in it is ASCII, so that nothing can steer whatever shows it."""
    yield Page("controls.json", "controls.json.j2", {"document": json.dumps(document(book), indent=2)})


def document(book: Book) -> _Document:
    """Return all controls with what the pages say of them; addresses are those of the built site."""
    return {
        "schema_version": SCHEMA_VERSION,
        "baselines": [_baseline(book, item) for item in book.policy.baselines],
        "frameworks": [_framework(book, item) for item in book.policy.frameworks],
        "controls": [_control(book, view) for _, view in sorted(book.views.items())],
    }


def _baseline(book: Book, resolved: ResolvedBaseline) -> _Document:
    baseline = resolved.baseline
    return {
        "id": baseline.id,
        "title": baseline.title,
        "version": baseline.version,
        "owner": baseline.owner,
        "page": _address(book, baseline.id),
        "controls": [item.control.id for item in resolved.controls],
        "left_out": [item.control for item in resolved.excluded],
        "resolved_sha256": resolved.sha256,
    }


def _framework(book: Book, item: Framework) -> _Document:
    return {
        "id": item.id,
        "title": item.title,
        "publisher": item.publisher,
        "edition": item.edition,
        "url": item.url,
        "page": _address(book, item.id),
    }


def _control(book: Book, view: ControlView) -> _Document:
    control = view.control
    retired = control.retired
    return {
        "id": control.id,
        "title": control.title,
        "group": control.group,
        "severity": control.severity,
        "status": "active" if retired is None else "retired",
        "retired": retired
        and {"date": retired.date.isoformat(), "reason": retired.reason, "replaced_by": retired.replaced_by},
        "summary": placeholders.fill(control.summary, view.words) if control.summary else None,
        "page": _address(book, control.id),
        "requirement": view.requirement if retired is None else None,
        "applies_when": view.guards if retired is None else [],
        "facts": view.facts if retired is None else [],
        "attestation": _attestation(control) if retired is None else None,
        "parameters": [_parameter(item.parameter, item.stricter) for item in parameters(view)],
        "baselines": [_chosen(control, item) for item in view.chosen],
        "requirements": [_served(book, item) for item in view.served],
    }


def _attestation(control: Control) -> _Document | None:
    check = control.check
    requirement = check.attestation if check is not None else None
    if check is None or requirement is None:
        return None
    return {
        "needed": "always" if check.attest is not None else "where no export reports it",
        "answers": {question: list(answers) for question, answers in requirement.answers.items()},
    }


def _parameter(parameter: Parameter, stricter: str) -> _Document:
    return {
        "name": parameter.name,
        "title": parameter.title,
        "type": parameter.type,
        "unit": parameter.unit,
        "default": parameter.default,
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "choices": list(parameter.choices),
        "stricter": stricter,
    }


def _chosen(control: Control, item: Chosen) -> _Document:
    (selected,) = (found for found in item.baseline.controls if found.control.id == control.id)
    return {
        "id": item.baseline.baseline.id,
        "severity": selected.severity,
        "requirement": wording.requirement(control.check, item.values) if control.retired is None else None,
        "parameters": dict(item.values),
    }


def _served(book: Book, item: Served) -> _Document:
    anchor = book.anchors[item.framework.id][item.requirement.id]
    return {
        "framework": item.framework.id,
        "id": item.requirement.id,
        "title": item.requirement.title,
        "relation": item.requirement.relation,
        "needs": list(item.needs),
        "page": f"{_address(book, item.framework.id)}#{anchor}",
    }


def _address(book: Book, identifier: str) -> str:
    """Return the address of a page on the built site, as findings name it."""
    return book.addresses[identifier].removesuffix(".md") + "/"

"""Turns schema-valid documents into the model's frozen types; knows the shape of the files and nothing else."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from baselint.attestation import Attestation, AttestedEvidence, Outcome
from baselint.baseline import AppliesTo, Approval, Baseline, Change, ControlException, Parent, Selection
from baselint.errors import Location
from baselint.framework import Alternative, Bound, Framework, MappedControl, MappingSource, Relation, Requirement
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Control,
    Effort,
    Operand,
    Operator,
    Parameter,
    ParameterReference,
    ParameterType,
    ParameterValue,
    PopulationName,
    Procedure,
    Reference,
    Retirement,
    Severity,
    Step,
)
from baselint.yamldocument import Document, Path

_Item = TypeVar("_Item")
_Data = Mapping[str, Any]


def control(document: Document, group: str) -> Control:
    """Build a control from a document that fits ``control.schema.json``; ``group`` is the name of its folder."""
    data: _Data = _mapping(document)
    active = data.get("status", "active") == "active"
    return Control(
        id=data["id"],
        group=group,
        title=data["title"],
        severity=Severity(data["severity"]),
        location=document.at(("id",)),
        check=_check(data["check"]) if "check" in data else None,
        severity_reason=data.get("severity_reason"),
        retired=None if active else _retirement(data["retired"]),
        summary=data.get("summary"),
        rationale=data.get("rationale"),
        applicability=data.get("applicability"),
        parameters={
            name: _parameter(name, value, document.at(("parameters", name, "default")))
            for name, value in data.get("parameters", {}).items()
        },
        effort=Effort(**data.get("effort", {})),
        procedure=_procedure(data.get("procedure", {})),
        breaks=data.get("breaks"),
        evidence_to_keep=tuple(data.get("evidence_to_keep", ())),
        limits=data.get("limits"),
        references=_each(data.get("references"), lambda item: Reference(**item)),
        verified=_optional_date(data.get("verified")),
    )


def baseline(document: Document) -> Baseline:
    """Build a baseline from a document that fits ``baseline.schema.json``."""
    data: _Data = _mapping(document)
    applies_to = {key: tuple(value) for key, value in data.get("applies_to", {}).items()}
    return Baseline(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        owner=data["owner"],
        location=document.at(("id",)),
        selections=tuple(
            _selection(item, document, ("controls", index)) for index, item in enumerate(data["controls"])
        ),
        description=data.get("description"),
        approved=_approval(data["approved"]) if "approved" in data else None,
        review_by=_optional_date(data.get("review_by")),
        extends=tuple(
            Parent(name, document.at(("extends", index))) for index, name in enumerate(data.get("extends", ()))
        ),
        applies_to=AppliesTo(**applies_to),
        satisfies=tuple(data.get("satisfies", ())),
        changes=tuple(
            _change(item, document.at(("changes", index))) for index, item in enumerate(data.get("changes", ()))
        ),
        exceptions=tuple(
            _exception(item, document.at(("exceptions", index)))
            for index, item in enumerate(data.get("exceptions", ()))
        ),
    )


def framework(document: Document) -> Framework:
    """Build a framework from a document that fits ``framework.schema.json``."""
    data: _Data = _mapping(document)
    return Framework(
        id=data["id"],
        title=data["title"],
        publisher=data["publisher"],
        edition=data["edition"],
        url=data["url"],
        relation=Relation(data["relation"]),
        requirements=tuple(
            _requirement(item, document.at(("requirements", index)), data["relation"])
            for index, item in enumerate(data["requirements"])
        ),
        location=document.at(("id",)),
        description=data.get("description"),
        sources=_each(
            data.get("sources"), lambda item: MappingSource(item["title"], _date(item["date"]), item.get("url"))
        ),
    )


def attestations(document: Document) -> tuple[Attestation, ...]:
    """Build the attestations of a document that fits ``attestations.schema.json``."""
    data: _Data = _mapping(document)
    return tuple(
        Attestation(
            control=item["control"],
            accounts=tuple(item["accounts"]),
            outcome=Outcome(item["outcome"]),
            statement=item["statement"],
            by=item["by"],
            date=_date(item["date"]),
            location=document.at(("attestations", index)),
            answers=dict(item.get("answers", {})),
            evidence=_each(item.get("evidence"), lambda evidence: AttestedEvidence(**evidence)),
        )
        for index, item in enumerate(data["attestations"])
    )


def _mapping(document: Document) -> _Data:
    return cast("_Data", document.data)  # the schema lets only mappings through


def _each(items: list[Any] | None, build: Callable[[Any], _Item]) -> tuple[_Item, ...]:
    return tuple(build(item) for item in items or ())


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _optional_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _retirement(data: _Data) -> Retirement:
    return Retirement(_date(data["date"]), data["reason"], data.get("replaced_by"))


def _parameter(name: str, data: _Data, location: Location) -> Parameter:
    default = data["default"]
    return Parameter(
        name=name,
        title=data["title"],
        type=ParameterType(data["type"]),
        default=parameter_value(default),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
        choices=tuple(data.get("choices", ())),
        unit=data.get("unit"),
        description=data.get("description"),
        location=location,
    )


def parameter_value(value: Any) -> ParameterValue:
    """Return a parameter's value as the model holds it: lists become tuples."""
    return tuple(value) if isinstance(value, list) else value


def _check(data: _Data) -> Check:
    return Check(
        applies_when=_conditions(data.get("applies_when")),
        each=PopulationName(data["each"]) if "each" in data else None,
        where=_conditions(data.get("where")),
        expect=_conditions(data.get("expect")),
        attest=_attestation_requirement(data["attest"]) if "attest" in data else None,
        or_attest=_attestation_requirement(data["or_attest"]) if "or_attest" in data else None,
    )


def _conditions(data: Any) -> tuple[Condition, ...]:
    items = [data] if isinstance(data, dict) else data
    return _each(items, _condition)


def _condition(data: _Data) -> Condition:
    operator = next(operator for operator in Operator if operator in data)
    return Condition(
        fact=data["fact"],
        operator=operator,
        operand=_operand(data[operator]),
        or_absent=data.get("or_absent", False),
        otherwise=data.get("otherwise"),
    )


def _operand(value: Any) -> Operand:
    if isinstance(value, str) and value.startswith("$"):
        return ParameterReference(value[1:])
    return tuple(value) if isinstance(value, list) else value


def _attestation_requirement(data: _Data) -> AttestationRequirement:
    within = data["within_days"]
    days = ParameterReference(within[1:]) if isinstance(within, str) else within
    return AttestationRequirement(days, {name: tuple(allowed) for name, allowed in data.get("answers", {}).items()})


def _procedure(data: _Data) -> Procedure:
    def steps(name: str) -> tuple[Step, ...]:
        return _each(data.get(name), lambda item: Step(**item))

    return Procedure(
        before=steps("before"),
        console=steps("console"),
        cli=steps("cli"),
        terraform=data.get("terraform"),
        verify=steps("verify"),
        rollback=steps("rollback"),
    )


def _approval(data: _Data) -> Approval:
    return Approval(data["by"], _date(data["date"]))


def _selection(data: _Data, document: Document, path: Path) -> Selection:
    parameters = {name: parameter_value(value) for name, value in data.get("parameters", {}).items()}
    return Selection(
        control=data["id"],
        location=document.at(path),
        parameters=parameters,
        severity=Severity(data["severity"]) if "severity" in data else None,
        exclude=data.get("exclude", False),
        reason=data.get("reason"),
        section=data.get("section"),
        places={name: document.at_key((*path, "parameters", name)) for name in parameters},
        severity_place=document.at_key((*path, "severity")) if "severity" in data else None,
        control_place=document.at((*path, "id")),
    )


def _change(data: _Data, location: Location) -> Change:
    return Change(_date(data["date"]), data["control"], data["reason"], data.get("approved_by"), location)


def _exception(data: _Data, location: Location) -> ControlException:
    return ControlException(
        id=data["id"],
        control=data["control"],
        accounts=tuple(data["accounts"]),
        reason=data["reason"],
        owner=data["owner"],
        approved=_approval(data["approved"]),
        expires=_date(data["expires"]),
        location=location,
        subjects=tuple(data.get("subjects", ())),
        compensating_control=data.get("compensating_control"),
        ticket=data.get("ticket"),
    )


def _requirement(data: _Data, location: Location, relation: str) -> Requirement:
    return Requirement(
        id=data["id"],
        title=data["title"],
        relation=Relation(data.get("relation", relation)),
        location=location,
        controls=_each(data.get("controls"), _mapped),
        any_of=_each(
            data.get("any_of"),
            lambda item: Alternative(_each(item.get("controls"), _mapped), item.get("otherwise")),
        ),
        limits=data.get("limits"),
        not_covered=data.get("not_covered"),
        unverified=data.get("unverified"),
    )


def _mapped(data: _Data) -> MappedControl:
    bounds = []
    for parameter, needs in data.get("needs", {}).items():
        (operator, value), *_ = needs.items()
        bounds.append(Bound(parameter, Operator(operator), tuple(value) if isinstance(value, list) else value))
    return MappedControl(data["id"], tuple(bounds))

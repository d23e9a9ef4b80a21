"""Random checks, baselines and accounts from small domains, so that what is related is met often."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from baselint.baseline import AppliesTo, Approval, Baseline, ControlException
from baselint.errors import Location
from baselint.evidence import AccountSnapshot, FactValue, Known, MissingReason, Span
from baselint.facts import FACTS
from baselint.facts.definition import FactType
from baselint.model import (
    AttestationRequirement,
    Check,
    Condition,
    Control,
    Operator,
    Parameter,
    ParameterReference,
    ParameterType,
    ParameterValue,
    PopulationName,
    Retirement,
    Severity,
)
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl
from fakefacts import FakeFacts, FakePopulation, missing

HERE = Location("policies/baselines/b.yaml", 1, 1)
ACCOUNT = "111122223333"
OTHER = "444455556666"
DAY = date(2026, 11, 25)
ACCOUNT_FACTS = (
    "root.password_age_days",
    "password_policy.minimum_length",
    "root.mfa_enabled",
    "organization.role",
    "contacts.primary_company",
)
USER_FACTS = ("user.mfa_active", "user.password_unused_days", "user.active_access_keys")
NUMBERS = st.integers(0, 4)
GLOBS = st.sampled_from(["acme*", "*inc", "*", "ACME inc"])
TEXTS = st.sampled_from(["Acme Inc", "acme", "other inc", "other"])
REFERENCES = ("p", "q")


def _lists(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, min_size=1, max_size=3, unique=True).map(tuple)


def _values(fact: str) -> st.SearchStrategy[bool | int | str]:
    definition = FACTS[fact]
    if definition.type is FactType.BOOLEAN:
        return st.booleans()
    if definition.type is FactType.INTEGER:
        return NUMBERS
    return st.sampled_from(definition.choices) if definition.choices else TEXTS


@st.composite
def conditions(draw: st.DrawFn, fact: str, *, references: bool = False) -> Condition:
    definition = FACTS[fact]
    operators = [Operator.EQUALS, Operator.ONE_OF]
    if definition.type is FactType.INTEGER:
        operators += [Operator.AT_LEAST, Operator.AT_MOST] * 2
    if definition.type is FactType.TEXT:
        operators.append(Operator.MATCHES)
    if definition.absent is not None:
        operators.append(Operator.PRESENT)
    operator = draw(st.sampled_from(operators))
    operand: object
    if operator is Operator.PRESENT:
        operand = draw(st.booleans())
    elif operator is Operator.MATCHES:
        operand = draw(_lists(GLOBS))
    elif operator is Operator.ONE_OF:
        operand = draw(_lists(_values(fact)))
    elif references and definition.type is FactType.INTEGER and draw(st.booleans()):
        operand = ParameterReference(draw(st.sampled_from(REFERENCES)))
    else:
        operand = draw(_values(fact))
    or_absent = definition.absent is not None and operator is not Operator.PRESENT and draw(st.booleans())
    return Condition(fact, operator, operand, or_absent)


def _some(facts: tuple[str, ...], most: int, *, least: int = 0, references: bool = False):
    one = st.sampled_from(facts).flatmap(lambda fact: conditions(fact, references=references))
    return st.lists(one, min_size=least, max_size=most).map(tuple)


@st.composite
def checks(draw: st.DrawFn) -> Check:
    each = draw(st.sampled_from([None, None, PopulationName.USER]))
    asked = ACCOUNT_FACTS if each is None else USER_FACTS
    days = draw(st.one_of(st.integers(1, 3), st.just(ParameterReference("days"))))
    attestation = draw(st.sampled_from([None, None, AttestationRequirement(days)]))
    guards = draw(_some(ACCOUNT_FACTS, 1))
    if attestation is not None and draw(st.booleans()):
        return Check(applies_when=guards, attest=attestation)
    return Check(
        applies_when=guards,
        each=each,
        where=draw(_some(USER_FACTS, 1)) if each is not None else (),
        expect=draw(_some(asked, 3, least=1, references=True)),
        or_attest=attestation,
    )


@st.composite
def parameters(draw: st.DrawFn) -> dict[str, ParameterValue]:
    numbers = {name: draw(st.one_of(st.none(), NUMBERS)) for name in REFERENCES}
    return {**numbers, "days": draw(st.integers(1, 3))}


def resolved_control(
    identifier: str, check: Check | None, values: dict[str, ParameterValue], severity: Severity = Severity.HIGH
) -> ResolvedControl:
    known = {name: Parameter(name, name, ParameterType.INTEGER, None) for name in values}
    retired = Retirement(DAY, "it ended") if check is None else None
    control = Control(identifier, "g", identifier, severity, HERE, check, retired=retired, parameters=known)
    return ResolvedControl(control, values, severity, HERE, dict.fromkeys(values, HERE), HERE)


@st.composite
def exceptions(draw: st.DrawFn, number: int) -> ControlException:
    start = date(2026, draw(st.integers(9, 11)), 1)
    return ControlException(
        id=f"e{number}",
        control=draw(st.sampled_from("abc")),
        accounts=draw(st.sampled_from([(ACCOUNT,), (OTHER,), (ACCOUNT, OTHER)])),
        reason="r",
        owner="o",
        approved=Approval("CISO", start),
        expires=date(2027, draw(st.integers(1, 3)), 1),
        location=HERE,
        subjects=draw(st.sampled_from([(), (), ("u1",), ("u1", "u2")])),
    )


def baseline_of(
    controls: tuple[ResolvedControl, ...],
    applies_to: AppliesTo | None = None,
    excused: tuple[ControlException, ...] = (),
) -> ResolvedBaseline:
    baseline = Baseline("b", "B", "1", "o", HERE, (), applies_to=applies_to or AppliesTo(), exceptions=excused)
    return ResolvedBaseline(baseline, controls, (), "")


@st.composite
def scopes(draw: st.DrawFn) -> AppliesTo:
    return AppliesTo(
        draw(st.sampled_from([(), (), (ACCOUNT,), (OTHER,), (ACCOUNT, OTHER)])),
        draw(st.sampled_from([(), (), ("aws",), ("aws", "aws-cn")])),
        draw(st.sampled_from([(), (), ("member",)])),
    )


@st.composite
def baselines(draw: st.DrawFn, names: str = "abc") -> ResolvedBaseline:
    names = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    controls = tuple(draw(_controls(name)) for name in sorted(names))
    excused = tuple(draw(exceptions(number)) for number in range(draw(st.integers(0, 2))))
    return baseline_of(controls, draw(scopes()), excused)


@st.composite
def _controls(draw: st.DrawFn, name: str) -> ResolvedControl:
    check = draw(st.one_of(checks(), checks(), checks(), st.none()))
    severity = draw(st.sampled_from([Severity.HIGH, Severity.LOW]))
    return resolved_control(name, check, draw(parameters()) if check is not None else {}, severity)


@st.composite
def changed(draw: st.DrawFn, found: ResolvedBaseline) -> ResolvedBaseline:
    """Return a baseline with a few things changed, as an editor of its file would."""
    controls = {item.control.id: item for item in found.controls}
    for name in draw(st.lists(st.sampled_from("abc"), max_size=2, unique=True)):
        controls[name] = draw(_changed_control(name, controls.get(name)))
    gone = draw(st.lists(st.sampled_from("abc"), max_size=1))
    kept = tuple(item for name, item in sorted(controls.items()) if name not in gone)
    excused = draw(
        st.sampled_from([found.baseline.exceptions, found.baseline.exceptions[:1], found.baseline.exceptions[1:]])
    )
    if draw(st.booleans()):
        excused = (*excused[:1], draw(exceptions(1)))
    scope = draw(st.one_of(st.just(found.baseline.applies_to), scopes()))
    return baseline_of(kept, scope, tuple({item.id: item for item in excused}.values()))


@st.composite
def _changed_control(draw: st.DrawFn, name: str, found: ResolvedControl | None) -> ResolvedControl:
    if found is None or found.control.check is None or draw(st.integers(0, 4)) == 0:
        return draw(_controls(name))
    check, values = found.control.check, dict(found.parameters)
    if draw(st.booleans()):
        values.update(draw(parameters()))
    elif draw(st.booleans()) and len(check.expect) > 1:
        check = replace(check, expect=check.expect[1:])
    elif check.expect:
        facts = ACCOUNT_FACTS if check.each is None else USER_FACTS
        check = replace(check, expect=(*check.expect, *draw(_some(facts, 1, references=True))))
    return resolved_control(name, check, values, draw(st.sampled_from([found.severity, Severity.LOW])))


@st.composite
def fact_values(draw: st.DrawFn, fact: str, *, all_known: bool) -> FactValue:
    choices = [_values(fact).map(Known)] * 4
    if FACTS[fact].absent is not None:
        choices.append(st.just(Known(None)))
    if not all_known:
        choices.append(st.sampled_from([missing(), missing(MissingReason.NOT_REPORTED)]))
        if FACTS[fact].type is FactType.INTEGER:
            ends = st.tuples(NUMBERS, NUMBERS).map(sorted)
            choices.append(ends.map(lambda pair: Known(Span(pair[0], pair[1]))))
    return draw(st.one_of(choices))


@st.composite
def accounts(draw: st.DrawFn, *, all_known: bool) -> AccountSnapshot:
    values = {name: draw(fact_values(name, all_known=all_known)) for name in ACCOUNT_FACTS}
    names = [f"u{number}" for number in range(draw(st.integers(0, 2)))]
    rows = {user: {name: draw(fact_values(name, all_known=all_known)) for name in USER_FACTS} for user in names}
    gaps = () if all_known else draw(st.sampled_from([(), (), (missing(MissingReason.INCOMPLETE),)]))
    facts = FakeFacts(values, FakePopulation(rows, gaps))
    return AccountSnapshot(
        draw(st.sampled_from([ACCOUNT, OTHER])),
        draw(st.sampled_from(["aws", "aws-cn", None])),
        facts,
        (),
        kind=draw(st.sampled_from(["member", "standalone", None])),
    )

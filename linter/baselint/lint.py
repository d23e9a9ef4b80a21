"""Judges one account against resolved baselines: exactly one finding per baseline and control."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from baselint import attesting, password_policy_command, placeholders, wording
from baselint.check import Applicability, CompiledCheck, ConditionResult, MemberResult, Truth, Verdict, compile_check
from baselint.errors import Location
from baselint.evidence import AccountSnapshot, Evidence, ExportKind, Known, Missing, MissingReason
from baselint.exports import commands
from baselint.facts import FACTS
from baselint.finding import (
    AccountResult,
    BaselineHeader,
    ExceptionView,
    FactEvidence,
    Finding,
    Reason,
    Status,
    Subject,
)
from baselint.model import AppliesTo, Attestation, ControlException, ParameterValue
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl


@dataclass(frozen=True, slots=True)
class _Job:
    """A control with its check compiled once, for every account."""

    resolved: ResolvedControl
    compiled: CompiledCheck | None
    by_attestation: bool
    requirement: str


@dataclass(frozen=True, slots=True)
class _Decision:
    """The verdict before exceptions."""

    status: Status
    reason: Reason | MissingReason
    observed: str
    notes: tuple[str, ...] = ()
    evidence: tuple[FactEvidence, ...] = ()
    subjects: tuple[Subject, ...] = ()
    excluded: tuple[str, ...] = ()
    export_again: tuple[str, ...] = ()
    attestation: Attestation | None = None


class Linter:
    """Judges accounts against baselines at one moment; checks are compiled once."""

    def __init__(self, baselines: Iterable[ResolvedBaseline], attestations: tuple[Attestation, ...], as_of: datetime):
        self._jobs = [(baseline, tuple(_job(item) for item in baseline.controls)) for baseline in baselines]
        self._attestations = attestations
        self._day = as_of.date()

    def lint(self, snapshot: AccountSnapshot) -> AccountResult:
        """Return every finding for an account; accounts outside a baseline's ``applies_to`` get none from it."""
        findings = [
            self._finding(job, resolved, snapshot)
            for resolved, jobs in self._jobs
            if _is_meant(resolved.baseline.applies_to, snapshot)
            for job in jobs
        ]
        return AccountResult(
            id=snapshot.account,
            partition=snapshot.partition,
            kind=snapshot.kind,
            name=snapshot.name,
            exports=snapshot.exports,
            unrecognised=snapshot.unrecognised,
            findings=tuple(findings),
        )

    def _finding(self, job: _Job, resolved: ResolvedBaseline, snapshot: AccountSnapshot) -> Finding:
        control = job.resolved.control
        exceptions = [
            item
            for item in resolved.baseline.exceptions
            if item.control == control.id and snapshot.account in item.accounts
        ]
        decision = self._decide(job, snapshot, exceptions)
        status, view, notes = _apply_exceptions(decision, exceptions, self._day)
        fix = None
        if status in {Status.FAIL, Status.EXCEPTED}:
            fix = _fix(job.resolved, resolved, snapshot)
        return Finding(
            control=control.id,
            baseline=resolved.baseline.id,
            title=control.title,
            severity=job.resolved.severity,
            status=status,
            reason=decision.reason,
            requirement=job.requirement,
            observed=decision.observed,
            message="; ".join((f"{job.requirement}; observed: {decision.observed}", *decision.notes, *notes)),
            location=_location(job.resolved.location, decision),
            help=f"controls/{control.group}/{control.id}/",
            export_again=decision.export_again,
            fix=fix,
            subjects=decision.subjects,
            evidence=decision.evidence,
            exception=view,
            attestation=decision.attestation,
        )

    def _decide(self, job: _Job, snapshot: AccountSnapshot, exceptions: list[ControlException]) -> _Decision:
        control = job.resolved.control
        if control.retired is not None or job.compiled is None:
            retired = control.retired
            text = f"retired on {retired.date}: {retired.reason}" if retired else "there is nothing to judge"
            return _Decision(Status.NOT_APPLICABLE, Reason.RETIRED, text)
        applicability = job.compiled.applicability(snapshot.facts)
        if applicability.refused_by is not None:
            return _refused(applicability.refused_by)
        unseen = _unseen_notes(applicability)
        candidates = attesting.newest(self._attestations, control.id, snapshot.account, self._day)
        if job.by_attestation:
            return self._attested(job, candidates, unseen, None)
        left_out = frozenset(subject for item in exceptions if item.in_force(self._day) for subject in item.subjects)
        verdict = job.compiled.judge(snapshot.facts, left_out)
        check = control.check
        reason = verdict.missing.reason if verdict.missing else None
        if reason is MissingReason.NOT_REPORTED and check is not None and check.or_attest is not None:
            return self._attested(job, candidates, unseen, verdict)
        decision = _from_facts(verdict, job)
        beside = candidates.newest if job.resolved.control.check and job.resolved.control.check.attestation else None
        return replace(decision, notes=(*decision.notes, *unseen), attestation=beside)

    def _attested(
        self, job: _Job, candidates: attesting.Candidates, unseen: tuple[str, ...], verdict: Verdict | None
    ) -> _Decision:
        check = job.resolved.control.check
        requirement = check.attestation if check else None
        decided = attesting.decide(candidates, requirement, job.resolved.parameters, self._day)
        notes = (*decided.notes, *unseen)
        evidence: tuple[FactEvidence, ...] = ()
        if verdict is not None and verdict.missing is not None:
            notes = (verdict.missing.detail, *notes)
            evidence = _evidence(verdict.results)
        return _Decision(
            decided.status, decided.reason, decided.sentence, notes, evidence, attestation=decided.attestation
        )


def _job(resolved: ResolvedControl) -> _Job:
    check, parameters = resolved.control.check, resolved.parameters
    active = check is not None and resolved.control.retired is None
    return _Job(
        resolved,
        compile_check(check, parameters) if check is not None and active else None,
        by_attestation=check is not None and (check.attest is not None or wording.asks_nothing(check, parameters)),
        requirement=wording.requirement(check if active else None, parameters),
    )


def _is_meant(applies_to: AppliesTo, snapshot: AccountSnapshot) -> bool:
    """A partition or kind that is not known counts as meant: nothing is left out because nobody looked."""
    if applies_to.accounts and snapshot.account not in applies_to.accounts:
        return False
    if applies_to.partitions and snapshot.partition not in (None, *applies_to.partitions):
        return False
    return not applies_to.kinds or snapshot.kind in (None, *applies_to.kinds)


def _refused(result: ConditionResult) -> _Decision:
    definition = FACTS[result.condition.fact]
    known = result.value.value if isinstance(result.value, Known) else None
    observed = result.condition.otherwise or f"{definition.label} is {definition.word(known)}"
    notes = result.value.notes
    return _Decision(Status.NOT_APPLICABLE, Reason.DOES_NOT_APPLY, observed, notes, _evidence((result,)))


def _unseen_notes(applicability: Applicability) -> tuple[str, ...]:
    details = dict.fromkeys(result.missing.detail for result in applicability.unseen if result.missing)
    return tuple(f"judged as if it applied, since it could not be seen whether it does: {detail}" for detail in details)


def _from_facts(verdict: Verdict, job: _Job) -> _Decision:
    notes = dict.fromkeys((*(note for result in verdict.results for note in result.value.notes), *verdict.notes))
    subjects = tuple(_subject(member) for member in verdict.members)
    evidence = _evidence(verdict.results)
    if verdict.missing is not None and verdict.truth is Truth.UNKNOWN:
        return _Decision(
            Status.UNKNOWN,
            verdict.missing.reason,
            verdict.missing.detail,
            tuple(notes),
            evidence or _missing_evidence(verdict.missing, job),
            subjects,
            verdict.excluded,
            _again(verdict.missing, job),
        )
    passed = verdict.truth is Truth.TRUE
    reason = Reason.EXPECTATION_MET if passed else Reason.EXPECTATION_NOT_MET
    if passed and verdict.concerned == 0:
        reason = Reason.NOBODY_CONCERNED
    return _Decision(
        Status.PASS if passed else Status.FAIL,
        reason,
        _observed(verdict),
        tuple(notes),
        evidence,
        subjects,
        verdict.excluded,
        _fact_commands(job),
    )


def _observed(verdict: Verdict) -> str:
    if verdict.concerned is None:
        failing = [result for result in verdict.results if result.truth is Truth.FALSE]
        return _words(tuple(failing) or verdict.results)
    if verdict.concerned == 0:
        return "nobody is concerned"
    failing_members = [member for member in verdict.members if member.truth is Truth.FALSE]
    if failing_members:
        return f"{len(failing_members)} of {verdict.concerned} do not meet it"
    return f"all {verdict.concerned} concerned meet it"


def _words(results: tuple[ConditionResult, ...]) -> str:
    """Say what was seen; of several facts each is named."""
    return "; ".join(_word(result, named=len(results) > 1) for result in results)


def _word(result: ConditionResult, *, named: bool) -> str:
    definition = FACTS[result.condition.fact]
    missing = isinstance(result.value, Missing)
    word = (
        f"not known ({result.value.reason})"
        if isinstance(result.value, Missing)
        else definition.word(result.value.value)
    )
    return f"{definition.label}: {word}" if named or missing else word


def _subject(member: MemberResult) -> Subject:
    results = tuple(result for result in member.results if result.truth is not Truth.TRUE)
    return Subject(member.subject, _words(results), member.export, member.pointer)


def _evidence(results: Iterable[ConditionResult]) -> tuple[FactEvidence, ...]:
    found: list[FactEvidence] = []
    for result in results:
        value = result.value
        known = value.value if isinstance(value, Known) else None
        places: tuple[Evidence | None, ...] = value.evidence or (None,)
        if isinstance(value, Missing) and not value.evidence:
            continue
        found.extend(FactEvidence(result.condition.fact, known, place) for place in places)
    return tuple(found)


def _missing_evidence(missing: Missing, job: _Job) -> tuple[FactEvidence, ...]:
    check = job.resolved.control.check
    fact = check.expect[0].fact if check and check.expect else ""
    return tuple(FactEvidence(fact, None, place) for place in missing.evidence)


def _again(missing: Missing, job: _Job) -> tuple[str, ...]:
    """Return the commands that would show what is missing: its own, or those of the check's facts."""
    if not missing.needs:
        return _fact_commands(job)
    check = job.resolved.control.check
    variant = FACTS[check.expect[0].fact].variant if check and check.expect else None
    return commands(missing.needs, variant)


def _fact_commands(job: _Job) -> tuple[str, ...]:
    check = job.resolved.control.check
    definitions = [FACTS[item.fact] for item in check.expect] if check else []
    kinds: tuple[ExportKind, ...] = tuple(kind for definition in definitions for kind in definition.exports)
    variant = definitions[0].variant if definitions else None
    return commands(kinds, variant)


def _fix(item: ResolvedControl, baseline: ResolvedBaseline, snapshot: AccountSnapshot) -> str | None:
    """Return the command that carries the whole password policy, where the control's procedure has one."""
    wanted = placeholders.PASSWORD_POLICY_OPTIONS
    for step in item.control.procedure.cli:
        if step.run and wanted in placeholders.names(step.run):
            values: Mapping[str, ParameterValue] = item.parameters
            options = password_policy_command.options(password_policy_checks(baseline), snapshot.facts.fact)
            texts = {name: placeholders.word(value) for name, value in values.items()}
            return placeholders.fill(step.run, {**texts, wanted: options}).strip()
    return None


def password_policy_checks(
    baseline: ResolvedBaseline,
) -> tuple[password_policy_command.CheckWithParameters, ...]:
    """Return the checks of a baseline that can ask something of the password policy."""
    return tuple(
        password_policy_command.CheckWithParameters(item.control.check, item.parameters)
        for item in baseline.controls
        if item.control.check is not None and item.control.retired is None
    )


def _location(selected: Location, decision: _Decision) -> Location:
    """Return the baseline's line when that file lies under the working directory, else the export that decided."""
    if not selected.path.startswith(("<", "../", "/")):
        return selected
    exports = [item.evidence.export for item in decision.evidence if item.evidence is not None]
    exports += [subject.export for subject in decision.subjects]
    return Location(exports[0]) if exports else selected


def _apply_exceptions(
    decision: _Decision, exceptions: list[ControlException], day: date
) -> tuple[Status, ExceptionView | None, tuple[str, ...]]:
    """Turn a fail or manual into excepted where an exception holds; an unknown stays unknown, with it shown."""
    whole = [item for item in exceptions if not item.subjects]
    in_force = [item for item in whole if item.in_force(day)]
    partial = [item for item in exceptions if item.subjects and item.in_force(day) and decision.excluded]
    notes = tuple(_lapse_note(item, day) for item in exceptions if not item.in_force(day))
    notes += tuple(f"exception {item.id} leaves out {', '.join(decision.excluded)}" for item in partial)
    chosen = next(iter((*in_force, *partial, *exceptions)), None)
    if chosen is None:
        return decision.status, None, notes
    view = ExceptionView(chosen, chosen.in_force(day), decision.status, decision.excluded if chosen in partial else ())
    if in_force and decision.status in {Status.FAIL, Status.MANUAL}:
        return (
            Status.EXCEPTED,
            view,
            (*notes, f"excepted by {chosen.id} until {chosen.expires}: {chosen.reason.strip()}"),
        )
    if in_force and decision.status in {Status.PASS, Status.NOT_APPLICABLE}:
        notes = (*notes, f"exception {chosen.id} is not needed here")
    return decision.status, view, notes


def _lapse_note(item: ControlException, day: date) -> str:
    if day < item.approved.date:
        return f"exception {item.id} is not in force before its approval on {item.approved.date}"
    return f"exception {item.id} lapsed on {item.expires}"


def baseline_header(resolved: ResolvedBaseline) -> BaselineHeader:
    """Return a baseline as the report names it."""
    baseline = resolved.baseline
    approved = baseline.approved
    return BaselineHeader(
        id=baseline.id,
        version=baseline.version,
        owner=baseline.owner,
        approved={"by": approved.by, "date": approved.date.isoformat()} if approved else None,
        path=baseline.location.path,
        resolved_sha256=resolved.sha256,
    )

"""Decides one control for one account, before exceptions: retired, not applicable, facts, attestation, unknown."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from baselint import attesting, wording
from baselint.attestation import Attestation
from baselint.check import Applicability, CompiledCheck, ConditionResult, MemberResult, Truth, Verdict, compile_check
from baselint.evidence import Facts, Known, Missing, MissingReason
from baselint.exports import EXPORTS, commands
from baselint.facts import FACTS
from baselint.finding import FactEvidence, Reason, Status, Subject
from baselint.model import Check
from baselint.policy.resolve import ResolvedControl


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict before exceptions."""

    status: Status
    reason: Reason | MissingReason
    observed: str
    notes: tuple[str, ...] = ()
    evidence: tuple[FactEvidence, ...] = ()
    subjects: tuple[Subject, ...] = ()
    excluded: tuple[str, ...] = ()
    """Subjects that were left out although they do not meet the requirement, or cannot be judged."""
    absent: tuple[str, ...] = ()
    """Subjects that were to be left out, and that are not there."""
    export_again: tuple[str, ...] = ()
    attestation: Attestation | None = None
    attestation_through: date | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """A control of a baseline whose check is compiled once, for every account."""

    resolved: ResolvedControl
    requirement: str
    check: Check | None
    """None where the control is retired."""
    compiled: CompiledCheck

    @classmethod
    def of(cls, resolved: ResolvedControl) -> "Judge":
        """Compile the check of a control, and say what it asks for."""
        check = resolved.control.check if resolved.control.retired is None else None
        compiled = compile_check(check or Check(), resolved.parameters)
        return cls(resolved, wording.requirement(check, resolved.parameters), check, compiled)

    def decide(
        self, facts: Facts, candidates: attesting.Candidates, day: date, left_out: frozenset[str] = frozenset()
    ) -> Decision:
        """Go through the precedence of verdicts; ``left_out`` names members that are not judged."""
        check = self.check
        if check is None:
            return _retired(self.resolved)
        applicability = self.compiled.applicability(facts)
        if applicability.refused_by is not None:
            return _refused(applicability.refused_by)
        if check.attest is not None or wording.asks_nothing(check, self.resolved.parameters):
            decision = self._attested(check, candidates, day)
        else:
            decision = self._judged(check, self.compiled.judge(facts, left_out), candidates, day)
        notes = (*decision.notes, *_unseen_notes(applicability))
        return replace(decision, notes=notes, attestation_through=self._through(check, decision.attestation))

    def _judged(self, check: Check, verdict: Verdict, candidates: attesting.Candidates, day: date) -> Decision:
        """Let the facts decide; a person stands in only for what no export reports."""
        unreported = verdict.missing is not None and verdict.missing.reason is MissingReason.NOT_REPORTED
        if unreported and check.or_attest is not None:
            decision = self._attested(check, candidates, day)
            seen = _from_facts(verdict, check)
            notes = (seen.observed, *decision.notes)
            return replace(decision, notes=notes, evidence=seen.evidence, excluded=seen.excluded)
        return replace(_from_facts(verdict, check), attestation=candidates.newest)

    def _through(self, check: Check, attestation: Attestation | None) -> date | None:
        if attestation is None or check.attestation is None:
            return None
        return attesting.term(attestation, wording.within_days(check.attestation, self.resolved.parameters)).last

    def _attested(self, check: Check, candidates: attesting.Candidates, day: date) -> Decision:
        decided = attesting.decide(candidates, check.attestation, self.resolved.parameters, day)
        return Decision(
            decided.status, decided.reason, decided.sentence, decided.notes, attestation=decided.attestation
        )


def _retired(resolved: ResolvedControl) -> Decision:
    retired = resolved.control.retired
    text = f"retired on {retired.date}: {retired.reason}" if retired else "there is nothing to judge"
    return Decision(Status.NOT_APPLICABLE, Reason.RETIRED, text)


def _refused(result: ConditionResult) -> Decision:
    definition = FACTS[result.condition.fact]
    known = result.value.value if isinstance(result.value, Known) else None
    observed = result.condition.otherwise or f"{definition.label} is {definition.word(known)}"
    notes = result.value.notes
    return Decision(Status.NOT_APPLICABLE, Reason.DOES_NOT_APPLY, observed, notes, _evidence((result,)))


def _unseen_notes(applicability: Applicability) -> tuple[str, ...]:
    details = dict.fromkeys(result.missing.detail for result in applicability.unseen if result.missing)
    return tuple(f"judged as if it applied, since it could not be seen whether it does: {detail}" for detail in details)


def _from_facts(verdict: Verdict, check: Check) -> Decision:
    notes = dict.fromkeys((*(note for result in verdict.results for note in result.value.notes), *verdict.notes))
    status, reason, observed = _outcome(verdict)
    evidence = _evidence(verdict.results)
    places = verdict.evidence or (verdict.missing.evidence if verdict.missing is not None and not evidence else ())
    evidence = (*evidence, *(FactEvidence(check.expect[0].fact, None, place) for place in places))
    return Decision(
        status,
        reason,
        observed,
        tuple(notes),
        evidence,
        tuple(_subject(member) for member in verdict.members),
        verdict.excluded,
        verdict.absent,
        _commands(verdict, check),
    )


def _outcome(verdict: Verdict) -> tuple[Status, Reason | MissingReason, str]:
    if verdict.truth is Truth.FALSE:
        return Status.FAIL, Reason.EXPECTATION_NOT_MET, _observed(verdict)
    if verdict.missing is not None:
        return Status.UNKNOWN, verdict.missing.reason, verdict.missing.detail
    reason = Reason.NOBODY_CONCERNED if verdict.concerned == 0 else Reason.EXPECTATION_MET
    return Status.PASS, reason, _observed(verdict)


def _observed(verdict: Verdict) -> str:
    if verdict.concerned is None:
        failing = tuple(result for result in verdict.results if result.truth is Truth.FALSE)
        return _words(failing or verdict.results, named=len(verdict.results) > 1)
    if verdict.concerned == 0:
        return "nobody else is concerned" if verdict.excluded else "nobody is concerned"
    failed = sum(member.truth is Truth.FALSE for member in verdict.members)
    if failed:
        return f"{failed} of {verdict.concerned} {'does' if failed == 1 else 'do'} not meet it"
    return f"all {verdict.concerned} concerned meet it"


def _words(results: tuple[ConditionResult, ...], *, named: bool = False) -> str:
    """Say what was seen; of several facts each is named, and where asked for a single one as well."""
    return "; ".join(_word(result, named=named or len(results) > 1) for result in results)


def _word(result: ConditionResult, *, named: bool) -> str:
    definition = FACTS[result.condition.fact]
    label = definition.label.removesuffix(",")
    if isinstance(result.value, Missing):
        return f"{label}: not known ({result.value.reason})"
    word = definition.word(result.value.value)
    return f"{label}: {word}" if named else word


def _subject(member: MemberResult) -> Subject:
    results = tuple(result for result in member.results if result.truth is not Truth.TRUE)
    return Subject(member.subject, _words(results), member.export, member.pointer)


def _evidence(results: Iterable[ConditionResult]) -> tuple[FactEvidence, ...]:
    """Return every place of every fact; a known fact without a place is evidence too, a missing one is not."""
    found: list[FactEvidence] = []
    for result in results:
        fact = result.condition.fact
        if isinstance(result.value, Missing):
            found.extend(FactEvidence(fact, None, place) for place in result.value.evidence)
        else:
            known = result.value.value
            found.extend(
                FactEvidence(fact, FACTS[fact].shown(known), place) for place in result.value.evidence or (None,)
            )
    return tuple(found)


def _commands(verdict: Verdict, check: Check) -> tuple[str, ...]:
    """Return the commands that would show what is missing, else those that show again what decided."""
    asked: list[tuple[str, Missing | None]] = []
    if verdict.truth is Truth.UNKNOWN:
        members = (result for member in verdict.members for result in member.results)
        results = (*verdict.results, *members)
        asked.extend((item.condition.fact, item.missing) for item in results if item.missing is not None)
    if verdict.truth is not Truth.UNKNOWN or check.each is not None:
        asked.extend((item.fact, verdict.missing) for item in check.expect)
    wanted: set[str] = set()
    for fact, missing in asked:
        needs = missing.needs if missing is not None else ()
        wanted.update(commands(needs or FACTS[fact].exports, FACTS[fact].variant))
    return tuple(command for command in commands(tuple(EXPORTS)) if command in wanted)

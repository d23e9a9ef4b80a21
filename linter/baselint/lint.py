"""Judges one account against resolved baselines: exactly one finding per baseline and control."""

from collections.abc import Iterable
from datetime import datetime

from baselint import attesting, excepting, help_sections, password_policy_command, placeholders
from baselint.attestation import Attestation
from baselint.baseline import AppliesTo
from baselint.errors import Location
from baselint.evidence import AccountSnapshot
from baselint.finding import AccountResult, BaselineHeader, Finding, Status
from baselint.judging import Decision, Judge
from baselint.model import Control, Step
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl


class Linter:
    """Judges accounts against baselines at one moment; checks are compiled once."""

    def __init__(
        self,
        baselines: Iterable[ResolvedBaseline],
        attestations: tuple[Attestation, ...],
        as_of: datetime,
        *,
        ignore_exceptions: bool = False,
    ):
        self._judges = [(baseline, tuple(Judge.of(item) for item in baseline.controls)) for baseline in baselines]
        self._attestations = attestations
        self._day = as_of.date()
        self._except = excepting.ignore if ignore_exceptions else excepting.judge

    def lint(self, snapshot: AccountSnapshot) -> AccountResult:
        """Return every finding for an account; accounts outside a baseline's ``applies_to`` get none from it."""
        findings = [
            self._finding(judge, baseline, snapshot)
            for baseline, judges in self._judges
            if _is_meant(baseline.baseline.applies_to, snapshot)
            for judge in judges
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

    def _finding(self, judge: Judge, baseline: ResolvedBaseline, snapshot: AccountSnapshot) -> Finding:
        control = judge.resolved.control
        account = snapshot.account
        exceptions = [
            item for item in baseline.baseline.exceptions if item.control == control.id and account in item.accounts
        ]
        candidates = attesting.newest(self._attestations, control.id, account, self._day)
        excepted = self._except(
            exceptions, self._day, lambda left_out: judge.decide(snapshot.facts, candidates, self._day, left_out)
        )
        decision = excepted.decision
        mending = _mending(control) if decision.status is Status.FAIL else None
        fix = _fix(mending, judge.resolved, baseline, snapshot) if mending is not None else None
        return Finding(
            control=control.id,
            baseline=baseline.baseline.id,
            title=control.title,
            severity=judge.resolved.severity,
            status=excepted.status,
            reason=decision.reason,
            requirement=judge.requirement,
            observed=decision.observed,
            location=_location(judge.resolved.location, decision),
            help=f"controls/{control.group}/{control.id}/",
            help_section=help_sections.section(control, excepted.status, mending),
            notes=(*decision.notes, *excepted.notes),
            export_again=decision.export_again,
            fix=fix,
            subjects=decision.subjects,
            evidence=decision.evidence,
            exception=excepted.view,
            further_exceptions=excepted.further,
            attestation=decision.attestation,
            attestation_through=decision.attestation_through,
        )


def _is_meant(applies_to: AppliesTo, snapshot: AccountSnapshot) -> bool:
    """A partition or kind that is not known counts as meant: nothing is left out because nobody looked."""
    if applies_to.accounts and snapshot.account not in applies_to.accounts:
        return False
    if applies_to.partitions and snapshot.partition not in (None, *applies_to.partitions):
        return False
    return not applies_to.kinds or snapshot.kind in (None, *applies_to.kinds)


def _mending(control: Control) -> Step | None:
    """Return the step whose command carries the whole password policy, and so mends the finding by itself."""
    wanted = placeholders.PASSWORD_POLICY_OPTIONS
    return next((step for step in control.procedure.cli if wanted in placeholders.names(step.run or "")), None)


def _fix(step: Step, item: ResolvedControl, baseline: ResolvedBaseline, snapshot: AccountSnapshot) -> str:
    """Return the command of a step, with the whole password policy that the baseline asks of the account."""
    options = password_policy_command.options(_checks(baseline), snapshot.facts.fact)
    texts = {name: placeholders.word(value) for name, value in item.parameters.items()}
    texts[placeholders.PASSWORD_POLICY_OPTIONS] = options
    texts[placeholders.PASSWORD_POLICY_ARGUMENTS] = password_policy_command.terraform_arguments(options)
    return placeholders.fill(step.run or "", texts).strip()


def _checks(baseline: ResolvedBaseline) -> tuple[password_policy_command.CheckWithParameters, ...]:
    return tuple(
        password_policy_command.CheckWithParameters(item.control.check, item.parameters)
        for item in baseline.controls
        if item.control.check is not None and item.control.retired is None
    )


def _location(selected: Location, decision: Decision) -> Location:
    """Return the baseline's line when that file lies under the working directory, else the export that decided."""
    if not selected.path.startswith(("<", "../", "/")):
        return selected
    exports = [item.evidence.export for item in decision.evidence if item.evidence is not None]
    exports += [subject.export for subject in decision.subjects]
    return Location(exports[0]) if exports else selected


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

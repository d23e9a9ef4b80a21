"""What `baselint lint` says of a control where it is met and where it is not: made by the engine, from made-up facts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from baselint.attestation import Attestation, Outcome
from baselint.baseline import AppliesTo
from baselint.errors import Location
from baselint.evidence import AccountSnapshot
from baselint.facts import FACTS
from baselint.finding import AccountResult, Finding, ReportHeader, Status
from baselint.lint import Linter
from baselint.model import Check, ParameterValue
from baselint.policy.resolve import ResolvedBaseline, ResolvedControl
from baselint.report import text_report
from baselint.report.document import Report, nothing_counted
from baselint.report.documenting import account_document, header_document
from baselint.runbook.sample_facts import sample_facts
from baselint.wording import asks_nothing

_ACCOUNT = "111122223333"
_DAY = datetime(2026, 1, 31, tzinfo=UTC)
_ATTESTED = date(2026, 1, 15)


@dataclass(frozen=True, slots=True)
class Sample:
    """A verdict on a control, and the lines of the text report that tell it."""

    status: Status
    text: str


def samples(item: ResolvedControl, baseline: ResolvedBaseline) -> tuple[Sample, ...]:
    """Return the verdict where the control is met and where it is not; nothing where no made-up account shows it."""
    check = item.control.check
    if check is None or item.control.retired is not None:
        return ()
    # The rest of the baseline stays: the command that mends a finding may carry what its other controls ask.
    others = (other for other in baseline.controls if other.control.id != item.control.id)
    meant = replace(baseline.baseline, applies_to=AppliesTo(), exceptions=())
    followed = replace(baseline, baseline=meant, controls=(item, *others))
    findings = (_finding(check, item.parameters, followed, met=met) for met in (True, False))
    wanted = ({Status.PASS}, {Status.FAIL, Status.MANUAL})
    return tuple(_sample(found) for found, asked in zip(findings, wanted, strict=True) if found.status in asked)


def _finding(
    check: Check, parameters: Mapping[str, ParameterValue], baseline: ResolvedBaseline, *, met: bool
) -> Finding:
    attested = check.attest is not None or asks_nothing(check, parameters)
    control = baseline.controls[0].control
    facts = sample_facts(check, parameters, met=met, export=_export(check))
    attestations = (_attestation(control.id, check),) if attested and met else ()
    snapshot = AccountSnapshot(_ACCOUNT, None, facts, ())
    return Linter((baseline,), attestations, _DAY).lint(snapshot).findings[0]


def _export(check: Check) -> str:
    kinds = [kind for condition in check.expect for kind in FACTS[condition.fact].exports]
    return f"{kinds[0]}.json" if kinds else ""


def _attestation(control: str, check: Check) -> Attestation:
    asked = check.attestation.answers if check.attestation else {}
    answers = {question: allowed[0] for question, allowed in asked.items()}
    return Attestation(
        control, (_ACCOUNT,), Outcome.PASS, "what was looked at", "NAME", _ATTESTED, Location("attestations"), answers
    )


def _sample(finding: Finding) -> Sample:
    """Take the finding out of a report that holds nothing else: the lines between its severity and the empty line."""
    account = AccountResult(_ACCOUNT, None, None, None, (), (), (finding,))
    header = header_document(ReportHeader("", _DAY, (), ()), nothing_counted())
    text = "".join(text_report.write(Report(header, (account_document(account),))))
    lines = text.split("\n")
    start = lines.index(finding.severity.upper()) + 1
    return Sample(finding.status, "\n".join(lines[start : lines.index("", start)]))

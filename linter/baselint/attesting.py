"""Finds the attestation that decides a control for an account, as dated statements allow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from baselint.attestation import Attestation, Outcome
from baselint.finding import Reason, Status
from baselint.model import AttestationRequirement, ParameterValue
from baselint.terms import Term
from baselint.wording import within_days


@dataclass(frozen=True, slots=True)
class AttestedVerdict:
    """What attestations say of a control for an account."""

    status: Status
    reason: Reason
    sentence: str
    attestation: Attestation | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """The newest attestation of a control for an account, and a note on those dated in the future."""

    newest: Attestation | None
    notes: tuple[str, ...]


def newest(attestations: Iterable[Attestation], control: str, account: str, day: date) -> Candidates:
    """Return the newest attestation not dated after a day (UTC); of one day's, a fail outweighs a pass."""
    ours = [item for item in attestations if item.control == control and account in item.accounts]
    future = [item for item in ours if item.date > day]
    notes = tuple(f"an attestation of {item.date} lies in the future of {day} and is ignored" for item in future)
    past = sorted((item for item in ours if item.date <= day), key=_weight)
    return Candidates(past[-1] if past else None, notes)


def newest_of_each(attestations: Iterable[Attestation], day: date) -> Mapping[tuple[str, str], Attestation]:
    """Return the newest attestation not dated after a day, for each control and account that any is about."""
    found: dict[tuple[str, str], Attestation] = {}
    for item in sorted((item for item in attestations if item.date <= day), key=_weight):
        found.update(((item.control, account), item) for account in item.accounts)
    return found


def _weight(item: Attestation) -> tuple[date, bool]:
    return item.date, item.outcome is Outcome.FAIL


def term(attestation: Attestation, days: int) -> Term:
    """Return from when to when an attestation counts: a fail until a newer pass, a pass through its date plus the days allowed."""
    return Term(attestation.date, None if attestation.outcome is Outcome.FAIL else _last_day(attestation.date, days))


def decide(
    candidates: Candidates,
    requirement: AttestationRequirement | None,
    parameters: Mapping[str, ParameterValue],
    day: date,
) -> AttestedVerdict:
    """Let the newest attestation decide: a fail holds until a newer pass, a pass through its date plus the days allowed."""
    attestation = candidates.newest
    if requirement is None:
        sentence = "no value is set to judge by, and the control names no attestation to stand in"
        return AttestedVerdict(Status.MANUAL, Reason.NO_ATTESTATION, sentence, notes=candidates.notes)
    if attestation is None:
        sentence = "nobody has attested it"
        return AttestedVerdict(Status.MANUAL, Reason.NO_ATTESTATION, sentence, notes=candidates.notes)
    who = f"{attestation.by} on {attestation.date}"
    last_day = term(attestation, within_days(requirement, parameters)).last
    if last_day is None:
        sentence = f"attested as not met by {who}"
        return AttestedVerdict(Status.FAIL, Reason.ATTESTED_FAIL, sentence, attestation, candidates.notes)
    if day > last_day:
        sentence = f"the attestation by {who} lapsed after {last_day}"
        return AttestedVerdict(Status.MANUAL, Reason.ATTESTATION_LAPSED, sentence, attestation, candidates.notes)
    sentence = f"attested by {who}, holds through {last_day}"
    return AttestedVerdict(Status.PASS, Reason.ATTESTED, sentence, attestation, candidates.notes)


def _last_day(attested: date, days: int) -> date:
    """Add days to a date; the calendar ends with the year 9999."""
    return attested + min(timedelta(days=min(days, timedelta.max.days)), date.max - attested)

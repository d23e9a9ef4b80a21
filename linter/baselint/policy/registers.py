"""The registers of exceptions and attestations: every decision of a library with how it stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from baselint.attestation import Attestation
from baselint.baseline import Baseline, ControlException
from baselint.policy.holding import Cadences, Held, held
from baselint.policy.library import PolicyLibrary
from baselint.terms import Standing, in_days


class State(StrEnum):
    """How an entry of a register stands on a day."""

    NOT_YET = "not-yet"
    IN_FORCE = "in-force"
    ENDING = "ending"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    WITHOUT_EFFECT = "without-effect"


_WORDS = {
    State.NOT_YET: "not yet",
    State.IN_FORCE: "in force",
    State.LAPSED: "lapsed",
    State.REPLACED: "replaced",
    State.WITHOUT_EFFECT: "without effect",
}


@dataclass(frozen=True, slots=True)
class ExceptionEntry:
    """An exception, the baseline that states it, and how it stands."""

    exception: ControlException
    baseline: str
    state: State
    days_left: int | None
    """Days that follow the day of the register; less than zero once it is over."""

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return _said(self.state, self.days_left)


@dataclass(frozen=True, slots=True)
class Counting:
    """Through which day an attestation counts by a baseline; no baseline: by the control's own number of days."""

    baseline: str | None
    days: int
    through: date | None
    """None: until a newer one."""


@dataclass(frozen=True, slots=True)
class AttestationEntry:
    """An attestation, how long it counts by each baseline, and how it stands by the one that lets it count shortest."""

    attestation: Attestation
    replaced_for: tuple[str, ...]
    """Accounts for which a newer attestation decides."""
    counts: tuple[Counting, ...]
    """Shortest first; none where no attestation decides the control."""
    state: State
    days_left: int | None

    @property
    def words(self) -> str:
        """How it stands, in words."""
        return _said(self.state, self.days_left)


def exception_register(baselines: Iterable[Baseline], day: date, within: timedelta) -> tuple[ExceptionEntry, ...]:
    """Return every exception of some baselines, by baseline and id."""
    entries = (
        ExceptionEntry(item, baseline.id, _state(item.term.standing(day, within)), item.term.days_left(day))
        for baseline in baselines
        for item in baseline.exceptions
    )
    return tuple(sorted(entries, key=lambda entry: (entry.baseline, entry.exception.id, entry.exception.expires)))


def attestation_register(library: PolicyLibrary, day: date, within: timedelta) -> tuple[AttestationEntry, ...]:
    """Return every attestation of a library, by control, the newest first.

    Raises:
        PolicyError: a baseline or an attestation cannot be read, so that nobody can tell what counts.
    """
    every = library.attestations()
    entries = (_attested(item, day, within) for item in held(every, every, Cadences(library), day))
    return tuple(sorted(entries, key=_order))


def _order(entry: AttestationEntry) -> tuple[str, int, str, int]:
    item = entry.attestation
    return item.control, -item.date.toordinal(), item.location.path, item.location.line or 0


def _attested(item: Held, day: date, within: timedelta) -> AttestationEntry:
    attestation = item.attestation
    terms = [(cadence, item.term(cadence)) for cadence in item.cadences]
    counts = tuple(Counting(cadence.baseline, cadence.days, term.last) for cadence, term in terms)
    ahead = day < attestation.date
    replaced = () if ahead else tuple(name for name in attestation.accounts if name not in item.accounts)
    if not terms:
        return AttestationEntry(attestation, replaced, counts, State.WITHOUT_EFFECT, None)
    shortest = terms[0][1]
    state = _state(shortest.standing(day, within)) if ahead or item.accounts else State.REPLACED
    return AttestationEntry(attestation, replaced, counts, state, shortest.days_left(day))


def _said(state: State, days_left: int | None) -> str:
    return _WORDS[state] if state in _WORDS else f"ends {in_days(days_left or 0)}"


def _state(standing: Standing) -> State:
    return State(standing.value)

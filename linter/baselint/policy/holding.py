"""How long attestations count, by what the baselines of a library ask for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from baselint.attestation import Attestation
from baselint.attesting import newest_of_each, term
from baselint.baseline import Selection
from baselint.errors import PolicyError
from baselint.model import Control, ParameterReference, ParameterValue
from baselint.policy.inherit import merged_selections
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import SHIPPED
from baselint.policy.source import PolicyFile
from baselint.terms import Term


@dataclass(frozen=True, slots=True)
class Cadence:
    """For how many days an attestation of a control counts, and by which baseline; None: by the control's own value."""

    days: int
    baseline: str | None

    def __str__(self) -> str:
        """Say it in words, for example ``90 days by acme``."""
        return f"{self.days} day{'' if self.days == 1 else 's'} by {self.baseline or 'default'}"


@dataclass(frozen=True, slots=True)
class Held:
    """An attestation, the accounts for which no newer one counts, and how long baselines let it count."""

    attestation: Attestation
    accounts: tuple[str, ...]
    cadences: tuple[Cadence, ...]
    """Shortest first; none where no attestation decides the control."""

    def term(self, cadence: Cadence) -> Term:
        """Return the days on which it counts by one of the cadences."""
        return term(self.attestation, cadence.days)


class Cadences:
    """What the baselines of a library say on how long attestations count; each is merged once.

    A tree of one's own speaks before the shipped baselines: these count only for a control that no baseline of one's own requires.
    """

    def __init__(self, library: PolicyLibrary, *, pass_over_broken: bool = False) -> None:
        self._library = library
        self._own: dict[str, Mapping[str, Selection]] = {}
        self._shipped: dict[str, Mapping[str, Selection]] = {}
        for name in library.ids(PolicyKind.BASELINE):
            entry = library.entry(PolicyKind.BASELINE, name)
            found = self._shipped if entry is not None and entry.path.startswith(SHIPPED) else self._own
            try:
                found[name] = merged_selections(library.baseline(name), library)
            except PolicyError:
                if not pass_over_broken:
                    raise

    def of(self, identifier: str) -> tuple[Cadence, ...]:
        """Return how long attestations of a control count, shortest first; nothing where none decides it."""
        if self._library.entry(PolicyKind.CONTROL, identifier) is None:
            return ()
        control = self._library.outline(identifier)
        for baselines in (self._own, self._shipped):
            found = tuple(_required(control, baselines))
            if found:
                return tuple(sorted(found, key=lambda item: (item.days, item.baseline or "")))
        days = _days(control, {})
        return (Cadence(days, None),) if days is not None else ()


def held(
    attestations: Iterable[Attestation], every: Iterable[Attestation], cadences: Cadences, day: date
) -> Iterator[Held]:
    """Yield each attestation with the accounts for which it speaks among all on a day, and for how long."""
    newest = newest_of_each(every, day)
    for item in attestations:
        speaks = [(newest.get((item.control, account)), account) for account in item.accounts]
        accounts = tuple(account for found, account in speaks if found is not None and _alike(found, item))
        yield Held(item, accounts, cadences.of(item.control))


def of_other_files(file: PolicyFile[Any], library: PolicyLibrary) -> tuple[Attestation, ...]:
    """Return the attestations of every other file of the library; what is wrong in a broken one is told where that is checked."""
    own = Path(file.document.path).resolve()
    found: list[Attestation] = []
    for entry in library.entries:
        if entry.kind is PolicyKind.ATTESTATIONS and Path(entry.path).resolve() != own:
            try:
                model = library.read_entry(entry).model
            except PolicyError:
                continue
            found.extend(model if isinstance(model, tuple) else ())
    return tuple(found)


def of_file(file: PolicyFile[Any], library: PolicyLibrary, day: date) -> Sequence[Held]:
    """Return how each attestation of a file stands among all of the library."""
    own: tuple[Attestation, ...] = file.model
    cadences = Cadences(library, pass_over_broken=True)
    return tuple(held(own, (*own, *of_other_files(file, library)), cadences, day))


def _alike(one: Attestation, other: Attestation) -> bool:
    """Two of one day with one outcome say the same, wherever they stand."""
    return (one.date, one.outcome) == (other.date, other.outcome)


def _required(control: Control, baselines: Mapping[str, Mapping[str, Selection]]) -> Iterator[Cadence]:
    for name, selections in baselines.items():
        selection = selections.get(control.id)
        if selection is not None and not selection.exclude:
            days = _days(control, selection.parameters)
            if days is not None:
                yield Cadence(days, name)


def _days(control: Control, values: Mapping[str, ParameterValue]) -> int | None:
    """Return for how many days an attestation counts; None where none decides the control, or no number says it."""
    requirement = control.check.attestation if control.check else None
    asked: Any = requirement.within_days if requirement is not None else None
    if isinstance(asked, ParameterReference):
        parameter = control.parameters.get(asked.name)
        asked = values.get(asked.name, parameter.default if parameter is not None else None)
    return asked if isinstance(asked, int) else None

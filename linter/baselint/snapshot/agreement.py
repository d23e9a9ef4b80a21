"""Settles one fact that several exports tell: agree, the newer decides, or nobody can say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from baselint.evidence import FactValue, Known, Missing, MissingReason, most_curable


@dataclass(frozen=True, slots=True)
class Observation:
    """What one export says of a fact, and when that export was made, if it is exactly known."""

    value: FactValue
    captured_at: datetime | None = None


def settle(observations: Iterable[Observation]) -> FactValue:
    """Return what all observations say together.

    Those that know outweigh those that do not, except exports of one kind that contradict each other: one of them may
    be right. Where those that know differ the newest decides, with a note, if every one is dated and the newest agree;
    else the fact is missing because its sources disagree.
    """
    everything = tuple(observations)
    for item in everything:
        if isinstance(item.value, Missing) and item.value.reason is MissingReason.SOURCES_DISAGREE:
            return item.value
    knowing = [(item, item.value) for item in everything if isinstance(item.value, Known)]
    if not knowing:
        return most_curable(item.value for item in everything if isinstance(item.value, Missing))
    first = knowing[0][1]
    if all(known.value == first.value for _, known in knowing):
        newest = max(knowing, key=lambda pair: (pair[0].captured_at is not None, _moment(pair[0])))[1]
        return _merge(newest, tuple(known for _, known in knowing))
    return _newer(tuple(knowing))


def _moment(observation: Observation) -> float:
    return observation.captured_at.timestamp() if observation.captured_at else 0.0


def _merge(decisive: Known, all_known: tuple[Known, ...]) -> Known:
    others = [known for known in all_known if known is not decisive]
    evidence = decisive.evidence + tuple(item for known in others for item in known.evidence)
    notes = dict.fromkeys(decisive.notes + tuple(note for known in others for note in known.notes))
    return replace(decisive, evidence=evidence, notes=tuple(notes))


def _newer(knowing: tuple[tuple[Observation, Known], ...]) -> FactValue:
    evidence = tuple(item for _, known in knowing for item in known.evidence)
    places = " and ".join(f"{item.export} ({item.pointer}: {_raw(item.raw)})" for item in evidence)
    moments = [observation.captured_at for observation, _ in knowing]
    newest = max((moment for moment in moments if moment), default=None)
    latest = [known for observation, known in knowing if observation.captured_at == newest]
    if None in moments or any(known.value != latest[0].value for known in latest):
        detail = (
            f"{places} contradict each other, and which is newer cannot be told; export both again, one after the other"
        )
        return Missing(MissingReason.SOURCES_DISAGREE, detail, evidence, needs=())
    settled = _merge(latest[0], tuple(known for _, known in knowing))
    return replace(settled, notes=(f"{places} contradict each other; the newer one decides", *settled.notes))


def _raw(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def any_of(parts: Iterable[FactValue]) -> FactValue:
    """Return true when one part is known true, false when all are known false, else what is missing."""
    values = tuple(parts)
    for part in values:
        if isinstance(part, Known) and part.value is True:
            return part
    missing = [part for part in values if isinstance(part, Missing)]
    if missing:
        return most_curable(missing)
    known = [part for part in values if isinstance(part, Known)]
    return Known(
        False,
        tuple(item for part in known for item in part.evidence),
        tuple(dict.fromkeys(note for part in known for note in part.notes)),
    )

"""The populations of the credential report: users, access keys and signing certificates, derived row by row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from baselint.evidence import MANY, Evidence, FactValue, Known, Missing, MissingReason, Population, Span, most_curable
from baselint.model import PopulationName
from baselint.snapshot.agreement import any_of
from baselint.snapshot.credential_report import Row
from baselint.snapshot.report_cells import NO_INFORMATION, NOT_APPLICABLE, CellReader, Cells, either
from baselint.snapshot.report_source import ReportSource, rows_of_users

_SLOTS = (1, 2)
_NONE = frozenset((NOT_APPLICABLE,))
_NEVER = frozenset((NOT_APPLICABLE, NO_INFORMATION))


@dataclass(frozen=True, slots=True)
class _Member:
    subject: str
    export: str
    pointer: str
    row: Row
    readers: tuple[CellReader, ...]

    def fact(self, index: int) -> FactValue:
        return self.readers[index](self.row)


@dataclass(frozen=True, slots=True)
class ReportPopulation:
    """Members of one kind in one credential report; root is never among them."""

    name: PopulationName
    cells: Cells
    rows: tuple[Row, ...]
    evidence: tuple[Evidence, ...]
    gaps: tuple[Missing, ...]
    notes: tuple[str, ...]

    def members(self, facts: tuple[str, ...]) -> Iterator[_Member]:
        """Yield every member; readers for the named facts are made once, and run only when a fact is asked for."""
        if self.name is PopulationName.USER:
            yield from self._members(facts, user_readers(self.cells), "")
            return
        prefix, label = _SLOT_COLUMNS[self.name]
        for slot in _SLOTS:
            readers = slot_readers(self.cells, self.name, f"{prefix}_{slot}")
            exists = self.cells.in_slot(f"{prefix}_{slot}")
            for member in self._members(facts, readers, f"/{label}-{slot}"):
                held = exists(member.row)
                if isinstance(held, Missing) or held.value is True:
                    yield member

    def _members(self, facts: tuple[str, ...], readers: Mapping[str, CellReader], suffix: str) -> Iterator[_Member]:
        chosen = tuple(readers[name] for name in facts)
        for row in self.rows:
            yield _Member(f"{row.cells[0].strip()}{suffix}", self.cells.path, f"line {row.line}", row, chosen)


_SLOT_COLUMNS = {
    PopulationName.ACCESS_KEY: ("access_key", "access-key"),
    PopulationName.SIGNING_CERTIFICATE: ("cert", "certificate"),
}


def population(name: PopulationName, source: ReportSource) -> Population | Missing:
    """Return the members of one kind, with what is known to be lacking among them."""
    if isinstance(source.report, Missing):
        return source.report
    complete = source.complete
    gaps: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = source.notes
    if isinstance(complete, Missing):
        notes = (*notes, f"whether the report holds every user was not verified: {complete.detail}")
    elif complete.value is False:
        detail = "; ".join(complete.notes)
        gaps = (Missing(MissingReason.INCOMPLETE, detail, complete.evidence),)
    if name is not PopulationName.USER:
        gaps = (*gaps, *_further(source.cells, source.report.payload.user_rows))
    evidence = (rows_of_users(source.report),) if isinstance(complete, Missing) else complete.evidence
    return ReportPopulation(name, source.cells, source.report.payload.user_rows, evidence, gaps, notes)


def _further(cells: Cells, rows: tuple[Row, ...]) -> Iterator[Missing]:
    """Yield why credentials are lacking: a user with more keys or certificates than the two slots show."""
    for row in rows:
        missing = cells.further_credentials(row)
        if missing is not None:
            yield missing


def user_readers(cells: Cells) -> Mapping[str, CellReader]:
    """Return the reader of each fact of a user, by name."""
    enabled = cells.boolean("password_enabled")
    active = {slot: cells.boolean(f"access_key_{slot}_active") for slot in _SLOTS}
    readers: dict[str, CellReader] = {
        "user.console_enabled": enabled,
        "user.mfa_active": cells.boolean("mfa_active"),
        "user.has_active_credential": _at_least_seen(cells, either((enabled, *active.values()))),
        "user.password_age_days": _while(enabled, cells.age("password_last_changed")),
        "user.password_unused_days": _while(
            enabled, _first_date(cells.age("password_last_used", absent=_NEVER), cells.age("password_last_changed"))
        ),
        "user.active_access_keys": _count(cells, tuple(active.values())),
        "user.has_unused_initial_key": _both(
            enabled, _at_least_seen(cells, _unused_initial_key(cells, enabled, active))
        ),
        "user.has_signing_certificate": _at_least_seen(cells, either(cells.in_slot(f"cert_{slot}") for slot in _SLOTS)),
    }
    for slot in _SLOTS:
        age, unused = _key_ages(cells, f"access_key_{slot}")
        readers[f"user.access_key_{slot}_age_days"] = _while(active[slot], age)
        readers[f"user.access_key_{slot}_unused_days"] = _while(active[slot], unused)
    return readers


def slot_readers(cells: Cells, name: PopulationName, prefix: str) -> Mapping[str, CellReader]:
    """Return the reader of each fact of an access key or a signing certificate in one slot, by name."""
    active = cells.boolean(f"{prefix}_active")
    age = cells.age(f"{prefix}_last_rotated")
    if name is PopulationName.SIGNING_CERTIFICATE:
        return {"signing_certificate.active": active, "signing_certificate.age_days": age}
    _, unused = _key_ages(cells, prefix)
    return {"access_key.active": active, "access_key.age_days": age, "access_key.unused_days": unused}


def _key_ages(cells: Cells, prefix: str) -> tuple[CellReader, CellReader]:
    """A key that was never used counts from the day it was made, so that it is neither a free pass nor an instant fail."""
    age = cells.age(f"{prefix}_last_rotated")
    return age, _first_date(cells.age(f"{prefix}_last_used_date", absent=_NONE), age)


def _first_date(used: CellReader, made: CellReader) -> CellReader:
    def read(row: Row) -> FactValue:
        value = used(row)
        return made(row) if isinstance(value, Known) and value.value is None else value

    return read


def _while(active: CellReader, then: CellReader) -> CellReader:
    """Read a fact of a credential while it is active; there is none while it is not."""

    def read(row: Row) -> FactValue:
        state = active(row)
        if isinstance(state, Missing):
            return state
        return then(row) if state.value is True else replace(state, value=None)

    return read


def _count(cells: Cells, readers: tuple[CellReader, ...]) -> CellReader:
    """Count what is true; what cannot be read, or has no slot, makes the number a span."""

    def read(row: Row) -> FactValue:
        values = [reader(row) for reader in readers]
        missing = [value for value in values if isinstance(value, Missing)]
        known = [value for value in values if isinstance(value, Known)]
        evidence = tuple(item for value in known for item in value.evidence)
        seen = sum(value.value is True for value in known)
        further = cells.further_credentials(row)
        if further is not None:
            return Known(Span(seen, MANY, most_curable([*missing, further])), evidence)
        if not missing:
            return Known(seen, evidence)
        if not known:
            return most_curable(missing)
        return Known(Span(seen, seen + len(missing), most_curable(missing)), evidence)

    return read


def _at_least_seen(cells: Cells, reader: CellReader) -> CellReader:
    """False only where no credential of the user is without a slot."""

    def read(row: Row) -> FactValue:
        value = reader(row)
        if isinstance(value, Known) and value.value is False:
            return cells.further_credentials(row) or value
        return value

    return read


def _unused_initial_key(cells: Cells, enabled: CellReader, active: Mapping[int, CellReader]) -> CellReader:
    """A user with a password whose active key was never used: most likely made together with the user."""
    used = {slot: cells.age(f"access_key_{slot}_last_used_date", absent=_NONE) for slot in _SLOTS}

    def never_used(slot: int) -> CellReader:
        def read(row: Row) -> FactValue:
            value = used[slot](row)
            return value if isinstance(value, Missing) else Known(value.value is None, value.evidence)

        return _both(active[slot], read)

    keys: tuple[Callable[[Row], FactValue], ...] = tuple(never_used(slot) for slot in _SLOTS)
    return _both(enabled, lambda row: any_of(read(row) for read in keys))


def _both(first: CellReader, second: CellReader) -> CellReader:
    """Three-valued and: a false part decides, whatever the other is."""

    def read(row: Row) -> FactValue:
        values = (first(row), second(row))
        for value in values:
            if isinstance(value, Known) and value.value is False:
                return value
        return next((value for value in values if isinstance(value, Missing)), values[1])

    return read

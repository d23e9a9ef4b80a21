"""Facts and populations held in memory, for tests of what is made of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from baselint.evidence import Evidence, FactValue, Missing, MissingReason


@dataclass(frozen=True)
class FakeMember:
    """One row; facts are asked for by their place in the names the population was bound to."""

    subject: str
    values: Mapping[str, FactValue]
    asked: tuple[str, ...]
    export: str = "report.json"
    pointer: str = "line 2"

    def fact(self, index: int) -> FactValue:
        return self.values[self.asked[index]]


@dataclass(frozen=True)
class FakePopulation:
    """Rows of facts by subject."""

    rows: Mapping[str, Mapping[str, FactValue]]
    gaps: tuple[Missing, ...] = ()
    notes: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = (Evidence("report.json", "rows of users", 3),)

    def members(self, facts: tuple[str, ...]) -> Iterator[FakeMember]:
        for subject, values in self.rows.items():
            yield FakeMember(subject, values, facts)


@dataclass(frozen=True)
class FakeFacts:
    """The facts of an account; asking for one that is not there is an error, as it is for real ones."""

    values: Mapping[str, FactValue] = field(default_factory=dict)
    members: FakePopulation | Missing = FakePopulation({})

    def fact(self, name: str) -> FactValue:
        return self.values[name]

    def population(self, name: str) -> FakePopulation | Missing:
        return self.members


def missing(reason: MissingReason = MissingReason.NOT_EXPORTED) -> Missing:
    """A missing fact with words to find again."""
    return Missing(reason, f"it is {reason}")

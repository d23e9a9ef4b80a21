"""What the controls of a baseline demand of facts; a control is read only where its text names a fact that is asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

from baselint.baseline import Baseline, Selection
from baselint.errors import Location
from baselint.facts import FACTS
from baselint.policy.inherit import inherited_selections, merged_selections
from baselint.policy.library import PolicyLibrary

if TYPE_CHECKING:
    from baselint.policy.demand import BaselineDemand


class Demands:
    """The demands of a baseline and its parents."""

    def __init__(self, baseline: Baseline, library: PolicyLibrary) -> None:
        """Merge the selections.

        Raises:
            PolicyError: the parents cannot be merged.
        """
        self._library = library
        selections = merged_selections(baseline, library).values()
        self._words: Mapping[str, tuple[Selection, tuple[str, ...]]] = {
            selection.control: (selection, library.words_expected(selection.control))
            for selection in selections
            if not selection.exclude
        }

    @property
    def named(self) -> Mapping[str, int]:
        """How often the texts of the controls name each fact: none is missing that a check expects, some may be too many."""
        return Counter(word for _, words in self._words.values() for word in words if word in FACTS)

    def of(self, facts: Set[str], *, attested: bool = False) -> "Iterator[BaselineDemand]":
        """Yield what is demanded of some facts, in the order of the baseline; ``attested``: even where a person may attest instead.

        Raises:
            PolicyError: a control that names one of the facts is broken.
        """
        for selection, words in self._words.values():
            if not facts.isdisjoint(words):
                from baselint.policy.demand import demands_of  # most baselines never come here

                control = self._library.outline(selection.control)
                check = control.check
                if check is not None and control.retired is None and (attested or check.attestation is None):
                    yield from demands_of(selection, control, check, facts)


def selected_at(baseline: Baseline, library: PolicyLibrary, controls: Iterable[str]) -> Location:
    """Return where a baseline brings controls in: its own last selection of one of them, else the last parent that does."""
    wanted = frozenset(controls)
    own = [item.location for item in baseline.selections if item.control in wanted]
    if own:
        return own[-1]
    parents = zip(baseline.extends, inherited_selections(baseline, library), strict=True)
    return [parent.location for parent, (_, merged) in parents if not wanted.isdisjoint(merged)][-1]

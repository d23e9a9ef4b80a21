"""A baseline claims only frameworks that one account can satisfy together.

Some standards contradict each other: CIS 1.2 asks for passwords that expire, and NIST SP 800-63B-4 forbids them. A baseline
that claims both promises what no account can do. Which facts clash is worked out from the bounds that both standards state.

Remove one of the claims, or keep a baseline for each standard. What the baseline does not meet of either is told beside it, as
`unsatisfied-claim`.

Bad:

```yaml
satisfies: [cis-aws-foundations-1.2, nist-800-63b-4]
```

Good:

```yaml
extends: [aws-nist-800-63b-4]
satisfies: [nist-800-63b-4]
```
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, islice, product
from typing import TYPE_CHECKING, Any

from baselint.baseline import Baseline
from baselint.errors import Diagnostic, Level
from baselint.facts import FACTS
from baselint.framework import Framework
from baselint.model import Control
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.rules.rule import Context, Rule, mistake
from baselint.policy.source import PolicyFile

if TYPE_CHECKING:
    from baselint.policy.contradictions import Contradiction, Demand


def _check(file: PolicyFile[Any], context: Context) -> Iterator[Diagnostic]:
    baseline: Baseline = file.model
    if len(baseline.satisfies) > 1:
        from baselint.policy.contradictions import contradictions  # most baselines claim one framework or none

        library = context.library

        def outline(name: str) -> Control | None:
            return library.outline(name) if library.entry(PolicyKind.CONTROL, name) is not None else None

        for (_, earlier), (index, claimed) in combinations(_claims(baseline, library), 2):
            for found in contradictions((earlier, claimed), outline):
                yield from _told(file, index, islice(_between(found, earlier, claimed), 1))


def _claims(baseline: Baseline, library: PolicyLibrary) -> Iterator[tuple[int, Framework]]:
    for index, claim in enumerate(baseline.satisfies):
        if claim not in baseline.satisfies[:index] and library.entry(PolicyKind.FRAMEWORK, claim) is not None:
            yield index, library.framework(claim)


def _told(file: PolicyFile[Any], index: int, clashes: "Iterable[tuple[Demand, Demand]]") -> Iterator[Diagnostic]:
    for one, other in clashes:
        message = (
            f"{_name(one)} and {_name(other)} contradict each other on {FACTS[one.fact].label}: no account can satisfy both; "
            "remove one of the claims"
        )
        details = tuple(f"{item.control.id}: {item.requirement.location}" for item in (one, other))
        yield replace(mistake(file, ("satisfies", index), "contradictory-claims", message), details=details)


def _between(found: "Contradiction", earlier: Framework, claimed: Framework) -> "Iterator[tuple[Demand, Demand]]":
    """Yield the demands of two frameworks that clash, the earlier claim's first; a framework may clash with itself as well."""
    for one, other in (*product(found.one, found.other), *product(found.other, found.one)):
        clash = (one.allowed & other.allowed).is_empty
        if clash and one.framework is earlier and other.framework is claimed:
            yield one, other


def _name(demand: "Demand") -> str:
    return f"{demand.framework.id} {demand.requirement.id} ({demand.requirement.title})"


RULE = Rule(id="contradictory-claims", level=Level.ERROR, kinds=(PolicyKind.BASELINE,), check=_check, page=__doc__)

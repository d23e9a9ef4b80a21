"""Words that baselint's own sentences are made of: a user of such a name is not looked for in running text."""

import re
from collections.abc import Iterator
from functools import cache

from baselint.evidence import ExportKind, MissingReason
from baselint.exports import EXPORTS
from baselint.facts import FACTS
from baselint.finding import Reason, Status
from baselint.model import Severity

_SHORTEST = 2
_WORD = re.compile(r"[^\W_]+")
_GLUE = """
    about after again all also among an and another any are as at attests be because been before behind below beside between both but by
    can cannot column could counts date day days decided denied did do does each either else empty every exception export exported
    exports fail file first fix for force found from given had has have help here how if in instead into is it its judged known lapsed
    last leaves less line list longer look looked made many may meet meets missing more most must neither never new no nobody none nor
    not note nothing observed of off on one only or other out over page pass path people person present read reason report reported
    required role row rows run same see seen set several shown since so some still than that the their them then there these they this
    through to too two under unknown until up was were what when where which who whose will with without would write written yes
"""


def is_ordinary(name: str) -> bool:
    """Tell whether replacing a name wherever it stands as a word would turn sentences into nonsense."""
    return len(name.strip()) < _SHORTEST or name.strip().casefold() in _ordinary()


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(word.casefold() for text in _texts() for word in _WORD.findall(text))


def _texts() -> Iterator[str]:
    yield _GLUE
    for words in (Status, Reason, MissingReason, Severity, ExportKind):
        yield from words
    for fact in FACTS.values():
        yield from (fact.name, fact.label, *fact.words, fact.unit or "", *fact.choices, fact.absent or "")
    for export in EXPORTS.values():
        yield from (export.title, *export.commands)

"""The page of rules: what refuses or questions a policy file, why, and what is right instead."""

from collections.abc import Iterable, Iterator, Mapping

from baselint.policy.rules.gate import Gate
from baselint.policy.rules.rule import Rule
from baselint.policy.rules.table import RULES, WEAKENING_RULES, rule_pages
from baselint.runbook.book import Book, Page


def pages(_book: Book) -> Iterator[Page]:
    """Yield the page of rules."""
    weakening = {rule.id for rule in WEAKENING_RULES}
    every = rule_pages()
    rules = {rule.id for rule in RULES}
    groups = (
        (
            "What refuses a file before it is read whole",
            "These stop a file at once: what is in it cannot be trusted before they are mended.",
            _named(every, every.keys() - rules),
        ),
        (
            "What a file says",
            "Each of these looks at one file, and at those that it names.",
            _named(every, rules - weakening),
        ),
        (
            "What nobody may weaken unseen",
            "These compare a baseline with its parents, and with its earlier self at the revision that `--against` or `--staged` names.",
            _named(every, weakening),
        ),
    )
    yield Page("reference/rules.md", "rules.md.j2", {"groups": groups})


def _named(every: Mapping[str, Rule | Gate], names: Iterable[str]) -> list[Rule | Gate]:
    return [every[name] for name in sorted(names)]

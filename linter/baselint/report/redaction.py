"""Replaces names, ids and addresses in the documents of a report by running aliases, before any format sees them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias, cast

from baselint.report.aliases import Aliases, Named
from baselint.report.document import AccountDocument, HeaderDocument
from baselint.report.ordinary_words import is_ordinary
from baselint.report.scanner import Scanner

_KEPT = frozenset(
    (
        *("schema_version", "tool", "as_of", "summary", "partition", "kind", "account_from"),
        *("sha256", "resolved_sha256", "captured_at", "severity", "status", "underlying", "outcome", "fact"),
        *("expires", "date", "valid_through", "help_section", "problems.reason", "findings.reason"),
        *("findings.exception.approved", "findings.further_exceptions.approved"),
    )
)
"""Keys, or paths of keys, of what names nobody: words of baselint's own, hashes and dates."""

_IDENTIFIERS = ("control", "baseline", "help", "baselines.id")
"""Ids of the policy, which others look up: of them only account ids are replaced."""

_PEOPLE = ("owner", "approved_by", "by")
_CACHE = 50_000

Rule: TypeAlias = Callable[[str], str]


class Redactor:
    """Knows every name of a run; first come the keys that hold names, then all other texts, word by word."""

    def __init__(self, header: HeaderDocument, accounts: Iterable[AccountDocument], users: Iterable[str] = ()):
        self._aliases = Aliases()
        for kind, value in _names(header, accounts, users):
            self._aliases.of(kind, value)
        names: dict[str, str] = {}
        for kind in (Named.DOMAIN, Named.PERSON, Named.NAME, Named.USER):
            known = self._aliases.all(kind).items()
            names.update((name.strip(), alias) for name, alias in known if not is_ordinary(name))
        scanner = Scanner(self._aliases, names)
        self._text: Rule = lru_cache(_CACHE)(scanner.text)
        self._rules: Mapping[str, Rule] = {
            "id": self._rule(Named.ACCOUNT),
            "name": self._rule(Named.NAME),
            "missing_accounts": self._rule(Named.ACCOUNT),
            "account_list.unexpected": self._rule(Named.ACCOUNT),
            "account_list.inactive.id": self._rule(Named.ACCOUNT),
            "problems.account": self._rule(Named.ACCOUNT),
            "findings.subjects.id": self._subject,
            "findings.exception.subjects": self._subject,
            "findings.further_exceptions.subjects": self._subject,
            "ticket": self._rule(Named.TICKET),
            "url": self._rule(Named.ADDRESS),
            **dict.fromkeys(_IDENTIFIERS, scanner.account_ids),
            **dict.fromkeys(_PEOPLE, self._rule(Named.PERSON)),
        }

    def header(self, document: HeaderDocument) -> HeaderDocument:
        """Return the header without names."""
        return cast("HeaderDocument", {**self._redacted(document, ""), "redacted": True})

    def account(self, document: AccountDocument) -> AccountDocument:
        """Return an account without names."""
        return cast("AccountDocument", self._redacted(document, ""))

    def _redacted(self, value: Any, path: str) -> Any:
        if isinstance(value, Mapping):
            return {
                key: item if _is_kept(key, below := f"{path}.{key}" if path else key) else self._redacted(item, below)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self._redacted(item, path) for item in value]
        if not isinstance(value, str):
            return value
        rule = self._rules.get(path) or (self._rules.get(_last(path)) if _last(path) not in _ROOTS else None)
        return (rule or self._text)(value)

    def _rule(self, kind: Named) -> Rule:
        return lambda value: self._aliases.of(kind, value)

    def _subject(self, value: str) -> str:
        """Replace the user before the first slash; what stands behind is the name of a key or a certificate."""
        user, slash, rest = value.partition("/")
        return self._aliases.of(Named.USER, user) + slash + self._text(rest)


_ROOTS = ("id", "name")
"""Keys that hold the name of an account at the top of its document, and something else elsewhere."""


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _is_kept(key: str, path: str) -> bool:
    return key in _KEPT or path in _KEPT


def _names(
    header: HeaderDocument, accounts: Iterable[AccountDocument], users: Iterable[str]
) -> Iterator[tuple[Named, str]]:
    """Yield everything that is known to be a name, in the order of the report."""
    for account in accounts:
        yield Named.ACCOUNT, account["id"]
        if account["name"]:
            yield Named.NAME, account["name"]
        yield from _names_of(account)
    yield from ((Named.USER, user) for user in users)
    yield from ((Named.ACCOUNT, identifier) for identifier in header["missing_accounts"])
    for baseline in header["baselines"]:
        yield Named.PERSON, baseline["owner"]
        if baseline["approved"]:
            yield Named.PERSON, baseline["approved"]["by"]


def _names_of(account: AccountDocument) -> Iterator[tuple[Named, str]]:
    for finding in account["findings"]:
        views = [view for view in (finding["exception"], *finding["further_exceptions"]) if view]
        subjects = [item["id"] for item in finding["subjects"]] + [name for view in views for name in view["subjects"]]
        yield from ((Named.USER, subject.partition("/")[0]) for subject in subjects)
        yield from ((Named.PERSON, name) for view in views for name in (view["owner"], view["approved_by"]))
        if finding["attestation"]:
            yield Named.PERSON, finding["attestation"]["by"]
        for item in finding["evidence"]:
            shown = item["value"]
            if isinstance(shown, str) and "@" in shown:
                yield Named.DOMAIN, shown.rpartition("@")[2].lower()

"""Running aliases for names: ``user-1``, ``account-2``; the same all through a run, and never one for two."""

from enum import StrEnum


class Named(StrEnum):
    """What can have a name that tells who or whose it is; the words are those of the aliases."""

    ACCOUNT = "account"
    NAME = "name"
    USER = "user"
    PERSON = "person"
    DOMAIN = "domain"
    ADDRESS = "address"
    ARN = "arn"
    TICKET = "ticket"


class Aliases:
    """Hands out aliases in the order in which values are first met."""

    def __init__(self) -> None:
        self._known: dict[Named, dict[str, str]] = {kind: {} for kind in Named}

    def of(self, kind: Named, value: str) -> str:
        """Return the alias of a value."""
        known = self._known[kind]
        return known.setdefault(value, f"{kind}-{len(known) + 1}")

    def known(self, kind: Named, value: str) -> str | None:
        """Return the alias of a value that was met before."""
        return self._known[kind].get(value)

    def all(self, kind: Named) -> dict[str, str]:
        """Return every value of a kind with its alias."""
        return dict(self._known[kind])

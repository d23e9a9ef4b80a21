"""Compares the accounts of a run with a list of those that were expected."""

from collections.abc import Iterable, Iterator

from baselint.evidence import AccountList, Problem
from baselint.finding import ExpectedAccounts

UNEXPECTED = "unexpected-account"
INACTIVE = "inactive-account"
"""Reasons of problems."""


def compare(listed: AccountList, present: Iterable[str]) -> ExpectedAccounts:
    """Tell which accounts are there, missing, unexpected, and not to be expected since they are not active."""
    here = frozenset(present)
    known = {item.id for item in listed.accounts}
    active = [item.id for item in listed.accounts if item.is_active]
    return ExpectedAccounts(
        path=listed.path,
        sha256=listed.sha256,
        expected=len(active),
        present=len(here.intersection(active)),
        missing=tuple(sorted(set(active) - here)),
        unexpected=tuple(sorted(here - known)),
        inactive=tuple(sorted((item.id, str(item.state)) for item in listed.accounts if not item.is_active)),
    )


def problems(found: ExpectedAccounts, present: Iterable[str]) -> Iterator[Problem]:
    """Name what a person should look at; missing accounts stand in the report themselves."""
    here = frozenset(present)
    for account in found.unexpected:
        message = (
            f"{account} is not in this list, and was judged all the same; complete the list, or find out whose it is"
        )
        yield Problem(found.path, account, UNEXPECTED, message)
    for account, state in found.inactive:
        if account in here:
            message = f"{account} is {state} by this list, and was judged all the same, since exports of it are here"
            yield Problem(found.path, account, INACTIVE, message)

"""Names the exceptions and attestations of a run that end soon, while there is time to decide again."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from baselint.attestation import Attestation
from baselint.baseline import Baseline
from baselint.evidence import Problem
from baselint.finding import AccountResult, Reason
from baselint.terms import Standing, Term, in_days

_REASON = "expiring"
_NAMED = 5


def exceptions(
    baselines: Iterable[Baseline], accounts: Sequence[AccountResult], day: date, within: timedelta
) -> tuple[Problem, ...]:
    """Name every exception in force for accounts of the run that ends soon."""
    present = {account.id for account in accounts}
    found: list[Problem] = []
    for baseline in baselines:
        for item in baseline.exceptions:
            concerned = [account for account in item.accounts if account in present]
            if concerned and item.term.standing(day, within) is Standing.ENDING:
                message = (
                    f"exception {item.id} for {_names(concerned)} ends on {item.expires}, {in_days((item.expires - day).days)}; "
                    f"meet {item.control} by then, or approve it again"
                )
                found.append(_problem(item.location.path, concerned, message))
    return tuple(found)


def attestations(accounts: Iterable[AccountResult], day: date, within: timedelta) -> tuple[Problem, ...]:
    """Name every attestation that decides a finding as a pass and lapses soon."""
    ending: dict[tuple[str, int, str, date], tuple[Attestation, dict[str, None]]] = {}
    for account in accounts:
        for finding in account.findings:
            item, last = finding.attestation, finding.attestation_through
            if finding.reason is not Reason.ATTESTED or item is None or last is None:
                continue
            if Term(item.date, last).standing(day, within) is Standing.ENDING:
                key = (item.location.path, item.location.line or 0, item.control, last)
                ending.setdefault(key, (item, {}))[1][account.id] = None
    return tuple(
        _problem(path, list(concerned), _lapsing(item, last, day, list(concerned)))
        for (path, _, _, last), (item, concerned) in sorted(ending.items(), key=lambda pair: pair[0])
    )


def _lapsing(item: Attestation, last: date, day: date, accounts: list[str]) -> str:
    return (
        f"the attestation of {item.control} by {item.by} on {item.date} for {_names(accounts)} counts through {last}, which is "
        f"{in_days((last - day).days)}; look again by then, and add a new one"
    )


def _problem(path: str, accounts: list[str], message: str) -> Problem:
    return Problem(path, accounts[0] if len(accounts) == 1 else None, _REASON, message)


def _names(accounts: list[str]) -> str:
    more = len(accounts) - _NAMED
    return ", ".join(accounts[:_NAMED]) + (f" and {more} more" if more > 0 else "")

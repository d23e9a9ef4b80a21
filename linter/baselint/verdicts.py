"""What one run says: the verdicts on every account, and what a person should know beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from baselint import __version__, excepting, expecting, expiring
from baselint.errors import NothingToCheckError
from baselint.evidence import AccountList, AccountSnapshot, Problem
from baselint.finding import AccountResult, ReportHeader
from baselint.lint import Linter, baseline_header
from baselint.model import Severity
from baselint.policy.prepare import PreparedPolicy

EXPIRING_WITHIN = timedelta(days=30)
"""How near its end a decision is named, where nobody says otherwise."""

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The header of a run's report and the result of each account."""

    header: ReportHeader
    accounts: tuple[AccountResult, ...]

    def require_some(self) -> None:
        """Refuse to pass for clean where there is no verdict at all.

        Raises:
            NothingToCheckError: no baseline asks anything of any of the accounts.
        """
        if not any(account.findings for account in self.accounts):
            raise NothingToCheckError(
                "nothing to check: no baseline asks anything of any of the accounts; look at 'controls' and 'applies_to'"
            )


def judge(
    policy: PreparedPolicy,
    snapshots: Iterable[AccountSnapshot],
    problems: tuple[Problem, ...],
    as_of: datetime,
    *,
    within: timedelta = EXPIRING_WITHIN,
    minimum_severity: Severity | None = None,
    ignore_exceptions: bool = False,
    listed: AccountList | None = None,
) -> Verdicts:
    """Judge accounts at one moment; ``problems`` are those of their files, ``within`` says which ends are near.

    ``listed`` names the accounts that are expected.
    """
    linter = Linter(policy.baselines, policy.attestations, as_of, ignore_exceptions=ignore_exceptions)
    names = {item.id: item.name for item in listed.accounts} if listed else {}
    judged = (linter.lint(snapshot) for snapshot in snapshots)
    accounts = tuple(replace(account, name=account.name or names.get(account.id)) for account in judged)
    present = [account.id for account in accounts]
    expected = expecting.compare(listed, present) if listed else None
    unlisted = tuple(expecting.problems(expected, present)) if expected else ()
    header = ReportHeader(
        version=__version__,
        as_of=as_of,
        baselines=tuple(baseline_header(item) for item in policy.baselines),
        problems=(
            *problems,
            *unlisted,
            *_unjudged(policy, accounts),
            *_dated(policy, accounts, as_of, within, ignoring=ignore_exceptions),
        ),
        minimum_severity=minimum_severity,
        exceptions_ignored=ignore_exceptions,
        expected=expected,
    )
    return Verdicts(header, accounts)


def _unjudged(policy: PreparedPolicy, accounts: tuple[AccountResult, ...]) -> tuple[Problem, ...]:
    """Name the accounts that are there and that no baseline is meant for: they have no finding that could tell."""
    names = [account.id for account in accounts if not account.findings]
    if not names:
        return ()
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    message = (
        f"no baseline of this run is meant for {', '.join(names[:_NAMED])}{more}, so nothing there was judged; look at "
        "'applies_to', or name another baseline"
    )
    path = policy.baselines[0].baseline.location.path
    return (Problem(path, names[0] if len(names) == 1 else None, "account-not-judged", message),)


def _dated(
    policy: PreparedPolicy, accounts: tuple[AccountResult, ...], as_of: datetime, within: timedelta, *, ignoring: bool
) -> tuple[Problem, ...]:
    """Name what ends soon, what is for nobody here, and that exceptions are left out where they are."""
    day = as_of.date()
    baselines = [item.baseline for item in policy.baselines]
    if ignoring:
        told = excepting.ignored(baselines, day)
    else:
        unused = excepting.unused(baselines, {account.id for account in accounts}, day)
        told = (*unused, *expiring.exceptions(baselines, accounts, day, within))
    return (*told, *expiring.attestations(accounts, day, within))

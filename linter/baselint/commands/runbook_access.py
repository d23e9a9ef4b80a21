"""Opens what a runbook is made of, as the configuration of the working directory says."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from baselint import resources
from baselint.commands.policy_access import chosen_baselines, open_here
from baselint.policy.history import history
from baselint.policy.kinds import PolicyKind
from baselint.policy.prepare import prepare
from baselint.policy.registers import attestation_register
from baselint.runbook.book import RunbookPolicy
from baselint.runbook.notes import read as read_notes
from baselint.runbook.repository import Repository

_SOON = timedelta(days=30)
"""From when on a register says that an entry ends."""


def open_runbook(baselines: Sequence[str] = (), as_of: date | None = None, commits: int | None = None) -> RunbookPolicy:
    """Return the resolved policy with every baseline, those named first; without a name the configured one.

    ``as_of`` is the day on which the registers say how decisions stand; without one they have dates only.
    ``commits`` asks git for the history, so many commits back; without it nothing is asked.

    Raises:
        PolicyError: policy files have mistakes.
        UsageError: there is no policy tree, or no such baseline.
    """
    settings, library = open_here()
    first = baselines or [settings.baseline]
    chosen = chosen_baselines((*first, *library.ids(PolicyKind.BASELINE)), library)
    policy = prepare(chosen, library, frameworks=True, longest_exception=settings.longest_exception)
    controls = tuple(library.control(name) for name in library.ids(PolicyKind.CONTROL))
    frameworks = tuple(library.framework(name) for name in library.ids(PolicyKind.FRAMEWORK))
    return RunbookPolicy(
        policy.baselines,
        controls,
        dict(resources.texts("site", "pages")),
        frameworks,
        longest_exception_days=settings.longest_exception_days,
        notes=read_notes(settings.notes, [item.id for item in controls]) if settings.notes is not None else {},
        repository=Repository(settings.repository, settings.root.as_posix()),
        history=history(settings, Path.cwd(), [item.id for item in chosen], commits) if commits is not None else None,
        attestations=attestation_register(library, as_of or date.max, _SOON),
        as_of=as_of,
    )

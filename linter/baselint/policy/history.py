"""What each commit changed of what a baseline asks, read from git."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from baselint.configuration import Configuration
from baselint.errors import PolicyError
from baselint.policy.differences import Difference, difference
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.open import open_revision, own_tree
from baselint.policy.resolve import ResolvedBaseline, resolve
from baselint.policy.revision import Commit, Revision, find, log


@dataclass(frozen=True, slots=True)
class Step:
    """What one commit did to a baseline."""

    commit: str
    day: date
    subject: str
    difference: Difference | None
    """None where there was no such baseline before, or where one side cannot be read."""
    broken: bool = False
    """Whether the baseline cannot be read as this commit has it, so that nobody can say what changed."""


@dataclass(frozen=True, slots=True)
class History:
    """The steps of each baseline, the newest first."""

    steps: Mapping[str, tuple[Step, ...]]
    most: int
    """How many commits were looked at, at most."""
    is_whole: bool
    """Whether those are all that ever changed the policy tree."""


@dataclass(frozen=True, slots=True)
class _State:
    """A baseline as a commit has it."""

    resolved: ResolvedBaseline | None
    broken: bool = False


_NOWHERE = _State(None)


def history(settings: Configuration, directory: Path, baselines: Iterable[str], most: int) -> History:
    """Return what the newest commits changed; only the user's own tree lies in git, the shipped one is today's.

    Raises:
        UsageError: there is no repository, or git fails.
    """
    tree = own_tree(settings).as_posix()
    commits = log(directory, tree, most + 1)
    head = find("HEAD", directory)
    libraries = [_library(settings, commit, head) for commit in commits]
    found = {}
    for name in baselines:
        states = [_state(library, name) for library in libraries]
        if len(commits) <= most:
            states.append(_NOWHERE)
        found[name] = tuple(_steps(commits[:most], states))
    return History(found, most, len(commits) <= most)


def _library(settings: Configuration, commit: Commit, head: Revision) -> PolicyLibrary | None:
    """Return the policy as a commit has it; None where names in it are broken."""
    try:
        return open_revision(settings, Revision(commit.hash[:12], head.directory, head.prefix, commit.hash))
    except PolicyError:
        return None


def _state(library: PolicyLibrary | None, name: str) -> _State:
    if library is None:
        return _State(None, broken=True)
    if library.entry(PolicyKind.BASELINE, name) is None:
        return _NOWHERE
    try:
        return _State(resolve(library.baseline(name), library))
    except PolicyError:
        return _State(None, broken=True)


def _steps(commits: Iterable[Commit], states: list[_State]) -> Iterator[Step]:
    """Yield the commits that changed what is asked; a commit that cannot be read is told, and the next compared with the last that can."""
    for place, commit in enumerate(commits):
        after, before = states[place], next((item for item in states[place + 1 :] if not item.broken), None)
        if after.broken:
            yield Step(commit.hash, commit.day, commit.subject, None, broken=True)
        elif after.resolved is not None and before is not None:
            found = difference(before.resolved, after.resolved) if before.resolved is not None else None
            if found is None or found.changes:
                yield Step(commit.hash, commit.day, commit.subject, found)

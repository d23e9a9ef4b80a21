"""Groups recognised files by account: by content, manifest, directory name, then neighbours; ids never overrule each other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from baselint.errors import UsageError
from baselint.evidence import ExportKind, Problem, Unrecognised
from baselint.snapshot.assignment import AssignedExport
from baselint.snapshot.export import Export
from baselint.snapshot.recognise import RecognisedFile
from baselint.snapshot.share import SHARED, share

_OF_ANY_ACCOUNT = frozenset((ExportKind.ALTERNATE_CONTACT, ExportKind.CONTACT_INFORMATION, ExportKind.PRIMARY_EMAIL))
_OPTION = re.compile(r"--account-id[ =]+[\"']?([0-9]{12})(?![0-9])")
_ACCOUNT = re.compile(r"[0-9]{12}\Z")


@dataclass(frozen=True, slots=True)
class Grouping:
    """The exports of each account, and what belongs to none."""

    accounts: Mapping[str, tuple[AssignedExport, ...]]
    unrecognised: Mapping[str | None, tuple[Unrecognised, ...]]
    """Files that were not recognised, by account; None where no account can be told."""
    problems: tuple[Problem, ...]


def group(files: Iterable[RecognisedFile], directory: str) -> Grouping:
    """Group files by account; ``directory`` is the name of the working directory, which can name one.

    Raises:
        UsageError: a file names two accounts, or carries facts of an account that cannot be told.
    """
    everything = [(file, _named(file, directory)) for file in files]
    neighbours: dict[Path, set[str]] = defaultdict(set)
    for file, own in everything:
        if own is not None:
            neighbours[file.path.parent].add(own[0])
    accounts: dict[str, list[AssignedExport]] = defaultdict(list)
    shared: list[tuple[Path, Export]] = []
    unrecognised: dict[str | None, list[Unrecognised]] = defaultdict(list)
    problems: list[Problem] = []
    for file, own in everything:
        found = own or _neighbour(neighbours[file.path.parent])
        account = found[0] if found else None
        if file.export is None:
            unrecognised[account].append(Unrecognised(file.shown, file.reason or "not recognised"))
        elif found:
            accounts[found[0]].append(AssignedExport(file.export, found[1]))
        elif file.export.reading.payload is not None and file.export.kind not in {ExportKind.MANIFEST, *SHARED}:
            refused = [item for item, _ in everything if _is_refused_manifest(item)]
            raise _unclear(file, neighbours[file.path.parent], refused)
        if file.export is not None and file.export.kind in SHARED:
            shared.append((file.path.parent, file.export))
        problems.extend(_problems(file, account))
    problems.extend(share(shared, accounts))
    return Grouping(
        {account: tuple(accounts.get(account, ())) for account in sorted({*accounts, *filter(None, unrecognised)})},
        {account: tuple(items) for account, items in unrecognised.items()},
        tuple(problems),
    )


def _named(file: RecognisedFile, working: str) -> tuple[str, str] | None:
    """Return the account that a file's own content, its manifest or its directory names."""
    sources: list[tuple[str, str]] = []
    content = file.export.reading.accounts if file.export else frozenset()
    if len(content) > 1:
        listing = ", ".join(sorted(content))
        raise UsageError(
            f"{file.shown}: the content names several accounts ({listing}); export each account on its own"
        )
    sources.extend((account, "arn") for account in content)
    if file.manifest is not None and file.manifest.account:
        sources.append((file.manifest.account, "manifest"))
    asked = _asked(file)
    if asked:
        sources.append((asked, "command"))
    directory = next((name for name in reversed(_directories(file, working)) if _ACCOUNT.match(name)), None)
    if directory:
        sources.append((directory, "directory"))
    if len({account for account, _ in sources}) > 1:
        claims = ", ".join(
            f"{account} by its {'content' if source == 'arn' else source}" for account, source in sources
        )
        raise UsageError(f"{file.shown}: the file belongs to {claims}; move it to the right place, or export it again")
    if not sources:
        return None
    account, source = sources[0]
    return account, "manifest" if source == "command" else source


def _asked(file: RecognisedFile) -> str | None:
    """Return the account that the command of the manifest asks about, where an answer of the account service names none."""
    if file.export is None or file.export.kind not in _OF_ANY_ACCOUNT or file.manifest is None:
        return None
    found = _OPTION.search(file.manifest.command or "")
    return found[1] if found else None


def _directories(file: RecognisedFile, working: str) -> tuple[str, ...]:
    """Return the directories that can name an account: the working directory and those below it.

    Directories above it say where somebody works, not whose files these are; for a file elsewhere those on the way count.
    """
    names = tuple(file.shown.split("/")[:-1])
    return names if names[:1] == ("..",) else (working, *names)


def _neighbour(accounts: set[str]) -> tuple[str, str] | None:
    return (next(iter(accounts)), "neighbours") if len(accounts) == 1 else None


def _is_refused_manifest(file: RecognisedFile) -> bool:
    export = file.export
    return export is not None and export.kind is ExportKind.MANIFEST and export.reading.failure is not None


def _unclear(file: RecognisedFile, accounts: set[str], refused: list[RecognisedFile]) -> UsageError:
    beside = f"beside it lie files of {', '.join(sorted(accounts))}" if accounts else "no file beside it names one"
    return UsageError(
        f"{file.shown}: the account cannot be told: the file names none, and {beside}; put it in a directory named with "
        "the 12-digit account id, or add the answer of 'aws sts get-caller-identity'"
        + "".join(_refusal(item) for item in refused if item.path.parent in file.path.parents)
    )


def _refusal(manifest: RecognisedFile) -> str:
    failure = manifest.export.reading.failure if manifest.export else None
    return f"; {manifest.shown} could say it, but was refused: {failure.detail}" if failure else ""


def _problems(file: RecognisedFile, account: str | None) -> Iterable[Problem]:
    for reason, message in file.problems:
        yield Problem(file.shown, account, reason, message)
    if file.export is None:
        if account is None and not file.problems:
            yield Problem(file.shown, None, "unrecognised", file.reason or "not recognised")
        return
    reading = file.export.reading
    if reading.failure is not None:
        yield Problem(file.shown, account, reading.failure.reason, reading.failure.detail)
    for reason, message in reading.problems:
        yield Problem(file.shown, account, reason, message)

"""Makes an evidence pack: reads each file once, and judges, hashes and packs the same bytes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from baselint.errors import UsageError
from baselint.evidence_pack.archive import BrokenPackError, PackWriter, sha256_of
from baselint.evidence_pack.manifest import (
    MANIFEST,
    Arguments,
    Manifest,
    MemberRecord,
    PackedExport,
    PackedPolicyFile,
    Tree,
)
from baselint.evidence_pack.names import Names
from baselint.evidence_pack.policy_files import PolicyText, open_texts
from baselint.evidence_pack.reports import ACCOUNTS, judging, versions
from baselint.evidence_pack.secrets import secret_in, secret_in_unpacked
from baselint.report.document import HeaderDocument, Report
from baselint.snapshot.files import SnapshotFile, read_packed, unpack

_MOST_TOLD = 20
_ACCOUNT = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Request:
    """What a pack is made of."""

    snapshots: tuple[Path, ...]
    texts: tuple[PolicyText, ...]
    trees: tuple[Tree, ...]
    arguments: Arguments
    accounts: bytes | None
    """The list of accounts that are expected."""
    settings: Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack that was written."""

    sha256: str
    header: HeaderDocument
    members: int
    unrecognised: tuple[str, ...]
    """Files that are no exports, and are in it as well."""


def directory_name(directory: Path) -> str:
    """Return the name of the working directory where it is the id of an account, which then owns the files in it."""
    return directory.name if _ACCOUNT.fullmatch(directory.name) else ""


def write(request: Request, stream: BinaryIO) -> Packed:
    """Write a pack into a stream that can be read and gone back in.

    Raises:
        UsageError: a file holds a secret, or the pack would be too large.
        BaselintError: nothing can be judged.
    """
    with _told_as_usage():
        _refuse_secrets(request)
        writer = PackWriter(stream)
        files = _Files(writer, request.snapshots)
        policy = tuple(_policy(writer, request))
        if request.accounts is not None:
            writer.add(ACCOUNTS, (request.accounts,))
        library = open_texts(request.texts, request.trees)
        with judging(library, request.arguments, files.read(), request.accounts) as judged:
            files.refuse()
            for name, pieces in judged.members():
                writer.add(name, pieces)
            header, unrecognised = judged.report.header, tuple(_unrecognised(judged.report))
        records = tuple(MemberRecord(member.name, member.size, member.sha256) for member in writer.members)
        manifest = Manifest(
            versions(), request.settings, request.arguments, request.trees, policy, tuple(files.packed), records
        )
        writer.add(MANIFEST, (manifest.dump(),))
        writer.finish()
    return Packed(sha256_of(stream), header, len(writer.members), unrecognised)


@contextmanager
def _told_as_usage() -> Iterator[None]:
    try:
        yield
    except BrokenPackError as error:
        raise UsageError(f"the pack cannot be made: {error}; make a pack for each account") from error


class _Files:
    """The files of snapshots on their way into the pack and to the judge."""

    def __init__(self, writer: PackWriter, snapshots: tuple[Path, ...]) -> None:
        self.packed: list[PackedExport] = []
        self._writer = writer
        self._snapshots = snapshots
        self._names = Names()
        self._secrets: list[str] = []
        self._last: SnapshotFile | None = None

    def read(self) -> Iterator[SnapshotFile]:
        """Yield what a run without a pack would read, and pack each file before anything is made of it."""
        for file in unpack(self._pack()):
            found = _secret(file) if file is self._last else secret_in_unpacked(file)
            if found:
                self._secrets.append(f"{file.shown}: it holds {found}")
            yield file

    def refuse(self) -> None:
        """Refuse to go on where a file holds a secret.

        Raises:
            UsageError: naming each of them.
        """
        _refuse(self._secrets)

    def _pack(self) -> Iterator[SnapshotFile]:
        for file in read_packed(self._snapshots):
            self._last = file
            member = None
            place = file.from_working_directory
            if file.refusal is None:
                member = self._names.give("exports", place)
                self._writer.add(member, (file.content,))
            self.packed.append(PackedExport(place, file.shown, member, file.refusal, file.is_foreign))
            yield file


def _unrecognised(report: Report) -> Iterator[str]:
    for account in report.accounts:
        yield from (item["path"] for item in account["unrecognised"])
    yield from (item["path"] for item in report.header["problems"] if item["reason"] == "unrecognised")


def _secret(file: SnapshotFile) -> str | None:
    return None if file.refusal else secret_in(file.content)


def _refuse_secrets(request: Request) -> None:
    given = [(text.path, text.content) for text in request.texts]
    given.append((request.arguments.accounts or "", request.accounts or b""))
    _refuse([f"{path}: it holds {found}" for path, content in given if (found := secret_in(content))])


def _policy(writer: PackWriter, request: Request) -> Iterator[PackedPolicyFile]:
    """Pack the policy files; their own names are below their trees."""
    names = Names()
    trees = {tree.name: f"{tree.path}/" for tree in request.trees}
    for text in request.texts:
        below = text.path.removeprefix(trees[text.tree]) if text.tree else text.path
        member = names.give(f"policy/{text.tree or 'named'}", below)
        writer.add(member, (text.content,))
        yield PackedPolicyFile(member, text.path, text.tree)


def _refuse(secrets: Sequence[str]) -> None:
    if secrets:
        told = "\n  ".join(secrets[:_MOST_TOLD])
        more = f"\n  and {len(secrets) - _MOST_TOLD} more" if len(secrets) > _MOST_TOLD else ""
        raise UsageError(
            f"no pack was made, since what is in a pack is handed on:\n  {told}{more}\n"
            "replace what was exposed, export again without it, or move the file out of the snapshot"
        )

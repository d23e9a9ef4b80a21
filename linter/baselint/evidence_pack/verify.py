"""Verifies an evidence pack: every byte, every hash, and that its verdicts come out again."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from baselint import __version__
from baselint.errors import BaselintError
from baselint.evidence_pack.archive import BrokenPackError, Member, contents, read_members
from baselint.evidence_pack.manifest import LARGEST, MANIFEST, Manifest, PackedExport, parse
from baselint.evidence_pack.policy_files import LARGEST as LARGEST_POLICY
from baselint.evidence_pack.policy_files import PolicyText, open_texts
from baselint.evidence_pack.reports import ACCOUNTS, REPORT, Judged, judging
from baselint.report.document import Report
from baselint.snapshot.files import MAXIMUM_BYTES, SnapshotFile, unpack

_NOWHERE = Path("/", *["d"] * 64)
"""A working directory that is none: files of packs lie nowhere."""
_LARGEST_REPORT = 512 * 1024 * 1024
_MOST_TOLD = 50


@dataclass(slots=True)
class Verification:
    """What was found: changes, each with the file it is in, and notes that change nothing."""

    members: int = 0
    made_by: str = ""
    as_of: str = ""
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    was_judged: bool = False


def verify(stream: BinaryIO) -> Verification:
    """Verify the pack in a stream; nothing of it is written to a disk."""
    found = Verification()
    try:
        members = read_members(stream, os.fstat(stream.fileno()).st_size)
        found.members = len(members)
        found.changes.extend(f"{item.name}: does not fit its checksum" for item in members if not item.is_whole)
        pack = _Pack(stream, members)
        manifest = parse(pack.read(MANIFEST, LARGEST))
        found.made_by, found.as_of = manifest.versions["baselint"], manifest.arguments.as_of
        found.changes.extend(item for item in _differences(manifest, members) if item not in found.changes)
        if not found.changes:
            _judge_again(pack, manifest, found)
    except BrokenPackError as error:
        found.changes.append(str(error))
    return found


class _Pack:
    """The members of a pack by name."""

    def __init__(self, stream: BinaryIO, members: Sequence[Member]) -> None:
        self._stream = stream
        self._members = {member.name: member for member in members}

    def read(self, name: str, most: int) -> bytes:
        """Return the content of a member that is not larger than may be."""
        member = self._members.get(name)
        if member is None:
            raise BrokenPackError(f"{name}: the pack does not hold this file")
        if member.size > most:
            raise BrokenPackError(f"{name}: it is larger than {most} bytes")
        return b"".join(contents(self._stream, member))

    def is_same(self, name: str, pieces: Iterable[bytes]) -> bool:
        """Tell whether the content of a member is what these pieces make."""
        member = self._members.get(name)
        if member is None:
            return False
        position = member.start
        for piece in pieces:
            self._stream.seek(position)
            position += len(piece)
            if position > member.start + member.size or self._stream.read(len(piece)) != piece:
                return False
        return position == member.start + member.size


def _differences(manifest: Manifest, members: Sequence[Member]) -> Iterator[str]:
    """Yield what the manifest says otherwise than the file, member by member."""
    here = {member.name: member for member in members}
    recorded = {record.name: record for record in manifest.members}
    for record in manifest.members:
        member = here.get(record.name)
        if member is None:
            yield f"{record.name}: it is missing"
        elif (member.size, member.sha256) != (record.size, record.sha256):
            yield f"{record.name}: it was changed; its SHA-256 is not that of the manifest"
    for member in members:
        if member.name not in recorded and member.name != MANIFEST:
            yield f"{member.name}: it was added; the manifest does not know it"
    names = [member.name for member in members]
    if sorted(names) == sorted((*recorded, MANIFEST)) and names != [
        *(item.name for item in manifest.members),
        MANIFEST,
    ]:
        yield f"{MANIFEST}: the files stand in another order"
    for name in sorted(_used(manifest) - recorded.keys()):
        yield f"{name}: the manifest uses it, and does not list it"


def _used(manifest: Manifest) -> set[str]:
    accounts = {ACCOUNTS} if manifest.arguments.accounts is not None else set[str]()
    return (
        accounts | {item.member for item in manifest.policy} | {item.member for item in manifest.exports if item.member}
    )


def _judge_again(pack: _Pack, manifest: Manifest, found: Verification) -> None:
    same_version = manifest.versions["baselint"] == __version__
    if not same_version:
        found.notes.append(
            f"made by baselint {manifest.versions['baselint']}, judged again by {__version__}: only verdicts are compared"
        )
    texts = list(_texts(pack, manifest))
    accounts = pack.read(ACCOUNTS, MAXIMUM_BYTES) if manifest.arguments.accounts is not None else None
    try:
        with judging(open_texts(texts, manifest.trees), manifest.arguments, _files(pack, manifest), accounts) as judged:
            found.was_judged = True
            if same_version:
                found.changes.extend(_other_members(pack, manifest, judged))
            if not same_version or found.changes:
                found.changes.extend(_other_verdicts(pack.read(REPORT, _LARGEST_REPORT), judged.report))
    except BaselintError as error:
        found.changes.append(f"the accounts cannot be judged again: {error}")


def _texts(pack: _Pack, manifest: Manifest) -> Iterator[PolicyText]:
    left = LARGEST_POLICY
    for item in manifest.policy:
        content = pack.read(item.member, left)
        left -= len(content)
        yield PolicyText(item.path, item.tree, content)


def _files(pack: _Pack, manifest: Manifest) -> Iterator[SnapshotFile]:
    return unpack(_file(pack, item) for item in manifest.exports)


def _file(pack: _Pack, item: PackedExport) -> SnapshotFile:
    place = PurePosixPath(item.place)
    if place.is_absolute() or "\0" in item.place:
        raise BrokenPackError(f"{MANIFEST}: {item.place!r} is no place from a working directory")
    content = pack.read(item.member, MAXIMUM_BYTES) if item.member else b""
    path = Path(os.path.normpath(_NOWHERE / place))
    return SnapshotFile(path, item.shown, content, item.refusal, is_foreign=item.is_foreign)


def _other_members(pack: _Pack, manifest: Manifest, judged: Judged) -> Iterator[str]:
    """Yield each member that comes out otherwise, and each that nothing accounts for."""
    made = []
    for name, pieces in judged.members():
        made.append(name)
        if not pack.is_same(name, pieces):
            yield f"{name}: it is not what these exports and this policy give"
    for record in manifest.members:
        if record.name not in _used(manifest) and record.name not in made:
            yield f"{record.name}: nothing in a pack has this name"


Verdict = tuple[str, str]
Key = tuple[str, str, str]


def _other_verdicts(content: bytes, report: Report) -> Iterator[str]:
    """Yield each verdict that the packed report tells otherwise than the accounts are judged now."""
    try:
        told = dict(_verdicts(json.loads(content)["accounts"]))
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise BrokenPackError(f"{REPORT}: this is no report of baselint") from error
    found = dict(_verdicts(report.accounts))
    differing = [key for key in (*told, *(key for key in found if key not in told)) if told.get(key) != found.get(key)]
    for key in differing[:_MOST_TOLD]:
        account, baseline, control = key
        yield f"{REPORT}: account {account}, {baseline}/{control}: {_words(told.get(key))} there, {_words(found.get(key))} now"
    if len(differing) > _MOST_TOLD:
        yield f"{REPORT}: and {len(differing) - _MOST_TOLD} verdicts more"


def _verdicts(accounts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Key, Verdict]]:
    for account in accounts:
        for item in account["findings"]:
            yield (
                (str(account["id"]), str(item["baseline"]), str(item["control"])),
                (str(item["status"]), str(item["reason"])),
            )


def _words(verdict: Verdict | None) -> str:
    return f"{verdict[0]} ({verdict[1]})" if verdict else "no verdict"

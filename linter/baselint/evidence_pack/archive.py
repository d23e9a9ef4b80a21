"""The zip file of an evidence pack: nothing in it is free, so that no byte can change unseen.

Members are stored, not compressed, in a given order, with one fixed time and the same attributes, plain names and no further
fields. So the same members always make the same bytes, and whoever reads knows each byte that is no content of a member.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_MEMBERS = 65_000
MOST_BYTES = 4_000_000_000
LONGEST_NAME = 400
_PART = r"[A-Za-z0-9_+=@-][A-Za-z0-9_+=@.-]*"
_NAME = re.compile(rf"{_PART}(?:/{_PART})*")
_PIECE = 1 << 20
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_MADE_BY = 3 << 8 | _VERSION
"""A file system that knows permissions."""
_DAY = 0x21
"""The first of January 1980, the earliest day that a zip file can name."""
_PERMISSIONS = 0o100644 << 16
LOCAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x05\x06"


class BrokenPackError(ValueError):
    """The file is not built as packs are; the message says where."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a pack, and where its content lies."""

    name: str
    start: int
    size: int
    checksum: int
    """As its header states it."""
    sha256: str
    is_whole: bool = True
    """Whether the content fits the checksum."""


def is_safe(name: str) -> bool:
    """Tell whether a member may have this name: plain words, no way out, nothing hidden."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


class PackWriter:
    """Writes members one after the other into a stream that can be gone back in."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.members: list[Member] = []
        self._names: set[str] = set()

    def add(self, name: str, pieces: Iterable[bytes]) -> Member:
        """Add a member.

        Raises:
            BrokenPackError: a name that no pack holds, or that it holds already, or more than a pack can hold.
        """
        if not is_safe(name) or name.lower() in self._names:
            raise BrokenPackError(f"{name!r} cannot be the name of a member, or is one already")
        if len(self.members) >= MOST_MEMBERS:
            raise BrokenPackError(f"it would hold more than {MOST_MEMBERS} files")
        offset = self._stream.tell()
        self._stream.write(_local(name, 0, 0))
        start, size, checksum, digest = self._stream.tell(), 0, 0, hashlib.sha256()
        for piece in pieces:
            size += len(piece)
            if start + size > MOST_BYTES:
                raise BrokenPackError(f"it would be larger than {MOST_BYTES} bytes")
            checksum = zlib.crc32(piece, checksum)
            digest.update(piece)
            self._stream.write(piece)
        self._stream.seek(offset)
        self._stream.write(_local(name, checksum, size))
        self._stream.seek(start + size)
        member = Member(name, start, size, checksum, digest.hexdigest())
        self.members.append(member)
        self._names.add(name.lower())
        return member

    def finish(self) -> None:
        """Write what stands at the end of the file."""
        self._stream.write(_tail(self.members, self._stream.tell()))


def read_members(stream: BinaryIO, size: int) -> list[Member]:
    """Return the members of a pack, and prove that there is nothing in the file beside them.

    Raises:
        BrokenPackError: a byte that belongs to no member is not what it must be.
    """
    stream.seek(0)
    members: list[Member] = []
    names: set[str] = set()
    while (header := stream.read(_LOCAL.size)).startswith(LOCAL_MARK):
        member = _read_member(stream, header, size)
        if member.name.lower() in names or len(members) >= MOST_MEMBERS:
            raise BrokenPackError(f"at {member.name}: a name stands twice, or there are more than {MOST_MEMBERS} files")
        names.add(member.name.lower())
        members.append(member)
    end = stream.tell() - len(header)
    expected = _tail(members, end)
    stream.seek(end)
    if size - end != len(expected) or stream.read(len(expected)) != expected:
        behind = f"behind {members[-1].name}" if members else "at its beginning"
        raise BrokenPackError(f"{behind}: the list of files at the end is not that of the files before it")
    return members


def contents(stream: BinaryIO, member: Member) -> Iterator[bytes]:
    """Yield the content of a member in pieces."""
    position, end = member.start, member.start + member.size
    while position < end:
        stream.seek(position)
        piece = stream.read(min(_PIECE, end - position))
        if not piece:
            raise BrokenPackError(f"{member.name}: the file became shorter while it was read")
        position += len(piece)
        yield piece


def sha256_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of a whole file, from its beginning."""
    stream.seek(0)
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _read_member(stream: BinaryIO, header: bytes, size: int) -> Member:
    place = stream.tell() - len(header)
    if len(header) < _LOCAL.size:
        raise BrokenPackError(f"at byte {place}: the file ends within a header")
    fields = _LOCAL.unpack(header)
    checksum, length, length_of_name = fields[6], fields[8], fields[9]
    raw = stream.read(min(length_of_name, LONGEST_NAME + 1))
    name = raw.decode("ascii", "replace")
    start = place + _LOCAL.size + len(raw)
    if not is_safe(name) or header + raw != _local(name, checksum, length) or start + length > size:
        raise BrokenPackError(f"at byte {place}: this is no header as packs have it, so what follows cannot be told")
    found, digest = 0, hashlib.sha256()
    member = Member(name, start, length, checksum, "")
    for piece in contents(stream, member):
        found = zlib.crc32(piece, found)
        digest.update(piece)
    stream.seek(start + length)
    return Member(name, start, length, checksum, digest.hexdigest(), found == checksum)


def _local(name: str, checksum: int, size: int) -> bytes:
    raw = name.encode("ascii")
    return _LOCAL.pack(LOCAL_MARK, _VERSION, 0, 0, 0, _DAY, checksum, size, size, len(raw), 0) + raw


def _tail(members: Iterable[Member], start: int) -> bytes:
    """Return the list of members, and the record at the very end."""
    entries = [_entry(member) for member in members]
    listing = b"".join(entries)
    return listing + _END.pack(END_MARK, 0, 0, len(entries), len(entries), len(listing), start, 0)


def _entry(member: Member) -> bytes:
    raw = member.name.encode("ascii")
    offset = member.start - len(raw) - _LOCAL.size
    fields = (b"PK\x01\x02", _MADE_BY, _VERSION, 0, 0, 0, _DAY, member.checksum, member.size, member.size)
    return _CENTRAL.pack(*fields, len(raw), 0, 0, 0, 0, _PERMISSIONS, offset) + raw

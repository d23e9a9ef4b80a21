"""Unpacks what exports come packed in: gzip files and zip archives, within bounds and without following their paths."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from lzma import LZMAError

GZIP, ZIP, EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
MACOS = "macOS adds it to archives and directories; it holds nothing of an account"
_ENCRYPTED = 0x1
_PIECE = 4096
_OFFICE = "[Content_Types].xml"
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file of an archive; ``refusal`` says why it was not unpacked."""

    name: str
    content: bytes
    refusal: str | None = None
    is_foreign: bool = False
    """Whether it is no file of the snapshot, whatever its name says."""


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked; what is taken from it is taken from the one around it as well."""

    whose: str
    """Whose bound it is, as a sentence begins: "the zip archive unpacks to"."""
    maximum: int
    around: "Budget | None" = None
    _taken: int = field(default=0, init=False)

    @property
    def left(self) -> int:
        """Return how many bytes are left."""
        own = self.maximum - self._taken
        return own if self.around is None else min(own, self.around.left)

    def take(self, count: int) -> None:
        """Take bytes that were unpacked."""
        self._taken += count
        if self.around is not None:
            self.around.take(count)

    def refusal(self) -> str:
        """Return which bound is broken, and what to do."""
        if self.around is not None and self.around.left < self.maximum - self._taken:
            return self.around.refusal()
        return f"{self.whose} more than {self.maximum // 1024 // 1024} MiB; unpack it yourself, and give the directory"


class BrokenArchiveError(ValueError):
    """The bytes cannot be unpacked; the message says why, and what to do."""


def is_of_macos(parts: Sequence[str]) -> bool:
    """Tell whether a path, given by its parts, is one of those that macOS adds."""
    return "__MACOSX" in parts or parts[-1] == ".DS_Store" or parts[-1].startswith("._")


def unpack_gzip(content: bytes, budget: Budget) -> bytes:
    """Return the unpacked bytes of a gzip file.

    Raises:
        BrokenArchiveError: it is cut or broken, or holds more bytes than may be unpacked.
    """
    unpacked = bytearray()
    maximum = budget.left
    rest = content
    try:
        while rest.startswith(GZIP):  # a gzip file may hold several parts
            part = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            unpacked += part.decompress(rest, maximum + 1 - len(unpacked))
            if len(unpacked) > maximum:
                raise BrokenArchiveError(budget.refusal())
            if not part.eof:
                raise BrokenArchiveError("the gzip file is cut; copy it again")
            rest = part.unused_data
    except zlib.error as error:
        raise BrokenArchiveError("the gzip file is broken; copy it again") from error
    budget.take(len(unpacked))
    return bytes(unpacked)


def unpack_zip(content: bytes, budget: Budget) -> Iterator[ArchiveMember]:
    """Yield every file of a zip archive, sorted by name; together they take no more than the budget holds.

    Raises:
        BrokenArchiveError: the archive cannot be read, holds too many files, or is no archive of exports.
    """
    if content.count(_ENTRY) > _MOST_ENTRIES:  # counted first, since reading the list takes memory for each
        raise BrokenArchiveError(f"the zip archive holds more than {_MOST_ENTRIES} files; unpack it")
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BrokenArchiveError("the zip archive is cut or broken; copy it again") from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if any(info.filename == _OFFICE for info in infos):
            raise BrokenArchiveError(
                "it is an Office document; give the file as AWS made it, not one that was saved anew"
            )
        if not infos:
            raise BrokenArchiveError("the zip archive is empty: it holds no file")
        times = Counter(info.filename for info in infos)
        for info in sorted(infos, key=lambda item: item.filename):
            member = _foreign(info) or _refused(info, times[info.filename], budget) or _read(archive, info)
            budget.take(len(member.content))
            yield member


def _foreign(info: zipfile.ZipInfo) -> ArchiveMember | None:
    """Return a member that is no file of the snapshot with the reason; None for any other."""
    parts = info.filename.split("/")
    if "\\" in info.filename or ":" in parts[0] or not all(part.strip(". ") for part in parts):
        refusal = "its name leads out of the archive, so it is not read; unpack the archive and look at it"
        return ArchiveMember(info.filename, b"", refusal, is_foreign=True)
    return ArchiveMember(info.filename, b"", MACOS, is_foreign=True) if is_of_macos(parts) else None


def _refused(info: zipfile.ZipInfo, times: int, budget: Budget) -> ArchiveMember | None:
    refusal = None
    if times > 1:
        refusal = "the archive holds two files of this name"
    elif info.flag_bits & _ENCRYPTED:
        refusal = "it is encrypted; unpack the archive, and give the directory"
    elif info.file_size > budget.left:
        refusal = budget.refusal()
    return ArchiveMember(info.filename, b"", refusal) if refusal else None


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> ArchiveMember:
    """Read a member; the size that the archive states is the most that is unpacked, so it cannot be a lie."""
    content = bytearray()
    try:
        with archive.open(info) as stream:
            # In small pieces, since some ways of packing unpack all that they are given at once.
            while len(content) < info.file_size and (piece := stream.read(_PIECE)):
                content += piece
    except (zipfile.BadZipFile, zlib.error, LZMAError, OSError, ValueError, NotImplementedError, EOFError):
        return ArchiveMember(info.filename, b"", "it cannot be unpacked; copy the archive again")
    return ArchiveMember(info.filename, bytes(content))

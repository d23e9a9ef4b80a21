"""Unpacks what exports come packed in: gzip files and zip archives, within bounds and without following their paths."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
_ENCRYPTED = 0x1
_MACOS = "__MACOSX"
_OFFICE = "[Content_Types].xml"
_ENTRY = b"PK\x01\x02"
_MOST_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file of an archive; ``refusal`` says why it was not unpacked."""

    name: str
    content: bytes
    refusal: str | None = None


class BrokenArchiveError(ValueError):
    """The bytes cannot be unpacked; the message says why, and what to do."""


def unpack_gzip(content: bytes, maximum: int) -> bytes:
    """Return the unpacked bytes of a gzip file.

    Raises:
        BrokenArchiveError: it is cut or broken, or holds more than ``maximum`` bytes.
    """
    unpacked = bytearray()
    rest = content
    try:
        while rest.startswith(GZIP):  # a gzip file may hold several parts
            part = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            unpacked += part.decompress(rest, maximum + 1 - len(unpacked))
            if len(unpacked) > maximum:
                raise BrokenArchiveError(f"it holds more than {maximum // 1024 // 1024} MiB")
            if not part.eof:
                raise BrokenArchiveError("the gzip file is cut; copy it again")
            rest = part.unused_data
    except zlib.error as error:
        raise BrokenArchiveError("the gzip file is broken; copy it again") from error
    return bytes(unpacked)


def unpack_zip(content: bytes, maximum: int) -> Iterator[ArchiveMember]:
    """Yield every file of a zip archive, sorted by name; together they hold at most ``maximum`` bytes.

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
        times = Counter(info.filename for info in infos)
        left = maximum
        for info in sorted(infos, key=lambda item: item.filename):
            refusal = _refusal(info, left) if times[info.filename] == 1 else "the archive holds two files of this name"
            member = ArchiveMember(info.filename, b"", refusal) if refusal else _read(archive, info)
            left -= len(member.content)
            yield member


def _refusal(info: zipfile.ZipInfo, left: int) -> str | None:
    parts = info.filename.split("/")
    if "\\" in info.filename or ":" in parts[0] or not all(part.strip(". ") for part in parts):
        return "its name leads out of the archive, so it is not read; unpack the archive and look at it"
    if parts[0] == _MACOS:
        return "macOS adds it to archives; it holds nothing of an account"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted; unpack the archive, and give the directory"
    if info.file_size > left:
        return "the archive holds too many bytes; unpack it, and give the directory"
    return None


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> ArchiveMember:
    """Read a member; the size that the archive states is the most that is unpacked, so it cannot be a lie."""
    try:
        with archive.open(info) as stream:
            return ArchiveMember(info.filename, stream.read(info.file_size))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError):
        return ArchiveMember(info.filename, b"", "it cannot be unpacked; copy the archive again")

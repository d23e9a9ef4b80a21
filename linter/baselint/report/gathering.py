"""Brings pieces of text together by key, for formats whose order is not that of the accounts."""

from array import array
from collections.abc import Hashable, Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Generic, Self, TypeVar

_IN_MEMORY = 4_000_000
_Key = TypeVar("_Key", bound=Hashable)


class Gathering(Generic[_Key]):
    """Pieces under keys, in the order in which they were added: a few in memory, more in a file without a name.

    In memory stays where each piece lies, sixteen bytes of it. The file is gone when the gathering is closed, and when the
    process ends.
    """

    def __init__(self, in_memory: int = _IN_MEMORY):
        # Closed by whoever opened the gathering; a file without a name needs no other tidying.
        self._file = SpooledTemporaryFile(max_size=in_memory)  # noqa: SIM115
        self._end = 0
        self._places: dict[_Key, array[int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, key: _Key, text: str) -> None:
        """Keep one more piece under a key."""
        content = text.encode("utf-8", "surrogatepass")
        self._file.seek(self._end)
        self._file.write(content)
        self._places.setdefault(key, array("Q")).extend((self._end, len(content)))
        self._end += len(content)

    def pieces(self, key: _Key) -> Iterator[str]:
        """Yield the pieces under a key; none for a key without any."""
        places = iter(self._places.get(key, ()))
        for start, length in zip(places, places, strict=True):
            self._file.seek(start)
            yield self._file.read(length).decode("utf-8", "surrogatepass")

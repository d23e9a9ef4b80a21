"""Keeps the accounts of a run, so that any number of formats can go through them without holding them in memory."""

import hashlib
import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Self, cast

from baselint.report.document import AccountDocument, SummaryDocument, nothing_counted

_IN_MEMORY = 4_000_000


class AccountSpool:
    """Accounts in the order in which they were added: a few in memory, more in a file without a name.

    The file is gone when the spool is closed, and when the process ends, however it does.
    """

    def __init__(self, in_memory: int = _IN_MEMORY):
        # Closed by whoever opened the spool; a file without a name needs no other tidying.
        self._file = SpooledTemporaryFile(max_size=in_memory)  # noqa: SIM115
        self._end = 0
        self._hash = hashlib.sha256()
        self._summary = nothing_counted()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def summary(self) -> SummaryDocument:
        """Return how many accounts were added, and how many findings of each status they have."""
        return self._summary.copy()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the accounts that were added."""
        return self._hash.hexdigest()

    def add(self, account: AccountDocument) -> None:
        """Keep one more account."""
        line = json.dumps(account).encode("ascii") + b"\n"
        self._file.seek(self._end)
        self._file.write(line)
        self._hash.update(line)
        self._end = self._file.tell()
        counts = cast("dict[str, int]", self._summary)
        counts["accounts"] += 1
        for finding in account["findings"]:
            counts[finding["status"]] += 1

    def __iter__(self) -> Iterator[AccountDocument]:
        position = 0
        while position < self._end:
            self._file.seek(position)
            line = self._file.readline()
            position = self._file.tell()
            yield json.loads(line)

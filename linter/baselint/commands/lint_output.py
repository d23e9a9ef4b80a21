"""Writes the report of a run to stdout and to the files asked for, all from the same documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from baselint import atomic
from baselint.commands.command import Streams
from baselint.errors import UsageError
from baselint.report.document import Report
from baselint.report.formats import Format, format_named
from baselint.terminal import Painter, wants_colour


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a run writes: one format on stdout, and others to files."""

    chosen: Format
    files: tuple[tuple[Format, Path], ...]

    @classmethod
    def of(cls, chosen: str, outputs: Sequence[str]) -> Self:
        """Read the options ``--format`` and ``--output``.

        Raises:
            UsageError: an unknown format, an output that is not ``FORMAT=PATH``, or a path that is named twice.
        """
        files = tuple(_target(output) for output in outputs)
        seen: set[Path] = set()
        for _, path in files:
            if path.resolve() in seen:
                raise UsageError(f"--output: {path.as_posix()} is named twice; give each format a file of its own")
            seen.add(path.resolve())
        return cls(format_named(chosen, "--format"), files)

    def require_apart(self, exports: Iterable[Path]) -> None:
        """Refuse to write over what was judged: it is the evidence.

        Raises:
            UsageError: an output is one of the exports.
        """
        read = {path.resolve() for path in exports}
        for _, path in self.files:
            if path.resolve() in read:
                raise UsageError(
                    f"--output: {path.as_posix()} is an export that this run reads; write the report elsewhere"
                )

    def write(self, report: Report, streams: Streams) -> None:
        """Write every file whole or not at all, then stdout, so that a pipe that closes early costs no file.

        Raises:
            UsageError: a file cannot be written.
        """
        for format_, path in self.files:
            atomic.write(path, map(_encodable, format_.write(report)))
        painter = Painter(wants_colour(streams.out))
        streams.out.writelines(map(_encodable, self.chosen.pieces(report, painter)))


def _encodable(piece: str) -> str:
    """Escape what UTF-8 has no bytes for, as names of files can hold; JSON reads the escapes back."""
    return piece.encode("utf-8", errors="backslashreplace").decode("utf-8")


def _target(output: str) -> tuple[Format, Path]:
    name, separator, path = output.partition("=")
    if not separator or not path:
        raise UsageError(f"--output: {output!r} is not FORMAT=PATH, for example json=report.json")
    if path == "-":
        raise UsageError(f"--output: {output!r} names no file; --format {name} writes to stdout")
    return format_named(name, "--output"), Path(path)

"""Prints the mistakes of policy files, and how many there are."""

from baselint.commands.command import Streams
from baselint.errors import Diagnostic, ExitCode, Level
from baselint.terminal import clean


def tell(number: int | None, found: tuple[Diagnostic, ...], streams: Streams) -> ExitCode:
    """Print every mistake and how many there are; ``number`` counts the files, None where none could be looked at."""
    for diagnostic in found:
        streams.out.write(f"{clean(str(diagnostic))}\n")
    errors = sum(diagnostic.level is Level.ERROR for diagnostic in found)
    checked = f"{number} file{'' if number == 1 else 's'} checked: " if number else ""
    streams.err.write(f"{checked}{errors} error(s), {len(found) - errors} warning(s)\n")
    return ExitCode.FINDINGS if errors else ExitCode.CLEAN

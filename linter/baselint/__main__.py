"""The program's entry: runs the command line, and turns what nobody foresaw into exit code 70."""

import io
import os
import sys
from typing import TextIO

from baselint.errors import ExitCode

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended; nothing was judged to its end."""


def main() -> None:
    """Run ``baselint`` with the process's arguments and exit."""
    sys.exit(run_safely(sys.argv[1:]))


def run_safely(arguments: list[str]) -> int:
    """Run a command line; an error nobody foresaw is told in one line, with ``--debug`` as a trace."""
    from baselint.cli import DEBUG, run
    from baselint.commands.command import Streams

    if _is_closed(sys.stderr):
        sys.stderr = io.StringIO()
    if _is_closed(sys.stdout):
        sys.stderr.write("baselint: standard output is closed; lead it to a file or to /dev/null\n")
        return int(ExitCode.USAGE)
    if isinstance(sys.stdout, io.TextIOWrapper):  # the same bytes on every machine, whatever a file name holds
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        code = int(run(arguments, Streams(sys.stdout, sys.stderr)))
        sys.stdout.flush()
    except OSError as error:
        # A reader who has seen enough, as head does, is told nothing.
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"baselint: {error.filename or 'standard output'}: {error.strerror}\n")
        _silence(sys.stdout.fileno())
        return int(ExitCode.USAGE)
    except KeyboardInterrupt:
        sys.stderr.write("baselint: interrupted\n")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the one place that may
        if DEBUG in arguments:
            import traceback

            traceback.print_exc()
        name = type(error).__name__
        sys.stderr.write(f"baselint: internal error ({name}); please report it, with the output of {DEBUG}\n")
        return int(ExitCode.INTERNAL)
    return code


def _is_closed(stream: TextIO | None) -> bool:
    """Tell whether the program was started without a stream, as ``>&-`` does."""
    return stream is None


def _silence(descriptor: int) -> None:
    """Lead a stream nowhere: what is left in its buffer must not fail at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


if __name__ == "__main__":
    main()

"""The program's entry: runs the command line, and turns what nobody foresaw into exit code 70."""

import os
import sys
import traceback

from baselint.errors import ExitCode


def main() -> None:
    """Run ``baselint`` with the process's arguments and exit."""
    sys.exit(run_safely(sys.argv[1:]))


def run_safely(arguments: list[str]) -> int:
    """Run a command line; an error nobody foresaw is told in one line, with ``--debug`` as a trace."""
    from baselint.cli import run
    from baselint.commands.command import Streams

    try:
        code = int(run(arguments, Streams(sys.stdout, sys.stderr)))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough, as head does; what is left must not fail at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.USAGE)
    except Exception as error:  # noqa: BLE001 - the one place that may
        if "--debug" in arguments:
            traceback.print_exc()
        name = type(error).__name__
        sys.stderr.write(f"baselint: internal error ({name}); please report it, with the output of --debug\n")
        return int(ExitCode.INTERNAL)
    return code


if __name__ == "__main__":
    main()

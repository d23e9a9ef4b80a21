"""``baselint render``: writes the runbook as Markdown, or checks that what lies there is still true."""

import argparse
import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands import account_reports
from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from baselint.runbook.output import Output

_EXAMPLES = """\
  baselint render --output build/docs                   write the pages; then: mkdocs build --strict
  baselint render --output build/docs --check           fail when a page is stale, missing, orphaned or edited by hand
  baselint render --output build/docs --history         and what git says of each baseline; not for pages that are committed
"""
_COMMITS = 20
_MOST_COMMITS = 1000
_EDITED = "was edited by hand"
_FOREIGN = "is not of baselint's making"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", required=True, type=Path, metavar="DIR", help="directory for the pages")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the pages are not up to date")
    parser.add_argument(
        "--overwrite", action="store_true", help="write over files that somebody edited; without it that is refused"
    )
    parser.add_argument(
        "-b", "--baseline", action="append", metavar="BASELINE", help="baseline whose values the pages show first"
    )
    parser.add_argument(
        "--as-of", metavar="DAY", help="the registers also say how decisions stand on this day; default: dates only"
    )
    parser.add_argument(
        "--history",
        nargs="?",
        type=_commits,
        const=_COMMITS,
        metavar="COMMITS",
        help=f"tell from git what the newest commits changed in each baseline; default: the newest {_COMMITS}",
    )
    account_reports.add_options(parser)


def _commits(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_COMMITS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of commits; write one from 1 to {_MOST_COMMITS}")
    return int(text)


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.clock import parse_moment
    from baselint.commands.runbook_access import open_runbook
    from baselint.runbook.files import files
    from baselint.runbook.output import compare, with_manifest

    as_of = parse_moment(options.as_of, "--as-of").date() if options.as_of is not None else None
    accounts = account_reports.read(options)
    policy = open_runbook(options.baseline or (), as_of, options.history)
    made = with_manifest(files(replace(policy, accounts=accounts)))
    output = compare(options.output, made)
    if options.check:
        return _report(output, options, streams)
    _refuse(output, options)
    written, removed = output.write()
    streams.err.write(f"{len(made)} files in {options.output.as_posix()}, {written} written, {removed} removed\n")
    return ExitCode.CLEAN


def _command(options: argparse.Namespace) -> str:
    """Return the call that mends what a check with these options finds."""
    words = ["baselint", "render", "--output", options.output.as_posix()]
    for name in options.baseline or ():
        words += ["-b", name]
    if options.history is not None:
        words += ["--history", str(options.history)]
    if options.as_of is not None:
        words += ["--as-of", options.as_of]
    return shlex.join([*words, *account_reports.words(options)])


def _advice(options: argparse.Namespace) -> str:
    """Say what to do about a file that somebody edited: what a control's page should hold besides is a note."""
    from baselint import configuration

    notes = configuration.find(Path.cwd()).notes_place.as_posix()
    return f"put what must stay into {notes}/CONTROL-ID.md, then run '{_command(options)} --overwrite'"


def _report(output: "Output", options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.runbook.output import Standing

    command = _command(options)
    what = "the policy" if options.report is None else "the policy or the report"
    says = {
        Standing.STALE: f"is stale: {what} has changed; run '{command}'",
        Standing.MISSING: f"is missing; run '{command}'",
        Standing.ORPHANED: f"is orphaned: no policy file makes it; run '{command}'",
        Standing.EDITED: f"{_EDITED}; {_advice(options)}",
        Standing.FOREIGN: f"{_FOREIGN}; move it out of this directory",
    }
    found = [path for path, standing in output.standings.items() if standing in says]
    for path in sorted(found):
        streams.out.write(f"{output.directory.as_posix()}/{path}: {says[output.standings[path]]}\n")
    return ExitCode.FINDINGS if found else ExitCode.CLEAN


def _refuse(output: "Output", options: argparse.Namespace) -> None:
    """Refuse to lose what somebody wrote."""
    from baselint.runbook.output import Standing

    directory = output.directory.as_posix()
    foreign = output.paths(Standing.FOREIGN)
    for path in foreign:
        if path not in output.made:
            raise UsageError(f"{directory}/{path}: {_FOREIGN}; render to a directory of its own")
    lost = [] if options.overwrite else output.paths(Standing.EDITED, Standing.FOREIGN)
    for path in lost:
        why = _FOREIGN if path in foreign else _EDITED
        others = f" ({len(lost) - 1} more like it; --check names all)" if len(lost) > 1 else ""
        raise UsageError(f"{directory}/{path}: {why}, so nothing was written{others}; {_advice(options)}")


COMMAND = Command(_EXAMPLES, _arguments, _run)

"""``baselint evidence``: packs exports, policy and verdicts into one file for an auditor, and verifies such a pack."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from baselint.configuration import Configuration
    from baselint.evidence_pack.pack import Request
    from baselint.evidence_pack.verify import Verification

_EXAMPLES = """\
  baselint evidence pack 111122223333/ --output evidence.zip
  baselint evidence pack -b aws-cis-7.0 --as-of 2026-11-23 exports/ --output evidence.zip
  baselint evidence verify evidence.zip
  baselint evidence verify evidence.zip --sha256 SUM     against the sum that was recorded elsewhere
"""
_HEX = frozenset("0123456789abcdef")


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    pack = actions.add_parser("pack", help="make a pack", description="Make an evidence pack.", allow_abbrev=False)
    pack.add_argument(
        "snapshots",
        nargs="+",
        type=Path,
        metavar="SNAPSHOT",
        help="a file, or a directory with the exports of accounts",
    )
    pack.add_argument("--output", required=True, type=Path, metavar="PACK.zip", help="where the pack is written")
    pack.add_argument(
        "-b", "--baseline", action="append", metavar="BASELINE", help="id or path of a baseline; may be repeated"
    )
    pack.add_argument("--as-of", metavar="TIME", help="moment of the verdicts: a date or a UTC stamp; default: now")
    pack.add_argument("--captured-at", metavar="TIME", help="when the exports were made that do not say it themselves")
    pack.add_argument(
        "--accounts",
        type=Path,
        metavar="LIST",
        help="the accounts that are expected, as 'baselint lint --accounts' takes it",
    )
    verify = actions.add_parser(
        "verify",
        help="verify a pack",
        description="Verify every byte of an evidence pack, and judge its accounts again.",
        allow_abbrev=False,
    )
    verify.add_argument("pack", type=Path, metavar="PACK.zip", help="the pack")
    verify.add_argument("--sha256", metavar="SUM", help="the pack's own SHA-256, as it was recorded when it was made")


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    return _pack(options, streams) if options.action == "pack" else _verify(options, streams)


def _pack(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint import atomic
    from baselint.evidence_pack.pack import write
    from baselint.report.shown import summary_line
    from baselint.terminal import clean

    output: Path = options.output
    _require_outside(output, options.snapshots)
    request = _request(options)
    try:
        with atomic.replacing(output) as stream:
            packed = write(request, stream)
    except OSError as error:
        raise UsageError(f"{output.as_posix()}: cannot be written ({error.strerror}); check the directory") from error
    for file in packed.unrecognised:
        streams.err.write(
            clean(f"baselint: {file}: it is no export that was read; look into it before you hand the pack on\n")
        )
    streams.out.write(
        clean(f"{output.as_posix()}: {packed.members} files; {summary_line(packed.header)}\n")
        + f"SHA-256 {packed.sha256}\n"
        "Record this sum where the keepers of the pack cannot change it: in the ticket, or in the record of the review.\n"
        "The manifest inside finds accidents only; whoever changes a file can write a new manifest as well.\n"
    )
    return ExitCode.CLEAN


def _require_outside(output: Path, snapshots: list[Path]) -> None:
    """Refuse a pack that would be a file of the snapshot that it holds, now or the next time."""
    place = output.resolve()
    for snapshot in snapshots:
        inside = snapshot.resolve()
        if place == inside or inside in place.parents:
            raise UsageError(
                f"--output: {output.as_posix()} lies in the snapshot {snapshot.as_posix()}, and would become a part of it; "
                "write it elsewhere"
            )


def _request(options: argparse.Namespace) -> "Request":
    from baselint.clock import write_stamp
    from baselint.commands import moments
    from baselint.commands.policy_access import chosen_baselines, open_here
    from baselint.evidence_pack.manifest import Arguments
    from baselint.evidence_pack.pack import Request, directory_name
    from baselint.evidence_pack.policy_files import taking_part, trees_of
    from baselint.policy.library import read_file
    from baselint.policy.prepare import prepare

    as_of, captured_at = moments.as_of(options), moments.captured_at(options)
    settings, library = open_here()
    names = options.baseline or [settings.baseline]
    policy = prepare(chosen_baselines(names, library), library, longest_exception=settings.longest_exception)
    arguments = Arguments(
        tuple(names),
        write_stamp(as_of),
        write_stamp(captured_at) if captured_at else None,
        directory_name(Path.cwd()),
        Path(os.path.relpath(options.accounts)).as_posix() if options.accounts else None,
    )
    accounts = read_file(arguments.accounts) if arguments.accounts else None
    texts = taking_part(library, policy)
    return Request(tuple(options.snapshots), texts, trees_of(library), arguments, accounts, _settings(settings))


def _settings(settings: "Configuration") -> dict[str, str | int | bool | None]:
    return {
        "policies": settings.policies.as_posix() if settings.policies else None,
        "library": settings.library,
        "baseline": settings.baseline,
        "longest_exception_days": settings.longest_exception_days,
    }


def _verify(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.evidence_pack.archive import END_MARK, LOCAL_MARK, sha256_of
    from baselint.evidence_pack.verify import verify
    from baselint.terminal import one_line

    path: Path = options.pack
    recorded = _recorded(options.sha256)
    try:
        with path.open("rb") as stream:
            found = sha256_of(stream)
            stream.seek(0)
            if not stream.read(4).startswith((LOCAL_MARK, END_MARK)) and recorded is None:
                raise UsageError(f"{path.as_posix()}: this is no evidence pack, or its first bytes were changed")
            verification = verify(stream)
    except OSError as error:
        raise UsageError(f"{path.as_posix()}: cannot be read ({error.strerror}); check the path") from error
    if recorded not in (None, found):
        verification.changes.insert(0, f"{path.as_posix()}: its SHA-256 is {found}, not the one that was recorded")
    lines = [f"changed: {item}" for item in verification.changes] + [f"note: {item}" for item in verification.notes]
    streams.out.writelines(one_line(line) + "\n" for line in lines)
    streams.out.writelines(one_line(line) + "\n" for line in _conclusion(path, verification, found, recorded))
    return ExitCode.FINDINGS if verification.changes else ExitCode.CLEAN


def _recorded(text: str | None) -> str | None:
    if text is None:
        return None
    recorded = text.strip().lower()
    if len(recorded) != 64 or not _HEX.issuperset(recorded):
        raise UsageError(f"--sha256: {text!r} is no SHA-256; write its 64 digits")
    return recorded


def _conclusion(path: Path, verification: "Verification", found: str, recorded: str | None) -> list[str]:
    if verification.changes:
        judged = "" if verification.was_judged else "; the accounts were not judged again"
        return [f"{path.as_posix()}: NOT verified: {len(verification.changes)} change(s){judged}"]
    lines = [
        f"{path.as_posix()}: {verification.members} files as they were packed by baselint {verification.made_by}; "
        f"the same verdicts come out as of {verification.as_of}"
    ]
    if recorded is None:
        lines.append(
            f"SHA-256 {found}: compare it with the sum that was recorded when the pack was made. Without that, "
            "nobody can tell this pack from one that was made anew"
        )
    return lines


COMMAND = Command(_EXAMPLES, _arguments, _run)

"""``baselint render``: writes the runbook as Markdown, or checks that what lies there is still true."""

import argparse
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from baselint.commands.command import Command, Streams
from baselint.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from baselint.runbook.book import RunbookPolicy

_EXAMPLES = """\
  baselint render --output build/docs                   write the pages; then: mkdocs build --strict
  baselint render --output build/docs --check           fail when a page is stale, missing, orphaned or edited by hand
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", required=True, type=Path, metavar="DIR", help="directory for the pages")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the pages are not up to date")
    parser.add_argument(
        "-b", "--baseline", action="append", metavar="BASELINE", help="baseline whose values the pages show first"
    )


def _run(options: argparse.Namespace, streams: Streams) -> ExitCode:
    from baselint.runbook.pages import pages

    if options.output.exists() and not options.output.is_dir():
        raise UsageError(f"{options.output.as_posix()}: this is no directory; name another")
    made = {**pages(_policy(options.baseline)), **_assets()}
    present = _present(options.output, {PurePosixPath(path).suffix for path in made})
    changed = sorted(path for path, text in made.items() if present.get(path) != text)
    orphaned = sorted(path for path in present if path not in made)
    if options.check:
        return _report(options.output, changed, orphaned, present, streams)
    _refuse_foreign(options.output, present, orphaned)
    _write(options.output, made, changed, orphaned)
    streams.err.write(
        f"{len(made)} files in {options.output.as_posix()}, {len(changed)} written, {len(orphaned)} removed\n"
    )
    return ExitCode.CLEAN


def _policy(baselines: list[str] | None) -> "RunbookPolicy":
    from baselint.commands.policy_access import chosen_baselines, open_here
    from baselint.policy.kinds import PolicyKind
    from baselint.policy.prepare import prepare
    from baselint.runbook.book import RunbookPolicy

    settings, library = open_here()
    first = baselines or [settings.baseline]
    chosen = chosen_baselines((*first, *library.ids(PolicyKind.BASELINE)), library)
    policy = prepare(chosen, library, frameworks=True, longest_exception=settings.longest_exception)
    controls = tuple(library.control(name) for name in library.ids(PolicyKind.CONTROL))
    frameworks = tuple(library.framework(name) for name in library.ids(PolicyKind.FRAMEWORK))
    return RunbookPolicy(policy.baselines, controls, _texts("pages"), frameworks, settings.longest_exception_days)


def _texts(*place: str) -> "Mapping[str, str]":
    from baselint import resources

    return dict(resources.texts("site", *place))


def _assets() -> "Mapping[str, str]":
    return {f"assets/{path}": text for path, text in _texts("assets").items()}


def _present(directory: Path, suffixes: set[str]) -> dict[str, str]:
    """Read what lies in the output directory; only files of the kinds that render writes count."""
    found: dict[str, str] = {}
    for path in sorted(directory.rglob("*")):
        if path.suffix in suffixes and path.is_file():
            try:
                found[path.relative_to(directory).as_posix()] = path.read_bytes().decode("utf-8", errors="replace")
            except OSError as error:
                raise UsageError(f"{path.as_posix()}: cannot be read ({error.strerror})") from error
    return found


def _report(
    directory: Path, changed: list[str], orphaned: list[str], present: "Mapping[str, str]", streams: Streams
) -> ExitCode:
    for path in changed:
        what = "is stale or was edited by hand" if path in present else "is missing"
        streams.out.write(
            f"{directory.as_posix()}/{path}: {what}; run 'baselint render --output {directory.as_posix()}'\n"
        )
    for path in orphaned:
        streams.out.write(f"{directory.as_posix()}/{path}: is orphaned: no policy file makes it\n")
    return ExitCode.FINDINGS if changed or orphaned else ExitCode.CLEAN


def _refuse_foreign(directory: Path, present: "Mapping[str, str]", orphaned: list[str]) -> None:
    from baselint.runbook.pages import is_generated

    foreign = [path for path in orphaned if not is_generated(present[path])]
    if foreign:
        raise UsageError(
            f"{directory.as_posix()}/{foreign[0]}: this file is not of baselint's making; render to an own directory"
        )


def _write(directory: Path, made: "Mapping[str, str]", changed: list[str], orphaned: list[str]) -> None:
    """Write what changed only, so that site builders keep what they have cached."""
    from baselint import atomic

    for path in changed:
        atomic.write(directory / path, [made[path]])
    for path in orphaned:
        (directory / path).unlink()


COMMAND = Command("render", "write the runbook as Markdown", _EXAMPLES, _arguments, _run)

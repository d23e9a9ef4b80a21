"""The reports whose accounts ``baselint render`` makes pages of: their options, and how they are read."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from baselint.errors import UsageError

if TYPE_CHECKING:
    from baselint.runbook.account_view import AccountReports


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for pages of accounts."""
    parser.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="report in JSON whose accounts get pages as well; for internal sites only",
    )
    parser.add_argument(
        "--earlier-report", type=Path, metavar="FILE", help="report in JSON to tell what changed in the accounts since"
    )
    parser.add_argument(
        "--redact", action="store_true", help="aliases in place of names and ids on the pages of accounts"
    )


def words(options: argparse.Namespace) -> Iterator[str]:
    """Yield the options as somebody would write them again."""
    if options.report is not None:
        yield from ("--report", options.report.as_posix())
    if options.earlier_report is not None:
        yield from ("--earlier-report", options.earlier_report.as_posix())
    if options.redact:
        yield "--redact"


def read(options: argparse.Namespace) -> "AccountReports | None":
    """Return the reports that the options name; None where they name none.

    Raises:
        UsageError: a report cannot be read, or the options do not fit together.
    """
    if options.report is None:
        if options.earlier_report is not None or options.redact:
            raise UsageError("--earlier-report and --redact are for the pages of accounts; name a report with --report")
        return None
    from baselint.policy.schema_check import SchemaChecker
    from baselint.report.reading import read_report
    from baselint.report.redacted_reports import redacted
    from baselint.runbook.account_view import AccountReports

    paths = [path for path in (options.report, options.earlier_report) if path is not None]
    checker = SchemaChecker()
    found = tuple(read_report(path, checker) for path in paths)
    for path, report in zip(paths, found, strict=True):
        if report.header["redacted"] and len(paths) > 1:
            raise UsageError(
                f"{path.as_posix()}: the report is redacted, and an alias stands for somebody else in another report; "
                "name whole reports, and --redact where the pages shall name nobody"
            )
    if len(found) > 1 and found[1].header["as_of"] > found[0].header["as_of"]:
        raise UsageError(
            f"{options.earlier_report.as_posix()}: the report is later than {options.report.as_posix()}, so what broke would be "
            "told as mended; exchange them"
        )
    return AccountReports(*(redacted(*found) if options.redact else found))

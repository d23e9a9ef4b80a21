"""The options that name moments, read the same way by every command that has them."""

import argparse
from datetime import UTC, datetime

from baselint.clock import parse_moment


def as_of(options: argparse.Namespace) -> datetime:
    """Return the moment of ``--as-of``, else now in whole seconds; an empty value is a mistake, not today.

    Raises:
        UsageError: it is no time.
    """
    if options.as_of is None:
        return datetime.now(UTC).replace(microsecond=0)
    return parse_moment(options.as_of, "--as-of")


def captured_at(options: argparse.Namespace) -> datetime | None:
    """Return the moment of ``--captured-at``, where it is given.

    Raises:
        UsageError: it is no time.
    """
    return None if options.captured_at is None else parse_moment(options.captured_at, "--captured-at")

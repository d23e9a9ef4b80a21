"""Settles when an export was made: its own word, the manifest's, then the user's; a time that cannot be is not believed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from baselint.clock import TOLERANCE, write_stamp
from baselint.snapshot.export import Reading

_CACHED = timedelta(hours=4)
"""How long AWS hands out the same credential report."""


@dataclass(frozen=True, slots=True)
class CaptureTime:
    """When an export was made, and what is wrong with what was said of it."""

    moment: datetime | None
    refusal: str | None = None
    """Why the export cannot be believed: it would have been made before what it holds."""
    note: str | None = None


def settle_capture(reading: Reading, manifest: datetime | None, option: datetime | None) -> CaptureTime:
    """Return when an export was made.

    A manifest says when an answer was fetched. A report that AWS kept was made before that, at the time it says itself;
    no answer was fetched before it was made, nor before the newest date in it. The option speaks of exports that do not
    say it themselves.
    """
    own = reading.captured_at
    said = manifest or (None if own else option)
    if said is None:
        return CaptureTime(own)
    least = own or reading.newest_stamp
    if least is not None and least - said > TOLERANCE:
        holder = "the manifest says" if manifest else "--captured-at says"
        what = "says itself that it was made" if own else "holds a date"
        detail = (
            f"{holder} that the file was made at {write_stamp(said)}, and it {what} at {write_stamp(least)}, which is later; "
            "mend the one that is wrong"
        )
        return CaptureTime(own or said, refusal=detail)
    if own is not None and said - own > _CACHED:
        detail = (
            f"the manifest says {write_stamp(said)}, and the report itself that it was made at {write_stamp(own)}; "
            "ages are measured there"
        )
        return CaptureTime(own, note=detail)
    return CaptureTime(own or said)

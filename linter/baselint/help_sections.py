"""Where on the page of a control a finding leads: the step that mends it, else the section that says what to do."""

from collections.abc import Mapping

from baselint.finding import Status
from baselint.model import Control, Step

_SECTIONS: Mapping[Status, str] = {
    Status.PASS: "evidence",
    Status.FAIL: "steps",
    Status.UNKNOWN: "evidence",
    Status.MANUAL: "evidence",
    Status.NOT_APPLICABLE: "applies",
    Status.EXCEPTED: "exceptions",
}
"""Where the commands and the attestation to write stand, there leads what is unknown and what nobody looked at."""


def section(control: Control, status: Status, mending: Step | None = None) -> str:
    """Return the anchor of a place on a control's page, which the page always has; ``mending`` is a step of the part `cli`."""
    procedure = control.procedure
    if control.retired is not None:
        return "about"
    if status is Status.FAIL and mending is not None:
        return f"cli-{mending.id}"
    if status is Status.FAIL and not (procedure.console or procedure.cli or procedure.terraform):
        return "evidence"
    return _SECTIONS[status]

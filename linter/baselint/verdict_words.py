"""What statuses, their reasons and exit codes mean, in words for whoever meets them."""

from collections.abc import Mapping

from baselint.errors import ExitCode
from baselint.evidence import MissingReason
from baselint.finding import Reason, Status

STATUSES: Mapping[Status, str] = {
    Status.PASS: "The exports show that the requirement is met, or a person attested it and the attestation still holds.",
    Status.FAIL: "The exports show that the requirement is not met, or a person attested that it is not.",
    Status.UNKNOWN: (
        "The exports do not show whether it is met: a file is missing, refused, cut, or contradicts another. The finding "
        "says which, and the command that would show it. It never counts as a pass."
    ),
    Status.MANUAL: "No export can show it, and nobody has attested it, or the attestation has lapsed.",
    Status.NOT_APPLICABLE: "The account has nothing that the control could ask for, or the control is retired. The finding says why.",
    Status.EXCEPTED: "It is not met, and an approved exception with an end date allows that. What lies under it is shown.",
}

CURES: Mapping[Status, str] = {
    Status.PASS: "Nothing. Keep the snapshot: it is the evidence, of the moment at which it was made.",
    Status.FAIL: "Follow the procedure on the control's page, then export and lint again. If that must wait, ask for an exception.",
    Status.UNKNOWN: "Run the command that the finding names, and lint again. Neither an attestation nor an exception stands in for it.",
    Status.MANUAL: "Let a person who can know look, and write an attestation of what was seen.",
    Status.NOT_APPLICABLE: "Nothing. If the reason is a surprise, make sure that the snapshot is of the right account.",
    Status.EXCEPTED: "Nothing until the last day of the exception. Do the work before: the day after, the result counts again.",
}
"""What to do about a status."""

FAILING = (Status.FAIL, Status.UNKNOWN)
"""The statuses that end `lint` with exit code 1 unless it is told otherwise."""

_EXCEPTED = Status.EXCEPTED
_UNKNOWN = (Status.UNKNOWN,)

REASONS: Mapping[Reason | MissingReason, tuple[tuple[Status, ...], str]] = {
    Reason.EXPECTATION_MET: ((Status.PASS,), "The exports show the value that is required, or a stricter one."),
    Reason.NOBODY_CONCERNED: (
        (Status.PASS,),
        "The control is about users, keys or certificates, and the account has none of those it asks about.",
    ),
    Reason.ATTESTED: ((Status.PASS,), "A person attested it, and the attestation still holds."),
    Reason.EXPECTATION_NOT_MET: ((Status.FAIL, _EXCEPTED), "The exports show a value that is not enough."),
    Reason.ATTESTED_FAIL: (
        (Status.FAIL, _EXCEPTED),
        "A person attested that it is not met. That holds until a newer attestation says otherwise.",
    ),
    Reason.NO_ATTESTATION: (
        (Status.MANUAL, _EXCEPTED),
        "Only a person can say, and no attestation counts for this account.",
    ),
    Reason.ATTESTATION_LAPSED: (
        (Status.MANUAL, _EXCEPTED),
        "The newest attestation is older than the baseline lets it count.",
    ),
    Reason.DOES_NOT_APPLY: (
        (Status.NOT_APPLICABLE,),
        "The condition under which the control applies is false in this account.",
    ),
    Reason.RETIRED: (
        (Status.NOT_APPLICABLE,),
        "The control is retired; its page names the date and what to use instead.",
    ),
    MissingReason.ACCESS_DENIED: (
        _UNKNOWN,
        "AWS refused the call: the file holds its error. Export again with the permissions that `baselint export-script` prints.",
    ),
    MissingReason.NOT_AN_ANSWER: (
        _UNKNOWN,
        "The file holds an error, a help text or something else that is no answer of AWS. Export again.",
    ),
    MissingReason.INVALID: (
        _UNKNOWN,
        "The file is damaged, or holds what AWS cannot have written. Export again; do not mend it by hand.",
    ),
    MissingReason.SOURCES_DISAGREE: (
        _UNKNOWN,
        "Several exports say different things, and nothing shows which is newer. Export all of them in one go.",
    ),
    MissingReason.CAPTURE_TIME_UNKNOWN: (
        _UNKNOWN,
        "When the file was made is not known well enough to count days. Name the time with `--captured-at` or a manifest.",
    ),
    MissingReason.INCOMPLETE: (
        _UNKNOWN,
        "A list was cut or filtered, so it proves no absence. Export again, without a limit.",
    ),
    MissingReason.NOT_EXPORTED: (
        _UNKNOWN,
        "No file of the snapshot carries the fact. Run the command that the finding names.",
    ),
    MissingReason.NOT_REPORTED: (
        (Status.UNKNOWN, Status.MANUAL, _EXCEPTED),
        "AWS does not report it for this account, so no export shows it. Where a person may say it instead, an attestation decides.",
    ),
}
"""The statuses that each reason can stand under, and what it means."""

EXIT_CODES: Mapping[ExitCode, str] = {
    ExitCode.CLEAN: "Everything was checked, and nothing that counts was found.",
    ExitCode.FINDINGS: (
        "There are findings. `lint`: of a status that `--fail-on` names, by default `fail` and `unknown`. "
        "`validate`: policy files with errors, never warnings alone. `render --check`: pages that are not up to date."
    ),
    ExitCode.USAGE: (
        "The call is wrong, a path cannot be read, a policy file that takes part is broken, or accounts cannot be told "
        "apart. Nothing was judged."
    ),
    ExitCode.NOTHING_TO_CHECK: "There was nothing to check. It is never a clean result.",
    ExitCode.INTERNAL: "An error of baselint's own. Please report it; `--debug` shows the trace.",
}

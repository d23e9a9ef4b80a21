"""The YAML that waives or attests one control, to be copied; what a person decides stands in capitals, which no file may hold."""

from baselint.model import Control
from baselint.runbook.sample_facts import SUBJECTS

ACCOUNT = "ACCOUNT-ID"
DAY = "YYYY-MM-DD"


def exception_form(control: Control) -> str:
    """Return the entry of a baseline that waives a control for one account."""
    check = control.check
    return "\n".join(
        (
            "exceptions:",
            f"  - id: {control.id}-TICKET-NUMBER",
            f"    control: {control.id}",
            f'    accounts: ["{ACCOUNT}"]',
            *([f"    subjects: [{SUBJECTS[check.each]}]"] if check and check.each else []),
            "    reason: WHY-IT-CANNOT-BE-MET",
            "    owner: WHO-ENDS-IT",
            f'    approved: {{by: WHO-ACCEPTED-THE-RISK, date: "{DAY}"}}',
            f'    expires: "{DAY}"',
            "    compensating_control: WHAT-PROTECTS-THE-ACCOUNT-MEANWHILE",
        )
    )


def attestation_form(control: Control) -> str | None:
    """Return the file that attests a control for one account; None where no attestation can decide it."""
    attestation = control.check.attestation if control.check else None
    if attestation is None:
        return None
    answers = ", ".join(f"{question}: {allowed[0]}" for question, allowed in attestation.answers.items())
    return "\n".join(
        (
            "kind: attestations",
            "attestations:",
            f"  - control: {control.id}",
            f'    accounts: ["{ACCOUNT}"]',
            "    outcome: pass",
            "    statement: WHAT-YOU-LOOKED-AT-AND-SAW",
            "    by: WHO-LOOKED",
            f'    date: "{DAY}"',
            *([f"    answers: {{{answers}}}"] if answers else []),
            "    evidence:",
            "      - title: WHERE-THE-PROOF-IS-KEPT",
        )
    )

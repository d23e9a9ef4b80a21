"""Makes the report that every format of a run is written from: documents, and what standards ask when a format shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from baselint.framework import Framework
from baselint.policy import mapping
from baselint.policy.kinds import PolicyKind
from baselint.policy.library import PolicyLibrary
from baselint.policy.mapping import MappedRequirement
from baselint.policy.resolve import ResolvedBaseline
from baselint.report.document import Report, RequirementDocument, Requirements
from baselint.report.documenting import account_document, header_document
from baselint.report.redaction import Redactor
from baselint.report.spool import AccountSpool
from baselint.verdicts import Verdicts


@contextmanager
def reporting(
    verdicts: Verdicts, requirements: Requirements = dict, redacted_users: Iterable[str] | None = None
) -> Iterator[Report]:
    """Keep the accounts as documents for as long as reports are written from them; nothing of them stays behind.

    With ``redacted_users`` aliases stand in place of names, also of those users that no finding is about.
    """
    with AccountSpool() as spool:
        for account in verdicts.accounts:
            spool.add(account_document(account))
        header = header_document(verdicts.header, spool.summary)
        least = verdicts.header.minimum_severity
        if redacted_users is None:
            yield Report(header, spool, least, requirements, spool.digest)
            return
        with AccountSpool() as redacted:
            redactor = Redactor(header, spool, redacted_users)
            for document in spool:
                redacted.add(redactor.account(document))
            yield Report(redactor.header(header), redacted, least, requirements, redacted.digest)


def requirements_of(baselines: Iterable[ResolvedBaseline], library: PolicyLibrary) -> Requirements:
    """Return how to read what the standards of a library ask of baselines; nothing is read before it is called."""

    def read() -> Mapping[tuple[str, str], Sequence[RequirementDocument]]:
        frameworks = [library.framework(name) for name in library.ids(PolicyKind.FRAMEWORK)]
        return requirement_documents(baselines, frameworks)

    return read


def requirement_documents(
    baselines: Iterable[ResolvedBaseline], frameworks: Iterable[Framework]
) -> Mapping[tuple[str, str], Sequence[RequirementDocument]]:
    """Return what standards ask of each control of each baseline."""
    return {
        key: [_document(item) for item in items] for key, items in mapping.by_control(baselines, frameworks).items()
    }


def _document(item: MappedRequirement) -> RequirementDocument:
    framework, requirement = item.framework, item.requirement
    return {
        "framework": framework.id,
        "title": f"{framework.title} {framework.edition}",
        "requirement": requirement.id,
        "decides": item.decides,
        "within": item.within,
        "in_part": requirement.limits is not None,
    }

"""All facts of one account, each derived once and only when asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason, Population
from baselint.exports import CONTACT_TYPES
from baselint.model import PopulationName
from baselint.snapshot.alternate_contact import AlternateContact
from baselint.snapshot.caller_identity import CallerIdentity
from baselint.snapshot.export import Export
from baselint.snapshot.password_policy_facts import PasswordPolicyFacts
from baselint.snapshot.populations import population
from baselint.snapshot.report_source import ReportSource
from baselint.snapshot.root_facts import RootFacts
from baselint.snapshot.sources import Sources


class AccountFacts:
    """The facts of one account, from its exports."""

    def __init__(self, exports: tuple[Export, ...], as_of: datetime) -> None:
        self._sources = Sources(exports, as_of)
        self._report = ReportSource(self._sources)
        self._values: dict[str, FactValue] = {}
        self._populations: dict[PopulationName, Population | Missing] = {}
        root = RootFacts(self._sources, self._report, self._partition())
        self._derivations: Mapping[str, Callable[[], FactValue]] = {
            "account.partition": self._partition,
            "exports.made_by_root": self._made_by_root,
            "credential_report.age_days": self._report.age_days,
            "credential_report.complete": lambda: self._report.complete,
            "contacts.kept_here": self._contacts_kept_here,
            **{f"contacts.{name}": self._contact_reader(name) for name in CONTACT_TYPES},
            **root.derivations(),
            **PasswordPolicyFacts(self._sources, self._report).derivations(),
        }

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all facts of the account."""
        return frozenset(self._derivations)

    def fact(self, name: str) -> FactValue:
        """Return a fact of the account."""
        if name not in self._values:
            self._values[name] = self._derivations[name]()
        return self._values[name]

    def population(self, name: str) -> Population | Missing:
        """Return the members of one kind in the credential report."""
        key = PopulationName(name)
        if key not in self._populations:
            self._populations[key] = population(key, self._report)
        return self._populations[key]

    def _partition(self) -> FactValue:
        """Read the partition of every ARN of the account: of users, roots, callers and devices."""
        named = self._sources.partitions
        partitions = {partition for partition, _ in named}
        needs = (ExportKind.CALLER_IDENTITY,)
        if not partitions:
            detail = "no export names an ARN, so the partition of the account is not known"
            return Missing(MissingReason.NOT_EXPORTED, detail, needs=needs)
        if len(partitions) > 1:
            detail = f"the exports name several partitions: {', '.join(sorted(partitions))}"
            return Missing(MissingReason.SOURCES_DISAGREE, detail, needs=needs)
        partition, export = named[0]
        return Known(partition, (export.evidence("ARN", partition),))

    def _made_by_root(self) -> FactValue:
        """Tell by ``aws sts get-caller-identity`` whether the caller was the root user."""
        caller = self._sources.find(ExportKind.CALLER_IDENTITY, CallerIdentity)
        if isinstance(caller, Missing):
            return caller
        evidence = caller.export.evidence("/Arn", "root" if caller.payload.is_root else "not root")
        return Known(caller.payload.is_root, (evidence,), caller.notes)

    def _contacts_kept_here(self) -> FactValue:
        """Tell whether the account has contacts of its own: not in aws-us-gov, which has no account service."""
        partition = self._partition()
        if isinstance(partition, Missing):
            return partition
        return Known(partition.value != "aws-us-gov", partition.evidence)

    def _contact_reader(self, name: str) -> Callable[[], FactValue]:
        """Read ``aws account get-alternate-contact``: present is a name, and an e-mail address or a phone number."""

        def derive() -> FactValue:
            contact = self._sources.find(ExportKind.ALTERNATE_CONTACT, AlternateContact, name)
            if isinstance(contact, Missing):
                return contact
            notes = contact.notes + ((contact.payload.flaw,) if contact.payload.flaw else ())
            raw = "present" if contact.payload.registered else contact.payload.flaw or "ResourceNotFoundException"
            evidence = contact.export.evidence(contact.payload.pointer, raw)
            return Known(True if contact.payload.registered else None, (evidence,), notes)

        return derive

"""All facts of one account, each derived once and only when asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime

from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason, Population
from baselint.exports import EXPORTS, Asker
from baselint.model import PopulationName
from baselint.snapshot.caller_identity import CallerIdentity
from baselint.snapshot.contact_facts import ContactFacts
from baselint.snapshot.export import Export
from baselint.snapshot.organization_facts import OrganizationFacts
from baselint.snapshot.password_policy_facts import PasswordPolicyFacts
from baselint.snapshot.populations import population
from baselint.snapshot.report_source import ReportSource
from baselint.snapshot.root_facts import RootFacts
from baselint.snapshot.sources import Sources


class AccountFacts:
    """The facts of one account, from its exports."""

    def __init__(self, account: str, exports: tuple[Export, ...], as_of: datetime) -> None:
        self._account = account
        self._sources = Sources(exports, as_of)
        self._report = ReportSource(self._sources)
        self._values: dict[str, FactValue] = {}
        self._populations: dict[PopulationName, Population | Missing] = {}
        root = RootFacts(self._sources, self._report.of_root(), self._partition())
        self._derivations: Mapping[str, Callable[[], FactValue]] = {
            "account.partition": self._partition,
            "exports.made_by_root": self._made_by_root,
            "credential_report.age_days": self._report.age_days,
            "credential_report.complete": lambda: self._report.complete,
            **root.derivations(),
            **ContactFacts(self._sources, self._partition()).derivations(),
            **OrganizationFacts(self._sources, account).derivations(),
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
        """Tell by ``aws sts get-caller-identity``, and by the callers of the manifest, whether root made the exports.

        Root's own lists may be made in a privileged root session, which acts as root; nothing else may.
        """
        by_root = self._sources.made_by_root(self._account)
        others = tuple(export for export in by_root if EXPORTS[export.kind].asker is not Asker.ROOT)
        if others:
            return Known(True, tuple(export.evidence("caller in the manifest", "root") for export in others))
        caller = self._sources.find(ExportKind.CALLER_IDENTITY, CallerIdentity)
        if isinstance(caller, Missing):
            return caller
        evidence = caller.export.evidence("/Arn", "root" if caller.payload.is_root else "not root")
        own = ", ".join(export.path for export in by_root)
        note = f"the manifest names root as the caller of root's own lists: {own}; these belong to a privileged root session"
        return Known(caller.payload.is_root, (evidence,), (*caller.notes, note) if own else caller.notes)

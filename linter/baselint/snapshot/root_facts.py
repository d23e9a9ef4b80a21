"""Derives the facts of the root user from the credential report, the account summary, the device list and root's own lists."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product

from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason
from baselint.snapshot.account_summary import AccountSummary
from baselint.snapshot.agreement import Observation, any_of, settle
from baselint.snapshot.own_lists import OwnLists, told_by
from baselint.snapshot.report_cells import NOT_APPLICABLE, CellReader, Cells, either
from baselint.snapshot.report_source import ReportSource
from baselint.snapshot.root_use import RootUse
from baselint.snapshot.sources import Source, Sources
from baselint.snapshot.virtual_mfa_devices import VirtualDevices

_SUMMARY = ExportKind.ACCOUNT_SUMMARY
_SLOTS = (1, 2)
_FLAGS = ("AccountMFAEnabled", "AccountPasswordPresent")


class RootFacts:
    """The facts whose names start with ``root.``; each method says where its fact comes from."""

    def __init__(self, sources: Sources, report: ReportSource, partition: FactValue) -> None:
        self._report = report
        self._partition = partition
        self._summary = sources.find(_SUMMARY, AccountSummary, tells=AccountSummary.of_root)
        self._virtual = sources.find(ExportKind.VIRTUAL_MFA_DEVICES, VirtualDevices)
        self._virtual_lists = sources.every(ExportKind.VIRTUAL_MFA_DEVICES, VirtualDevices)
        self._observed = report.observe_root
        self._own = OwnLists(sources)
        self._use = RootUse(sources, report, self._own, self.has_password)

    def derivations(self) -> Mapping[str, Callable[[], FactValue]]:
        """Return the derivation of each fact, by name."""
        return {
            "root.exists": self.exists,
            "root.console_sign_in_possible": self.console_sign_in_possible,
            "root.has_password": self.has_password,
            "root.has_active_access_key": self.has_active_access_key,
            "root.has_access_key": self.has_access_key,
            "root.has_signing_certificate": self.has_signing_certificate,
            "root.has_usable_credentials": lambda: any_of((self.has_password(), self.has_active_access_key())),
            "root.has_credentials": lambda: any_of(
                (self.has_password(), self.has_access_key(), self.has_signing_certificate())
            ),
            "root.mfa_enabled": self.mfa_enabled,
            "root.mfa_kind": self.mfa_kind,
            "root.mfa_has_backup": self.mfa_has_backup,
            "root.password_age_days": self.password_age_days,
            "root.password_unused_days": self._use.password_unused_days,
            "root.access_key_1_unused_days": lambda: self._use.key_unused_days(1),
            "root.access_key_2_unused_days": lambda: self._use.key_unused_days(2),
        }

    def exists(self) -> FactValue:
        """Tell whether the account has a root user: everywhere but in aws-cn, and there when the report has its row."""
        if isinstance(self._partition, Known) and self._partition.value != "aws-cn":
            return Known(True, self._partition.evidence)
        rows = self._report.root_rows()
        if not isinstance(rows, Missing):
            return Known(True, (self._report.cells.evidence(rows[0], "arn"),))
        if isinstance(self._partition, Missing):
            return self._partition
        return Known(False, self._partition.evidence) if self._report.lacks_root_row else rows

    def console_sign_in_possible(self) -> FactValue:
        """Tell whether root can sign in to the console at all: nowhere in aws-us-gov."""
        if isinstance(self._partition, Missing):
            return self._partition
        return Known(self._partition.value != "aws-us-gov", self._partition.evidence)

    def has_password(self) -> FactValue:
        """Report ``password_enabled``, summary ``AccountPasswordPresent``, root's login profile; never in aws-us-gov."""
        if isinstance(self._partition, Known) and self._partition.value == "aws-us-gov":
            return Known(False, self._partition.evidence)
        return settle(
            (
                self._observed(lambda cells: cells.boolean("password_enabled")),
                self._counted("AccountPasswordPresent"),
                *self._own.password(),
            )
        )

    def has_active_access_key(self) -> FactValue:
        """Report ``access_key_N_active``, root's own list; a summary tells it only when it counts no key at all."""
        reported = self._observed(lambda cells: either(cells.boolean(f"access_key_{slot}_active") for slot in _SLOTS))
        counted = self._counted("AccountAccessKeysPresent")
        if isinstance(counted.value, Known) and counted.value.value is True:
            reported = replace(reported, value=self._active_of_counted(reported, counted))
            observations = (reported, *self._own.active_access_key())
        else:
            observations = (reported, counted, *self._own.active_access_key())
        knowing = [(item, item.value) for item in observations if isinstance(item.value, Known)]
        active = [value for _, value in knowing if value.value is True]
        if active and any(item.captured_at is None for item, _ in knowing):
            return self._name_active_keys(active[0])  # which is newer cannot be told: the key may be there
        return self._name_active_keys(settle(observations))

    def _active_of_counted(self, reported: Observation, counted: Observation) -> FactValue:
        """Return what the report says of a key that the summary counts; nothing of one made after the report."""
        if isinstance(reported.value, Missing):
            note = "the account summary counts an access key, but does not say whether it is active"
            return replace(reported.value, notes=(*reported.value.notes, note))
        held = self._observed(_slots("access_key_{}")).value
        newer = reported.captured_at and counted.captured_at and counted.captured_at > reported.captured_at
        if not newer or not isinstance(held, Known) or held.value is True:
            return reported.value
        detail = (
            "the newer account summary counts an access key that the credential report lacks; export the report again"
        )
        evidence = (*held.evidence, *counted.value.evidence)
        return Missing(MissingReason.SOURCES_DISAGREE, detail, evidence, needs=(ExportKind.CREDENTIAL_REPORT,))

    def has_access_key(self) -> FactValue:
        """Report: a slot that is active, or off with a ``last_rotated`` date; summary ``AccountAccessKeysPresent``; own list."""
        return settle(
            (
                self._observed(_slots("access_key_{}")),
                self._counted("AccountAccessKeysPresent"),
                *self._own.access_key(),
            )
        )

    def has_signing_certificate(self) -> FactValue:
        """Report ``cert_N_active``, ``cert_N_last_rotated``; summary ``AccountSigningCertificatesPresent``; own list."""
        return settle(
            (
                self._observed(_slots("cert_{}")),
                self._counted("AccountSigningCertificatesPresent"),
                *self._own.signing_certificate(),
            )
        )

    def mfa_enabled(self) -> FactValue:
        """Report ``mfa_active``, summary ``AccountMFAEnabled``, and root's own device list; never the virtual list."""
        observations = [
            self._observed(lambda cells: cells.boolean("mfa_active")),
            self._counted("AccountMFAEnabled"),
        ]
        enabled = settle((*observations, *self._own.mfa()))
        entry = self._virtual_entry()
        if isinstance(enabled, Known) and enabled.value is False and entry is not None:
            place = entry.evidence[0]
            note = f"{place.export} ({place.pointer}) names a virtual device of root, which disagrees"
            return replace(enabled, notes=(*enabled.notes, note))
        return enabled

    def _virtual_entry(self) -> Known | None:
        """Return root's entry in a list of virtual devices, whichever list is newer: each may be a page of one list."""
        listed = self._virtual_lists
        chosen = (self._virtual,) if isinstance(self._virtual, Source) else ()
        for source in (*chosen, *listed):
            pointer = source.payload.root_pointer
            if pointer is not None:
                lacking = [item.export.path for item in listed if item.payload.root_pointer is None]
                note = f"{' and '.join(lacking)} lacks it; where that is the newer whole list, keep it alone"
                notes = (*source.notes, note) if lacking else source.notes
                return Known("virtual", (source.export.evidence(pointer, "root"),), notes)
        return None

    def mfa_kind(self) -> FactValue:
        """Virtual when a device list has an entry of root's; not virtual by inference from a complete list without one."""
        entry, own = self._virtual_entry() or self._own.virtual_device(), self._own.devices
        if entry is not None:
            return entry
        enabled = self.mfa_enabled()
        if isinstance(enabled, Missing):
            return enabled
        if enabled.value is False:
            return Known("none", enabled.evidence, enabled.notes)
        if own is not None and own.payload.serials:
            return told_by(own, "not-virtual")
        return self._inferred_kind(enabled)

    def _inferred_kind(self, enabled: Known) -> FactValue:
        virtual = self._virtual
        if isinstance(virtual, Missing):
            return virtual
        for source in (virtual, *self._virtual_lists):  # beside a page of a list, another list may be its last page
            if source.payload.gap is not None:
                detail = f"{source.export.path} {source.payload.gap}"
                return Missing(MissingReason.INCOMPLETE, detail, needs=(ExportKind.VIRTUAL_MFA_DEVICES,))
        note = "inferred: MFA is on, and the complete list of virtual devices has none of root's"
        listed = virtual.export.evidence(virtual.payload.pointer, f"{virtual.payload.count} device(s), none of root's")
        return Known("not-virtual", (*enabled.evidence, listed), (*enabled.notes, *virtual.notes, note))

    def mfa_has_backup(self) -> FactValue:
        """Two devices or more in root's own device list; a sealed backup of one device is nothing an export shows."""
        devices = self._own.listed_devices
        if isinstance(devices, Source) and len(set(devices.payload.serials)) > 1:
            return told_by(devices, True)
        detail = "no export shows a sealed backup; a second device shows only in root's own device list"
        return Missing(MissingReason.NOT_REPORTED, detail)

    def password_age_days(self) -> FactValue:
        """Report ``password_last_changed``; ``not_supported`` in older reports."""
        age = self._age("password_last_changed", absent=frozenset((NOT_APPLICABLE,)))
        if isinstance(age, Missing) or age.value is not None:
            return age
        enabled = self._observed(lambda cells: cells.boolean("password_enabled")).value
        if isinstance(enabled, Missing):
            return replace(enabled, evidence=(*age.evidence, *enabled.evidence))
        if enabled.value is True:
            detail = f"{age.evidence[0].pointer} is N/A although the password is enabled; export the report again"
            return Missing(MissingReason.INVALID, detail, age.evidence, needs=(ExportKind.CREDENTIAL_REPORT,))
        held = self.has_password()
        if isinstance(held, Known) and held.value is True:
            detail = (
                "the newer account summary counts a password that the credential report lacks; export the report again"
            )
            return Missing(MissingReason.SOURCES_DISAGREE, detail, held.evidence, needs=(ExportKind.CREDENTIAL_REPORT,))
        return held if isinstance(held, Missing) else age

    def _counted(self, name: str) -> Observation:
        """Read an entry of the account summary: 0 is false, a positive number true, no entry not reported."""
        if isinstance(self._summary, Missing):
            return Observation(self._summary)
        export, payload = self._summary.export, self._summary.payload
        if name not in payload.values:
            detail = f"{export.path} has no entry {name}; older exports lack it"
            return Observation(Missing(MissingReason.NOT_REPORTED, detail, needs=(_SUMMARY,)))
        number = payload.number(name)
        pointer = f"{payload.prefix}/{name}"
        if number is None or (name in _FLAGS and number > 1):
            detail = f"{export.path} has no number AWS could have given at {pointer}; export it again"
            return Observation(Missing(MissingReason.INVALID, detail, needs=(_SUMMARY,)))
        known = Known(number > 0, (export.evidence(pointer, number),), self._summary.notes)
        return Observation(known, export.captured_at)

    def _age(self, column: str, *, absent: frozenset[str]) -> FactValue:
        return self._observed(lambda cells: cells.age(column, absent=absent)).value

    def _name_active_keys(self, active: FactValue) -> FactValue:
        """Add which keys are active and when each was last used: the first thing a person must know."""
        rows = self._report.root_rows()
        if isinstance(active, Missing) or active.value is not True or isinstance(rows, Missing):
            return active
        cells = self._report.cells
        notes = []
        for row, slot in product(rows, _SLOTS):
            if (cells.text(row, f"access_key_{slot}_active") or "").lower() == "true":
                used = cells.text(row, f"access_key_{slot}_last_used_date") or "not in the report"
                notes.append(f"access key {slot} is active, last used: {used}")
        return replace(active, notes=(*active.notes, *notes))


def _slots(prefix: str) -> Callable[[Cells], CellReader]:
    return lambda cells: either(cells.in_slot(prefix.format(slot)) for slot in _SLOTS)

"""What root's own lists tell: made by root or in a privileged root session, complete, and better than any inference."""

from dataclasses import dataclass

from baselint.clock import write_stamp
from baselint.evidence import ExportKind, FactValue, Known, Missing, MissingReason, Value
from baselint.exports import EXPORTS
from baselint.snapshot.access_key_last_used import AccessKeyLastUsed
from baselint.snapshot.ages import Capture
from baselint.snapshot.agreement import Observation
from baselint.snapshot.login_profile import LoginProfile
from baselint.snapshot.mfa_devices import DeviceList
from baselint.snapshot.own_credentials import OwnCredentials
from baselint.snapshot.sources import Source, Sources


@dataclass(frozen=True, slots=True)
class _OwnList:
    """A list of root's own credentials; ``active`` says of each whether it is in use."""

    source: Source[OwnCredentials] | Missing
    kind: ExportKind

    def observe(self, *, active_only: bool) -> tuple[Observation, ...]:
        """Tell whether root has a credential of this kind, or an active one."""
        if isinstance(self.source, Missing):
            return _silent(self.source)
        export, payload = self.source.export, self.source.payload
        count = sum(payload.active) if active_only else len(payload.active)
        if not count and not payload.complete:
            detail = f"{export.path} is one page of several; export the list without --max-items and --no-paginate"
            return (Observation(Missing(MissingReason.INCOMPLETE, detail, needs=(self.kind,))),)
        what = f"{sum(payload.active)} active of {len(payload.active)} {EXPORTS[self.kind].title.removesuffix(' of the caller')}"
        known = Known(count > 0, (export.evidence(payload.pointer, what),), self.source.notes)
        return (Observation(known, export.captured_at),)


class OwnLists:
    """Root's own device list, access keys, signing certificates and login profile, where the manifest names the caller.

    Each list is observed only where it was given: few accounts can make one, so nobody is asked for them.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        devices = sources.find(ExportKind.MFA_DEVICES, DeviceList, where=lambda devices: devices.of_root)
        self.devices = None if isinstance(devices, Missing) or not devices.payload.complete else devices
        """Root's own device list, where there is a complete one."""
        self._login = sources.find(ExportKind.LOGIN_PROFILE, LoginProfile, where=lambda profile: profile.of_root)
        self._keys, self._certificates = (
            _OwnList(sources.find(kind, OwnCredentials, where=lambda credentials: credentials.of_root), kind)
            for kind in (ExportKind.ACCESS_KEYS, ExportKind.SIGNING_CERTIFICATES)
        )

    def password(self) -> tuple[Observation, ...]:
        """Root has a password when it has a login profile."""
        if isinstance(self._login, Missing):
            return _silent(self._login)
        export, payload = self._login.export, self._login.payload
        evidence = export.evidence(payload.pointer, "present" if payload.exists else "NoSuchEntity")
        return (Observation(Known(payload.exists, (evidence,), self._login.notes), export.captured_at),)

    def access_key(self) -> tuple[Observation, ...]:
        """Tell whether root has an access key, active or not."""
        return self._keys.observe(active_only=False)

    def active_access_key(self) -> tuple[Observation, ...]:
        """Tell whether root has an active access key."""
        return self._keys.observe(active_only=True)

    def access_key_unused_days(self, slot: int) -> FactValue | None:
        """Return how long the key at a place of root's own list has been unused, at the time of the answer.

        None without a list; there is no use where the list is shorter, or AWS says that the key was never used.
        """
        keys = self._keys.source
        if isinstance(keys, Missing):
            return None
        if slot > len(keys.payload.active):
            listed = keys.export.evidence(keys.payload.pointer, f"{len(keys.payload.active)} key(s)")
            return Known(None, (listed,), keys.notes) if keys.payload.complete else None
        used = self._sources.find(
            ExportKind.ACCESS_KEY_LAST_USED,
            AccessKeyLastUsed,
            keys.payload.identifiers[slot - 1] or "without an id",
            where=lambda payload: payload.of_root,
        )
        if isinstance(used, Missing):
            return used
        moment, latest = used.payload.last_used, used.export.captured_at or self._sources.as_of
        evidence = used.export.evidence("/AccessKeyLastUsed/LastUsedDate", write_stamp(moment) if moment else None)
        if moment is None:
            return Known(None, (evidence,), used.notes)
        return Capture(used.export.captured_at or min(moment, latest), latest).age_in_days(moment, evidence)

    def signing_certificate(self) -> tuple[Observation, ...]:
        """Tell whether root has a signing certificate, active or not."""
        return self._certificates.observe(active_only=False)

    def mfa(self) -> tuple[Observation, ...]:
        """Tell whether root has an MFA device."""
        if self.devices is None:
            return ()
        return (
            Observation(told_by(self.devices, len(self.devices.payload.serials) > 0), self.devices.export.captured_at),
        )


def _silent(missing: Missing) -> tuple[Observation, ...]:
    """Observe nothing of a list that was not made by root; but lists that contradict each other say that."""
    return (Observation(missing),) if missing.reason is MissingReason.SOURCES_DISAGREE else ()


def told_by(devices: Source[DeviceList], value: Value) -> FactValue:
    """Return a fact that root's own device list tells."""
    evidence = devices.export.evidence("/MFADevices", f"{len(devices.payload.serials)} device(s)")
    return Known(value, (evidence,), devices.notes)

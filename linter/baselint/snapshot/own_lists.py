"""What root's own lists tell: made by root or in a privileged root session, complete, and better than any inference."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

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

_LAST_USED = ExportKind.ACCESS_KEY_LAST_USED
_SLOTS = 2


@dataclass(frozen=True, slots=True)
class _OwnList:
    """A list of root's own credentials; ``active`` says of each whether it is in use."""

    source: Source[OwnCredentials] | Missing
    """The list that speaks, among those that root made."""
    pages: tuple[Source[OwnCredentials], ...]
    """All of them: beside one that is cut, each may be a page of one list."""
    kind: ExportKind

    @property
    def speaking(self) -> tuple[Source[OwnCredentials], ...]:
        """Return the one list that tells everything, else every list: none of them proves that another one is wrong."""
        return self.pages if self.cut or isinstance(self.source, Missing) else (self.source,)

    @property
    def cut(self) -> bool:
        """Tell whether one of the lists is a page of several."""
        return any(not page.payload.complete for page in self.pages)

    @property
    def complete(self) -> bool:
        """Tell whether what no list names is not there."""
        return not self.cut and not isinstance(self.source, Missing)

    def observe(self, *, active_only: bool) -> tuple[Observation, ...]:
        """Tell whether root has a credential of this kind, or an active one."""
        if isinstance(self.source, Missing) and not self.cut:
            return _silent(self.source)
        for page in self.speaking:
            export, payload = page.export, page.payload
            count = sum(payload.active) if active_only else len(payload.active)
            if count or not self.cut:
                what = f"{sum(payload.active)} active of {len(payload.active)} {EXPORTS[self.kind].title.removesuffix(' of the caller')}"
                known = Known(count > 0, (export.evidence(payload.pointer, what),), page.notes)
                return (Observation(known, export.captured_at),)
        path = next(page.export.path for page in self.pages if not page.payload.complete)
        detail = f"{path} is one page of several; export the list without --max-items and --no-paginate"
        return (Observation(Missing(MissingReason.INCOMPLETE, detail, needs=(self.kind,))),)

    def listed(self) -> tuple[tuple[str | None, datetime | None], ...]:
        """Return id and creation of each listed key, where the list says them; what two pages name is one key."""
        seen: dict[object, tuple[str | None, datetime | None]] = {}
        for page in self.speaking:
            for index, key in enumerate(zip(page.payload.identifiers, page.payload.created, strict=True)):
                seen[key[0] or (page.export.path, index)] = key
        return tuple(seen.values())


class OwnLists:
    """Root's own device list, access keys, signing certificates and login profile, where the manifest names the caller.

    Each list is observed only where it was given: few accounts can make one, so nobody is asked for them.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._device_pages = sources.every(ExportKind.MFA_DEVICES, DeviceList, where=lambda devices: devices.of_root)
        self.listed_devices = sources.find(ExportKind.MFA_DEVICES, DeviceList, where=lambda devices: devices.of_root)
        """The list of root's own devices that speaks; it may be one page of several."""
        self._login = sources.find(ExportKind.LOGIN_PROFILE, LoginProfile, where=lambda profile: profile.of_root)
        self._keys, self._certificates = (
            _OwnList(
                sources.find(kind, OwnCredentials, where=lambda credentials: credentials.of_root),
                sources.every(kind, OwnCredentials, where=lambda credentials: credentials.of_root),
                kind,
            )
            for kind in (ExportKind.ACCESS_KEYS, ExportKind.SIGNING_CERTIFICATES)
        )

    @property
    def devices(self) -> Source[DeviceList] | None:
        """Root's own device list, where there is a complete one."""
        whole = all(page.payload.complete for page in self._device_pages)
        return self.listed_devices if whole and isinstance(self.listed_devices, Source) else None

    @property
    def keys_captured_at(self) -> datetime | None:
        """When the newest list of root's keys was made; None where one of them does not say it."""
        moments = [page.export.captured_at for page in self._keys.speaking]
        return None if None in moments else max(filter(None, moments), default=None)

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

    def access_key_unused_days(self, slot: int, since: datetime | None = None) -> FactValue | None:
        """Return how long the key at a place of root's own list has been unused, at the time of the answer or ``since``.

        None without a list; there is no use where the list is shorter, or AWS says that the key was never used.
        """
        uses = self.uses_of_listed_keys(since)
        if slot <= len(uses):
            return uses[slot - 1]
        if not self._keys.complete:
            return None
        keys = self._keys.speaking[0]
        listed = keys.export.evidence(keys.payload.pointer, f"{len(keys.payload.active)} key(s)")
        return Known(None, (listed,), keys.notes)

    def uses_of_listed_keys(self, since: datetime | None) -> tuple[FactValue, ...]:
        """Return how long each key of root's own list has been unused."""
        return tuple(self._unused(identifier or "without an id", since) for identifier, _ in self._keys.listed())

    def unseen_keys_made_after(self, moment: datetime) -> int:
        """Return how many listed keys were made after a moment, with no answer on their last use."""
        made = [created is not None and created > moment for _, created in self._keys.listed()]
        uses = self.uses_of_listed_keys(None)
        return sum(new and isinstance(use, Missing) for new, use in zip(made, uses, strict=True))

    def uses_of_other_keys(self, since: datetime | None) -> tuple[FactValue, ...]:
        """Return how long keys have been unused that root asked for, and that are not among the first of its list."""
        return tuple(self._unused(key, since) for key in self._other_keys())

    def _other_keys(self) -> Iterator[str]:
        listed = [identifier for identifier, _ in self._keys.listed()[:_SLOTS]]
        answers = self._sources.every(_LAST_USED, AccessKeyLastUsed, where=lambda payload: payload.of_root)
        keys = dict.fromkeys(answer.export.reading.variant for answer in answers)
        return (key for key in keys if key is not None and key not in listed)

    def _unused(self, key: str, since: datetime | None) -> FactValue:
        used = self._sources.find(_LAST_USED, AccessKeyLastUsed, key, where=lambda payload: payload.of_root)
        if isinstance(used, Missing):
            return used
        moment, captured = used.payload.last_used, used.export.captured_at
        evidence = used.export.evidence("/AccessKeyLastUsed/LastUsedDate", write_stamp(moment) if moment else None)
        if moment is None:
            return Known(None, (evidence,), used.notes)
        latest = captured or self._sources.as_of
        age = Capture(captured or min(moment, latest), latest).age_in_days(moment, evidence)
        if since is None or since < moment or isinstance(age, Missing):
            return age
        return Capture(max(captured or since, since), max(latest, since)).age_in_days(moment, evidence)

    def signing_certificate(self) -> tuple[Observation, ...]:
        """Tell whether root has a signing certificate, active or not."""
        return self._certificates.observe(active_only=False)

    def mfa(self) -> tuple[Observation, ...]:
        """Tell whether root has an MFA device; a list that is cut tells it only by the devices in it."""
        if self.devices is not None:
            value = told_by(self.devices, len(self.devices.payload.serials) > 0)
            return (Observation(value, self.devices.export.captured_at),)
        having = [page for page in self._device_pages if page.payload.serials]
        cut = any(not page.payload.complete for page in self._device_pages)
        if having and (cut or len(having) == len(self._device_pages)):
            return (Observation(told_by(having[0], True), having[0].export.captured_at),)
        return _silent(self.listed_devices) if isinstance(self.listed_devices, Missing) else ()

    def virtual_device(self) -> FactValue | None:
        """Return that root has a virtual device, where its own list, or any page of it, names one."""
        pages = self._device_pages if self.devices is None else (self.devices,)
        return next((told_by(page, "virtual") for page in pages if page.payload.has_virtual), None)


def _silent(missing: Missing) -> tuple[Observation, ...]:
    """Observe nothing of a list that was not made by root; but lists that contradict each other say that."""
    return (Observation(missing),) if missing.reason is MissingReason.SOURCES_DISAGREE else ()


def told_by(devices: Source[DeviceList], value: Value) -> FactValue:
    """Return a fact that root's own device list tells."""
    evidence = devices.export.evidence("/MFADevices", f"{len(devices.payload.serials)} device(s)")
    return Known(value, (evidence,), devices.notes)

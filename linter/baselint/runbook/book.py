"""What every page of a runbook is made from: the resolved policy with its views and addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from baselint.configuration import DEFAULT_LONGEST_EXCEPTION_DAYS
from baselint.errors import Location
from baselint.framework import Framework
from baselint.model import Control
from baselint.policy.history import History
from baselint.policy.registers import AttestationEntry
from baselint.policy.resolve import ResolvedBaseline
from baselint.runbook import control_view, diagrams, framework_view
from baselint.runbook.account_view import AccountReports
from baselint.runbook.control_view import ControlView
from baselint.runbook.drawing import Flow
from baselint.runbook.framework_view import FrameworkView
from baselint.runbook.repository import Repository


@dataclass(frozen=True, slots=True)
class RunbookPolicy:
    """What a runbook is made of; the first baseline gives the values that control pages show."""

    baselines: tuple[ResolvedBaseline, ...]
    controls: tuple[Control, ...]
    guides: Mapping[str, str]
    """Hand-written pages, by path."""
    frameworks: tuple[Framework, ...] = ()
    longest_exception_days: int = DEFAULT_LONGEST_EXCEPTION_DAYS
    """How many days after its approval an exception may end at the latest."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What people keep on a control, by its id, as Markdown."""
    repository: Repository = field(default_factory=Repository)
    """Where the policy files can be read and edited."""
    history: History | None = None
    """What commits changed; None where nobody asked git."""
    attestations: tuple[AttestationEntry, ...] = ()
    """The register of attestations; how its entries stand counts only where there is a day."""
    as_of: date | None = None
    """The day (UTC) on which the registers say how decisions stand; without one they have dates only."""
    accounts: AccountReports | None = None
    """A report whose accounts get pages; None, and no page names an account that no policy file names."""


@dataclass(frozen=True, slots=True)
class Book:
    """The policy as the pages see it: one view of each control and framework, made once for all pages."""

    policy: RunbookPolicy
    controls: Mapping[str, Control]
    views: Mapping[str, ControlView]
    frameworks: tuple[FrameworkView, ...]
    addresses: Mapping[str, str]
    """The page of every id that has one: path below the output directory."""
    diagrams: Mapping[str, Flow]

    @property
    def anchors(self) -> Mapping[str, Mapping[str, str]]:
        """Return where each requirement stands on the page of its framework, by the ids of both."""
        return {view.framework.id: view.anchors for view in self.frameworks}

    @property
    def sources(self) -> Mapping[str, Location]:
        """Return where each page that is made from one policy file has it from."""
        places = {
            **{item.id: item.location for item in self.policy.controls},
            **{item.baseline.id: item.baseline.location for item in self.policy.baselines},
            **{item.id: item.location for item in self.policy.frameworks},
        }
        return {self.addresses[name]: place for name, place in places.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render: where it lies, its template, and what the template may use."""

    path: str
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


def book(policy: RunbookPolicy) -> Book:
    """Return the views and addresses of a policy."""
    controls = {item.id: item for item in policy.controls}
    views = {item.id: control_view.view(item, policy.baselines, policy.frameworks) for item in policy.controls}
    return Book(
        policy,
        controls,
        views,
        tuple(framework_view.view(item, policy.baselines, views) for item in policy.frameworks),
        {
            **{item.id: f"controls/{item.group}/{item.id}.md" for item in policy.controls},
            **{item.baseline.id: f"baselines/{item.baseline.id}.md" for item in policy.baselines},
            **{item.id: f"frameworks/{item.id}.md" for item in policy.frameworks},
        },
        diagrams.flows(),
    )

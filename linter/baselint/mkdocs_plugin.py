"""The MkDocs plugin: the pages that ``baselint render`` writes, made while MkDocs builds, with live reload."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from baselint import configuration
from baselint.commands.runbook_access import open_runbook
from baselint.errors import BaselintError, Location
from baselint.runbook.book import RunbookPolicy, book
from baselint.runbook.files import files as runbook_files
from baselint.runbook.menu import MENU, menu
from baselint.runbook.repository import Repository

_LOG = logging.getLogger("baselint")
"""Not MkDocs's own: what is counted there ends a strict build, and with it live reload."""
_PAGES = "docs/"
"""How the ``edit_uri`` ends that MkDocs guesses from the host of a repository."""


class BaselintPluginConfig(Config):  # type: ignore[no-untyped-call]  # of MkDocs
    """The settings of the plugin in ``mkdocs.yml``."""

    baselines = config_options.ListOfItems(config_options.Type(str), default=[])
    """Baselines whose values the pages show first, as ``-b`` of ``baselint render``."""


class BaselintPlugin(BasePlugin[BaselintPluginConfig]):  # type: ignore[no-untyped-call]  # of MkDocs
    """Adds the runbook of the policy tree in the working directory to the pages of a site."""

    def __init__(self) -> None:
        self._serving = False
        self._policy: RunbookPolicy | None = None
        self._made: Mapping[str, str] = {}
        self._sources: Mapping[str, Location] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember what MkDocs does; that there is this method keeps the plugin from one build to the next."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the pages, watch what they are made from, and give the site its menu where it has none.

        Raises:
            PluginError: policy files are broken, and there are no good pages to go on with.
        """
        try:
            policy = open_runbook(self.config.baselines)
            self._made = {path: text for path, text in runbook_files(policy).items() if path != MENU}
            self._sources = book(policy).sources
            self._policy = policy
        except BaselintError as error:
            if not self._serving or self._policy is None:
                raise PluginError(str(error)) from error
            _LOG.error("%s\nthe pages are those of before; mend the policy, and they are made again", error)
        config.watch.extend(path for path in _watched() if path not in config.watch)
        if config.nav is None and self._policy is not None:
            config.nav = menu(self._policy, self._made)
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages; each stands in the place of a file of the same name."""
        for path, text in self._made.items():
            if (present := files.get_file_from_path(path)) is not None:
                files.remove(present)
            files.append(File.generated(config, path, content=text))
        return files

    def on_pre_page(self, page: Page, config: MkDocsConfig, files: Files) -> Page:  # noqa: ARG002
        """Let the pencil of a page lead to the line of its policy file."""
        place = self._sources.get(page.file.src_uri)
        if place is not None and self._policy is not None:
            page.edit_url = _edit_address(self._policy.repository, place, config)
        return page


def _edit_address(repository: Repository, place: Location, config: MkDocsConfig) -> str | None:
    """Return where a file is edited: as our own setting says, else below the site's ``edit_uri``, unless that leads to pages."""
    below = config.edit_uri or ""
    if repository.address is None and config.repo_url and below and not below.endswith(_PAGES):
        return repository.link(place, urljoin(config.repo_url.rstrip("/") + "/", below))
    return repository.link(place)


def _watched() -> list[str]:
    """Return the directories and files that the pages are made from, as far as they are the user's."""
    try:
        settings = configuration.find(Path.cwd())
    except BaselintError:  # the settings themselves are broken: then they are what will be mended
        settings = configuration.Configuration(None)
    named = (settings.policies, settings.notes, *(settings.root / name for name in configuration.FILES))
    return [str(path.resolve()) for path in named if path is not None and path.exists()]

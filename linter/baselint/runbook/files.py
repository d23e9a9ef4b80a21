"""Everything that a runbook consists of: pages, what they are shown with, and the menu."""

from collections.abc import Mapping

from baselint import resources
from baselint.runbook.book import RunbookPolicy
from baselint.runbook.menu import MENU, document, menu
from baselint.runbook.pages import pages


def files(policy: RunbookPolicy) -> Mapping[str, str]:
    """Return every file but the manifest: path below the output directory, and text."""
    made = {**pages(policy), **{f"assets/{path}": text for path, text in resources.texts("site", "assets")}}
    return {**made, MENU: document(menu(policy, made), with_accounts=policy.accounts is not None)}

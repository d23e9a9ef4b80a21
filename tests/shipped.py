"""The policy that ships, as a runbook is made of it: read and resolved once for all tests of a run."""

from baselint import resources
from baselint.configuration import Configuration
from baselint.policy.kinds import PolicyKind
from baselint.policy.open import open_library
from baselint.policy.prepare import prepare
from baselint.runbook.book import RunbookPolicy

LIBRARY = open_library(Configuration(policies=None))
_FIRST = "aws-root-hardening"
_NAMES = dict.fromkeys((_FIRST, *LIBRARY.ids(PolicyKind.BASELINE)))
POLICY = RunbookPolicy(
    prepare((LIBRARY.baseline(name) for name in _NAMES), LIBRARY).baselines,
    tuple(LIBRARY.control(name) for name in LIBRARY.ids(PolicyKind.CONTROL)),
    dict(resources.texts("site", "pages")),
    tuple(LIBRARY.framework(name) for name in LIBRARY.ids(PolicyKind.FRAMEWORK)),
)
"""Every baseline, the default first."""

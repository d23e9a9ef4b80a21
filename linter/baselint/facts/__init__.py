"""The registry of facts: every property of an account that a check can name."""

from collections.abc import Mapping

from baselint.facts.account import ACCOUNT
from baselint.facts.contacts import CONTACTS
from baselint.facts.credentials import ACCESS_KEY, SIGNING_CERTIFICATE, USER
from baselint.facts.definition import FactDefinition
from baselint.facts.organization import ORGANIZATION
from baselint.facts.password_policy import PASSWORD_POLICY
from baselint.facts.root import ROOT

FACTS: Mapping[str, FactDefinition] = {
    definition.name: definition
    for definition in (
        *ROOT,
        *PASSWORD_POLICY,
        *CONTACTS,
        *ORGANIZATION,
        *ACCOUNT,
        *USER,
        *ACCESS_KEY,
        *SIGNING_CERTIFICATE,
    )
}
"""Every fact a check can name, by name."""

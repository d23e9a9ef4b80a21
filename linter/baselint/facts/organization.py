"""Facts of the organization that the account belongs to, and of federated sign-in."""

from baselint.evidence import ExportKind
from baselint.facts.definition import FactDefinition, FactType

_ORGANIZATION = ExportKind.ORGANIZATION
_FEATURES = ExportKind.ORGANIZATIONS_FEATURES
_STATE = ("on", "off")

ORGANIZATION = (
    FactDefinition(
        "organization.role",
        FactType.CHOICE,
        "the account's role in an organization",
        (_ORGANIZATION,),
        choices=("standalone", "member", "management"),
    ),
    FactDefinition(
        "organization.root_credentials_management",
        FactType.BOOLEAN,
        "central management of root credentials",
        (_FEATURES,),
        words=_STATE,
        absent="no organization",
    ),
    FactDefinition(
        "organization.root_sessions",
        FactType.BOOLEAN,
        "privileged root sessions in member accounts",
        (_FEATURES,),
        words=_STATE,
        absent="no organization",
    ),
    FactDefinition(
        "federation.configured",
        FactType.BOOLEAN,
        "federated sign-in, by a SAML provider or IAM Identity Center,",
        (ExportKind.SAML_PROVIDERS, ExportKind.IDENTITY_CENTER_INSTANCES),
        words=("configured", "not configured"),
    ),
)

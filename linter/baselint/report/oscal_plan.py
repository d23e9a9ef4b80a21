"""OSCAL assessment plan: what the results refer to, with nothing in it but what the run itself set out to do."""

from collections.abc import Iterator

from baselint.report.document import Report
from baselint.report.oscal import Json, as_text, controls, document_uuid, identifier, metadata, selection
from baselint.report.oscal_subjects import account_item, missing_item, subject

_NO_PLAN = identifier("no system security plan")


def write(report: Report) -> Iterator[str]:
    """Yield a plan: the controls, the accounts that were expected, and that exports are examined."""
    items = [account_item(account) for account in report.accounts]
    items.extend(map(missing_item, report.header["missing_accounts"]))
    chosen: Json = {"type": "inventory-item", "description": "The AWS accounts that were expected."}
    if items:
        chosen["include-subjects"] = [subject(item) for item in items]
    else:
        chosen["include-all"] = {}
    asked = [finding for found in controls(report).values() for finding in found.values()]
    document: Json = {
        "uuid": document_uuid("assessment-plan", report),
        "metadata": metadata(report.header, "Judging exports of AWS accounts against baselines"),
        "import-ssp": {"href": f"#{_NO_PLAN}", "remarks": "baselint knows no system security plan; name yours here."},
        "reviewed-controls": selection(asked),
        "assessment-subjects": [chosen],
        "back-matter": {
            "resources": [
                {
                    "uuid": _NO_PLAN,
                    "title": "No system security plan",
                    "description": "baselint reads exports of AWS accounts and baselines, and no system security plan.",
                }
            ]
        },
    }
    if items:
        document["local-definitions"] = {"inventory-items": items}
    yield from as_text("assessment-plan", document)

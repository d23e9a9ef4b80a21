"""Accounts as inventory items of OSCAL, the same ones in the plan and in the results."""

from baselint.report.document import AccountDocument
from baselint.report.interchange import single_line
from baselint.report.oscal import Json, identifier, line, properties


def account_item(account: AccountDocument) -> Json:
    """Return an account that was judged."""
    item = _item(account["id"])
    item["props"] += properties(
        {"partition": account["partition"], "account-kind": account["kind"], "account-name": account["name"]}
    )
    return item


def missing_item(number: str) -> Json:
    """Return an account that should have been there."""
    item = _item(number)
    item["remarks"] = "No export of this account was there, so nothing of it was judged."
    return item


def subject(item: Json) -> Json:
    """Return a reference to an account."""
    return {"subject-uuid": item["uuid"], "type": "inventory-item"}


def _item(number: str) -> Json:
    return {
        "uuid": identifier("account", number),
        "description": line(f"AWS account {number}"),
        "props": [{"name": "asset-id", "value": single_line(number)}, *properties({"asset-class": "aws-account"})],
    }

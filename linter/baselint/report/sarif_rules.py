"""Controls of baselines as rules of SARIF, collected while results are written, so that nothing is gone through twice."""

from baselint.markdown import code_block, plain
from baselint.report.document import FindingDocument
from baselint.report.interchange import visible
from baselint.report.sarif_missing import MISSING_RULE
from baselint.report.sarif_results import LEVELS, Json, rule_id, sentence, text

_SECURITY_SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0"}
_ADDRESS = "https://"


class RuleList:
    """The rules of a run in the order in which its results name them."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}
        self._rules: list[Json] = []

    @property
    def rules(self) -> list[Json]:
        """Return every rule that a result named."""
        return self._rules

    def index(self, finding: FindingDocument) -> int:
        """Return the position of the rule of a finding; a rule that is new is made from it."""
        name = rule_id(finding)
        return self._index[name] if name in self._index else self._add(_rule(finding))

    def missing(self) -> int:
        """Return the position of the rule that accounts are there."""
        name = MISSING_RULE["id"]
        return self._index[name] if name in self._index else self._add(MISSING_RULE)

    def _add(self, rule: Json) -> int:
        position = self._index[rule["id"]] = len(self._rules)
        self._rules.append(rule)
        return position


def _rule(finding: FindingDocument) -> Json:
    asked = f"explain -b {finding['baseline']} {finding['control']}"
    words = [sentence(f"Required: {finding['requirement']}"), f"Everything about it: baselint {asked}"]
    marked = [
        f"**Required:** {plain(finding['requirement'])}",
        f"Everything about it:\n\n{code_block(f'baselint {asked}')}",
    ]
    if finding["export_again"]:
        words.append(text(f"Export again what decides it:\n{finding['export_again']}"))
        marked.append(f"Export again what decides it:\n\n{code_block(finding['export_again'], 'sh')}")
    rule: Json = {
        "id": rule_id(finding),
        "shortDescription": {"text": sentence(finding["title"])},
        "fullDescription": {"text": sentence(finding["requirement"])},
        "help": {"text": "\n\n".join(words), "markdown": visible("\n\n".join(marked)) + "\n"},
        "defaultConfiguration": {"level": LEVELS[finding["severity"]]},
        "properties": {
            "tags": ["security", "aws", finding["severity"]],
            "precision": "very-high",
            "security-severity": _SECURITY_SEVERITY[finding["severity"]],
        },
    }
    if finding["help"].startswith(_ADDRESS):
        rule["helpUri"] = finding["help"]
    return rule

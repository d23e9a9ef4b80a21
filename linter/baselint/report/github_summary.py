"""The report for the summary of a step in GitHub Actions: Markdown, folded by account, and never too large for GitHub."""

import html
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from baselint.finding import Status
from baselint.report.document import AccountDocument, Report
from baselint.report.markdown_parts import findings, head, problems, quiet, words
from baselint.report.shown import GOOD, hidden_line, is_hidden, summary_line
from baselint.terminal import one_line

BUDGET = 1_000_000
"""GitHub drops a summary of more than 1 MiB as a whole."""

_RESERVED = 20_000
_PROBLEMS = 50_000


def write(report: Report, budget: int = BUDGET) -> Iterator[str]:
    """Yield the counts, the accounts that need somebody, then the others; what does not fit is counted."""
    opening = f"## baselint\n\n**{words(summary_line(report.header))}.**\n\n"
    opening += _within(
        "".join(head(report.header)), _PROBLEMS, "More could not be shown; see the report in another format.\n\n"
    )
    closing = _within(
        "".join(problems(report.header)), _PROBLEMS, "More files need your eye; see the report in another format.\n\n"
    )
    yield opening
    left = budget - _RESERVED - _size(opening) - _size(closing)
    hidden = lacking = 0
    for good in (False, True):
        for account in report.accounts:
            if _is_good(account) is not good:
                continue
            hidden += sum(is_hidden(finding, report) for finding in account["findings"])
            text = _account(account, report)
            left, fits = (left - _size(text), True) if _size(text) <= left else (0, False)
            lacking += not fits
            yield text if fits else ""
    if lacking:
        yield f"{lacking} account(s) are counted above and did not fit here; write another format with `--output`.\n\n"
    yield closing
    if hidden:
        yield f"{words(hidden_line(hidden, report))}\n"


def _is_good(account: AccountDocument) -> bool:
    return all(finding["status"] in GOOD for finding in account["findings"])


def _account(account: AccountDocument, report: Report) -> str:
    counts = Counter(finding["status"] for finding in account["findings"])
    told = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])
    known = (account["id"], account["name"], account["partition"], account["kind"])
    name = quiet(html.escape(one_line(" ".join(part for part in known if part))))
    body = "".join(findings(account, report))
    return (
        f"<details><summary>Account {name}: {told or 'no baseline is meant for it'}</summary>\n\n{body}\n</details>\n\n"
    )


def _within(text: str, budget: int, otherwise: str) -> str:
    """Return as many whole paragraphs or list items as fit, and say so where they are not all."""
    if _size(text) <= budget:
        return text
    lines = text.splitlines(keepends=True)
    kept = [line for line, end in zip(lines, accumulate(map(_size, lines)), strict=True) if end <= budget]
    return f"{''.join(kept).rstrip()}\n\n{otherwise}"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))

"""The report as Markdown, for a ticket or a pull request."""

from collections.abc import Iterator

from baselint.report.document import Report
from baselint.report.markdown_parts import account_words, findings, head, problems, words
from baselint.report.shown import hidden_line, is_hidden, summary_line


def write(report: Report) -> Iterator[str]:
    """Yield the head with every count, then one account after the other."""
    yield f"# baselint report\n\n**{words(summary_line(report.header))}.**\n\n"
    yield from head(report.header)
    hidden = 0
    for account in report.accounts:
        hidden += sum(is_hidden(finding, report) for finding in account["findings"])
        yield f"## Account {account_words(account)}\n\n" + "".join(findings(account, report)) + "\n"
    yield from problems(report.header)
    if hidden:
        yield f"{words(hidden_line(hidden, report))}\n"

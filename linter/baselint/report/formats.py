"""The table of output formats: one module and one line each; what is heavy a module imports inside its functions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from baselint.errors import UsageError
from baselint.report import (
    csv_report,
    csv_subjects,
    github_report,
    github_summary,
    gitlab_report,
    html_report,
    json_report,
    junit_report,
    markdown_report,
    ndjson_report,
    oscal_catalog,
    oscal_plan,
    oscal_results,
    sarif_report,
    text_report,
)
from baselint.report.document import Report
from baselint.suggestion import did_you_mean
from baselint.terminal import Painter


@dataclass(frozen=True, slots=True)
class Format:
    """How a report is written: prints nothing itself, opens no file, and streams where the format allows it."""

    summary: str
    """What it is for, in one line."""
    suffix: str
    """How names of such files end."""
    write: Callable[[Report], Iterator[str]]
    streams: bool = True
    """Whether the first account is written before the last is looked at, so that memory does not grow with them."""
    paint: Callable[[Report, Painter], Iterator[str]] | None = None
    """The same for a terminal, where it can have colours."""

    def pieces(self, report: Report, painter: Painter) -> Iterator[str]:
        """Return the pieces of a report for a stream that may want colour."""
        return self.paint(report, painter) if self.paint else self.write(report)


FORMATS: Mapping[str, Format] = {
    "text": Format("for a person at a terminal, worst first", ".txt", text_report.write, paint=text_report.paint),
    "json": Format("everything, for programs; has a public schema", ".json", json_report.write),
    "ndjson": Format("one finding a line, for pipes", ".ndjson", ndjson_report.write),
    "csv": Format("for spreadsheets: a row for each account and control", ".csv", csv_report.write),
    "csv-subjects": Format("for spreadsheets: a row for each user, key and certificate", ".csv", csv_subjects.write),
    "markdown": Format("for a ticket or a pull request", ".md", markdown_report.write),
    "junit": Format("for the test reports of CI systems: a case for each control", ".xml", junit_report.write),
    "github": Format(
        "annotations of GitHub Actions, the worst ten of each kind", ".txt", github_report.write, streams=False
    ),
    "github-summary": Format("for $GITHUB_STEP_SUMMARY, folded by account", ".md", github_summary.write),
    "gitlab": Format("for GitLab's Code Quality", ".json", gitlab_report.write),
    "html": Format(
        "for an auditor: one file with every verdict and its evidence, to read and to print",
        ".html",
        html_report.write,
        streams=False,
    ),
    "sarif": Format("SARIF 2.1.0 with every verdict, for archives and viewers", ".sarif", sarif_report.write),
    "sarif-github": Format("SARIF with what is open, for GitHub code scanning", ".sarif", sarif_report.write_github),
    "oscal-assessment-results": Format("OSCAL: verdicts, for compliance platforms", ".json", oscal_results.write),
    "oscal-assessment-plan": Format(
        "OSCAL: the plan that the results refer to", ".json", oscal_plan.write, streams=False
    ),
    "oscal-profile": Format("OSCAL: which controls were selected", ".json", oscal_catalog.write_profile, streams=False),
    "oscal-catalog": Format(
        "OSCAL: the controls as the baselines ask them", ".json", oscal_catalog.write_catalog, streams=False
    ),
}
"""Each format by name; a new one is one module and one line here."""


def format_named(name: str, option: str) -> Format:
    """Return a format by its name.

    Raises:
        UsageError: there is none of that name.
    """
    found = FORMATS.get(name)
    if found is None:
        raise UsageError(
            f"{option}: there is no format {name!r}; allowed: {', '.join(FORMATS)}{did_you_mean(name, FORMATS)}"
        )
    return found

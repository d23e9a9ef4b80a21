"""junitparser, which nobody here wrote, reads our JUnit reports back and finds what we meant."""

from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, JUnitXmlError, Skipped, TestSuite

from reported import EXAMPLES, SAMPLE, lint, made, write_made

RESULTS = {"fail": Failure, "unknown": Error, "manual": Skipped, "not-applicable": Skipped, "excepted": Skipped}


def read(path: Path) -> list[TestSuite]:
    """Return the suites of a report."""
    found = JUnitXml.fromfile(str(path))
    assert isinstance(found, JUnitXml)
    return list(found)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every report, by a name that says what it is."""
    directory = tmp_path_factory.mktemp("junit")
    kept = [write_made(name, ["junit"], directory / name) for name in made()]
    kept.append(lint(["junit"], directory / "sample", SAMPLE))
    kept.append(lint(["junit"], directory / "incomplete", next(EXAMPLES.glob("root-mfa/unknown-*/snapshot"))))
    return {place.name: place / "junit.xml" for place in kept}


def test_every_report_is_read_and_adds_up(reports: dict[str, Path]) -> None:
    for path in reports.values():
        for suite in read(path):
            told = (suite.tests, suite.failures, suite.errors, suite.skipped)
            suite.update_statistics()
            assert told == (suite.tests, suite.failures, suite.errors, suite.skipped)


def test_each_verdict_is_read_as_what_it_is(reports: dict[str, Path]) -> None:
    report = made()["everything"]
    cases = {(suite.name, case.classname, case.name): case for suite in read(reports["everything"]) for case in suite}
    for account in report.accounts:
        for finding in account["findings"]:
            case = cases[account["id"], finding["baseline"], finding["control"]]
            wanted = RESULTS.get(finding["status"])
            assert [type(item) for item in case.result] == ([wanted] if wanted else [])
            assert case.is_passed is (finding["status"] == "pass")


def test_a_missing_account_is_an_error_of_its_own_suite(reports: dict[str, Path]) -> None:
    missing = made()["missing"].header["missing_accounts"]
    suites = {suite.name: suite for suite in read(reports["missing"])}
    for account in missing:
        (case,) = suites[account]
        assert [type(item) for item in case.result] == [Error]


@pytest.mark.parametrize(
    ("good", "broken"),
    [
        ("<testsuites", "<testsuite_s"),
        ("</testsuites>", ""),
        ('name="', 'name=\'\x1b" other="'),
        ("<properties>", "<properties"),
    ],
)
def test_a_broken_report_is_refused(reports: dict[str, Path], tmp_path: Path, good: str, broken: str) -> None:
    path = tmp_path / "broken.xml"
    path.write_text(reports["sample"].read_text(encoding="utf-8").replace(good, broken, 1), encoding="utf-8")
    with pytest.raises((JUnitXmlError, SyntaxError)):
        read(path)

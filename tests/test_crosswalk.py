"""The matrix of controls and standards: every mapping once, each id leading to its requirement, editions side by side."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from baselint.runbook.book import Book, RunbookPolicy, book
from baselint.runbook.crosswalk import families, pages
from baselint.runbook.templating import PageContext, environment
from shipped import LIBRARY, POLICY


@pytest.fixture(scope="module")
def shipped() -> Book:
    return book(POLICY)


def rendered(made_of: Book) -> str:
    (page,) = pages(made_of)
    context = PageContext(page.path, made_of.addresses)
    return environment().get_template(page.template).render(page=context, **page.values)


def mapped(made_of: Book) -> Iterator[tuple[str, str, str]]:
    """Yield framework, requirement and control of every cell."""
    for family in families(made_of):
        for rows in family.groups.values():
            for row in rows:
                for edition, cell in zip(family.editions, row.cells, strict=True):
                    for item in cell:
                        yield edition.framework.id, item.id, row.view.control.id


def test_every_mapping_of_an_active_control_stands_in_exactly_one_cell(shipped: Book) -> None:
    found = sorted(mapped(shipped))
    expected = {
        (framework.id, requirement.id, item.id)
        for framework in POLICY.frameworks
        for requirement in framework.requirements
        for item in requirement.mapped
        if LIBRARY.control(item.id).retired is None
    }
    assert len(expected) > 500
    assert found == sorted(expected)


def test_the_editions_of_one_standard_stand_side_by_side(shipped: Book) -> None:
    by_title = {family.title: family for family in families(shipped)}
    cis = by_title["CIS Amazon Web Services Foundations Benchmark"]
    assert [view.framework.edition for view in cis.editions] == sorted(
        (item.edition for item in POLICY.frameworks if item.title == cis.title), key=float
    )
    page = rendered(shipped)
    row = next(line for line in page.splitlines() if line.startswith("| [`root-mfa`]") and "foundations-7.0" in line)
    assert row.startswith(
        "| [`root-mfa`](../controls/root-user/root-mfa.md) | [1.13](cis-aws-foundations-1.2.md#requirement-1.13) |"
    )
    assert row.rstrip().endswith("| [2.5](cis-aws-foundations-7.0.md#requirement-2.5) |")
    assert row.count("|") - 2 == len(cis.editions)


def test_groups_stand_in_order_with_the_worst_control_first(shipped: Book) -> None:
    for family in families(shipped):
        assert list(family.groups) == sorted(family.groups)
        for rows in family.groups.values():
            assert [row.view.severity.rank for row in rows] == sorted(row.view.severity.rank for row in rows)


def test_what_only_gets_evidence_is_told_apart(shipped: Book) -> None:
    page = rendered(shipped)
    nist = page[page.index("{#nist-800-63b-4}") :].partition("\n## ")[0]
    assert "Requirements in italics are not decided by the control: it contributes evidence.\n" in nist
    assert "*[2.2.1](nist-800-63b-4.md#requirement-2.2.1)*" in nist
    assert "| [3.1.1.2(1)](nist-800-63b-4.md#requirement-3.1.1.2-1)" in nist
    soc = page[page.index("{#soc-2-2017}") :].partition("\n## ")[0]
    assert "The controls contribute evidence; an assessor decides.\n" in soc
    assert "italics" not in soc


def test_controls_that_no_standard_asks_for_are_named(shipped: Book) -> None:
    rest = rendered(shipped).partition("{#unasked}")[2]
    named = set(re.findall(r"`([a-z0-9-]+)`", rest))
    asked = {item.id for framework in POLICY.frameworks for found in framework.requirements for item in found.mapped}
    assert named == {item.id for item in POLICY.controls if item.retired is None} - asked
    assert named


def test_a_standard_that_no_control_serves_says_so_and_without_any_there_is_no_page() -> None:
    framework = LIBRARY.framework("soc-2-2017")
    open_one = replace(
        framework, requirements=tuple(replace(item, controls=(), any_of=()) for item in framework.requirements)
    )
    page = rendered(book(RunbookPolicy((), (LIBRARY.control("root-mfa"),), {}, (open_one,))))
    assert "No control here serves any of it.\n" in page
    assert list(pages(book(RunbookPolicy((), (LIBRARY.control("root-mfa"),), {})))) == []

"""An auditor's way, for every requirement that ships: the list of standards, the edition, and all there is under the id."""

import re

import pytest

from baselint.markdown import plain
from baselint.runbook.book import Book, book
from baselint.runbook.framework_pages import pages
from baselint.runbook.templating import PageContext, environment
from shipped import LIBRARY, POLICY


@pytest.fixture(scope="module")
def shipped() -> Book:
    return book(POLICY)


@pytest.fixture(scope="module")
def made(shipped: Book) -> dict[str, str]:
    templates = environment()
    return {
        page.path: templates.get_template(page.template).render(
            page=PageContext(page.path, shipped.addresses), **page.values
        )
        for page in pages(shipped)
    }


def test_the_first_click_leads_to_every_edition(made: dict[str, str]) -> None:
    linked = set(re.findall(r"\]\(([^)]+)\.md\)", made["frameworks/index.md"]))
    assert {framework.id for framework in POLICY.frameworks} <= linked


def test_the_second_click_leads_to_every_requirement(shipped: Book, made: dict[str, str]) -> None:
    for view in shipped.frameworks:
        page = made[f"frameworks/{view.framework.id}.md"]
        for item in view.requirements:
            words = f"{plain(item.requirement.id)}](#{item.anchor}) {plain(item.requirement.title)} |"
            assert page.count(f"| [{words}") == 1, item.anchor
            assert (
                page.count(f"\n### {plain(item.requirement.id)} {plain(item.requirement.title)} {{#{item.anchor}}}\n")
                == 1
            )


def test_under_each_id_stand_result_bound_value_evidence_and_exceptions(shipped: Book, made: dict[str, str]) -> None:
    number = 0
    for view in shipped.frameworks:
        page = made[f"frameworks/{view.framework.id}.md"]
        for item in view.requirements:
            section = page.partition(f"{{#{item.anchor}}}\n")[2]
            section = re.split(r"^##", section, maxsplit=1, flags=re.MULTILINE)[0]
            if item.requirement.not_covered:
                assert section.startswith("\n**Not covered:** "), item.anchor
                continue
            assert all(f"{str(status).capitalize()}:**" in section for status in item.by_status)
            for mapped in item.requirement.mapped:
                block = section.partition(f" `{mapped.id}`\n")[2].partition("\n- ")[0]
                retired = LIBRARY.control(mapped.id).retired is not None
                assert ("**Ask for:**" in block) is not retired, (item.anchor, mapped.id)
                assert ("**Bound:** " in block) is bool(LIBRARY.control(mapped.id).parameters), (item.anchor, mapped.id)
                number += 1
            assert ("\n**Exceptions:** none\n" in section) is bool(item.requirement.mapped), item.anchor
    assert number > 500

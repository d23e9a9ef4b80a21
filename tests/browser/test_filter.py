"""The filter of the list of controls: by mouse, by keyboard and by address; without a script the list is whole."""

from collections.abc import Callable

from playwright.sync_api import Browser, Locator, Page

from visit import Visit

LIST = "controls/"
SHOWN = """[...document.querySelectorAll("article li")].filter((item) => item.offsetParent).map(
  (item) => item.querySelector(".bl-control + *, code")?.textContent).filter(Boolean)"""


def shown(page: Page) -> list[str]:
    return page.evaluate(SHOWN)


def field(page: Page, name: str) -> Locator:
    return page.locator(".bl-filter").get_by_label(name)


def count(page: Page) -> str:
    return page.locator(".bl-count").inner_text()


def test_every_field_narrows_the_list_and_the_address_keeps_it(visit: Callable[..., Visit]) -> None:
    page = visit(LIST).page
    everything = shown(page)
    assert count(page) == f"All {len(everything)} controls"
    field(page, "Severity").select_option("critical")
    critical = shown(page)
    assert "root-mfa" in critical
    assert "contact-billing" not in critical
    assert count(page) == f"{len(critical)} of {len(everything)} controls"
    assert page.get_by_role("heading", name="Account contacts").is_hidden()
    field(page, "Framework").select_option("cis-aws-foundations-3.0")
    both = shown(page)
    assert set(both) < set(critical)
    assert page.url.endswith("?severity=critical&framework=cis-aws-foundations-3.0")
    page.reload()
    assert shown(page) == both
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("!location.search")
    assert shown(page) == everything


def test_text_finds_ids_and_titles_word_by_word(visit: Callable[..., Visit]) -> None:
    page = visit(LIST).page
    field(page, "Text").fill("SYMBOL password-")
    assert shown(page) == ["password-symbols"]
    field(page, "Text").fill("nothing of the kind")
    assert shown(page) == []
    assert count(page).startswith("0 of ")


def test_group_and_status_narrow_as_well(visit: Callable[..., Visit]) -> None:
    page = visit(f"{LIST}?group=password-policy").page
    assert all(name.startswith("password-") for name in shown(page))
    page = visit(f"{LIST}?status=retired").page
    assert shown(page) == ["root-security-questions"]
    assert field(page, "Status").input_value() == "retired"


def test_an_address_that_names_nothing_known_shows_the_whole_list(visit: Callable[..., Visit]) -> None:
    page = visit(f"{LIST}?severity=%3Cb%3Edire&framework=none").page
    assert count(page).startswith("All ")
    assert page.evaluate("location.search") == ""


def test_the_filter_works_by_keyboard_and_says_how_many_are_left(visit: Callable[..., Visit]) -> None:
    page = visit(LIST).page
    field(page, "Text").focus()
    page.keyboard.type("mfa")
    page.keyboard.press("Tab")
    page.keyboard.type("Crit")
    page.keyboard.press("Enter")
    assert field(page, "Severity").input_value() == "critical"
    assert shown(page) == ["root-mfa"]
    assert page.locator(".bl-count").get_attribute("role") == "status"
    assert page.url.endswith("?text=mfa&severity=critical")


def test_without_a_script_the_list_is_whole(browser: Browser, address: str) -> None:
    window = Visit(browser, address, java_script_enabled=False)
    page = window.open(f"{LIST}?severity=low")
    assert page.locator("article li .bl-control").count() > 50
    assert page.locator("article li:has(.bl-control):visible").count() == page.locator(".bl-control").count()
    window.context.close()

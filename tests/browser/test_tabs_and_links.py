"""Tabs that stay chosen, links that open the tab they point into, and both by keyboard."""

from collections.abc import Callable

from visit import Visit

LENGTH = "controls/password-policy/password-minimum-length/"
CONTACT = "controls/account-contacts/contact-billing/"
SHOWN = "([...document.querySelectorAll('.tabbed-block')].find((block) => block.offsetParent)?.dataset.blLabel)"


def test_a_tab_stays_chosen_on_other_pages_and_after_a_reload(visit: Callable[..., Visit]) -> None:
    window = visit(LENGTH)
    page = window.page
    assert page.evaluate(SHOWN) == "Console"
    page.locator(".tabbed-labels label", has_text="CLI").click()
    assert page.evaluate(SHOWN) == "CLI"
    assert window.open(CONTACT).evaluate(SHOWN) == "CLI"
    page.reload()
    assert page.evaluate(SHOWN) == "CLI"


def test_a_tab_is_chosen_by_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit(LENGTH).page
    page.locator(".tabbed-set > input").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{SHOWN} === 'CLI'")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"{SHOWN} === 'Console'")


def test_a_link_to_a_step_opens_its_tab_and_marks_the_step(visit: Callable[..., Visit]) -> None:
    window = visit(LENGTH)
    steps = window.page.locator(".tabbed-block >> nth=1 >> .bl-tick").evaluate_all("(all) => all.map((one) => one.id)")
    assert all(name.startswith("cli-") for name in steps)
    page = window.open(f"{LENGTH}#{steps[-1]}")
    page.wait_for_function(f"{SHOWN} === 'CLI'")
    marked = page.locator(".bl-target")
    assert marked.locator(".bl-tick").get_attribute("id") == steps[-1]
    page.wait_for_function("document.querySelector('.bl-target').getBoundingClientRect().top < innerHeight")
    page.evaluate("location.hash = document.querySelector('.tabbed-block .bl-tick').id")
    page.wait_for_function(f"{SHOWN} === 'Console'")
    assert marked.count() == 1


def test_a_link_to_nowhere_or_with_a_broken_address_breaks_nothing(visit: Callable[..., Visit]) -> None:
    for anchor in ("no-such-step", "%E0%A4%A", "__search"):
        window = visit(f"{LENGTH}#{anchor}")
        assert window.errors == []
        assert window.page.locator(".bl-target").count() == 0

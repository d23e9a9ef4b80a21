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

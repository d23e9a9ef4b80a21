"""A window of the browser that remembers what its pages asked for and what they complained of."""

from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from built import AXE

WIDE, PHONE = 1280, 420
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
JUDGE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter((found) => ["serious", "critical"].includes(found.impact))
  .flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.target} ${node.failureSummary.split("\\n")[1].trim()}`))
"""


class Visit:
    """One window with storage of its own; what it gathers is that of the page opened last."""

    def __init__(self, browser: Browser, address: str, width: int = WIDE, scheme: Any = "light", **more: Any) -> None:
        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def open(self, path: str) -> Page:
        """Open a page anew; a mere change of what follows the hash would load nothing."""
        self.requests.clear()
        self.errors.clear()
        self.page.goto("about:blank")
        self.page.goto(self.address + path)
        return self.page

    def outside(self) -> list[str]:
        """Return the requests that went elsewhere."""
        ours = (self.address, "data:", f"blob:{self.address}", "about:")
        return [url for url in self.requests if not url.startswith(ours)]

    def barriers(self) -> list[str]:
        """Return what axe finds serious or critical on the page as it stands."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return self.page.evaluate(JUDGE)

    def sideways(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return self.page.evaluate(SIDEWAYS)

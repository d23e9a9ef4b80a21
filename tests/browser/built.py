"""The built sites that the browser tests look at: where they lie, and which pages they have."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
SITE = ROOT / "build" / "site"
OFFLINE = ROOT / "build" / "offline"
ACCOUNTS = ROOT / "build" / "accounts"
"""The site with the pages of the sample account."""
AXE = ROOT / ".venv-browser" / "node_modules" / "axe-core" / "axe.min.js"

KINDS = (
    "",
    "baselines/aws-root-hardening/",
    "changes/",
    "controls/",
    "controls/root-user/root-mfa/",
    "controls/password-policy/password-minimum-length/",
    "controls/root-user/root-security-questions/",
    "frameworks/",
    "frameworks/cis-aws-foundations-7.0/",
    "frameworks/contradictions/",
    "frameworks/crosswalk/",
    "guides/break-glass/",
    "guides/finding-your-way-in-the-console/",
    "guides/glossary/",
    "attestations/",
    "exceptions/",
    "print/",
    "reference/facts/",
)
"""A page of every kind."""


def pages() -> list[str]:
    """Return the address of every page below the site's root; the page of errors stands for itself."""
    found = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
    assert len(found) > 100, "build the site first: make docs"
    return [path.removesuffix("index.html") for path in found]


class Quiet(SimpleHTTPRequestHandler):
    """A file server that logs nothing."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(directory: Path) -> Iterator[str]:
    """Serve a directory on this machine, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(directory)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

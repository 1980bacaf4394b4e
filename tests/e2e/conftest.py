"""What the browser tests share: one site, an encoder that waits, and tabs that are watched."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.encoder import PatientEncoder
from tests.factories.site import Person, Site
from tests.fixtures.browser import DESKTOP, PATIENCE_MS, PageWatch
from tests.fixtures.server import Server

NewContext = Callable[..., BrowserContext]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> PatientEncoder:
    return PatientEncoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, encoder: PatientEncoder) -> Iterator[Server]:
    """The installation that most journeys share, on SQLite and a folder."""
    server = Server(tmp_path_factory.mktemp("server"), ffmpeg_path=str(encoder.path))
    server.start()
    yield server
    server.stop()
    assert_nothing_broke(server)


@pytest.fixture(scope="session")
def site(server: Server) -> Iterator[Site]:
    """The shared installation with its first admin."""
    with Site(server) as site:
        yield site


@pytest.fixture
def own_site(tmp_path: object, request: pytest.FixtureRequest) -> Iterator[Site]:
    """An installation that the test may change and kill as it likes."""
    start = request.getfixturevalue("start_server")
    encoder: PatientEncoder = request.getfixturevalue("encoder")
    server: Server = start(ffmpeg_path=str(encoder.path))
    with Site(server) as site:
        yield site
    assert_nothing_broke(server)


def assert_nothing_broke(server: Server) -> None:
    """The server's log holds no failure that no page has shown."""
    log = server.log.read_text()
    assert "Traceback" not in log, log[log.index("Traceback") - 2000 :][:8000]


@pytest.fixture(autouse=True)
def watched(page_watch: PageWatch) -> PageWatch:
    # Every page asks who is signed in, and a browser notes the answer "nobody" as an error.
    page_watch.allow(r"status of 401 .*/api/me\)$")
    return page_watch


@pytest.fixture
def visit(new_context: NewContext, page_watch: PageWatch) -> Visit:
    """Open a tab in a browser of its own: `visit(site)` as a stranger, `visit(site, anna)`."""

    def open_tab(site: Site | Server, person: Person | None = None, **options: Any) -> Page:
        context = new_context(**({"base_url": site.url, "viewport": DESKTOP} | options))
        context.set_default_timeout(PATIENCE_MS)
        page_watch.follow(context)
        if person is not None:
            context.add_cookies(
                [{"name": "lumenhall_session", "value": person.secret, "url": site.url}]
            )
        return context.new_page()

    return open_tab

"""What somebody who comes for the first time has to load."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.factories.site import Site
from tests.fixtures.wire import Wire

MOST_SCRIPT_BYTES = 200_000


@pytest.mark.parametrize("path", ["/", "/sign-in"])
def test_the_first_page_loads_little_script(site: Site, visit: Visit, path: str) -> None:
    # Nothing is played: home's moving picture is left out for those who want no motion.
    page = visit(site, site.admin if path == "/" else None, reduced_motion="reduce")
    wire = Wire(page)
    page.goto(path)
    expect(page.get_by_role("heading").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert wire.scripts
    assert all(wire.scripts.values()), wire.scripts
    assert sum(wire.scripts.values()) <= MOST_SCRIPT_BYTES, wire.scripts

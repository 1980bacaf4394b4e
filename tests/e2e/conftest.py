"""Every browser test watches its pages, whether it asks for it or not."""

import pytest

from tests.fixtures.browser import PageWatch


@pytest.fixture(autouse=True)
def watched(page_watch: PageWatch) -> PageWatch:
    return page_watch

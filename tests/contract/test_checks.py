"""What `make check` looks at also holds wherever the tests run, and the tests of the pages pass."""

import pytest

from tools import checks


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "check", [*checks.CHECKS, checks.PAGE_TESTS], ids=lambda check: check.name.replace(" ", "-")
)
def test_the_tree_passes(check: checks.Check) -> None:
    result = checks.run(check)
    assert result.returncode == 0, result.stdout

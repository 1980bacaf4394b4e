"""What holds for every handler, and for every address that knocks."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from lumenhall.domains.engagement.routes import router as engagement
from lumenhall.domains.identity import deps
from lumenhall.domains.identity.routes import router as identity
from lumenhall.domains.identity.service.attempts import network
from lumenhall.domains.library.routes import router as library
from lumenhall.domains.media.routes import router as media
from lumenhall.domains.uploads.routes import router as uploads
from lumenhall.platform.web import dependencies
from lumenhall.surfaces.admin import router as admin

ASKING = {
    deps._optional,
    deps._current,
    deps._with_session,
    deps._administering,
    deps._moderating,
}
SESSIONS = {dependencies._reading, dependencies._writing}
FOR_ANYBODY = {
    "get_site",
    "get_site_logo",
    "make_first_admin",
    "sign_up",
    "sign_in",
    "ask_password_reset",
    "preview_password_reset",
    "use_password_reset",
    "preview_invitation",
    "accept_invitation",
}


def handlers(*routers: APIRouter) -> Iterator[tuple[str, list[object]]]:
    for router in routers:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield route.name, [need.call for need in route.dependant.dependencies]
            elif isinstance(part := getattr(route, "original_router", None), APIRouter):
                yield from handlers(part)


def test_whoever_asks_is_known_before_a_transaction_opens() -> None:
    """Otherwise a request would hold one connection while it waits for another."""
    for name, needs in handlers(identity, admin, media, uploads, library, engagement):
        asked = [i for i, need in enumerate(needs) if need in ASKING]
        opened = [i for i, need in enumerate(needs) if need in SESSIONS]
        assert not asked or not opened or max(asked) < min(opened), name


def test_every_handler_asks_who_it_is_but_for_those_that_let_people_in() -> None:
    open_to_all = {
        name for name, needs in handlers(identity, admin) if not ASKING.intersection(needs)
    }
    assert open_to_all == FOR_ANYBODY


def test_handlers_have_names_of_their_own() -> None:
    everything = handlers(identity, admin, media, uploads, library, engagement)
    names = [name for name, _ in everything]
    assert len(names) == len(set(names)) > 30


@pytest.mark.parametrize(
    ("ip", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_household_counts_as_one_address(ip: str | None, counted_as: str) -> None:
    assert network(ip) == counted_as

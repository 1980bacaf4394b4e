"""What is written without a connection, and drafts: nothing of it is lost or sent twice."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visit
from tests.e2e.talking import (
    begin_direct,
    message_field,
    open_to_all,
    said,
    say,
)
from tests.factories.site import Site
from tests.fixtures.browser import PageWatch, assert_page_is_sound


@pytest.mark.timeout(180)
def test_what_is_written_without_a_connection_is_sent_once(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow(r"net::ERR_INTERNET_DISCONNECTED")
    watched.allow(r"WebSocket connection to .* failed")
    one = open_to_all(site, site.join("fleur", "Fleur Finch"))
    other = open_to_all(site, site.join("goran", "Goran Goldcrest"))
    conversation = begin_direct(site, one, other)
    ours, theirs = visit(site, one), visit(site, other)
    for page in (ours, theirs):
        page.goto(f"/chat/{conversation}")
        expect(message_field(page)).to_be_visible()
    ours.context.set_offline(True)
    say(ours, "Into the void")
    say(ours, "And again")
    expect(ours.get_by_text("Not sent yet.").first).to_be_visible()
    assert_page_is_sound(ours)
    expect(theirs.get_by_role("log").get_by_role("article")).to_have_count(0)
    ours.context.set_offline(False)
    for text in ("Into the void", "And again"):
        expect(said(theirs, text)).to_be_visible()
        expect(said(ours, text).get_by_role("img", name=re.compile("Sent|Read"))).to_be_visible()
    for page in (ours, theirs):
        articles = page.get_by_role("log").get_by_role("article")
        expect(articles).to_have_count(2)
        expect(articles).to_contain_text(["Into the void", "And again"])


def test_a_draft_and_what_was_refused_outlive_the_page(
    site: Site, visit: Visit, watched: PageWatch
) -> None:
    watched.allow(r"status of 403")
    one = site.join("hedda", "Hedda Heron")
    other = open_to_all(site, site.join("ivo", "Ivo Ibis"))
    conversation = begin_direct(site, one, other)
    page = visit(site, one)
    page.goto(f"/chat/{conversation}")
    page.route(
        "**/messages",
        lambda route: (
            route.fulfill(status=403, json={"code": "not_allowed", "title": "No"})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    say(page, "Can you hear me?")
    expect(page.get_by_text("Not sent. You are not allowed to do this.")).to_be_visible()
    message_field(page).fill("A draft")
    page.unroute("**/messages")
    page.reload()
    expect(message_field(page)).to_have_value("A draft")
    expect(page.get_by_text("Not sent.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Not sent.")).to_have_count(0)
    expect(said(page, "Can you hear me?")).to_have_count(1)

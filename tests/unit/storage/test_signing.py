"""Signing presigned addresses anew gives what the store's own client would have given."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import obstore
import pytest
from obstore.store import S3Store

from lumenhall.platform.storage.signing import sign_with


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIA/id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "a secret/+=")
    store = S3Store(
        "bucket",
        prefix="some/prefix",
        config={"region": "eu-west-3", "endpoint": "http://store.example:9000"},
        client_options={"allow_http": True},
    )
    return obstore.sign(store, "GET", "a/download.mp4", timedelta(seconds=40))


def test_a_parameter_that_was_signed_already_changes_nothing(address: str) -> None:
    again = sign_with(address, "X-Amz-Expires", "40")
    assert parse_qs(urlsplit(again).query) == parse_qs(urlsplit(address).query)


def test_one_more_parameter_has_another_signature(address: str) -> None:
    named = sign_with(address, "response-content-disposition", 'attachment; filename="é b"')
    before, after = (parse_qs(urlsplit(one).query) for one in (address, named))
    assert after.pop("response-content-disposition") == ['attachment; filename="é b"']
    assert after.pop("X-Amz-Signature") != before.pop("X-Amz-Signature")
    assert after == before


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_without_the_key_the_address_stays(
    address: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(name)
    assert sign_with(address, "response-content-disposition", "attachment") == address

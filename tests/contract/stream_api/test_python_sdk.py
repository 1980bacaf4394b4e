"""The official Python SDK: every call that existing sites make."""

import base64
from datetime import UTC, datetime, timedelta

import cloudflare
import httpx
import pytest
from tusclient.client import TusClient

from tests.contract.stream_api.conftest import ACCOUNT, TUS, Cloud
from tests.factories.clips import make_clip


@pytest.fixture(scope="module")
def ready(cloud: Cloud) -> str:
    """The uid of a video that is ready, to be read only: tests come in any order."""
    uid = cloud.post_basic(make_clip("normal"), meta='{"name": "The Ready One"}')
    cloud.wait_for(uid)
    return uid


def test_a_video_is_read_as_the_sdk_expects_it(cloud: Cloud, ready: str) -> None:
    video = cloud.sdk.stream.get(ready, account_id=ACCOUNT)
    assert video is not None
    assert (video.uid, video.ready_to_stream) == (ready, True)
    assert video.status is not None
    assert (video.status.state, video.status.pct_complete) == ("ready", "100.000000")
    assert video.duration == pytest.approx(6, abs=0.2)
    assert video.input is not None
    assert (video.input.width, video.input.height) == (320, 180)
    assert video.playback is not None
    assert (video.playback.hls or "").endswith(f"/{ready}/manifest/video.m3u8")
    assert isinstance(video.created, datetime)
    assert video.meta == {"name": "The Ready One"}


def test_an_unknown_video_is_not_found(cloud: Cloud) -> None:
    with pytest.raises(cloudflare.NotFoundError) as caught:
        cloud.sdk.stream.get("0" * 32, account_id=ACCOUNT)
    assert [error.code for error in caught.value.errors] == [10003]


def test_a_video_is_edited_field_by_field(cloud: Cloud) -> None:
    uid = cloud.post_basic(make_clip("normal"))
    edited = cloud.sdk.stream.edit(
        uid,
        account_id=ACCOUNT,
        creator="u-17",
        meta={"name": "Renamed", "lesson": 7},
        allowed_origins=["example.com", "*.example.org"],
        require_signed_urls=True,
        thumbnail_timestamp_pct=0.5,
        scheduled_deletion=datetime.now(UTC) + timedelta(days=40),
    )
    assert edited is not None
    assert (edited.creator, edited.meta) == ("u-17", {"name": "Renamed", "lesson": 7})
    assert edited.allowed_origins == ["example.com", "*.example.org"]
    assert edited.require_signed_urls is True
    assert edited.scheduled_deletion is not None
    again = cloud.sdk.stream.edit(uid, account_id=ACCOUNT, creator="u-18")
    assert again is not None
    assert (again.creator, again.require_signed_urls) == ("u-18", True)
    cloud.ask(
        "POST",
        f"/{uid}",
        json={"scheduledDeletion": None, "requireSignedURLs": False, "allowedOrigins": []},
    )
    assert cloud.ask("GET", f"/{uid}").json()["result"]["scheduledDeletion"] is None


def test_lists_are_filtered_as_documented(cloud: Cloud) -> None:
    made = [
        cloud.sdk.stream.direct_upload.create(
            account_id=ACCOUNT, max_duration_seconds=60, creator="lister", meta={"name": name}
        )
        for name in ("First Talk", "second talk", "Walk")
    ]
    uids = [one.uid for one in made if one]
    ask = cloud.sdk.stream.list
    listed = [video.uid for video in ask(account_id=ACCOUNT, creator="lister")]
    assert listed == uids[::-1]
    assert [v.uid for v in ask(account_id=ACCOUNT, creator="lister", asc=True)] == uids
    assert [v.uid for v in ask(account_id=ACCOUNT, creator="lister", search="TALK")] == [
        uids[1],
        uids[0],
    ]
    assert [v.uid for v in ask(account_id=ACCOUNT, video_name="Walk")] == [uids[2]]
    second = cloud.sdk.stream.get(uids[1] or "", account_id=ACCOUNT)
    assert second is not None
    assert second.created is not None
    before = ask(account_id=ACCOUNT, creator="lister", before=second.created)
    assert [video.uid for video in before] == [uids[0]]
    after = ask(account_id=ACCOUNT, creator="lister", after=second.created)
    assert [video.uid for video in after] == [uids[2], uids[1]]
    pending = ask(account_id=ACCOUNT, creator="lister", status="pendingupload")
    assert len(list(pending)) == 3
    assert list(ask(account_id=ACCOUNT, creator="lister", status="ready")) == []
    assert list(ask(account_id=ACCOUNT, type="live")) == []
    counted = cloud.ask("GET", params={"creator": "lister", "include_counts": "true", "limit": 1})
    assert (counted.json()["total"], counted.json()["range"]) == (3, 3)
    assert len(counted.json()["result"]) == 1


def test_a_direct_upload_takes_one_file_once(cloud: Cloud) -> None:
    made = cloud.sdk.stream.direct_upload.create(
        account_id=ACCOUNT, max_duration_seconds=3600, require_signed_urls=True
    )
    assert made is not None
    assert made.upload_url is not None
    waiting = cloud.sdk.stream.get(made.uid or "", account_id=ACCOUNT)
    assert waiting is not None
    assert waiting.status is not None
    assert waiting.status.state == "pendingupload"
    files = {"file": ("talk.mp4", make_clip("normal").read_bytes())}
    sent = httpx.post(made.upload_url, files=files, headers={"Origin": "https://example.com"})
    assert sent.status_code == 200, sent.text
    assert sent.headers["access-control-allow-origin"] == "*"
    video = cloud.wait_for(made.uid or "")
    assert video["requireSignedURLs"] is True
    again = httpx.post(made.upload_url, files=files)
    assert (again.status_code, again.json()["success"]) == (409, False)


def test_a_direct_upload_needs_a_longest_duration(cloud: Cloud) -> None:
    refused = cloud.ask("POST", "/direct_upload", json={})
    assert refused.status_code == 400
    assert refused.json()["errors"] == [{"code": 10005, "message": "Bad Request"}]
    assert "maxDurationSeconds is required" in refused.json()["messages"][0]["message"]


def test_a_video_that_is_longer_than_agreed_ends_in_an_error(cloud: Cloud) -> None:
    made = cloud.sdk.stream.direct_upload.create(account_id=ACCOUNT, max_duration_seconds=2)
    assert made is not None
    files = {"file": ("talk.mp4", make_clip("normal").read_bytes())}
    assert httpx.post(made.upload_url or "", files=files).status_code == 200
    video = cloud.wait_for(made.uid or "", "error", "ready")
    assert video["status"]["errorReasonCode"] == "ERR_DURATION_EXCEED_CONSTRAINT"
    assert video["status"]["errReasonCode"] == "ERR_DURATION_EXCEED_CONSTRAINT"


def test_tus_is_created_by_the_sdk_and_sent_by_tuspy(cloud: Cloud) -> None:
    clip = make_clip("normal")
    size = clip.stat().st_size
    reply = cloud.sdk.stream.with_raw_response.create(
        account_id=ACCOUNT,
        tus_resumable="1.0.0",
        upload_length=size,
        upload_creator="u-9",
        upload_metadata="name VGFsaw==,RequireSignedURLs,fileType dmlkZW8vbXA0",
    )
    uid = reply.headers["stream-media-id"]
    location = reply.headers["location"]
    assert reply.headers["tus-resumable"] == "1.0.0"
    assert location.startswith(f"{cloud.root}/accounts/{ACCOUNT}/media/{uid}?")
    client = TusClient(cloud.stream, headers=cloud.headers)
    with clip.open("rb") as file:
        client.uploader(file_stream=file, url=location, chunk_size=64 * 1024).upload()
    video = cloud.wait_for(uid)
    assert video["meta"] == {"name": "Talk", "fileType": "video/mp4"}
    assert (video["creator"], video["requireSignedURLs"]) == ("u-9", True)
    assert httpx.head(location, headers=TUS).status_code == 401


def test_an_upload_of_a_direct_user_needs_no_token(cloud: Cloud) -> None:
    clip = make_clip("normal")
    reply = cloud.sdk.stream.with_raw_response.create(
        account_id=ACCOUNT,
        direct_user=True,
        tus_resumable="1.0.0",
        upload_length=clip.stat().st_size,
        upload_metadata="maxdurationseconds NjAw,expiry "
        + _base64((datetime.now(UTC) + timedelta(hours=1)).isoformat()),
    )
    location, uid = reply.headers["location"], reply.headers["stream-media-id"]
    assert location.partition("?")[0].endswith(uid)
    with clip.open("rb") as file:
        TusClient("").uploader(file_stream=file, url=location, chunk_size=64 * 1024).upload()
    assert cloud.wait_for(uid)["maxDurationSeconds"] == 600
    bare = location.partition("?")[0]
    assert httpx.head(bare, headers=TUS).status_code == 404


def test_a_video_is_deleted(cloud: Cloud) -> None:
    made = cloud.sdk.stream.direct_upload.create(account_id=ACCOUNT, max_duration_seconds=2)
    assert made is not None
    cloud.sdk.stream.delete(made.uid or "", account_id=ACCOUNT)
    with pytest.raises(cloudflare.NotFoundError):
        cloud.sdk.stream.get(made.uid or "", account_id=ACCOUNT)
    files = {"file": ("talk.mp4", make_clip("normal").read_bytes())}
    assert httpx.post(made.upload_url or "", files=files).status_code == 404


def test_the_storage_in_use_is_told(cloud: Cloud, ready: str) -> None:
    usage = cloud.sdk.stream.videos.storage_usage(account_id=ACCOUNT)
    assert usage is not None
    assert (usage.video_count or 0) >= 1


def test_a_token_of_another_kind_is_refused(cloud: Cloud) -> None:
    made = cloud.site.ask("POST", "/api/tokens", {"name": "reader", "scopes": ["read", "admin"]})
    reader = cloud.sdk.with_options(api_token=made["token"])
    with pytest.raises(cloudflare.PermissionDeniedError):
        reader.stream.list(account_id=ACCOUNT)
    stranger = cloud.sdk.with_options(api_token="lumenhall_nobody")
    with pytest.raises(cloudflare.AuthenticationError) as caught:
        stranger.stream.list(account_id=ACCOUNT)
    assert [error.code for error in caught.value.errors] == [10000]


def test_e_mail_and_key_are_refused_with_a_reason(cloud: Cloud) -> None:
    with (
        cloudflare.Cloudflare(
            api_email="a@example.org", api_key="k" * 37, base_url=cloud.root, max_retries=0
        ) as old,
        pytest.raises(cloudflare.AuthenticationError) as caught,
    ):
        old.stream.list(account_id=ACCOUNT)
    body = caught.value.response.json()
    assert "API token" in body["messages"][0]["message"]


def test_an_account_belongs_to_whoever_used_it_first(cloud: Cloud) -> None:
    member = cloud.site.join("streamer")
    made = cloud.site.ask("POST", "/api/tokens", {"name": "s", "scopes": ["stream"]}, by=member)
    theirs = cloud.sdk.with_options(api_token=made["token"])
    theirs.stream.direct_upload.create(account_id="their own", max_duration_seconds=9)
    assert len(list(theirs.stream.list(account_id="their own"))) == 1
    with pytest.raises(cloudflare.PermissionDeniedError):
        theirs.stream.list(account_id=ACCOUNT)
    assert len(list(cloud.sdk.stream.list(account_id="their own"))) == 1


def _base64(text: str) -> str:

    return base64.b64encode(text.encode()).decode()

"""Delivery addresses, and the tokens that open them."""

import base64
import json
import time
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urljoin

import cloudflare
import httpx
import pytest
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey
from PIL import Image

from tests.contract.stream_api.conftest import ACCOUNT, Cloud
from tests.factories.clips import make_clip

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"


@pytest.fixture(scope="module")
def public(cloud: Cloud) -> str:
    uid = cloud.post_basic(make_clip("normal"), meta='{"name": "Open talk"}')
    cloud.wait_for(uid)
    return uid


@pytest.fixture(scope="module")
def private(cloud: Cloud) -> str:
    uid = cloud.post_basic(make_clip("normal"), requireSignedURLs="true")
    cloud.wait_for(uid)
    return uid


def get(cloud: Cloud, path: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{cloud.server.url}/{path}", headers=headers, timeout=60)


def addresses(cloud: Cloud, viewed: str) -> dict[str, str]:
    """Return one address of every kind that a player asks for."""
    master = get(cloud, f"{viewed}/manifest/video.m3u8").raise_for_status()
    level = next(line for line in master.text.splitlines() if line and line[0] != "#")
    playlist = urljoin(str(master.url), level)
    lines = httpx.get(playlist).raise_for_status().text.splitlines()
    segment = urljoin(playlist, next(line for line in lines if line and line[0] != "#"))
    root = f"{cloud.server.url}/{viewed}"
    return {
        "master": str(master.url),
        "playlist": playlist,
        "segment": segment,
        "dash": f"{root}/manifest/video.mpd",
        "thumbnail": f"{root}/thumbnails/thumbnail.jpg",
        "iframe": f"{root}/iframe",
        "watch": f"{root}/watch",
    }


def test_everything_of_an_open_video_is_served(cloud: Cloud, public: str) -> None:
    for kind, address in addresses(cloud, public).items():
        reply = httpx.get(address, headers={"Origin": "https://elsewhere.example"})
        assert reply.status_code == 200, kind
        assert reply.headers["access-control-allow-origin"] == "*", kind
    types = {
        kind: httpx.get(url).headers["content-type"]
        for kind, url in addresses(cloud, public).items()
    }
    assert types["master"] == "application/vnd.apple.mpegurl"
    assert types["dash"] == "application/dash+xml"
    assert types["thumbnail"] == "image/jpeg"


def test_a_token_stands_in_for_the_uid_everywhere(cloud: Cloud, private: str) -> None:
    made = cloud.sdk.stream.token.create(private, account_id=ACCOUNT)
    assert made is not None
    found = addresses(cloud, made.token or "")
    for kind, address in found.items():
        assert httpx.get(address).status_code == 200, kind
        assert httpx.get(address.replace(made.token or "", private)).status_code == 401, kind
    assert get(cloud, f"{private}/manifest/video.m3u8").status_code == 401


def test_only_whole_fresh_tokens_of_a_live_key_open(cloud: Cloud, private: str) -> None:
    key = cloud.sdk.stream.keys.create(account_id=ACCOUNT)
    assert key is not None
    now = int(time.time())
    signing = RSAKey.import_key(base64.b64decode(key.pem or ""))
    good = {"sub": private, "kid": key.id, "exp": now + 600}

    def status(claims: Mapping[str, object], head: Mapping[str, object] | None = None) -> int:
        header = {"alg": "RS256", "kid": key.id, **(head or {})}
        algorithms = ["RS256", "HS256", "none", "PS256"]
        with_key = signing if header["alg"] in {"RS256", "PS256"} else OCT
        token = jws.serialize_compact(
            header, json.dumps(claims).encode(), with_key, algorithms=algorithms
        )
        return get(cloud, f"{token}/manifest/video.m3u8").status_code

    assert status(good) == 200
    assert status(good | {"exp": str(now + 600), "nbf": str(now - 5)}) == 200
    assert status(good | {"exp": now - 1}) == 401
    assert status(good | {"exp": now + 25 * 3600}) == 401
    assert status(good | {"nbf": now + 60}) == 401
    assert status({"sub": private, "kid": key.id}) == 401
    assert status({"kid": key.id, "exp": now + 600}) == 401
    assert status(good | {"kid": "other"}) == 401
    assert status(good, {"kid": "0" * 32}) == 401
    assert status(good, {"alg": "HS256"}) == 401
    assert status(good, {"alg": "PS256"}) == 401
    assert status(good | {"sub": "0" * 32}) == 404
    token = jws.serialize_compact(
        {"alg": "RS256", "kid": key.id}, json.dumps(good).encode(), signing
    )
    head, _, signature = token.split(".")
    forged = base64.urlsafe_b64encode(json.dumps(good | {"exp": now + 900}).encode()).decode()
    assert get(cloud, f"{head}.{forged.rstrip('=')}.{signature}/iframe").status_code == 401
    assert get(cloud, f"{token}/iframe").status_code == 200
    assert cloud.sdk.stream.keys.delete(key.id or "", account_id=ACCOUNT) == "Revoked"
    assert get(cloud, f"{token}/iframe").status_code == 401


OCT = OctKey.import_key("secret" * 8)


def test_keys_are_listed_without_what_signs(cloud: Cloud) -> None:
    key = cloud.sdk.stream.keys.create(account_id=ACCOUNT)
    assert key is not None
    assert base64.b64decode(key.pem or "").startswith(b"-----BEGIN RSA PRIVATE KEY-----")
    jwk = json.loads(base64.b64decode(key.jwk or ""))
    assert (jwk["kid"], jwk["alg"], jwk["use"], jwk["kty"]) == (key.id, "RS256", "sig", "RSA")
    assert {"n", "e", "d", "p", "q", "dp", "dq", "qi"} <= jwk.keys()
    listed = cloud.ask("GET", "/keys").json()["result"]
    assert key.id in {one["id"] for one in listed}
    assert {name for one in listed for name in one} == {"id", "created"}
    with pytest.raises(cloudflare.NotFoundError):
        cloud.sdk.stream.keys.delete("0" * 32, account_id=ACCOUNT)


def test_a_token_is_signed_with_a_key_that_is_given(cloud: Cloud, private: str) -> None:
    key = cloud.sdk.stream.keys.create(account_id=ACCOUNT)
    assert key is not None
    made = cloud.sdk.stream.token.create(
        private, account_id=ACCOUNT, id=key.id or "", pem=key.pem or ""
    )
    assert made is not None
    header = made.token.split(".")[0] if made.token else ""
    assert json.loads(base64.urlsafe_b64decode(header + "=="))["kid"] == key.id
    assert get(cloud, f"{made.token}/iframe").status_code == 200
    day = int(time.time()) + 25 * 3600
    refused = cloud.ask("POST", f"/{private}/token", json={"exp": day})
    assert refused.status_code == 400
    empty = cloud.ask("POST", f"/{private}/token", content=b"")
    assert empty.status_code == 200


def test_the_first_rule_that_matches_decides(cloud: Cloud, private: str) -> None:
    def status(*rules: Mapping[str, object]) -> int:
        made = cloud.ask("POST", f"/{private}/token", json={"accessRules": rules}).json()
        return get(cloud, f"{made['result']['token']}/manifest/video.m3u8").status_code

    here = {"type": "ip.src", "ip": ["127.0.0.0/8"]}
    assert status({"type": "any", "action": "block"}) == 403
    assert status(here | {"action": "allow"}, {"type": "any", "action": "block"}) == 200
    assert status(here | {"action": "block"}) == 403
    v6 = {"type": "ip.src", "ip": ["::/0"], "action": "block"}
    country = {"type": "ip.geoip.country", "country": ["GB"], "action": "block"}
    assert status(v6, country) == 200
    six = [{"type": "any", "action": "allow"}] * 6
    assert cloud.ask("POST", f"/{private}/token", json={"accessRules": six}).status_code == 400


def test_other_pages_play_only_where_the_video_says(cloud: Cloud, public: str) -> None:
    cloud.ask("POST", f"/{public}", json={"allowedOrigins": ["example.com", "*.example.org"]})
    path = f"{public}/manifest/video.m3u8"
    try:
        for page, status in {
            "https://example.com": 200,
            "https://www.example.com": 403,
            "https://a.b.example.org": 200,
            "https://example.org": 403,
            "https://evilexample.org": 403,
            cloud.server.url: 200,
        }.items():
            assert get(cloud, path, Origin=page).status_code == status, page
        assert get(cloud, path, Referer="https://example.com/lesson").status_code == 200
        assert get(cloud, path).status_code == 403
        frame = get(cloud, f"{public}/iframe", Referer="https://example.com/")
        assert (
            "frame-ancestors 'self' example.com *.example.org"
            in frame.headers["content-security-policy"]
        )
    finally:
        cloud.ask("POST", f"/{public}", json={"allowedOrigins": []})


def test_a_bandwidth_hint_leaves_the_nearest_level(cloud: Cloud) -> None:
    uid = cloud.post_basic(make_clip("large"))
    cloud.wait_for(uid)
    whole = get(cloud, f"{uid}/manifest/video.m3u8").text
    assert whole.count("#EXT-X-STREAM-INF") > 1
    hinted = get(cloud, f"{uid}/manifest/video.m3u8?clientBandwidthHint=0.1").text
    assert hinted.count("#EXT-X-STREAM-INF") == 1
    dash = get(cloud, f"{uid}/manifest/video.mpd?clientBandwidthHint=0.1").text
    assert dash.count('mimeType="video/mp4"') == 1
    assert dash.count("<Representation") < get(cloud, f"{uid}/manifest/video.mpd").text.count(
        "<Representation"
    )


def test_thumbnails_have_the_size_and_moment_asked_for(cloud: Cloud) -> None:
    uid = cloud.post_basic(make_clip("brightening"))
    cloud.wait_for(uid)

    def picture(query: str) -> Image.Image:
        reply = get(cloud, f"{uid}/thumbnails/thumbnail.jpg?{query}")
        assert reply.status_code == 200, reply.text
        return Image.open(BytesIO(reply.content)).convert("L")

    assert picture("").size == (320, 180)
    assert picture("height=90").size == (160, 90)
    assert picture("width=80&height=80").size == (80, 80)
    assert picture("width=80&height=80&fit=clip").size == (80, 45)
    assert picture("width=80&height=80&fit=scale").size == (80, 80)
    filled = picture("width=80&height=80&fit=fill&time=8s")
    assert filled.getpixel((40, 2)) < 20 < filled.getpixel((40, 40))  # type: ignore[operator]
    early, late = (picture(f"time={time}").getpixel((9, 9)) for time in ("1s", "0m8s"))
    assert early + 60 < late  # type: ignore[operator]


def test_captions_come_and_go_by_language(cloud: Cloud, public: str) -> None:
    put = cloud.sdk.stream.captions.language.update(
        "tr", account_id=ACCOUNT, identifier=public, file=VTT.decode()
    )
    assert put is not None
    assert (put.language, put.label, put.generated, put.status) == ("tr", "Türkçe", False, "ready")
    british = cloud.ask("PUT", f"/{public}/captions/en-GB", files={"file": ("a.vtt", VTT)})
    assert british.json()["result"]["label"] == "British English"
    listed = cloud.sdk.stream.captions.get(public, account_id=ACCOUNT)
    assert {one.language for one in listed} == {"tr", "en-GB"}
    vtt = cloud.sdk.stream.captions.language.vtt.get("tr", account_id=ACCOUNT, identifier=public)
    assert vtt.startswith("WEBVTT")
    master = get(cloud, f"{public}/manifest/video.m3u8").text
    assert 'LANGUAGE="tr"' in master
    assert 'SUBTITLES="captions"' in master
    playlist = get(cloud, f"{public}/captions/tr.m3u8")
    assert "tr.vtt" in playlist.text
    assert "Hello" in get(cloud, f"{public}/captions/tr.vtt").text
    large = "WEBVTT\n\n" + "".join(
        f"{n // 60:02}:{n % 60:02}.000 --> {n // 60:02}:{n % 60:02}.900\n{'word ' * 400}\n\n"
        for n in range(1000)
    )
    again = cloud.sdk.stream.captions.language.update(
        "tr", account_id=ACCOUNT, identifier=public, file=large
    )
    assert again is not None
    assert (
        cloud.sdk.stream.captions.language.delete("tr", account_id=ACCOUNT, identifier=public) == ""
    )
    with pytest.raises(cloudflare.NotFoundError):
        cloud.sdk.stream.captions.language.get("tr", account_id=ACCOUNT, identifier=public)
    with pytest.raises(cloudflare.BadRequestError):
        cloud.sdk.stream.captions.language.create("de", account_id=ACCOUNT, identifier=public)
    wrong = cloud.ask("PUT", f"/{public}/captions/de", files={"file": ("a.vtt", b"no captions")})
    assert (wrong.status_code, wrong.json()["errors"][0]["code"]) == (400, 10005)


def status_of_download(cloud: Cloud, uid: str) -> str:
    status: str = cloud.ask("GET", f"/{uid}/downloads").json()["result"]["default"]["status"]
    return status


def test_a_video_is_saved_where_that_was_asked_for(cloud: Cloud, private: str) -> None:
    path = "downloads/default.mp4?filename=my-talk"
    first = cloud.sdk.stream.downloads.create(private, account_id=ACCOUNT)
    assert first is not None
    deadline = time.monotonic() + 60
    while status_of_download(cloud, private) != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    plain, full = (
        cloud.ask("POST", f"/{private}/token", json=said).json()["result"]["token"]
        for said in ({}, {"downloadable": True})
    )
    assert get(cloud, f"{private}/{path}").status_code == 401
    assert get(cloud, f"{plain}/{path}").status_code == 403
    saved = get(cloud, f"{full}/{path}")
    assert saved.status_code == 200
    assert saved.headers["content-disposition"].startswith('attachment; filename="my-talk.mp4"')
    assert saved.content[4:8] == b"ftyp"
    sound = cloud.ask("POST", f"/{private}/downloads/audio").json()["result"]["audio"]
    assert sound["status"] == "ready"
    assert get(cloud, f"{full}/downloads/audio.m4a").headers["content-type"] == "audio/mp4"
    assert cloud.sdk.stream.downloads.delete(private, account_id=ACCOUNT) == ""
    assert get(cloud, f"{full}/{path}").status_code == 404
    assert cloud.ask("GET", f"/{private}/downloads").json()["result"] == {}


def test_a_video_that_is_not_ready_offers_nothing(cloud: Cloud) -> None:
    made = cloud.sdk.stream.direct_upload.create(account_id=ACCOUNT, max_duration_seconds=5)
    assert made is not None
    refused = cloud.ask("POST", f"/{made.uid}/downloads")
    assert (refused.status_code, refused.json()["success"]) == (400, False)
    assert get(cloud, f"{made.uid}/manifest/video.m3u8").status_code == 404


def test_the_code_that_embeds_a_video_is_no_envelope(cloud: Cloud, public: str) -> None:
    code = cloud.sdk.stream.embed.get(public, account_id=ACCOUNT)
    assert f'src="{cloud.server.url}/{public}/iframe"' in code

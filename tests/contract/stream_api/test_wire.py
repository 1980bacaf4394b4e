"""The wire itself: the envelope of every error, both forms of addresses, odd bodies, tus rules."""

import json
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contract.stream_api.conftest import ACCOUNT, TUS, Cloud
from tests.factories.clips import make_clip


def failure(reply: httpx.Response) -> tuple[int, int]:
    """Return the status and the number of an error, which must be in the envelope."""
    body = reply.json()
    assert (body["result"], body["success"]) == (None, False)
    assert body["errors"][0]["message"]
    assert isinstance(body["messages"], list | None)
    return reply.status_code, body["errors"][0]["code"]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", f"/accounts/{ACCOUNT}/stream/{'0' * 32}", (404, 10003)),
        ("GET", "/nowhere", (404, 10003)),
        ("GET", "", (404, 10003)),
        ("PATCH", f"/accounts/{ACCOUNT}/stream", (405, 10405)),
        ("PUT", f"/accounts/{ACCOUNT}/stream/copy", (405, 10405)),
        ("POST", f"/accounts/{ACCOUNT}/stream/watermarks/", (404, 10003)),
        ("GET", f"/accounts/{ACCOUNT}/stream/live_inputs", (404, 10003)),
        ("GET", f"/accounts/{ACCOUNT}/stream/{'0' * 32}/audio", (404, 10003)),
        ("GET", f"/accounts/{ACCOUNT}/stream?limit=2000", (400, 10005)),
        ("GET", f"/accounts/{ACCOUNT}/stream?status=odd", (400, 10005)),
        ("GET", f"/accounts/{ACCOUNT}/stream?before=yesterday", (400, 10005)),
        ("POST", f"/upload/{'0' * 32}", (404, 10003)),
        ("GET", f"/accounts/{'a' * 100}/stream/%00", (400, 10005)),
    ],
)
def test_every_error_is_in_the_envelope(
    cloud: Cloud, method: str, path: str, expected: tuple[int, int]
) -> None:
    reply = httpx.request(method, f"{cloud.root}{path}", headers=cloud.headers)
    assert failure(reply) == expected


def test_whoever_sends_no_token_is_told_so_in_the_envelope(cloud: Cloud) -> None:
    for headers in ({}, {"Authorization": "Basic YTpi"}, {"Cookie": "lumenhall_session=x"}):
        assert failure(httpx.get(cloud.stream, headers=headers)) == (401, 10000)
    # A person who is signed in is nobody here: only tokens count.
    signed_in = cloud.site.admin.client.get(f"/client/v4/accounts/{ACCOUNT}/stream")
    assert failure(signed_in) == (401, 10000)
    lower = {"Authorization": f"bearer {cloud.token}"}
    assert httpx.get(cloud.stream, headers=lower).status_code == 200


def test_a_slash_at_the_end_changes_nothing(cloud: Cloud) -> None:
    for path in ("/", "/keys/", "/storage-usage/"):
        assert cloud.ask("GET", path).status_code == 200
    made = cloud.ask("POST", "/direct_upload/", json={"maxDurationSeconds": 9})
    assert made.status_code == 200
    assert cloud.ask("GET", f"/{made.json()['result']['uid']}/").status_code == 200


def test_json_is_read_whatever_the_header_says(cloud: Cloud) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b'{"maxDurationSeconds": 9, "requiredSignedURLs": true, "expiry": null}'
    made = cloud.ask("POST", "/direct_upload", content=body, headers=form)
    assert made.status_code == 200
    uid = made.json()["result"]["uid"]
    wrong = cloud.ask("POST", f"/{uid}", content=b"{not json", headers=form)
    assert failure(wrong) == (400, 10004)
    assert (wrong.json()["errors"][0]["message"], wrong.json()["messages"]) == (
        "Decoding Error",
        None,
    )
    assert failure(cloud.ask("POST", f"/{uid}", content=b"[1]")) == (400, 10005)
    empty = cloud.ask("POST", f"/{uid}", content=b"", headers={"Content-Type": "application/json"})
    assert empty.status_code == 200
    for said in ({"creator": "c" * 65}, {"thumbnailTimestampPct": 2}, {"uid": "other"}):
        assert failure(cloud.ask("POST", f"/{uid}", json=said)) == (400, 10005)
    soon = {"scheduledDeletion": "2026-01-01T00:00:00Z"}
    assert failure(cloud.ask("POST", f"/{uid}", json=soon)) == (400, 10005)


def test_moments_are_read_as_clients_write_them(cloud: Cloud) -> None:
    for moment in (
        "2020-01-01T00:00:00Z",
        "2020-01-01T00:00:00.123456%2B00:00",
        "2020-01-01T00:00:00+00:00",
        "2020-01-01T00:00:00",
        "2020-01-01",
    ):
        assert cloud.ask("GET", f"?after={moment}&limit=1").status_code == 200, moment


def test_time_pages_through_everything_without_losing_a_twin(cloud: Cloud) -> None:
    headers = cloud.headers
    url = f"{cloud.root}/accounts/pages/stream"
    with httpx.Client(headers=headers) as client:
        made = [
            client.post(f"{url}/direct_upload", json={"maxDurationSeconds": 9}).json()
            for _ in range(12)
        ]
        found: list[str] = []
        before: dict[str, Any] = {}
        while page := client.get(url, params={"limit": 5, **before}).json()["result"]:
            found += [video["uid"] for video in page]
            before = {"before": page[-1]["created"]}
    assert found == [one["result"]["uid"] for one in made][::-1]


def test_what_is_no_video_is_refused_early(cloud: Cloud, odd_file: Path) -> None:
    basic = cloud.ask("POST", files={"file": ("a.mp4", odd_file.read_bytes())})
    assert failure(basic) == (400, 10059)
    size = odd_file.stat().st_size
    made = cloud.ask("POST", headers={**TUS, "Upload-Length": str(size)})
    sent = httpx.patch(
        made.headers["location"],
        content=odd_file.read_bytes(),
        headers={
            **cloud.headers,
            **TUS,
            "Upload-Offset": "0",
            "Content-Type": "application/offset+octet-stream",
        },
    )
    assert failure(sent) == (400, 10059)
    assert sent.headers["tus-resumable"] == "1.0.0"


def test_a_form_may_say_things_before_and_after_its_file(cloud: Cloud) -> None:
    clip = make_clip("normal").read_bytes()
    boundary = "b0undary"
    parts = [
        ("meta", None, b'{"name": "Formed"}'),
        ("file", "talk.mp4", clip),
        ("allowedOrigins", None, b"example.com,*.example.org"),
        ("requireSignedURLs", None, b"true"),
    ]
    body = b"".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'.encode()
        + (f'; filename="{filename}"'.encode() if filename else b"")
        + b"\r\n\r\n"
        + data
        + b"\r\n"
        for name, filename, data in parts
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    reply = cloud.ask("POST", content=body + f"--{boundary}--\r\n".encode(), headers=headers)
    video = reply.json()["result"]
    assert video["meta"] == {"name": "Formed"}
    assert video["allowedOrigins"] == ["example.com", "*.example.org"]
    assert (video["requireSignedURLs"], video["size"]) == (True, len(clip))
    for broken in (b"", b"--other", body[:-40]):
        assert failure(cloud.ask("POST", content=broken, headers=headers)) == (400, 10005)


def test_a_file_that_is_too_large_for_one_piece_is_refused(cloud: Cloud) -> None:
    big = make_clip("normal").read_bytes() + b"\0" * (9 * 1024 * 1024)
    refused = cloud.ask("POST", files={"file": ("a.mp4", big)})
    assert failure(refused) == (413, 10413)
    made = cloud.ask("POST", "/direct_upload", json={"maxDurationSeconds": 60}).json()["result"]
    files = {"file": ("a.mp4", big)}
    assert httpx.post(made["uploadURL"], files=files).status_code == 413
    good = {"file": ("a.mp4", make_clip("normal").read_bytes())}
    assert httpx.post(made["uploadURL"], files=good).status_code == 200


def test_a_connection_that_breaks_leaves_the_one_time_address_usable(cloud: Cloud) -> None:
    made = cloud.ask("POST", "/direct_upload", json={"maxDurationSeconds": 60}).json()["result"]
    url = httpx.URL(made["uploadURL"])
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
    with socket.create_connection((url.host, url.port or 80)) as line:
        line.sendall(
            f"POST {url.raw_path.decode()} HTTP/1.1\r\nHost: {url.host}\r\n"
            "Content-Type: multipart/form-data; boundary=x\r\n"
            "Content-Length: 900000\r\n\r\n".encode()
            + start
            + make_clip("normal").read_bytes()[:20000]
        )
    files = {"file": ("a.mp4", make_clip("normal").read_bytes())}
    for _ in range(40):
        sent = httpx.post(made["uploadURL"], files=files)
        if sent.status_code == 200:
            break
    assert sent.status_code == 200, sent.text
    assert cloud.wait_for(made["uid"])["size"] == make_clip("normal").stat().st_size


def test_tus_answers_as_its_clients_need_it(cloud: Cloud) -> None:
    options = httpx.options(cloud.stream, headers={"Origin": "https://example.com"})
    assert options.status_code == 204
    assert options.headers["tus-version"] == "1.0.0"
    assert "stream-media-id" in options.headers["access-control-expose-headers"]
    assert "Upload-Creator" in options.headers["access-control-allow-headers"]
    assert failure(cloud.ask("POST", headers={"Tus-Resumable": "0.2.2"}))[0] == 412
    assert failure(cloud.ask("POST", headers=TUS)) == (400, 10005)
    made = cloud.ask("POST", headers={**TUS, "Upload-Length": "100"})
    location = made.headers["location"]
    head = httpx.head(location, headers={**cloud.headers, **TUS})
    assert (head.headers["upload-offset"], head.headers["upload-length"]) == ("0", "100")
    wrong = httpx.patch(
        location,
        content=b"x",
        headers={
            **cloud.headers,
            **TUS,
            "Upload-Offset": "5",
            "Content-Type": "application/offset+octet-stream",
        },
    )
    assert failure(wrong)[0] == 409
    assert "location" not in wrong.headers
    nobody = httpx.patch(location, content=b"x", headers=TUS)
    assert nobody.status_code in {401, 415}
    ended = httpx.delete(location, headers={**cloud.headers, **TUS})
    assert ended.status_code == 204
    assert httpx.head(location, headers={**cloud.headers, **TUS}).status_code in {404, 410}


def test_curl_does_what_the_documentation_shows(cloud: Cloud) -> None:
    curl = shutil.which("curl")
    assert curl is not None

    def run(*arguments: str) -> dict[str, Any]:
        command = [curl, "--silent", "--header", f"Authorization: bearer {cloud.token}"]
        done = subprocess.run([*command, *arguments], check=True, capture_output=True)
        seen: dict[str, Any] = json.loads(done.stdout)
        return seen

    made = run("--form", f"file=@{make_clip('normal')}", cloud.stream)
    uid = made["result"]["uid"]
    asked = '{"maxDurationSeconds": 60}'
    direct = run("--request", "POST", "--data", asked, f"{cloud.stream}/direct_upload")
    assert direct["success"] is True
    assert run("--request", "POST", f"{cloud.stream}/{uid}/token")["result"]["token"]
    put = run(
        "--request", "PUT", "--form", f"file=@{_captions()}", f"{cloud.stream}/{uid}/captions/en"
    )
    assert put["result"]["label"] == "English"


def _captions() -> str:
    path = make_clip("normal").with_name("captions.vtt")
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")
    return str(path)

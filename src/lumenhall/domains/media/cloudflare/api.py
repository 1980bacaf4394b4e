"""The API of Stream by Cloudflare's own SDK: what `account.Stream` promises."""

import base64
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
from cloudflare import (
    APIConnectionError,
    APIStatusError,
    AsyncCloudflare,
    CloudflareError,
    NotFoundError,
)
from cloudflare.types.stream import Caption

from lumenhall.domains.media.cloudflare.account import (
    EXPIRES_AFTER,
    Account,
    NewRemote,
    Registration,
    Ticket,
)
from lumenhall.domains.media.cloudflare.delivery import make_http
from lumenhall.domains.media.cloudflare.states import Report, read_report
from lumenhall.domains.media.errors import StreamFull, StreamUnavailable
from lumenhall.platform.kit import clock

_CREATOR_LENGTH = 64
_TOO_LARGE = 413

log = structlog.get_logger()


class StreamApi:
    """One account. A client is opened for each call: calls are rare, and loops come and go."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._account_id = account.account_id

    async def create_upload(self, new: NewRemote) -> Ticket:
        # The SDK hides what it answers, and a repeated creation would make a second video.
        async with self._client(max_retries=0) as client:
            raw = await client.stream.with_raw_response.create(
                account_id=self._account_id,
                direct_user=True,
                tus_resumable="1.0.0",
                upload_length=new.size_bytes,
                upload_creator=new.creator[:_CREATOR_LENGTH],
                upload_metadata=self._metadata(new),
            )
        uid, address = raw.headers.get("stream-media-id"), raw.headers.get("location")
        if not uid or not address:
            raise StreamUnavailable("It did not say where the video is to be sent.")
        return Ticket(uid, address)

    async def find(self, uid: str) -> Report | None:
        async with self._client() as client:
            try:
                video = await client.stream.get(uid, account_id=self._account_id)
            except NotFoundError:
                return None
        report = video and read_report(video.to_dict(mode="json", use_api_names=True))
        if not report:
            raise StreamUnavailable("It did not say how the video is.")
        return report

    async def delete(self, uid: str) -> None:
        async with self._client() as client:
            try:
                await client.stream.delete(uid, account_id=self._account_id)
            except NotFoundError:
                return

    async def set_captions(self, uid: str, texts: dict[str, str]) -> None:
        account_id = self._account_id
        async with self._client() as client:
            captions = client.stream.captions
            there = [each async for each in captions.get(uid, account_id=account_id)]
            for language in _superfluous(there, texts):
                await captions.language.delete(language, account_id=account_id, identifier=uid)
            for language, text in texts.items():
                await captions.language.update(
                    language, account_id=account_id, identifier=uid, file=text
                )

    async def register(self, webhook_url: str) -> Registration:
        async with self._client(max_retries=0) as client:
            key = await client.stream.keys.create(account_id=self._account_id)
            webhook = await client.stream.webhooks.update(
                account_id=self._account_id, body_notification_url_2=webhook_url
            )
        if not (key and key.id and key.pem and webhook and webhook.secret):
            raise StreamUnavailable("It did not hand out a signing key and a webhook secret.")
        return Registration(webhook.secret, key.id, key.pem)

    def _metadata(self, new: NewRemote) -> str:
        expiry = (clock.now() + EXPIRES_AFTER).strftime("%Y-%m-%dT%H:%M:%SZ")
        said = {
            "name": new.name,
            "requiresignedurls": "true",
            "maxdurationseconds": str(self._account.longest_seconds),
            "expiry": expiry,
        }
        return ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items()
        )

    @asynccontextmanager
    async def _client(self, *, max_retries: int = 2) -> AsyncIterator[AsyncCloudflare]:
        async with make_http() as http:
            client = AsyncCloudflare(
                api_token=self._account.api_token.get_secret_value(),
                base_url=self._account.base_url,
                http_client=http,
                max_retries=max_retries,
            )
            with _said_in_our_words():
                yield client


@contextmanager
def _said_in_our_words() -> Iterator[None]:
    """Turn what the SDK raises into errors of ours; NotFoundError is for the caller."""
    try:
        yield
    except APIStatusError as error:
        log.warning("stream_refused", status=error.status_code, reason=_reason(error))
        if error.status_code == _TOO_LARGE:
            raise StreamFull from error
        raise StreamUnavailable(f"It answered {error.status_code}.") from error
    except CloudflareError as error:
        is_away = isinstance(error, APIConnectionError)
        log.warning("stream_away" if is_away else "stream_failed", error=type(error).__name__)
        raise StreamUnavailable from error


def _reason(error: APIStatusError) -> str:
    """Return what Stream says about its refusal; nothing of what we asked, which has the token."""
    return "; ".join(f"{each.code} {each.message}" for each in error.errors or [])[:300]


def _superfluous(there: list[Caption], wanted: dict[str, str]) -> list[str]:
    return [
        caption.language
        for caption in there
        if caption.language and caption.language not in wanted and not caption.generated
    ]

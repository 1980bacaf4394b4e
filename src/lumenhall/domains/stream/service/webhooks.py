"""Telling an account's webhook that a video has reached its end.

The message is written with the change that it tells of, and goes out as it was written. Each
attempt is signed anew, because receivers refuse what was signed long ago.
"""

import hashlib
import hmac
import secrets
import time
import uuid
from typing import Any

import orjson
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.errors import StreamFieldInvalid, WebhookFailed, WebhookUnknown
from lumenhall.domains.stream.models import StreamAccount, StreamMessage
from lumenhall.domains.stream.schemas import Shown, moment, state_of, video_object
from lumenhall.domains.stream.service.accounts import open_account
from lumenhall.platform import jobs
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.outside import Outside, OutsideError, check_address

WEBHOOK = "stream.webhook"
SECONDS = 20.0
_MOST_ANSWER = 200
# Stands in messages for the origin of the addresses, which whoever writes them does not know.
_DELIVERY = "urn:lumenhall:delivery-origin"


async def set_webhook(
    session: AsyncSession, actor: Actor, account_id: str, url: str | None
) -> dict[str, Any]:
    """Tell an address of an account's videos from now on; the secret is a new one every time.

    Raises StreamFieldInvalid or AddressRefused.
    """
    if not url:
        raise StreamFieldInvalid("notificationUrl is required")
    account = await open_account(session, actor, account_id)
    account.webhook_url = check_address(url)
    account.webhook_secret = secrets.token_hex(16)
    account.webhook_changed_at = clock.now()
    await session.flush()
    return webhook_object(account)


async def get_webhook(session: AsyncSession, actor: Actor, account_id: str) -> dict[str, Any]:
    """Return an account's webhook; raises WebhookUnknown when it has none."""
    await queries.check_account(session, actor, account_id)
    account = await queries.find_account(session, account_id)
    if account is None or account.webhook_url is None:
        raise WebhookUnknown
    return webhook_object(account)


async def delete_webhook(session: AsyncSession, actor: Actor, account_id: str) -> None:
    """Tell nobody any more; raises WebhookUnknown when nobody was told."""
    await get_webhook(session, actor, account_id)
    account = await open_account(session, actor, account_id)
    account.webhook_url = account.webhook_secret = None
    account.webhook_changed_at = clock.now()
    await session.flush()


async def tell_end(session: AsyncSession, shown: Shown) -> None:
    """Let the video's account know that it is ready or has failed."""
    account = await queries.find_account(session, shown.video.account_id)
    if account is None or account.webhook_url is None:
        return
    message = StreamMessage(
        account_id=account.id,
        uid=shown.video.uid,
        state=state_of(shown.video, shown.asset),
        body=orjson.dumps(video_object(shown, _DELIVERY)).decode(),
    )
    session.add(message)
    await session.flush()
    await jobs.enqueue(session, WEBHOOK, message_id=str(message.id))


async def deliver_message(app: AppContext, message_id: uuid.UUID) -> None:
    """Send a message once; raises WebhookFailed or AddressRefused.

    A webhook that was taken away meanwhile is told nothing.
    """
    async with app.database.write() as session:
        message = await queries.find_message(session, message_id)
        if message is None or message.delivered_at is not None:
            return
        message.attempts += 1
        account = await session.get_one(StreamAccount, message.account_id)
        url, secret = account.webhook_url, account.webhook_secret
        body = message.body.replace(_DELIVERY, app.settings.delivery_origin).encode()
    if url is None or secret is None:
        return
    answer, is_taken = await _post(app, url, secret, body)
    async with app.database.write() as session:
        message = await queries.find_message(session, message_id)
        if message is not None:
            message.answer = answer[:_MOST_ANSWER]
            message.delivered_at = clock.now() if is_taken else None
    if not is_taken:
        raise WebhookFailed(answer)


async def forget_messages(app: AppContext) -> None:
    """Delete messages of long ago."""
    async with app.database.write() as session:
        old = clock.now() - queries.MESSAGES_KEPT
        await session.execute(delete(StreamMessage).where(StreamMessage.created_at < old))


def webhook_object(account: StreamAccount) -> dict[str, Any]:
    """Return a webhook as the API shows it."""
    return {
        "notificationUrl": account.webhook_url,
        "modified": moment(account.webhook_changed_at),
        "secret": account.webhook_secret,
    }


def signature(secret: str, seconds: int, body: bytes) -> str:
    """Return the value of Webhook-Signature; the secret is taken as it is written."""
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return f"time={seconds},sig1={signed.hexdigest()}"


async def _post(app: AppContext, url: str, secret: str, body: bytes) -> tuple[str, bool]:
    headers = {
        "Content-Type": "application/json",
        "Webhook-Signature": signature(secret, int(time.time()), body),
    }
    outside = Outside(private=app.settings.stream_allow_private_addresses, seconds=SECONDS)
    try:
        async with outside.ask("POST", url, headers, body) as reply:
            return str(reply.status), reply.status // 100 == 2  # noqa: PLR2004 Taken.
    except OutsideError as error:
        return str(error), False
    finally:
        await outside.close()

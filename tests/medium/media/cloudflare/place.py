"""A site whose one asset lies at the twin."""

import uuid
from typing import Any

import httpx
from sqlalchemy import select

from lumenhall.domains.identity.models import User
from lumenhall.domains.media import queries, service
from lumenhall.domains.media.cloudflare.account import Account, NewRemote, read_account
from lumenhall.domains.media.cloudflare.states import read_report
from lumenhall.domains.media.models import Asset, RemoteCopy
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs.models import Job
from tests.medium.media.cloudflare.twin import Twin, sign_webhook


class Remote:
    """One asset of somebody's, whose bytes are about to go to the twin."""

    def __init__(self, app: AppContext, twin: Twin, owner: User) -> None:
        self.app, self.twin, self.owner = app, twin, owner
        self.uid = ""
        self.asset_id: uuid.UUID
        account = read_account(app.settings)
        assert account
        self.account: Account = account

    async def begin(self) -> str:
        """Make the asset and return where its bytes go."""
        new = NewRemote(name="Lesson 1.mp4", size_bytes=1000, creator=str(self.owner.id))
        ticket = await service.ask_for_upload(self.app, new)
        async with self.app.database.write() as session:
            asset = await service.adopt_remote(
                session, self.owner.id, ticket.uid, filename="Lesson 1.mp4", size_bytes=1000
            )
        self.uid, self.asset_id = ticket.uid, asset.id
        return ticket.upload_url

    async def asset(self) -> Asset:
        async with self.app.database.read() as session:
            return await queries.get_asset(session, self.asset_id)

    async def copy(self) -> RemoteCopy | None:
        async with self.app.database.read() as session:
            return await session.get(RemoteCopy, self.uid)

    async def observe(self, video: dict[str, Any]) -> None:
        report = read_report(video)
        assert report
        async with self.app.database.write() as session:
            await service.observe(session, self.account, report)

    async def delete(self) -> None:
        async with self.app.database.write() as session:
            await service.delete_asset(session, self.asset_id)

    async def tend(self) -> None:
        await service.tend(self.app, self.uid)

    async def jobs(self, name: str) -> int:
        """Return how many jobs of this name there are."""
        async with self.app.database.read() as session:
            return len((await session.scalars(select(Job.id).where(Job.name == name))).all())

    async def send_webhook(self, client: httpx.AsyncClient, video: object) -> httpx.Response:
        body, headers = sign_webhook(video)
        return await client.post("/api/webhooks/cloudflare", content=body, headers=headers)

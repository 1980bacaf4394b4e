"""The doors of uploads alone, on a real database and a real folder, spoken to over ASGI."""

import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

import lumenhall.domains.processing.jobs  # noqa: F401 A finished upload queues one of these.
from lumenhall.domains.identity.models import ApiToken, Role, Scope, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.service import create_asset
from lumenhall.domains.uploads.errors import QuotaExceeded
from lumenhall.domains.uploads.routes import answer_quota_exceeded, router
from lumenhall.domains.uploads.schemas import UploadRequest
from lumenhall.domains.uploads.service import targets
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.kit.secrets import hash_secret
from lumenhall.platform.limits import Limiter
from lumenhall.platform.mail import NoMailer
from lumenhall.platform.realtime import MemoryBus
from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import FolderStorage
from lumenhall.platform.web import install_problem_handlers

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {**TUS, "Content-Type": "application/offset+octet-stream"}
# Enough of an MP4 for everything that does not decode it.
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(range(256)) * 8


def make_app(database: Database, folder: Path) -> AppContext:
    """Return the parts of a process; its limiter has to be closed."""
    settings = Settings(_env_file=None, data_path=folder / "data", disk_reserve_bytes=0)
    settings.temp_folder.mkdir(parents=True)
    return AppContext(
        settings=settings,
        database=database,
        storage=FolderStorage(settings.data_path / "media"),
        bus=MemoryBus(),
        mail=NoMailer(),
        limiter=Limiter(""),
        signing_key=b"key",
    )


@pytest.fixture
async def app(database: Database, tmp_path: Path) -> AsyncIterator[AppContext]:
    app = make_app(database, tmp_path)
    yield app
    await app.limiter.close()


@pytest.fixture(autouse=True)
def _video_target(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the library, which makes videos for uploads."""

    async def make(session: AsyncSession, actor: Actor, request: UploadRequest) -> uuid.UUID:
        asset = await create_asset(session, actor.user_id, original_filename=request.filename)
        return asset.id

    monkeypatch.setattr(targets, "_makers", {"video": make})


@pytest.fixture
def web(app: AppContext) -> FastAPI:
    web = FastAPI()
    web.state.context = app
    install_problem_handlers(web)
    web.add_exception_handler(QuotaExceeded, answer_quota_exceeded)
    web.include_router(router)
    return web


@pytest.fixture
async def member(app: AppContext) -> Actor:
    return await make_member(app)


@pytest.fixture
async def client(web: FastAPI, member: Actor) -> AsyncIterator[httpx.AsyncClient]:
    """A client that acts for `member`."""
    async with client_of(web, member) as client:
        yield client


@pytest.fixture
def folder(app: AppContext) -> Path:
    """Where part files lie."""
    return app.settings.temp_folder / "uploads"


async def make_member(app: AppContext, role: Role = Role.MEMBER) -> Actor:
    """Add a person with an API token whose secret is their id."""
    user_id = new_id()
    name = user_id.hex[-12:]
    async with app.database.write() as session:
        user = User(id=user_id, username=name, email=f"{name}@example.org", display_name=name)
        user.password_hash = "none"
        user.role = role
        session.add(user)
        await session.flush()
        scopes = [Scope.UPLOAD, Scope.READ]
        token = ApiToken(id=new_id(), user_id=user_id, name="test", scopes=scopes)
        token.secret_hash = hash_secret(str(user_id))
        session.add(token)
    return Actor(user_id, role, token_id=token.id)


def client_of(web: FastAPI, actor: Actor) -> httpx.AsyncClient:
    """Return a client that acts for a member."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(web),
        base_url="http://localhost:8000",
        headers={"Authorization": f"Bearer {actor.user_id}"},
    )


async def change_options(app: AppContext, **changes: object) -> None:
    async with app.database.write() as session:
        await options.change(session, None, **changes)


async def create(client: httpx.AsyncClient, size: int | None, **headers: str) -> str:
    """Make an upload by tus and return its address."""
    length = {"Upload-Defer-Length": "1"} if size is None else {"Upload-Length": str(size)}
    reply = await client.post("/api/uploads", headers=TUS | length | headers)
    assert reply.status_code == 201, reply.text
    return reply.headers["Location"]


async def send(
    client: httpx.AsyncClient, url: str, offset: int, data: bytes, **headers: str
) -> httpx.Response:
    """Send bytes of an upload."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.patch(
        url, content=data, headers=BYTES | {"Upload-Offset": str(offset)} | named
    )


async def offset_of(client: httpx.AsyncClient, url: str) -> int:
    reply = await client.head(url, headers=TUS)
    assert reply.status_code == 200
    return int(reply.headers["Upload-Offset"])


def files_in(folder: Path) -> list[bytes]:
    """Return the contents of the part files."""
    return [path.read_bytes() for path in folder.iterdir()]

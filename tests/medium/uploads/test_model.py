"""Whatever happens to an upload, in whatever order: the bytes at the end are those of the file.

A model that knows only how far the file has come is run beside the real thing.
"""

import asyncio
import hashlib
import os
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from typing_extensions import override

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.service import create_asset
from lumenhall.domains.uploads.errors import (
    ChecksumMismatch,
    ClientGone,
    LengthExceeded,
    OffsetMismatch,
)
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.schemas import Checksum, Chunk, NewUpload
from lumenhall.domains.uploads.service import (
    create_upload,
    ending,
    intake,
    look_up,
    parts,
    receive,
    receiving,
)
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from tests.medium.uploads.conftest import MP4, make_app, make_member

LENGTHS = st.integers(0, 400)
# It begins like a video, or it would be refused for what it is.
RUBBISH = MP4[:32] + b"\xff" * 5000


class Killed(BaseException):
    """Ends a request as a killed process does: nothing more is done."""


class Uploading(RuleBasedStateMachine):
    """`offset` is where the upload must stand; after a kill, anywhere up to `most`."""

    app: ClassVar[AppContext]
    actor: ClassVar[Actor]
    runner: ClassVar[asyncio.Runner]
    boots: ClassVar[int] = 0

    @initialize(size=st.integers(20, 2000), deferred=st.booleans())
    def begin(self, size: int, deferred: bool) -> None:
        self.data = MP4[:size]
        self.offset = self.most = 0
        self.size = None if deferred else size
        self.upload_id: UUID = self.runner.run(self._create(self.size))

    @rule(length=LENGTHS, step=st.integers(1, 300))
    def bytes_come(self, length: int, step: int) -> None:
        data = self._next(length)
        self._send(Chunk(self.offset), *self._cut(data, step))
        self.offset += len(data)

    @rule(length=LENGTHS)
    def the_client_hangs_up(self, length: int) -> None:
        data = self._next(length)
        with pytest.raises(ClientGone):
            self._send(Chunk(self.offset), data, ClientGone())
        self.offset += len(data)

    @rule(shift=st.integers(-2000, 2000).filter(bool))
    def bytes_come_for_another_place(self, shift: int) -> None:
        self._settle()
        place = abs(self.offset + shift)
        with pytest.raises(OffsetMismatch):
            self._send(Chunk(place + (place == self.offset)), RUBBISH[:10])

    @precondition(lambda self: self.size is not None)
    @rule(length=LENGTHS, announced=st.booleans())
    def too_many_bytes_come(self, length: int, announced: bool) -> None:
        self._settle()
        rubbish = RUBBISH[: len(self.data) - self.offset + length + 1]
        chunk = Chunk(self.offset, content_length=len(rubbish) if announced else None)
        with pytest.raises(LengthExceeded):
            self._send(chunk, *self._cut(rubbish, 50))

    @rule(length=LENGTHS, algorithm=st.sampled_from(["sha1", "sha256"]))
    def checked_bytes_come(self, length: int, algorithm: str) -> None:
        data = self._next(length)
        digest = hashlib.new(algorithm, data).digest()
        self._send(Chunk(self.offset, checksum=Checksum(algorithm, digest)), data)
        self.offset += len(data)

    @precondition(lambda self: not self._is_whole())
    @rule(length=LENGTHS, hangs_up=st.booleans())
    def bytes_come_that_fail_their_check(self, length: int, hangs_up: bool) -> None:
        rubbish = RUBBISH[: len(self._next(length))]
        chunk = Chunk(self.offset, checksum=Checksum("sha1", b"another"))
        with pytest.raises(ClientGone if hangs_up else ChecksumMismatch):
            self._send(chunk, rubbish, *([ClientGone()] if hangs_up else []))

    @rule(length=LENGTHS)
    def the_process_is_killed(self, length: int) -> None:
        data = self._next(length)
        with pytest.raises(Killed):
            self._send(Chunk(self.offset), *self._cut(data, 50), Killed())
        self.most = self.offset + len(data)

    @precondition(lambda self: not self._is_whole())
    @rule(length=LENGTHS)
    def the_process_is_killed_before_a_check(self, length: int) -> None:
        rubbish = RUBBISH[: len(self._next(length))]
        chunk = Chunk(self.offset, checksum=Checksum("sha1", b"another"))
        with pytest.raises(Killed):
            self._send(chunk, *self._cut(rubbish, 50), Killed())

    @precondition(lambda self: not self._is_whole())
    @rule(lost=st.integers(0, 500), rubbish=st.integers(0, 500))
    def the_machine_crashes(self, lost: int, rubbish: int) -> None:
        recorded = self.runner.run(self._row()).offset_bytes
        path = parts.part_path(self.app.settings.temp_folder, self.upload_id)
        if path.exists():
            os.truncate(path, max(path.stat().st_size - lost, recorded))
            with path.open("ab") as file:
                file.write(RUBBISH[:rubbish])
        type(self).boots += 1
        self.offset = self.most = recorded

    @rule()
    def somebody_asks(self) -> None:
        self._settle()

    @precondition(lambda self: self.size is None)
    @rule()
    def the_length_is_said(self) -> None:
        self._settle()
        self.size = len(self.data)
        self._send(Chunk(self.offset, size=self.size))

    @override
    def teardown(self) -> None:
        if not hasattr(self, "upload_id"):
            return
        self._settle()
        self._send(Chunk(self.offset, size=len(self.data)), self.data[self.offset :])
        row: Upload = self.runner.run(self._row())
        assert row.status is UploadStatus.FINISHED
        key = ending.source_key(row)
        assert self.runner.run(self.app.storage.read_bytes(key)) == self.data

    def _settle(self) -> None:
        """Ask for the offset, as a client does that does not know it."""
        found = self.runner.run(look_up(self.app, self.upload_id)).offset_bytes
        assert self.offset <= found <= max(self.offset, self.most)
        self.offset = self.most = found

    def _next(self, length: int) -> bytes:
        self._settle()
        return self.data[self.offset : self.offset + length]

    def _is_whole(self) -> bool:
        return max(self.offset, self.most) == len(self.data)

    def _send(self, chunk: Chunk, *pieces: bytes | BaseException) -> None:
        rest = list(pieces)

        async def read() -> bytes | None:
            if not rest:
                return None
            piece = rest.pop(0)
            if isinstance(piece, BaseException):
                raise piece
            return piece

        self.runner.run(receive(self.app, self.upload_id, chunk, read))

    @staticmethod
    def _cut(data: bytes, step: int) -> list[bytes]:
        return [data[start : start + step] for start in range(0, len(data), step)]

    async def _create(self, size: int | None) -> UUID:
        async with self.app.database.write() as session:
            asset = await create_asset(session, self.actor.user_id, original_filename="a")
            new = NewUpload(asset.id, "a", size)
            return (await create_upload(session, self.app, self.actor, new)).id

    async def _row(self) -> Upload:
        async with self.app.database.read() as session:
            return (await session.scalars(select(Upload).filter_by(id=self.upload_id))).one()


def test_the_bytes_at_the_end_are_those_of_the_file(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run_of_the_machine() -> str:
        return str(Uploading.boots)

    monkeypatch.setattr(receiving, "machine_run", run_of_the_machine)
    monkeypatch.setattr("lumenhall.domains.uploads.service.making.machine_run", run_of_the_machine)
    monkeypatch.setattr(intake, "BATCH_BYTES", 100)
    with asyncio.Runner() as runner:
        database = Database(database_url)
        app = make_app(database, tmp_path)
        Uploading.app, Uploading.actor = app, runner.run(make_member(app))
        Uploading.runner = runner
        try:
            run_state_machine_as_test(
                Uploading,
                settings=settings(
                    max_examples=25,
                    stateful_step_count=15,
                    deadline=None,
                    # Shrinking a failure takes longer than a test may.
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(database.dispose())
            runner.run(app.limiter.close())

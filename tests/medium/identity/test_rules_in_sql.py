"""What Python decides for one row, SQL decides for many; what the schema itself keeps."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from lumenhall.domains.identity.models import Invitation, Role
from lumenhall.domains.identity.policy import invitations_visible_to, may_see_invitation
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import People, actor_for, add_person


async def test_the_rule_for_invitations_and_its_sql_twin_agree(session: WriteSession) -> None:
    people = [
        await add_person(session, "root", role=Role.ADMIN),
        await add_person(session, "mod", role=Role.MODERATOR),
        await add_person(session, "ann"),
        await add_person(session, "bob"),
    ]
    for i, inviter in enumerate([*people, None]):
        session.add(
            Invitation(
                secret_hash=f"{i}",
                invited_by_id=inviter.id if inviter else None,
                expires_at=clock.now() + timedelta(days=1),
            )
        )
    await session.flush()
    everything = (await session.scalars(select(Invitation))).all()

    for person in people:
        actor = actor_for(person)
        by_sql = await session.scalars(select(Invitation.id).where(invitations_visible_to(actor)))
        by_rule = {one.id for one in everything if may_see_invitation(actor, one)}
        assert set(by_sql) == by_rule


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE users SET username = 'Ann'",
        "UPDATE users SET email = 'ANN@example.org'",
        "UPDATE users SET username = 'bob' WHERE username = 'ann'",
        "UPDATE users SET role = 'king'",
        "UPDATE users SET weekly_upload_limit_bytes = -1",
    ],
)
async def test_the_database_itself_refuses_what_the_rules_forbid(
    session: WriteSession, statement: str
) -> None:
    await add_person(session, "ann")
    await add_person(session, "bob")

    with pytest.raises(DBAPIError, match=r"(?i)constraint|enum|unique|check"):
        await session.execute(text(statement))


async def test_there_is_one_row_of_site_options(session: WriteSession) -> None:
    await session.execute(text(OPTIONS), {"id": 1})
    with pytest.raises(IntegrityError):
        await session.execute(text(OPTIONS), {"id": 2})


OPTIONS = """
INSERT INTO site_options (id, site_name, joining, members_may_invite, invitation_budget,
  who_may_upload, max_file_size_bytes, weekly_upload_limit_bytes, quota_reset_day,
  quota_reset_hour, quota_reset_timezone, accepted_video_formats, ladder_heights,
  encoder_preset, keep_originals, completion_threshold, moderation_words)
VALUES (:id, 'x', 'open', true, 1, 'everyone', 1, 1, 0, 0, 'UTC', '[]', '[]', 'fast', true, 90,
  '[]')
"""


async def test_plain_sql_keeps_updated_at_too(session: WriteSession) -> None:
    user = await add_person(session, "ann", updated_at=clock.now() - timedelta(days=1))
    before = user.updated_at

    await session.execute(text("UPDATE users SET bio = 'new'"))

    await session.refresh(user)
    assert user.updated_at > before


async def test_requests_take_as_many_statements_however_much_there_is(
    people: People, app_context: AppContext
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    statements: list[str] = []

    @event.listens_for(app_context.database.engine.sync_engine, "before_cursor_execute")
    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    async def count(path: str) -> int:
        statements.clear()
        assert (await admin.get(path)).status_code == 200
        # The relay looks for what is left to deliver whenever it likes.
        return len([one for one in statements if one.startswith("SELECT") and "outbox" not in one])

    paths = ("/api/me", "/api/invitations", "/api/admin/members", "/api/sessions", "/api/site")
    few = [await count(path) for path in paths]
    async with app_context.database.write() as session:
        for i in range(10):
            user = await add_person(session, f"person{i}")
            session.add(
                Invitation(
                    secret_hash=f"{i}",
                    invited_by_id=user.id,
                    expires_at=clock.now() + timedelta(days=1),
                )
            )
    many = [await count(path) for path in paths]

    assert [max(pair) for pair in zip(few, many, strict=True)] == [4, 4, 4, 2, 2]

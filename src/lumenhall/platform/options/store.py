"""Reading and changing the site options."""

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.options.models import (
    DEFAULT_COMPLETION_THRESHOLD,
    Joining,
    SiteOptions,
    WhoMayUpload,
)
from lumenhall.platform.settings import Settings, get_settings

# Plain English and Spanish to begin with; what else is out of place here, admins know best.
FIRST_MODERATION_WORDS = (
    *("asshole*", "bastard*", "bitch*", "bullshit*", "cunt*", "fuck*", "motherfuck*", "shit*"),
    *("slut*", "wanker*", "whore*"),
    *("cabron*", "gilipollas", "hijoputa*", "joder", "jodid*", "maricon*", "mierda*", "pendej*"),
    *("puta", "putas", "puto", "putos"),
)


async def get(session: AsyncSession) -> SiteOptions:
    """Return the site options; before the first change they are made from the settings.

    The row itself is written by `change`, so that a read never writes.
    """
    return await session.get(SiteOptions, 1) or _first_values(get_settings())


async def change(
    session: AsyncSession, changed_by: uuid.UUID | None, **changes: Any
) -> SiteOptions:
    """Set the given options and remember who did."""
    options = await session.get(SiteOptions, 1)
    if options is None:
        options = _first_values(get_settings())
        session.add(options)
    for name, value in changes.items():
        setattr(options, name, value)
    options.updated_by = changed_by
    await session.flush()
    return options


def _first_values(settings: Settings) -> SiteOptions:
    formats = [name.strip().lower() for name in settings.accepted_video_formats.split(",")]
    return SiteOptions(
        id=1,
        max_file_size_bytes=settings.max_file_size_bytes,
        weekly_upload_limit_bytes=settings.weekly_upload_limit_bytes,
        quota_reset_day=settings.quota_reset_day,
        quota_reset_hour=settings.quota_reset_hour,
        quota_reset_timezone=settings.quota_reset_timezone,
        accepted_video_formats=[name for name in formats if name],
        site_name="Lumenhall",
        joining=Joining.INVITATION,
        members_may_invite=False,
        invitation_budget=5,
        who_may_upload=WhoMayUpload.EVERYONE,
        ladder_heights=[1080, 720, 480, 360],
        encoder_preset="veryfast",
        keep_originals=True,
        completion_threshold=DEFAULT_COMPLETION_THRESHOLD,
        moderation_words=list(FIRST_MODERATION_WORDS),
    )

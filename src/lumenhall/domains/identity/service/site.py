"""The site's options as admins change them, and what everybody may know of the site."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.events import OptionsChanged
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import anybody_is_here
from lumenhall.domains.identity.schemas import Site
from lumenhall.domains.identity.service.audit import record_audit
from lumenhall.platform import options
from lumenhall.platform.events import announce
from lumenhall.platform.options import SiteOptions


async def change_options(
    session: AsyncSession, actor: Actor, values: dict[str, Any]
) -> SiteOptions:
    """Set site options to valid values, and write down which changed from what to what."""
    now = await options.get(session)
    changes = {
        name: {"from": getattr(now, name), "to": value}
        for name, value in values.items()
        if getattr(now, name) != value
    }
    if not changes:
        return now
    new = {name: change["to"] for name, change in changes.items()}
    now = await options.change(session, actor.user_id, **new)
    await record_audit(session, actor, "options.changed", "options", 1, changes)
    await announce(session, OptionsChanged(tuple(sorted(changes))))
    return now


async def describe_site(session: AsyncSession, *, mail_configured: bool) -> Site:
    """Return what everybody may know, signed in or not."""
    now = await options.get(session)
    return Site(
        name=now.site_name,
        logo_url=f"/api/site/logo?v={now.logo_hash[:12]}" if now.logo_hash else None,
        needs_first_run=not await anybody_is_here(session),
        joining=now.joining,
        members_may_invite=now.members_may_invite,
        who_may_upload=now.who_may_upload,
        max_file_size_bytes=now.max_file_size_bytes,
        accepted_formats=now.accepted_video_formats,
        mail_configured=mail_configured,
        completion_threshold=now.completion_threshold,
    )

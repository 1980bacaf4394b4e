"""What everybody may know of the site, and setting it up."""

from fastapi import APIRouter, Request, Response, status

from lumenhall.domains.identity.deps import device_of, set_session_cookie
from lumenhall.domains.identity.errors import PictureUnknown
from lumenhall.domains.identity.routes.pictures import picture_reply
from lumenhall.domains.identity.schemas import FirstRun, Me, Site
from lumenhall.domains.identity.service import (
    JOIN_PER_ADDRESS,
    count_knock,
    describe_site,
    first_run,
    logo_key,
)
from lumenhall.platform import options
from lumenhall.platform.web import Context, Reads

router = APIRouter(tags=["site"])


@router.get("/site")
async def get_site(context: Context, session: Reads) -> Site:
    return await describe_site(session, mail_configured=context.mail.is_configured)


@router.get("/site/logo", response_class=Response)
async def get_site_logo(request: Request, context: Context) -> Response:
    async with context.database.read() as session:
        logo_hash = (await options.get(session)).logo_hash
    if logo_hash is None:
        raise PictureUnknown
    return await picture_reply(request, context.storage, logo_key(logo_hash), logo_hash)


@router.post("/first-run", status_code=status.HTTP_201_CREATED)
async def make_first_admin(
    form: FirstRun, request: Request, context: Context, response: Response
) -> Me:
    device = device_of(request)
    await count_knock(context.limiter, JOIN_PER_ADDRESS, device.ip)
    signed_in = await first_run(context.database, form, device)
    set_session_cookie(response, context.settings, signed_in.secret)
    return signed_in.me

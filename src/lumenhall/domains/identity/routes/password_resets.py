"""New passwords by a link that works once."""

from fastapi import APIRouter, BackgroundTasks, Request, status

from lumenhall.domains.identity import service
from lumenhall.domains.identity.deps import address_of
from lumenhall.domains.identity.queries import get_password_reset
from lumenhall.domains.identity.schemas import (
    PasswordResetAsked,
    PasswordResetLook,
    PasswordResetUse,
)
from lumenhall.platform.web import Context, Reads

router = APIRouter(prefix="/password-resets", tags=["password resets"])


@router.post("", status_code=status.HTTP_202_ACCEPTED)
async def ask_password_reset(
    form: PasswordResetAsked, request: Request, context: Context, later: BackgroundTasks
) -> None:
    await service.count_knock(context.limiter, service.RESET_PER_ADDRESS, address_of(request))
    if context.mail.is_configured:
        # After the reply, so that neither its words nor its time tell who has an account.
        later.add_task(
            service.mail_reset_link,
            context.database,
            context.limiter,
            context.settings.base_url,
            form.email,
        )


@router.get("/{secret}")
async def preview_password_reset(secret: str, session: Reads) -> PasswordResetLook:
    _, user = await get_password_reset(session, secret)
    return PasswordResetLook(username=user.username)


@router.post("/{secret}", status_code=status.HTTP_204_NO_CONTENT)
async def use_password_reset(secret: str, form: PasswordResetUse, context: Context) -> None:
    await service.use_reset_link(context.database, secret, form.password)

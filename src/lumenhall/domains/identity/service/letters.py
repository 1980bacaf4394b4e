"""The mails of identity, in the language of whoever gets them."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import Language, User
from lumenhall.platform import mail, options


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a mail, with gaps for names."""

    subject: str
    text: str


RESET = {
    Language.ENGLISH: Letter(
        "A new password for {site}",
        "Hello {name},\n\n"
        "somebody, hopefully you, asked to set a new password for {username} at {site}.\n"
        "This link does that once, within one hour:\n\n{url}\n\n"
        "If it was not you, there is nothing to do.\n",
    ),
    Language.SPANISH: Letter(
        "Una contraseña nueva para {site}",
        "Hola, {name}:\n\n"
        "Alguien, esperamos que tú, pidió una contraseña nueva para {username} en {site}.\n"
        "Este enlace sirve una vez, durante una hora:\n\n{url}\n\n"
        "Si no fuiste tú, no tienes que hacer nada.\n",
    ),
}
INVITED = {
    Language.ENGLISH: Letter(
        "{inviter} invites you to {site}",
        "Hello,\n\n{inviter} invites you to join {site}.\n"
        "This link is for you and works for seven days:\n\n{url}\n",
    ),
    Language.SPANISH: Letter(
        "{inviter} te invita a {site}",
        "Hola:\n\n{inviter} te invita a unirte a {site}.\n"
        "Este enlace es para ti y sirve durante siete días:\n\n{url}\n",
    ),
}
ADDRESS_CHANGED = {
    Language.ENGLISH: Letter(
        "Your e-mail address at {site} was changed",
        "Hello {name},\n\n"
        "the account {username} at {site} now uses another e-mail address.\n"
        "If that was not you, please tell an admin at once.\n",
    ),
    Language.SPANISH: Letter(
        "Tu dirección de correo en {site} ha cambiado",
        "Hola, {name}:\n\n"
        "La cuenta {username} en {site} usa ahora otra dirección de correo.\n"
        "Si no fuiste tú, avisa enseguida a un administrador.\n",
    ),
}


async def send_reset_link(session: AsyncSession, user: User, url: str) -> None:
    """Mail a person the link that sets a new password."""
    await _send(session, user.email, RESET[user.language], user, url=url)


async def send_invitation(session: AsyncSession, email: str, inviter: User, url: str) -> None:
    """Mail an invitation, in the language of whoever invites."""
    await _send(session, email, INVITED[inviter.language], inviter, url=url)


async def tell_address_changed(session: AsyncSession, old_email: str, user: User) -> None:
    """Tell the old address that the account has another one now."""
    await _send(session, old_email, ADDRESS_CHANGED[user.language], user)


async def _send(session: AsyncSession, to: str, letter: Letter, user: User, **words: str) -> None:
    words |= {
        "site": (await options.get(session)).site_name,
        "name": user.display_name,
        "username": user.username,
        "inviter": user.display_name,
    }
    subject, text = letter.subject.format(**words), letter.text.format(**words)
    await mail.send(session, to=to, subject=subject, text=text)

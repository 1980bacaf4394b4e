"""The mail port and its three kinds: SMTP, none, and one that remembers for tests."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from lumenhall.platform.settings import Settings

TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Message:
    """One mail in plain text."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Delivers mails. `is_configured` is false where no mail server is set."""

    is_configured: bool

    async def deliver(self, message: Message) -> None:
        """Hand the mail to the server; raises when it does not take it."""


class SmtpMailer:
    """Mail through the server of `smtp_url` (STARTTLS when offered, `smtps` for implicit TLS)."""

    is_configured = True

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    async def deliver(self, message: Message) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = (
            self._sender,
            message.to,
            message.subject,
        )
        mail.set_content(message.text)
        await aiosmtplib.send(
            mail,
            hostname=self._url.hostname,
            port=self._url.port,
            username=unquote(self._url.username) if self._url.username else None,
            password=unquote(self._url.password) if self._url.password else None,
            use_tls=self._url.scheme == "smtps",
            timeout=TIMEOUT_SECONDS,
        )


class NoMailer:
    """No mail server: nothing is sent, and callers show links to the admin instead."""

    is_configured = False

    async def deliver(self, message: Message) -> None:
        """Drop the mail."""


class MemoryMailer:
    """Keeps what would have been sent, for tests."""

    is_configured = True

    def __init__(self) -> None:
        self.sent: list[Message] = []

    async def deliver(self, message: Message) -> None:
        self.sent.append(message)


def make_mailer(settings: Settings) -> Mailer:
    """Return the mailer that the settings ask for."""
    url = settings.smtp_url.get_secret_value()
    return SmtpMailer(url, settings.mail_from) if url else NoMailer()

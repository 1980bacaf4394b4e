"""Mail by SMTP; without a mail server, callers show the link instead."""

from lumenhall.platform.mail.mailer import (
    Mailer,
    MemoryMailer,
    Message,
    NoMailer,
    SmtpMailer,
    make_mailer,
)
from lumenhall.platform.mail.sending import send

__all__ = [
    "Mailer",
    "MemoryMailer",
    "Message",
    "NoMailer",
    "SmtpMailer",
    "make_mailer",
    "send",
]

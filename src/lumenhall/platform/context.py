"""The parts of a running process, made once in `main` and handed to requests and jobs."""

from dataclasses import dataclass

from lumenhall.platform.db import Database
from lumenhall.platform.limits import Limiter
from lumenhall.platform.mail import Mailer
from lumenhall.platform.realtime import Bus
from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import Storage


@dataclass(frozen=True, slots=True)
class AppContext:
    """What a request, a job step or a delivery may use."""

    settings: Settings
    database: Database
    storage: Storage
    bus: Bus
    mail: Mailer
    limiter: Limiter
    signing_key: bytes

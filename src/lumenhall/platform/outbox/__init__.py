"""What leaves the process: written with the work it belongs to, delivered after the commit.

A row in the same transaction means that nothing is announced that was rolled back and
nothing committed goes unannounced. Deliveries happen at least once, so they are safe to repeat.
"""

from lumenhall.platform.outbox.relay import Relay, deliverer
from lumenhall.platform.outbox.rows import OutboxRow, after_commit_send

__all__ = ["OutboxRow", "Relay", "after_commit_send", "deliverer"]

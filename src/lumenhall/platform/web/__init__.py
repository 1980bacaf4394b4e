"""What all doors share: problem documents, middleware, sessions of the unit of work."""

from lumenhall.platform.web.dependencies import (
    Context,
    Reads,
    Writes,
    app_context,
    json_reply,
)
from lumenhall.platform.web.problems import PROBLEM_RESPONSES, install_problem_handlers

__all__ = [
    "PROBLEM_RESPONSES",
    "Context",
    "Reads",
    "Writes",
    "app_context",
    "install_problem_handlers",
    "json_reply",
]

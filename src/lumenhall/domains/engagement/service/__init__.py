"""What can be done with engagement."""

from lumenhall.domains.engagement.service.home import assemble_home
from lumenhall.domains.engagement.service.progress import report_progress

__all__ = ["assemble_home", "report_progress"]

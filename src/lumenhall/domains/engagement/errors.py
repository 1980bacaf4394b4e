"""What engagement refuses."""

from lumenhall.platform.errors import TooManyRequests


class TooManyReports(TooManyRequests):
    code = "too_many_reports"
    title = "Too many devices report on this video at once. Try again in a moment."

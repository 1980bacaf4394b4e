"""Requests to addresses that somebody else has given: only where those may lead."""

from lumenhall.platform.outside.client import (
    AddressRefused,
    Outside,
    OutsideError,
    Reply,
    check_address,
)

__all__ = ["AddressRefused", "Outside", "OutsideError", "Reply", "check_address"]

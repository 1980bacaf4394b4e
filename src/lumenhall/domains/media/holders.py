"""Who still needs an asset: one may be in the library, a lesson and the Stream API.

The domains above know what they hold; they say so with `@holds`. Whoever lets go of an asset
deletes its own row first and asks for the asset to be deleted then.
"""

import uuid
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

HoldRule: TypeAlias = "Callable[[AsyncSession, uuid.UUID], Awaitable[bool]]"

_rules: list[HoldRule] = []


def holds(rule: HoldRule) -> HoldRule:
    """Register `rule(session, asset_id)`, which says whether its domain holds an asset."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


async def is_held(session: AsyncSession, asset_id: uuid.UUID) -> bool:
    """Say whether any domain holds an asset."""
    for rule in _rules:
        if await rule(session, asset_id):
            return True
    return False

"""Call down, announce up: facts that one domain states and others hear.

Subscribers run in the transaction of the announcer, in the order of registration, so a
fact and its consequences are committed together or not at all. What leaves the process
goes through the outbox instead.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Event:
    """A fact in the past tense; subclasses are frozen dataclasses."""


E = TypeVar("E", bound=Event)
Subscriber: TypeAlias = Callable[[AsyncSession, E], Awaitable[None]]

_subscribers: defaultdict[type[Event], list[Subscriber[Any]]] = defaultdict(list)


def subscribe(event_type: type[E]) -> Callable[[Subscriber[E]], Subscriber[E]]:
    """Register the decorated function to hear events of exactly `event_type`."""

    def register(subscriber: Subscriber[E]) -> Subscriber[E]:
        if subscriber not in _subscribers[event_type]:
            _subscribers[event_type].append(subscriber)
        return subscriber

    return register


async def announce(session: AsyncSession, event: Event) -> None:
    """Run every subscriber of the event inside the session's transaction."""
    for subscriber in _subscribers[type(event)]:
        await subscriber(session, event)


def catalogue() -> list[type[Event]]:
    """Return every event class there is, for the generated reference."""
    return sorted(_all_events(Event), key=lambda event: (event.__module__, event.__name__))


def _all_events(parent: type[Event]) -> set[type[Event]]:
    children = set(parent.__subclasses__())
    return children.union(*(_all_events(child) for child in children))

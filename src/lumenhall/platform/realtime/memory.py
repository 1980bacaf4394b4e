"""The bus of a single process."""

from types import TracebackType
from typing import Self

from typing_extensions import override

from lumenhall.platform.realtime.bus import (
    QUEUE_SIZE,
    Bus,
    Listener,
    Topics,
    begin_carrying,
    end_carrying,
)


class MemoryBus(Bus):
    """Delivers at once, within this process."""

    def __init__(self) -> None:
        self._topics = Topics()

    @override
    def publish(self, topic: str, message: bytes) -> None:
        self._topics.deliver(topic, message)

    @override
    def listener(self, size: int = QUEUE_SIZE) -> Listener:
        return Listener(self._topics, size)

    @override
    async def __aenter__(self) -> Self:
        begin_carrying(self)
        return self

    @override
    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end_carrying(self)

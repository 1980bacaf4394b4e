"""What other servers may do to us while we ask them something."""

import asyncio
from contextlib import closing, suppress

import pytest

from lumenhall.platform.outside import Outside, OutsideError


async def test_who_answers_byte_by_byte_is_not_waited_for_without_end() -> None:
    left = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        with closing(writer), suppress(ConnectionError):
            while True:
                writer.write(b"s")
                await writer.drain()
                await asyncio.sleep(0.02)
        left.set()

    server = await asyncio.start_server(drip, "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    outside = Outside(private=True, seconds=0.2)
    try:
        async with asyncio.timeout(20):
            with pytest.raises(OutsideError):
                async with outside.ask("POST", f"http://127.0.0.1:{port}/", {}, b"{}"):
                    pass
    finally:
        await outside.close()
        await left.wait()
        server.close()
        await server.wait_closed()

"""What other servers may do to us while we ask them something."""

import asyncio

import pytest

from lumenhall.platform.outside import Outside, OutsideError


async def test_who_answers_byte_by_byte_is_not_waited_for_without_end() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not writer.is_closing():
            writer.write(b"s")
            await asyncio.sleep(0.02)
        await writer.wait_closed()

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
        server.close()
        await server.wait_closed()

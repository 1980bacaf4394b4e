"""Voice notes, which are short enough to be made while their sender waits."""

import asyncio

from lumenhall.domains.processing.encoder.binaries import find_tools
from lumenhall.domains.processing.encoder.voice import LONGEST_SECONDS, Voice, make_voice
from lumenhall.domains.processing.service.work import scratch_root
from lumenhall.platform.context import AppContext

__all__ = ["LONGEST_SECONDS", "Voice", "encode_voice"]


async def encode_voice(app: AppContext, data: bytes) -> Voice:
    """Return a recording as a voice note; raises EncodingFailed for what is none."""
    tools = await asyncio.to_thread(find_tools, app.settings.ffmpeg_path)
    return await make_voice(tools, data, scratch_root(app))

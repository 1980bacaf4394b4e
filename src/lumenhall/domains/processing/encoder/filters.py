"""The filters that make any picture ordinary before it is scaled to the rungs."""

from lumenhall.domains.processing.encoder.probe import VideoStream

# HDR colours squeezed into what an ordinary screen shows. zscale does it well; scale of
# ffmpeg 8 and newer does it more slowly; without either the picture stays pale.
_TONES = {
    "zscale": (
        "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
        "zscale=t=bt709:m=bt709:r=tv,format=yuv420p"
    ),
    "scale": (
        "scale=out_transfer=bt709:out_primaries=bt709:out_color_matrix=bt709:out_range=tv,"
        "format=yuv420p"
    ),
    "": "",
}
_MOST_FPS = 60
# Recordings of "60 fps" measure up to half a frame more.
_FPS_TOLERANCE = 0.5
# A picture this much later than the sound is filled up with its first frame.
LATE_SECONDS = 0.1

SOURCE_SIZE = "scale=trunc(iw/2)*2:trunc(ih/2)*2"


def ordinary(video: VideoStream) -> list[str]:
    """Return filters towards a progressive picture with square pixels and at most 60 fps.

    ffmpeg has turned the picture upright before these. Frames are dropped, never doubled, so
    that a file with a gap of hours in its times stays as small as it is.
    """
    filters = []
    if video.interlaced:
        filters.append("bwdif=deint=interlaced")
    if video.fps > _MOST_FPS + _FPS_TOLERANCE:
        slot, before = (f"floor({t}*{_MOST_FPS}+0.01)" for t in ("t", "prev_selected_t"))
        filters.append(f"select='isnan(prev_selected_t)+gt({slot},{before})'")
    if not video.square_pixels:
        filters.append("scale=trunc(iw*sar/2)*2:ih,setsar=1")
    return filters


def late_start(video: VideoStream, begins: float) -> list[str]:
    """Return filters that show the first frame from the beginning when the picture is late."""
    late = video.start - begins
    if late <= LATE_SECONDS:
        return []
    return [f"setpts=PTS-STARTPTS,tpad=start_mode=clone:start_duration={late:.3f}"]


def short_side(height: int) -> str:
    """Return the filter that scales the short side to `height`, the long one to an even size."""
    return f"scale=w='if(gte(iw,ih),-2,{height})':h='if(gte(iw,ih),{height},-2)'"


def tones(video: VideoStream, mapper: str) -> list[str]:
    """Return the filters that turn HDR into SDR, none for ordinary video."""
    return [_TONES[mapper]] if video.hdr and _TONES[mapper] else []

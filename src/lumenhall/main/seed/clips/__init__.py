"""Short clips worth looking at, drawn and composed from a fixed random seed.

Each scene draws frames with Pillow or describes an ffmpeg source; `stage` films it with its
music into an H.264/AAC MP4, as a phone would have made it.
"""

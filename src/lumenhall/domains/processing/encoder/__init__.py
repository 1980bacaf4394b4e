"""Everything that knows ffmpeg: what it is asked, how it is closed in, what its answers mean.

Nothing in here knows the database, the storage or the job queue: paths in, paths out,
and `EncodingFailed` with a text for people when it does not work.
"""

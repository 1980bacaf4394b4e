"""Turns an uploaded file into something every device can play.

Promises: a video that can be copied plays within two seconds of its last byte, others as
soon as their first seconds are encoded; the ladder, pictures and subtitles follow. Every
finished step is recorded and never done again, every attempt writes into a place of its
own and only the last step publishes it. Hostile files end in a clear error, and ffmpeg
runs closed in: it can open no other file, no network and start no process.
"""

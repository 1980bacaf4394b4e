"""Uploads: bytes on their way in, and how many of them a member may send.

Promises: an upload can be interrupted anywhere, by anybody, and goes on where it stopped;
what was acknowledged is on the disk. Exactly one request writes at a time, across processes.
An upload finishes exactly once, and only with all its bytes. What a member reserved and
received since the week began never passes their limit, however many requests race.
The protocol is tus 1.0.0 (`tus`), under any address that a door gives it.
"""

"""Media: what is stored and played.

An asset is a video's source and everything made from it; its state only ever moves forward
(`life`). This domain keeps assets and their caption tracks, writes the manifests over the
encoded files, and hands media out under signed, expiring addresses that stop working when
the viewer's sign-in ends or their access does. It knows nothing of who may see what: the
domains above say so through `access.allow`.
"""

"""What every domain stands on: database, settings, errors, jobs, storage, realtime, mail, web.

Nothing in here knows what a video or a member is.
"""

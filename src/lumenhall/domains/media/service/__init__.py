"""What the domains above may do with assets."""

from lumenhall.domains.media.service.life import (
    Facts,
    create_asset,
    mark_error,
    mark_in_progress,
    mark_uploaded,
    process_again,
    record_facts,
    record_progress,
)
from lumenhall.domains.media.service.outputs import (
    drop_source,
    mark_playable,
    note_download,
    publish_outputs,
    remove_retired,
    set_allow_download,
    set_thumbnail,
)
from lumenhall.domains.media.service.removal import delete_asset, remove_orphans
from lumenhall.domains.media.service.showing import describe, playback, track_views
from lumenhall.domains.media.service.tracks import (
    add_track,
    change_track,
    delete_track,
    language_tag,
    list_cues,
    replace_track,
    set_cues,
    write_track,
)

__all__ = [
    "Facts",
    "add_track",
    "change_track",
    "create_asset",
    "delete_asset",
    "delete_track",
    "describe",
    "drop_source",
    "language_tag",
    "list_cues",
    "mark_error",
    "mark_in_progress",
    "mark_playable",
    "mark_uploaded",
    "note_download",
    "playback",
    "process_again",
    "publish_outputs",
    "record_facts",
    "record_progress",
    "remove_orphans",
    "remove_retired",
    "replace_track",
    "set_allow_download",
    "set_cues",
    "set_thumbnail",
    "track_views",
    "write_track",
]

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
)
from lumenhall.domains.media.service.removal import delete_asset, remove_orphans
from lumenhall.domains.media.service.showing import (
    Picture,
    picture_addresses,
    playback,
    track_views,
)
from lumenhall.domains.media.service.thumbnails import (
    forget_frame,
    picture_key,
    reset_thumbnail,
    set_automatic_thumbnail,
    set_thumbnail,
    show_frame,
    want_frame,
)
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
    "Picture",
    "add_track",
    "change_track",
    "create_asset",
    "delete_asset",
    "delete_track",
    "drop_source",
    "forget_frame",
    "language_tag",
    "list_cues",
    "mark_error",
    "mark_in_progress",
    "mark_playable",
    "mark_uploaded",
    "note_download",
    "picture_addresses",
    "picture_key",
    "playback",
    "process_again",
    "publish_outputs",
    "record_facts",
    "record_progress",
    "remove_orphans",
    "remove_retired",
    "replace_track",
    "reset_thumbnail",
    "set_allow_download",
    "set_automatic_thumbnail",
    "set_cues",
    "set_thumbnail",
    "show_frame",
    "track_views",
    "want_frame",
    "write_track",
]

"""What can be done with the library."""

from lumenhall.domains.library.service.captions import (
    add_captions,
    change_captions,
    change_cues,
    delete_captions,
    read_cues,
    replace_captions,
    write_captions,
)
from lumenhall.domains.library.service.cards import Card, PlaylistCard, Viewer
from lumenhall.domains.library.service.categories import (
    change_category,
    create_category,
    delete_category,
)
from lumenhall.domains.library.service.counts import count_listed_videos
from lumenhall.domains.library.service.images import (
    remove_category_image,
    set_category_image,
)
from lumenhall.domains.library.service.playlists import (
    add_to_playlist,
    change_playlist,
    create_playlist,
    delete_playlist,
    move_in_playlist,
    not_later,
    playlist_looks,
    remove_from_playlist,
    watch_later,
)
from lumenhall.domains.library.service.publishing import announce_due, announce_video_of
from lumenhall.domains.library.service.search import (
    index_missing,
    index_video,
    search_videos,
    suggest,
)
from lumenhall.domains.library.service.shelves import (
    PICKED,
    Shelves,
    put_on_shelf,
    shelf_keeper,
)
from lumenhall.domains.library.service.showing import (
    cards,
    detail,
    play,
    progress,
    upload_look,
)
from lumenhall.domains.library.service.thumbnails import (
    choose_frame,
    reset_thumbnail,
    upload_thumbnail,
)
from lumenhall.domains.library.service.videos import (
    add_asset,
    change_video,
    create_video,
    delete_draft_of,
    delete_video,
    make_video,
    make_video_of_file,
    retry_video,
)

__all__ = [
    "PICKED",
    "Card",
    "PlaylistCard",
    "Shelves",
    "Viewer",
    "add_asset",
    "add_captions",
    "add_to_playlist",
    "announce_due",
    "announce_video_of",
    "cards",
    "change_captions",
    "change_category",
    "change_cues",
    "change_playlist",
    "change_video",
    "choose_frame",
    "count_listed_videos",
    "create_category",
    "create_playlist",
    "create_video",
    "delete_captions",
    "delete_category",
    "delete_draft_of",
    "delete_playlist",
    "delete_video",
    "detail",
    "index_missing",
    "index_video",
    "make_video",
    "make_video_of_file",
    "move_in_playlist",
    "not_later",
    "play",
    "playlist_looks",
    "progress",
    "put_on_shelf",
    "read_cues",
    "remove_category_image",
    "remove_from_playlist",
    "replace_captions",
    "reset_thumbnail",
    "retry_video",
    "search_videos",
    "set_category_image",
    "shelf_keeper",
    "suggest",
    "upload_look",
    "upload_thumbnail",
    "watch_later",
    "write_captions",
]

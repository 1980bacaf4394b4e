"""Requests and replies of the library."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.models import (
    CATEGORY_DESCRIPTION_LENGTH,
    DESCRIPTION_LENGTH,
    MOST_TAGS,
    NAME_LENGTH,
    PLAYLIST_DESCRIPTION_LENGTH,
    PLAYLIST_TITLE_LENGTH,
    TAG_LENGTH,
    TITLE_LENGTH,
    Category,
    PlaylistKind,
)
from lumenhall.domains.media.schemas import AssetView, Playback, TrackView
from lumenhall.platform.kit.text import one_line

LARGEST_SIZE = 2**63 - 1
LONGEST_SECONDS = 10_000_000


def _if_text(change: Callable[[str], str]) -> BeforeValidator:
    """Change what is text; anything else is left for the validation to refuse."""
    return BeforeValidator(lambda value: change(value) if isinstance(value, str) else value)


def _each_once(tags: list[str]) -> list[str]:
    return list(dict.fromkeys(tags))


Title = Annotated[str, _if_text(one_line), Field(min_length=1, max_length=TITLE_LENGTH)]
Description = Annotated[str, _if_text(str.strip), Field(max_length=DESCRIPTION_LENGTH)]
Tag = Annotated[
    str,
    _if_text(lambda text: one_line(text).lstrip("#").lower()),
    Field(min_length=1, max_length=TAG_LENGTH),
]
Tags = Annotated[list[Tag], Field(max_length=MOST_TAGS), AfterValidator(_each_once)]
Name = Annotated[str, _if_text(one_line), Field(min_length=1, max_length=NAME_LENGTH)]
Slug = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=NAME_LENGTH)
]
CategoryDescription = Annotated[
    str, _if_text(str.strip), Field(max_length=CATEGORY_DESCRIPTION_LENGTH)
]
SortOrder = Annotated[int, Field(ge=-(2**31), lt=2**31)]


class Scope(StrEnum):
    """Whose videos a list holds: everybody's that are listed, or one's own with drafts."""

    ALL = "all"
    MINE = "mine"


class Sort(StrEnum):
    """In which order a list comes."""

    NEWEST = "newest"
    VIEWS = "views"


class NewCategory(BaseModel):
    """A category to make; without a slug, one is made from the name."""

    name: Name
    slug: Slug | None = None
    description: CategoryDescription = ""
    sort_order: SortOrder = 0
    is_active: bool = True


class CategoryChange(BaseModel):
    """New values; what is absent stays as it is."""

    name: Name | None = None
    slug: Slug | None = None
    description: CategoryDescription | None = None
    sort_order: SortOrder | None = None
    is_active: bool | None = None


class CategoryRef(BaseModel):
    """A category as named beside what is in it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    slug: str


class CategoryLook(CategoryRef):
    """A category; `video_count` counts the videos that everybody can see."""

    description: str
    image_url: str | None
    sort_order: int
    is_active: bool
    video_count: int

    @classmethod
    def of(cls, category: Category, video_count: int) -> Self:
        """Return a category with how many videos it has for everybody to see."""
        ref = CategoryRef.model_validate(category)
        return cls(
            **ref.model_dump(),
            description=category.description,
            image_url=category.image_url,
            sort_order=category.sort_order,
            is_active=category.is_active,
            video_count=video_count,
        )


class CategoryList(BaseModel):
    """All categories in their order."""

    items: list[CategoryLook]


class NewVideo(BaseModel):
    """A video to make, and the file that will be sent for it.

    `size_bytes` is null when the browser does not know it yet.
    """

    title: Title
    description: Description = ""
    category_id: UUID | None = None
    tags: Tags = []
    published: bool = True
    published_at: AwareDatetime | None = None
    filename: Annotated[str, Field(min_length=1, max_length=255)]
    size_bytes: Annotated[int, Field(strict=True, ge=0, le=LARGEST_SIZE)] | None = None


class VideoChange(BaseModel):
    """New values; what is absent stays as it is. A null category takes the video out of its one."""

    title: Title | None = None
    description: Description | None = None
    category_id: UUID | None = None
    tags: Tags | None = None
    published: bool | None = None
    published_at: AwareDatetime | None = None
    is_hero: bool | None = None
    allow_download: bool | None = None


class FrameChoice(BaseModel):
    """The moment of a frame, in seconds; one beyond the end means the last."""

    at_seconds: Annotated[float, Field(ge=0, le=LONGEST_SECONDS, allow_inf_nan=False)]


class Progress(BaseModel):
    """How far the viewer is; `resume_at` is where playing goes on."""

    watched_seconds: int
    last_position: int
    completed: bool
    duration_seconds: int
    resume_at: int


class UploadLook(BaseModel):
    """The unfinished upload of a video: where to send the rest, and how much is there."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    url: str
    offset_bytes: int
    size_bytes: int | None


class VideoCard(BaseModel):
    """A video as lists show it."""

    id: UUID
    short_id: str
    title: str
    category: CategoryRef | None
    tags: list[str]
    uploaded_by: PersonLook
    created_at: datetime
    published: bool
    published_at: datetime | None
    is_hero: bool
    view_count: int
    can_edit: bool
    allow_download: bool
    asset: AssetView
    progress: Progress | None


class Video(VideoCard):
    """A video as its own page shows it; `upload` is for its owner, while bytes are missing."""

    description: str
    upload: UploadLook | None = None


class WithdrawnVideo(BaseModel):
    """A video that a moderator or an admin took out of everybody's sight, and when."""

    video: VideoCard
    withdrawn_at: datetime


class VideoMade(BaseModel):
    """A new video and where its bytes go, by tus 1.0.0."""

    video: Video
    upload: UploadLook


class VideoPlayback(Playback):
    """Where the viewer plays a video, and from which second on."""

    resume_at: int


class CaptionList(BaseModel):
    """The caption tracks of a video."""

    items: list[TrackView]


class Length(StrEnum):
    """How long a video is: under 4 minutes, up to 20, longer."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Age(StrEnum):
    """How long ago a video was published, at most."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class SearchFilters(BaseModel):
    """What narrows a search; `category` is a slug, `uploader` a username."""

    category: Annotated[str | None, Field(max_length=NAME_LENGTH)] = None
    uploader: Annotated[str | None, Field(max_length=NAME_LENGTH)] = None
    tag: Annotated[str | None, Field(max_length=TAG_LENGTH)] = None
    length: Length | None = None
    since: Age | None = None


class CaptionHit(BaseModel):
    """Where a video says what was looked for."""

    start_seconds: int
    text: str
    language: str


class SearchHit(BaseModel):
    """A video that was found; `caption` when it was for what is said in it."""

    video: VideoCard
    caption: CaptionHit | None


class SuggestionKind(StrEnum):
    """What a suggestion leads to."""

    VIDEO = "video"
    CATEGORY = "category"
    TAG = "tag"
    PERSON = "person"


class Suggestion(BaseModel):
    """What somebody may be about to type; `target` is an id, a slug, a tag or a username."""

    kind: SuggestionKind
    text: str
    target: str


class Suggestions(BaseModel):
    """Suggestions, the likeliest first."""

    items: list[Suggestion]


PlaylistTitle = Annotated[
    str, _if_text(one_line), Field(min_length=1, max_length=PLAYLIST_TITLE_LENGTH)
]
PlaylistDescription = Annotated[
    str, _if_text(str.strip), Field(max_length=PLAYLIST_DESCRIPTION_LENGTH)
]


class PlaylistScope(StrEnum):
    """Whose playlists a list holds."""

    MINE = "mine"
    PUBLIC = "public"


class NewPlaylist(BaseModel):
    """A playlist to make, with a first video if one is named."""

    title: PlaylistTitle
    description: PlaylistDescription = ""
    is_public: bool = False
    video_id: UUID | None = None


class PlaylistChange(BaseModel):
    """New values; what is absent stays as it is."""

    title: PlaylistTitle | None = None
    description: PlaylistDescription | None = None
    is_public: bool | None = None


class PlaylistLook(BaseModel):
    """A playlist; count and picture are of what the asker may see of it.

    The one to watch later has no title: pages give it one in the reader's language.
    """

    id: UUID
    kind: PlaylistKind
    title: str
    description: str
    is_public: bool
    owner: PersonLook
    video_count: int
    first_video: VideoCard | None
    updated_at: datetime
    can_edit: bool
    can_delete: bool


class PlaylistMembership(BaseModel):
    """One of the asker's playlists, and whether a video is in it."""

    id: UUID
    kind: PlaylistKind
    title: str
    is_public: bool
    contains: bool


class MembershipList(BaseModel):
    """The asker's playlists beside a video."""

    items: list[PlaylistMembership]


class ItemPlace(BaseModel):
    """Behind which video of the playlist an item goes; null puts it first."""

    after: UUID | None

import pytest

from lumenhall.domains.media import queries, service
from lumenhall.domains.media.errors import (
    CaptionsInvalid,
    LanguageInvalid,
    TrackExists,
    TrackNotFound,
)
from lumenhall.domains.media.models import Asset, Track, TrackKind, TrackSource
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.platform.db import WriteSession
from tests.medium.media.conftest import make_viewer

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nHello\n"


@pytest.fixture
async def asset(session: WriteSession) -> Asset:
    owner = await make_viewer(session)
    return await service.create_asset(session, owner.user_id, original_filename="a.mp4")


async def defaults(session: WriteSession, asset: Asset) -> list[str]:
    return [t.label for t in await queries.list_tracks(session, asset.id) if t.is_default]


async def test_a_captions_file_is_kept_as_webvtt(session: WriteSession, asset: Asset) -> None:
    track = await service.add_track(session, asset.id, SRT, NewTrack("EN-us", label=" English "))
    assert (track.language, track.label, track.kind) == ("en-US", "English", TrackKind.SUBTITLES)
    kept = await queries.get_track(session, asset.id, track.id)
    assert kept.body == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n"


async def test_an_empty_label_becomes_the_language(session: WriteSession, asset: Asset) -> None:
    assert (await service.add_track(session, asset.id, SRT, NewTrack("pt_br"))).label == "pt-BR"


async def test_a_wrong_file_or_language_leaves_nothing(session: WriteSession, asset: Asset) -> None:
    with pytest.raises(CaptionsInvalid):
        await service.add_track(session, asset.id, b"no captions", NewTrack("en"))
    for language in ("", "e", "english", "en-", "en US", "x-y-z", "en-US\n-x", "a" * 40):
        with pytest.raises(LanguageInvalid):
            await service.add_track(session, asset.id, SRT, NewTrack(language))
    assert not await queries.list_tracks(session, asset.id)


async def test_the_same_captions_are_not_added_twice(session: WriteSession, asset: Asset) -> None:
    await service.add_track(session, asset.id, SRT, NewTrack("en"))
    with pytest.raises(TrackExists):
        await service.add_track(session, asset.id, SRT, NewTrack("en"))
    for other in (NewTrack("es"), NewTrack("en", TrackKind.CAPTIONS), NewTrack("en", label="SDH")):
        await service.add_track(session, asset.id, SRT, other)
    assert len(await queries.list_tracks(session, asset.id)) == 4


async def test_an_embedded_track_replaces_itself(session: WriteSession, asset: Asset) -> None:
    about = NewTrack("en", source=TrackSource.EMBEDDED)
    first = await service.add_track(session, asset.id, SRT, about)
    second = await service.add_track(session, asset.id, SRT.replace(b"Hello", b"Bye"), about)
    assert first.id == second.id
    assert "Bye" in (await queries.get_track(session, asset.id, first.id)).body


async def test_only_one_track_is_the_default(session: WriteSession, asset: Asset) -> None:
    for about in (
        NewTrack("en", label="one", is_default=True),
        NewTrack("es", TrackKind.CAPTIONS, "two", is_default=True),
        NewTrack("en", TrackKind.CHAPTERS, "chapters", is_default=True),
        NewTrack("fr", label="three"),
    ):
        await service.add_track(session, asset.id, SRT, about)
    assert await defaults(session, asset) == ["two", "chapters"]


async def test_a_track_is_deleted_through_its_own_asset_only(
    session: WriteSession, asset: Asset
) -> None:
    track = await service.add_track(session, asset.id, SRT, NewTrack("en"))
    other = await service.create_asset(session, asset.owner_id, original_filename="b.mp4")
    with pytest.raises(TrackNotFound):
        await service.delete_track(session, other.id, track.id)
    await service.delete_track(session, asset.id, track.id)
    with pytest.raises(TrackNotFound):
        await service.delete_track(session, asset.id, track.id)


async def test_tracks_go_with_their_asset(session: WriteSession, asset: Asset) -> None:
    track = await service.add_track(session, asset.id, SRT, NewTrack("en"))
    session.expunge(track)
    await service.delete_asset(session, asset.id)
    assert await session.get(Track, track.id) is None


async def test_a_list_of_tracks_leaves_their_text_behind(
    session: WriteSession, asset: Asset
) -> None:
    await service.add_track(session, asset.id, SRT, NewTrack("en"))
    session.expunge_all()
    (track,) = await queries.list_tracks(session, asset.id)
    assert "body" not in track.__dict__


def test_language_tags_are_spelled_as_usual() -> None:
    given = ("en", "EN", "pt-br", "zh-hant-tw", "sr-latn", "es-419", "eng", "de-1996")
    shown = [service.language_tag(text) for text in given]
    assert shown == ["en", "en", "pt-BR", "zh-Hant-TW", "sr-Latn", "es-419", "eng", "de-1996"]

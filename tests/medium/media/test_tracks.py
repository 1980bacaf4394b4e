import uuid
from dataclasses import replace

import pytest

from lumenhall.domains.media import queries, service
from lumenhall.domains.media.captions import Cue, parse
from lumenhall.domains.media.errors import (
    CaptionsStale,
    LanguageInvalid,
    TrackExists,
    TrackNotFound,
)
from lumenhall.domains.media.events import CaptionsChanged
from lumenhall.domains.media.models import Asset, Track, TrackKind, TrackSource
from lumenhall.domains.media.schemas import NewTrack, TrackChange
from lumenhall.platform.db import WriteSession
from lumenhall.platform.events import subscribe
from tests.medium.media.conftest import make_viewer

changed: list[uuid.UUID] = []
SRT = parse(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n")
BYE = [replace(SRT[0], text="Bye")]


@subscribe(CaptionsChanged)
async def note_changed(session: object, event: CaptionsChanged) -> None:
    changed.append(event.asset_id)


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


async def test_a_wrong_language_leaves_nothing(session: WriteSession, asset: Asset) -> None:
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
    second = await service.add_track(session, asset.id, BYE, about)
    assert first.id == second.id
    assert "Bye" in (await queries.get_track(session, asset.id, first.id)).body


async def test_an_embedded_track_leaves_what_a_person_worked_on(
    session: WriteSession, asset: Asset
) -> None:
    embedded = NewTrack("en", source=TrackSource.EMBEDDED)
    track = await service.add_track(session, asset.id, SRT, embedded)
    cues = [Cue(0, 1000, "Mine")]
    await service.set_cues(session, asset.id, track.id, cues, track.revision)
    again = await service.add_track(session, asset.id, SRT, embedded)
    assert (again.id, again.source) == (track.id, TrackSource.UPLOADED)
    assert "Mine" in again.body
    assert [t.id for t in await queries.list_tracks(session, asset.id)] == [track.id]


async def test_edited_captions_take_the_place_of_those_they_were_made_from(
    session: WriteSession, asset: Asset
) -> None:
    track = await service.add_track(session, asset.id, SRT, NewTrack("en"))
    found = await service.list_cues(track)
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in found.items] == [(1000, 2000, "Hello")]
    mine, theirs = [Cue(5000, 6000, "b & c"), Cue(1000, 2000, "a")], [Cue(0, 1, "x")]
    before = changed.count(asset.id)
    for _ in range(2):
        await service.set_cues(session, asset.id, track.id, mine, found.revision)
    assert changed.count(asset.id) == before + 1
    saved = await service.list_cues(track)
    assert [cue.text for cue in saved.items] == ["a", "b & c"]
    with pytest.raises(CaptionsStale) as caught:
        await service.set_cues(session, asset.id, track.id, theirs, found.revision)
    assert caught.value.fields == {"revision": saved.revision}
    await service.set_cues(session, asset.id, track.id, theirs, saved.revision)


async def test_a_file_takes_the_place_of_a_track(session: WriteSession, asset: Asset) -> None:
    track = await service.add_track(session, asset.id, SRT, NewTrack("en", is_default=True))
    replaced = await service.replace_track(session, asset.id, track.id, BYE)
    assert (replaced.id, replaced.is_default) == (track.id, True)
    assert "Bye" in replaced.body
    with pytest.raises(TrackNotFound):
        await service.replace_track(session, asset.id, asset.id, SRT)


async def test_a_track_is_renamed_unless_another_has_the_name(
    session: WriteSession, asset: Asset
) -> None:
    track = await service.add_track(session, asset.id, SRT, NewTrack("en", label="One"))
    await service.add_track(session, asset.id, SRT, NewTrack("es", label="Two"))
    change = TrackChange(language="PT-br", label=" Um \n", kind=TrackKind.CAPTIONS)
    renamed = await service.change_track(session, asset.id, track.id, change)
    shown = (renamed.language, renamed.label, renamed.kind)
    assert shown == ("pt-BR", "Um", TrackKind.CAPTIONS)
    back = TrackChange(label="", kind=TrackKind.SUBTITLES)
    assert (await service.change_track(session, asset.id, track.id, back)).label == "pt-BR"
    with pytest.raises(LanguageInvalid):
        await service.change_track(session, asset.id, track.id, TrackChange(language="no one"))
    with pytest.raises(TrackExists):
        await service.change_track(
            session, asset.id, track.id, TrackChange(language="es", label="Two")
        )


async def test_a_track_becomes_the_default_and_no_longer_is(
    session: WriteSession, asset: Asset
) -> None:
    await service.add_track(session, asset.id, SRT, NewTrack("en", label="one", is_default=True))
    two = await service.add_track(session, asset.id, SRT, NewTrack("es", label="two"))
    await service.change_track(session, asset.id, two.id, TrackChange(is_default=True))
    assert await defaults(session, asset) == ["two"]
    await service.change_track(session, asset.id, two.id, TrackChange(is_default=False))
    assert await defaults(session, asset) == []


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

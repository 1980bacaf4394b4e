import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from "react";
import { createPortal } from "react-dom";
import type { Playback, Video } from "@/api/types";
import { NextUp } from "@/features/library/playlists/NextUp";
import { useQueue } from "@/features/library/playlists/useQueue";
import { videoQuery } from "@/features/library/queries";
import { useFollowedAsset } from "@/features/processing/AssetStatus";
import { playhead } from "@/player/playhead";
import { aspectOf } from "./aspect";
import { useMoments } from "./comments/useMoments";
import { MiniPlayer } from "./MiniPlayer";
import { type NowPlaying, nowPlaying, useNowPlaying } from "./nowPlaying";
import { Resumed } from "./Resumed";
import { useKeyList } from "./useKeyList";
import { addressOf, useCaptionTexts, usePlayback, useStoryboard } from "./usePlayback";
import { useProgressReports } from "./useProgressReports";
import { Waiting } from "./Waiting";
import classes from "./WatchPage.module.css";

const VideoPlayer = lazy(() =>
  import("@/player/VideoPlayer").then((module) => ({ default: module.VideoPlayer })),
);

const KeyList = lazy(() => import("./KeyList"));

const EDITOR = /^\/watch\/[^/]+\/captions\//;
interface Shown {
  video: Video;
  playback: Playback;
  /** Decided once; later answers tell where one is by now. */
  startAt: number;
  isResumed: boolean;
}

/** What the player has: the last video stays until the addresses of the next one are there. */
function useShown({ video, moment }: NowPlaying): Shown | null {
  const queries = useQueryClient();
  const asset = useFollowedAsset(video.asset);
  const { data: playback, error } = usePlayback(video.id, asset.playable);
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (asset.status === "ready")
      void queries.invalidateQueries({ queryKey: ["playback", video.id] });
  }, [asset.status, queries, video.id]);
  const isGone = error !== null && playback === undefined;
  useEffect(() => {
    if (isGone) nowPlaying.close();
  }, [isGone]);
  const isOther = shown?.video.id !== video.id;
  useEffect(() => {
    if (isOther) playhead.pause();
  }, [isOther]);
  if (playback && (shown?.playback !== playback || shown.video !== video)) {
    const startAt = moment ?? playback.resume_at;
    const isResumed = moment === undefined && startAt > 0;
    const start = isOther || !shown ? { startAt, isResumed } : shown;
    setShown({ ...start, video, playback });
  }
  return shown;
}

interface PlayingProps {
  now: NowPlaying;
  shown: Shown;
}

function Playing({ now, shown }: PlayingProps) {
  const queries = useQueryClient();
  const { video, playback, startAt, isResumed } = shown;
  const captions = useCaptionTexts(playback);
  const storyboard = useStoryboard(playback);
  const moments = useMoments(video.id);
  const duration = playback.duration_seconds ?? video.asset.duration_seconds;
  const { onTime, onJump, onPause } = useProgressReports({
    target: video.id,
    duration,
    shownBy: "home",
  });
  const keyList = useKeyList(now.stage !== null);
  const [endedId, setEndedId] = useState<string | null>(null);
  const hasEnded = endedId === video.id && now.video.id === video.id;
  return (
    <>
      <VideoPlayer
        title={video.title}
        media={video.id}
        src={addressOf(playback)}
        poster={playback.poster_url ?? video.asset.thumbnail_url ?? null}
        captions={captions}
        storyboard={storyboard}
        moments={moments}
        startAt={startAt}
        duration={playback.final ? null : duration}
        aspect={aspectOf(video)}
        isSmall={now.stage === null}
        onKeyList={keyList.open}
        onTime={onTime}
        onJump={(seconds) => {
          onJump(seconds);
          setEndedId(null);
        }}
        onPlay={() => nowPlaying.going(true)}
        onPause={() => {
          onPause();
          nowPlaying.going(false);
        }}
        onEnded={() => {
          onPause();
          setEndedId(video.id);
        }}
        onStale={() => void queries.invalidateQueries({ queryKey: ["playback", video.id] })}
      />
      {keyList.isOpen && (
        <Suspense>
          <KeyList onClose={keyList.close} />
        </Suspense>
      )}
      {isResumed && now.stage && <Resumed key={video.id} at={startAt} />}
      {now.video.id !== video.id && <Waiting poster={now.video.asset.thumbnail_url} />}
      {now.listId &&
        hasEnded &&
        (now.stage ? (
          <NextUp playlistId={now.listId} videoId={video.id} />
        ) : (
          <NextDocked playlistId={now.listId} videoId={video.id} />
        ))}
    </>
  );
}

interface NextProps {
  playlistId: string;
  videoId: string;
}

/** A playlist in the dock goes on by itself. */
function NextDocked({ playlistId, videoId }: NextProps) {
  const { next } = useQueue(playlistId, videoId);
  const { data: video } = useQuery({ ...videoQuery(next?.id ?? ""), enabled: next !== null });
  useEffect(() => {
    if (video?.asset.playable) nowPlaying.goOn(video);
  }, [video]);
  return null;
}

interface HostProps {
  /** Something else has the corner. */
  isAside: boolean;
}

function Player({ now, isAside }: HostProps & { now: NowPlaying }) {
  const shown = useShown(now);
  const [dock, setDock] = useState<HTMLElement | null>(null);
  const [picture] = useState(() => {
    const frame = document.createElement("div");
    frame.className = classes.frame ?? "";
    return frame;
  });
  useLayoutEffect(() => {
    nowPlaying.place(picture, dock);
    return () => nowPlaying.place(null, null);
  }, [picture, dock]);
  return (
    <>
      {createPortal(
        shown ? (
          <Suspense fallback={<Waiting poster={now.video.asset.thumbnail_url} />}>
            <Playing now={now} shown={shown} />
          </Suspense>
        ) : (
          <Waiting poster={now.video.asset.thumbnail_url} />
        ),
        picture,
      )}
      <MiniPlayer now={now} dock={setDock} isAside={isAside} />
    </>
  );
}

/** Plays what the watch page wants, and goes on in a small frame when that page is left. */
export default function PlayerHost({ isAside }: HostProps) {
  const now = useNowPlaying();
  // Captions are edited beside a player of their own. Asked of where one goes, not of where one was:
  // on the way back from there the stage is set before the router has settled.
  const isElsewhere = useRouterState({ select: ({ location }) => EDITOR.test(location.pathname) });
  useEffect(() => {
    if (isElsewhere) nowPlaying.close();
  }, [isElsewhere]);
  useEffect(() => () => nowPlaying.close(), []);
  return now && <Player now={now} isAside={isAside} />;
}

import { Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { Playback, Video } from "@/api/types";
import { NextUp } from "@/features/library/playlists/NextUp";
import { useFollowedAsset } from "@/features/processing/AssetStatus";
import { playhead } from "@/player/playhead";
import { useErrorText } from "@/ui/errors";
import { formatClock } from "@/ui/format";
import { useMoments } from "./comments/useMoments";
import { NotPlayable } from "./NotPlayable";
import { useCaptionTexts, usePlayback, useStoryboard } from "./usePlayback";
import { useProgressReports } from "./useProgressReports";
import classes from "./WatchPage.module.css";

const VideoPlayer = lazy(() =>
  import("@/player/VideoPlayer").then((module) => ({ default: module.VideoPlayer })),
);

const RESUMED_NOTICE_MS = 7000;
const WIDEST = 21 / 9;
const NARROWEST = 4 / 5;

function aspectOf({ asset }: Video): number {
  if (!asset.width || !asset.height) return 16 / 9;
  return Math.min(WIDEST, Math.max(NARROWEST, asset.width / asset.height));
}

interface ResumedProps {
  at: number;
}

/** Says that it goes on where one stopped, and offers the beginning. */
function Resumed({ at }: ResumedProps) {
  const t = useTranslations("watch");
  const [isShown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), RESUMED_NOTICE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  const startOver = ({ currentTarget }: React.MouseEvent) => {
    const video = currentTarget.closest("[data-stage]")?.querySelector("video");
    if (video) video.currentTime = 0;
    setShown(false);
  };
  return (
    <div className={classes.resumed} role="status">
      {t("resumedAt", { time: formatClock(at) })}
      <button type="button" onClick={startOver}>
        {t("startOver")}
      </button>
    </div>
  );
}

/** The same address leads to more once the ladder is there; the fragment makes the player look again. */
const addressOf = ({ hls_url, final }: Playback): string =>
  final ? hls_url : `${hls_url}#growing`;

/** The second that the address asks for; another one while it plays is gone to at once. */
function useMomentOfAddress(duration: number | null): number | undefined {
  const { t } = useSearch({ from: "/_app/watch/$videoId" });
  const moment = t !== undefined && duration && t >= duration ? 0 : t;
  const begun = useRef(moment);
  useEffect(() => {
    if (moment === begun.current) return;
    begun.current = moment;
    if (moment !== undefined) playhead.seek(moment);
  }, [moment]);
  return moment;
}

interface PlayingProps {
  video: Video;
  playback: Playback;
  onStale: () => void;
  /** Has come to its end, or has left it again. */
  onEnd: (isAtEnd: boolean) => void;
}

function Playing({ video, playback, onStale, onEnd }: PlayingProps) {
  const captions = useCaptionTexts(playback);
  const storyboard = useStoryboard(playback);
  const moments = useMoments(video.id);
  const duration = playback.duration_seconds ?? video.asset.duration_seconds;
  const { onTime, onJump, onPause } = useProgressReports(video.id, duration);
  const moment = useMomentOfAddress(duration);
  // Where to begin is decided once; later answers tell where one is by now.
  const [startAt] = useState(moment ?? playback.resume_at);
  const [isResumed] = useState(moment === undefined && startAt > 0);
  return (
    <>
      <VideoPlayer
        title={video.title}
        src={addressOf(playback)}
        poster={playback.poster_url ?? video.asset.thumbnail_url ?? null}
        captions={captions}
        storyboard={storyboard}
        moments={moments}
        startAt={startAt}
        duration={playback.final ? null : duration}
        aspect={aspectOf(video)}
        onTime={onTime}
        onJump={(seconds) => {
          onJump(seconds);
          onEnd(false);
        }}
        onPause={onPause}
        onEnded={() => {
          onPause();
          onEnd(true);
        }}
        onStale={onStale}
      />
      {isResumed && <Resumed at={startAt} />}
    </>
  );
}

interface StageProps {
  video: Video;
  /** The playlist that goes on after it. */
  listId?: string;
}

/** The place of the picture: the player, or a friendly word on why there is none yet. */
export function Stage({ video, listId }: StageProps) {
  const [hasEnded, setEnded] = useState(false);
  const queries = useQueryClient();
  const asset = useFollowedAsset(video.asset);
  const { data: playback, error, refetch } = usePlayback(video.id, asset.playable);
  const text = useErrorText();
  const t = useTranslations("watch");
  useEffect(() => {
    if (asset.status === "ready")
      void queries.invalidateQueries({ queryKey: ["playback", video.id] });
  }, [asset.status, queries, video.id]);
  return (
    <div className={classes.stage} style={{ "--aspect": aspectOf(video) } as object} data-stage>
      {!asset.playable ? (
        <NotPlayable video={{ ...video, asset }} />
      ) : playback ? (
        <Suspense fallback={<Waiting video={video} />}>
          <Playing
            video={video}
            playback={playback}
            onStale={() => void refetch()}
            onEnd={setEnded}
          />
        </Suspense>
      ) : error ? (
        <div className={classes.wait} role="alert">
          <h2>{t("cannotPlay")}</h2>
          <p>{text(error)}</p>
        </div>
      ) : (
        <Waiting video={video} />
      )}
      {listId && hasEnded && <NextUp playlistId={listId} videoId={video.id} />}
    </div>
  );
}

function Waiting({ video }: StageProps) {
  const t = useTranslations("common");
  return (
    <>
      {video.asset.thumbnail_url && (
        <img className={classes.poster} src={video.asset.thumbnail_url} alt="" />
      )}
      <div className={classes.wait} role="status" aria-label={t("loading")}>
        <Loader size="lg" />
      </div>
    </>
  );
}
